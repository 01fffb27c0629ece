//! Inspects the bytes of a plugin: nothing of it runs, since loading a library already runs code.

use object::read::elf::ElfFile64;
use object::{Architecture, Endianness, Object, ObjectKind, ObjectSection, ObjectSymbol};
use riparto_core::diag::Text;
use riparto_core::say;
use riparto_plugin_abi::{ABI_MAJOR, ABI_MINOR, ENTRY, Note, NoteFault, SECTION, read_note};
use sha2::{Digest, Sha256};

use crate::{Refusal, needs};

/// What was read of a plugin without running it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// What it says of itself.
    pub note: Note,
    /// The SHA-256 of its bytes, in lowercase hexadecimal.
    pub sha256: String,
}

/// Names the machine that this is, such as `x86_64-linux`.
pub fn this_machine() -> String {
    format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}

/// Gives the SHA-256 of bytes in lowercase hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Inspects a plugin: a library of this machine, with a note, of this contract, that asks for
/// nothing unusual and has the entry.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, Refusal> {
    let file: ElfFile64<'_, Endianness> = ElfFile64::parse(bytes).map_err(|_| {
        Refusal::Format(say!(
            "non è un file ELF a 64 bit",
            "it is no ELF file of 64 bits"
        ))
    })?;
    if file.kind() != ObjectKind::Dynamic {
        return Err(Refusal::Format(say!(
            "è un programma o un oggetto, non una libreria dinamica",
            "it is a program or an object, not a dynamic library"
        )));
    }
    right_machine(&file)?;
    let section = file.section_by_name(SECTION);
    let note = section.and_then(|section| section.data().ok());
    let note = note.ok_or_else(|| {
        Refusal::Format(say!(
            "non ha la nota dei plugin (la sezione `{SECTION}`)",
            "it has no note of a plugin (the section `{SECTION}`)"
        ))
    })?;
    let note = read_note(note).map_err(|fault| Refusal::Format(note_fault(&fault)))?;
    right_contract(&note)?;
    needs::nothing_unusual(&file, bytes)?;
    let mut symbols = file.dynamic_symbols();
    if !symbols.any(|symbol| symbol.is_definition() && symbol.name() == Ok(ENTRY)) {
        return Err(Refusal::NoEntry);
    }
    Ok(Inspected {
        note,
        sha256: sha256(bytes),
    })
}

fn right_machine(file: &ElfFile64<'_, Endianness>) -> Result<(), Refusal> {
    let here = match std::env::consts::ARCH {
        "x86_64" => Architecture::X86_64,
        "aarch64" => Architecture::Aarch64,
        _ => Architecture::Unknown,
    };
    let found = file.architecture();
    if found != here {
        return Err(Refusal::Machine {
            plugin: format!("{found:?}").to_lowercase(),
            host: this_machine(),
        });
    }
    Ok(())
}

fn right_contract(note: &Note) -> Result<(), Refusal> {
    let (major, minor) = note.abi;
    if major != ABI_MAJOR || minor > ABI_MINOR {
        return Err(Refusal::Abi {
            plugin: note.abi,
            host: (ABI_MAJOR, ABI_MINOR),
        });
    }
    if note.target != this_machine() || note.pointer_bits != usize::BITS {
        return Err(Refusal::Machine {
            plugin: note.target.clone(),
            host: this_machine(),
        });
    }
    if !note.unwinds {
        return Err(Refusal::Format(say!(
            "è compilato con `panic = \"abort\"`: un suo errore chiuderebbe il programma",
            "it was built with `panic = \"abort\"`: a fault of it would end the program"
        )));
    }
    Ok(())
}

fn note_fault(fault: &NoteFault) -> Text {
    match fault {
        NoteFault::Truncated => say!("la sua nota è troncata", "its note is truncated"),
        NoteFault::Magic => say!(
            "la sua nota non comincia come quella di un plugin di Riparto",
            "its note does not start as that of a plugin of Riparto"
        ),
        NoteFault::Text(why) => say!(
            "il testo della sua nota non si legge: {why}",
            "the text of its note cannot be read: {why}"
        ),
    }
}
