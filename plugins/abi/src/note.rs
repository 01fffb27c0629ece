//! Reads the note of a plugin from the bytes of its section, without running anything.

use serde::{Deserialize, Serialize};

use crate::{MAGIC, NoteHead};

/// What a plugin says of itself before any of its code runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its name, as rules and the lock file call it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The machine it was built for, such as `x86_64-linux`.
    pub target: String,
    /// The version of the contract: major, minor.
    pub abi: (u32, u32),
    /// The width of a pointer, in bits.
    pub pointer_bits: u32,
    /// Whether a panic in it can be caught.
    pub unwinds: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct NoteText {
    name: String,
    version: String,
    target: String,
}

/// Why a note cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteFault {
    /// It is shorter than it says.
    Truncated,
    /// It does not start with the magic bytes.
    Magic,
    /// Its text is not the JSON it should be.
    Text(String),
}

/// Reads a note from the bytes of its section.
pub fn read_note(bytes: &[u8]) -> Result<Note, NoteFault> {
    let magic = bytes.get(..MAGIC.len()).ok_or(NoteFault::Truncated)?;
    if magic != MAGIC {
        return Err(NoteFault::Magic);
    }
    let word = |index: usize| {
        let at = MAGIC.len() + index * 4;
        let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
        four.map(u32::from_le_bytes).ok_or(NoteFault::Truncated)
    };
    let start = usize::try_from(word(0)?).map_err(|_| NoteFault::Truncated)?;
    let len = usize::try_from(word(5)?).map_err(|_| NoteFault::Truncated)?;
    if start < size_of::<NoteHead>() {
        return Err(NoteFault::Truncated);
    }
    let text = bytes
        .get(start..start.saturating_add(len))
        .ok_or(NoteFault::Truncated)?;
    let text: NoteText =
        serde_json::from_slice(text).map_err(|fault| NoteFault::Text(fault.to_string()))?;
    Ok(Note {
        name: text.name,
        version: text.version,
        target: text.target,
        abi: (word(1)?, word(2)?),
        pointer_bits: word(3)?,
        unwinds: word(4)? == 1,
    })
}
