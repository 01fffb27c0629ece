//! What a library asks the loader for, read where the loader reads it: in its dynamic segment.

use object::read::StringTable;
use object::read::elf::{Dyn, ElfFile64, FileHeader, ProgramHeader};
use object::{Endianness, elf};
use riparto_core::say;

use crate::Refusal;

type Segment = elf::ProgramHeader64<Endianness>;

/// The libraries that a plugin may ask the system for: those of any program.
const MAY_ASK_FOR: [&str; 8] = [
    "libc.so.6",
    "libgcc_s.so.1",
    "libm.so.6",
    "libdl.so.2",
    "libpthread.so.0",
    "librt.so.1",
    "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
];

/// What a library may tell the loader of itself: its tables, how they are sorted, what runs when
/// it is loaded. Nothing that brings in, or looks for, the code of another file.
const MAY_SAY: [i64; 32] = [
    elf::DT_PLTRELSZ,
    elf::DT_PLTGOT,
    elf::DT_HASH,
    elf::DT_STRTAB,
    elf::DT_SYMTAB,
    elf::DT_RELA,
    elf::DT_RELASZ,
    elf::DT_RELAENT,
    elf::DT_STRSZ,
    elf::DT_SYMENT,
    elf::DT_INIT,
    elf::DT_FINI,
    elf::DT_SONAME,
    elf::DT_SYMBOLIC,
    elf::DT_PLTREL,
    elf::DT_JMPREL,
    elf::DT_BIND_NOW,
    elf::DT_INIT_ARRAY,
    elf::DT_FINI_ARRAY,
    elf::DT_INIT_ARRAYSZ,
    elf::DT_FINI_ARRAYSZ,
    elf::DT_FLAGS,
    elf::DT_RELR,
    elf::DT_RELRSZ,
    elf::DT_RELRENT,
    elf::DT_GNU_HASH,
    elf::DT_VERSYM,
    elf::DT_RELACOUNT,
    elf::DT_FLAGS_1,
    elf::DT_VERDEF,
    elf::DT_VERNEED,
    elf::DT_VERNEEDNUM,
];

/// Refuses a library that would have the loader bring in code that nobody checked.
pub fn nothing_unusual(file: &ElfFile64<'_, Endianness>, bytes: &[u8]) -> Result<(), Refusal> {
    let endian = file.endian();
    let segments = file.elf_header().program_headers(endian, bytes);
    let segments = segments.map_err(|_| broken())?;
    for segment in segments {
        let entries = segment.dynamic(endian, bytes).map_err(|_| broken())?;
        let Some(entries) = entries else {
            continue;
        };
        let entries: Vec<(i64, u64)> = entries
            .iter()
            .map(|entry| (entry.d_tag(endian), entry.d_val(endian)))
            .take_while(|(tag, _)| *tag != elf::DT_NULL)
            .collect();
        let value = |wanted: i64| {
            let mut entries = entries.iter();
            entries
                .find(|(tag, _)| *tag == wanted)
                .map(|(_, value)| *value)
        };
        let names = value(elf::DT_STRTAB).zip(value(elf::DT_STRSZ));
        let names = names.and_then(|(address, size)| {
            let start = in_file(segments, endian, address)?;
            Some(StringTable::new(bytes, start, start.checked_add(size)?))
        });
        for (tag, value) in entries {
            may_be_said(tag, value, names)?;
        }
    }
    Ok(())
}

fn may_be_said(tag: i64, value: u64, names: Option<StringTable<'_>>) -> Result<(), Refusal> {
    if tag == elf::DT_NEEDED {
        let at = u32::try_from(value).map_err(|_| broken())?;
        let name = names
            .and_then(|names| names.get(at).ok())
            .ok_or_else(broken)?;
        let name = String::from_utf8_lossy(name);
        return match MAY_ASK_FOR.contains(&name.as_ref()) {
            true => Ok(()),
            false => Err(Refusal::Format(say!(
                "chiede la libreria `{name}`, che un plugin non può chiedere",
                "it asks for the library `{name}`, which a plugin may not ask for"
            ))),
        };
    }
    match MAY_SAY.contains(&tag) {
        true => Ok(()),
        false => Err(Refusal::Format(say!(
            "chiede a chi la carica qualcosa che un plugin non può chiedere (voce dinamica {tag:#x})",
            "it asks the loader for something that a plugin may not ask for (dynamic entry {tag:#x})"
        ))),
    }
}

/// Gives where in the file an address in memory is.
fn in_file(segments: &[Segment], endian: Endianness, address: u64) -> Option<u64> {
    let mut loaded = segments
        .iter()
        .filter(|segment| segment.p_type(endian) == elf::PT_LOAD);
    loaded.find_map(|segment| {
        let within = address.checked_sub(segment.p_vaddr(endian))?;
        let held = within < segment.p_filesz(endian);
        held.then(|| segment.p_offset(endian).checked_add(within))?
    })
}

fn broken() -> Refusal {
    Refusal::Format(say!("è troncata o guasta", "it is truncated or broken"))
}
