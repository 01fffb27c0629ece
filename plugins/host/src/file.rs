//! Reads the file of a plugin once: a plain file inside its folder, and not too large.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path};

use crate::Refusal;

/// The largest library that is read, in bytes.
pub const LARGEST: u64 = 256 << 20;

/// Reads the bytes of a plugin, given the folder of the plugins and the name of the file in it.
///
/// What is refused here: a name that leads elsewhere, a link that leads outside the folder, a
/// folder, a pipe or a device (which is never opened for reading), a file beyond [`LARGEST`].
pub fn read(folder: &Path, name: &str) -> Result<Vec<u8>, Refusal> {
    let path = folder.join(name);
    let mut parts = Path::new(name).components();
    if !matches!(
        (parts.next(), parts.next()),
        (Some(Component::Normal(_)), None)
    ) {
        return Err(Refusal::Outside(path));
    }
    let unreadable = |fault: std::io::Error| match fault.kind() {
        std::io::ErrorKind::NotFound => Refusal::Missing(path.clone()),
        _ => Refusal::Unreadable(path.clone(), fault.to_string()),
    };
    let inside = folder.canonicalize().map_err(unreadable)?;
    let real = path.canonicalize().map_err(unreadable)?;
    if real.parent() != Some(inside.as_path()) {
        return Err(Refusal::Outside(path));
    }
    let file = open(&real).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(Refusal::Folder(path));
    }
    if !about.is_file() {
        return Err(Refusal::NotAFile(path));
    }
    let mut bytes = Vec::new();
    let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        let why = format!("more than {LARGEST} bytes");
        return Err(Refusal::Unreadable(path, why));
    }
    Ok(bytes)
}

/// Opens without waiting for the other end of a pipe and without following a last link.
pub(crate) fn open(path: &Path) -> std::io::Result<File> {
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
    let flags = i32::try_from(flags.bits()).unwrap_or_default();
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}
