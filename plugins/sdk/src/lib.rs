//! What the author of a plugin uses. An author writes safe functions, lists them in a
//! [`Plugin`], and exports it:
//!
//! ```
//! use riparto_plugin::{Kind, Plugin, Value, function};
//!
//! fn doubled(row: &[Option<Value>]) -> Result<Option<Value>, Box<riparto_plugin::Fault>> {
//!     Ok(row.first().cloned().flatten().map(|value| match value {
//!         Value::Number(number) => Value::Number(number * Value::int(2)),
//!         other => other,
//!     }))
//! }
//!
//! fn plugin() -> Plugin {
//!     Plugin::new("example", "0.1.0").function(
//!         function("doubled", "il doppio", "twice as much")
//!             .takes("number", Kind::Number)
//!             .gives(Kind::Number)
//!             .by_row(doubled),
//!     )
//! }
//!
//! riparto_plugin::export!("example", "0.1.0", plugin);
//! ```
//!
//! [`export!`] writes the note that the host reads before it loads anything, and the one symbol
//! that it looks up. A panic in a function is caught and told as an error of that call.

mod export;
mod plugin;
mod value;

pub use export::{answer, call, note_head, note_text, note_text_len, table};
pub use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};
pub use plugin::{Plugin, fault, function, unreadable};
pub use riparto_plugin_abi as abi;
pub use riparto_plugin_abi::{
    Batch, Column, Description, ExportInput, Exporter, Fault, Finding, ImportInput, ImportOutput,
    Importer, Kind, Place, Table, TableRow, Validator, Weight,
};
pub use value::{Rational, Value, column_of, values_of};
