//! The contract between Riparto and a plugin, in the order in which an author meets it.
//!
//! 1. **The note** ([`NoteHead`] and a short JSON text, [`Note`]) lies in the section
//!    [`SECTION`] of the library. The host reads it from the file, before any code of the
//!    plugin runs: magic, version of this contract, machine, name and version.
//! 2. **The entry** [`ENTRY`] is the only symbol that the host looks up. It gives a [`VTable`]:
//!    the same magic and version again, then four functions.
//! 3. **`describe`** gives a [`Description`] as JSON: what the plugin can do, its
//!    *capabilities*, of four kinds: functions that rules call, importers, validators, exporters.
//! 4. **`call`** takes the name of a capability, such as `function/media`, and a message as
//!    bytes; it gives a status, and bytes when the status is [`DONE`].
//! 5. **`last_error`** gives, after any other status, the [`Fault`] of this thread's last call
//!    as JSON: a code, a message in both languages, a place, a remedy. Errors are data.
//! 6. **`free`** takes back each buffer that the plugin gave. Only its maker frees it.
//!
//! What an implementer may count on, and must keep:
//!
//! - Input is borrowed for the call. Messages are `postcard` (functions, importers, validators,
//!   exporters: see [`message`]) or JSON (description and faults).
//! - No panic and no exception crosses: the plugin catches its own and answers [`PANICKED`].
//! - The same input gives the same bytes, on any thread, at any time; calls may come from
//!   several threads at once.
//! - The library is never unloaded, so what it gave out stays valid.
//! - A change that old plugins cannot bear raises [`ABI_MAJOR`] and renames [`ENTRY`]; fields
//!   are only ever added at the end of [`VTable`], whose `size` tells how far it reaches.

mod description;
pub mod message;
mod note;

pub use description::{Description, Exporter, Function, Importer, Parameter, Validator};
pub use message::{
    Batch, Column, ExportInput, Fault, Finding, ImportInput, ImportOutput, Kind, Place, Table,
    TableRow, Weight,
};
pub use note::{Note, NoteFault, read_note};

/// The first bytes of the note and of the table of functions.
pub const MAGIC: [u8; 8] = *b"RIPARTO\x01";
/// The version of this contract: a plugin of another one is refused.
pub const ABI_MAJOR: u32 = 1;
/// What was added without breaking: a plugin may have less than its host, not more.
pub const ABI_MINOR: u32 = 0;
/// The symbol that gives the table of functions, with the major version in its name.
pub const ENTRY: &str = "riparto_plugin_v1";
/// The section of the library that holds the note.
pub const SECTION: &str = ".riparto_plugin";
/// The longest answer that a host accepts, in bytes.
pub const LONGEST_ANSWER: usize = 64 << 20;

/// How a call ended.
pub type Status = i32;
/// The buffer holds the answer.
pub const DONE: Status = 0;
/// The plugin refuses the input; `last_error` says why.
pub const REFUSED: Status = 1;
/// The plugin panicked and caught it; `last_error` says where.
pub const PANICKED: Status = 2;
/// The message cannot be read.
pub const MALFORMED: Status = 3;
/// There is no such capability.
pub const UNKNOWN: Status = 4;

/// Bytes lent for one call.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    /// The first byte; may be null when `len` is zero.
    pub ptr: *const u8,
    /// How many bytes.
    pub len: usize,
}

impl Slice {
    /// Lends bytes.
    pub const fn of(bytes: &[u8]) -> Self {
        Self {
            ptr: bytes.as_ptr(),
            len: bytes.len(),
        }
    }
}

/// Bytes that their maker owns, until they go back through `free`.
#[repr(C)]
#[derive(Debug)]
pub struct Buffer {
    /// The first byte; null when there is nothing.
    pub ptr: *mut u8,
    /// How many bytes are in use.
    pub len: usize,
    /// How many bytes there are; meant for the maker.
    pub capacity: usize,
}

impl Buffer {
    /// Gives a buffer with nothing in it.
    pub const fn empty() -> Self {
        Self {
            ptr: core::ptr::null_mut(),
            len: 0,
            capacity: 0,
        }
    }
}

/// What a plugin answers with. The first four fields never change.
#[repr(C)]
#[derive(Debug)]
pub struct VTable {
    /// [`MAGIC`].
    pub magic: [u8; 8],
    /// [`ABI_MAJOR`] of the plugin.
    pub abi_major: u32,
    /// [`ABI_MINOR`] of the plugin.
    pub abi_minor: u32,
    /// The size of this table in the plugin, in bytes.
    pub size: usize,
    /// Gives the [`Description`] as JSON.
    pub describe: extern "C" fn(answer: *mut Buffer) -> Status,
    /// Calls the capability of that name on a message.
    pub call: extern "C" fn(capability: Slice, input: Slice, answer: *mut Buffer) -> Status,
    /// Takes back a buffer.
    pub free: extern "C" fn(buffer: Buffer),
    /// Gives the [`Fault`] of this thread's last call as JSON; nothing where it had none.
    pub last_error: extern "C" fn(answer: *mut Buffer) -> Status,
}

/// The type of [`ENTRY`].
pub type Entry = extern "C" fn() -> *const VTable;

/// The fixed part of the note; the JSON text follows it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct NoteHead {
    /// [`MAGIC`].
    pub magic: [u8; 8],
    /// The size of this head, in bytes: where the text starts.
    pub size: u32,
    /// [`ABI_MAJOR`] of the plugin.
    pub abi_major: u32,
    /// [`ABI_MINOR`] of the plugin.
    pub abi_minor: u32,
    /// The width of a pointer, in bits.
    pub pointer_bits: u32,
    /// One when a panic unwinds and can be caught, zero when it ends the process.
    pub unwinds: u32,
    /// The length of the text, in bytes.
    pub text_len: u32,
}

/// A note as it lies in the library.
#[repr(C)]
#[derive(Debug)]
pub struct NoteBytes<const N: usize> {
    /// The fixed part.
    pub head: NoteHead,
    /// The JSON text.
    pub text: [u8; N],
}
