//! `schema`: the JSON Schema of rule files, for editors.

use std::collections::BTreeMap;

use riparto_core::pack::raw::calendar::{HolidaysFile, RegimesFile, SuspensionFile, WordsFile};
use riparto_core::pack::raw::{CaseFile, MeasureFile, PackFile, RegionFile, editor_schema_of};
use riparto_io::report::json;
use riparto_io::write::write_folder;
use serde_json::Value;

use crate::args::{Format, SchemaArgs};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;

/// Prints one schema, or writes all of them into a folder.
pub fn schema(host: &Host, args: &SchemaArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let all = schemas();
    if let Some(folder) = &args.out {
        let files = all
            .iter()
            .map(|(name, schema)| (format!("{name}.json"), json::text(schema).into_bytes()));
        write_folder(folder, &files.collect::<BTreeMap<_, _>>())?;
        return Ok(());
    }
    if let Some(schema) = all.get(args.file.as_str()) {
        print(&json::text(schema))?;
    }
    Ok(())
}

fn schemas() -> BTreeMap<&'static str, Value> {
    [
        ("measure", editor_schema_of::<MeasureFile>()),
        ("pack", editor_schema_of::<PackFile>()),
        ("region", editor_schema_of::<RegionFile>()),
        ("case", editor_schema_of::<CaseFile>()),
        ("holidays", editor_schema_of::<HolidaysFile>()),
        ("suspension", editor_schema_of::<SuspensionFile>()),
        ("regimes", editor_schema_of::<RegimesFile>()),
        ("words", editor_schema_of::<WordsFile>()),
    ]
    .into()
}
