//! Where safe Rust meets the contract: the note, the table of functions, the caught panics.
#![allow(
    unsafe_code,
    reason = "the contract is a C interface: pointers come in and buffers go out"
)]

use std::cell::RefCell;
use std::mem::{ManuallyDrop, forget, take};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Once;

use riparto_plugin_abi::{
    ABI_MAJOR, ABI_MINOR, Buffer, DONE, Fault, MAGIC, NoteHead, PANICKED, REFUSED, Slice, Status,
    VTable,
};

use crate::Plugin;

thread_local! {
    static LAST_FAULT: RefCell<Option<Box<Fault>>> = const { RefCell::new(None) };
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Exports a plugin: its name, its version, and the function that gives it.
///
/// Name and version are literals because they are written in the file, where the host reads
/// them before it loads anything; the plugin must say the same of itself.
#[macro_export]
macro_rules! export {
    ($name:expr, $version:expr, $plugin:path) => {
        const _: () = {
            const LEN: usize = $crate::note_text_len($name, $version);

            #[used]
            #[cfg_attr(target_os = "linux", unsafe(link_section = ".riparto_plugin"))]
            static NOTE: $crate::abi::NoteBytes<LEN> = $crate::abi::NoteBytes {
                head: $crate::note_head(LEN),
                text: $crate::note_text($name, $version),
            };

            fn exported() -> &'static $crate::Plugin {
                static PLUGIN: std::sync::OnceLock<$crate::Plugin> = std::sync::OnceLock::new();
                PLUGIN.get_or_init($plugin)
            }

            extern "C" fn describe(to: *mut $crate::abi::Buffer) -> $crate::abi::Status {
                $crate::answer(to, || {
                    Ok($crate::abi::message::json(exported().description()))
                })
            }

            extern "C" fn call(
                capability: $crate::abi::Slice,
                input: $crate::abi::Slice,
                to: *mut $crate::abi::Buffer,
            ) -> $crate::abi::Status {
                $crate::call(exported, capability, input, to)
            }

            static TABLE: $crate::abi::VTable = $crate::table(describe, call);

            /// Gives what the plugin answers with.
            #[unsafe(no_mangle)]
            pub extern "C" fn riparto_plugin_v1() -> *const $crate::abi::VTable {
                &raw const TABLE
            }
        };
    };
}

const TEXT: [&str; 4] = [
    "{\"name\":\"",
    "\",\"version\":\"",
    "\",\"target\":\"",
    "\"}",
];
const TARGET: [&str; 3] = [std::env::consts::ARCH, "-", std::env::consts::OS];

const fn parts<'t>(name: &'t str, version: &'t str) -> [&'t str; 9] {
    [
        TEXT[0], name, TEXT[1], version, TEXT[2], TARGET[0], TARGET[1], TARGET[2], TEXT[3],
    ]
}

/// Gives the length of the text of a note.
#[expect(
    clippy::indexing_slicing,
    reason = "in a constant a wrong index does not compile"
)]
pub const fn note_text_len(name: &str, version: &str) -> usize {
    let parts = parts(name, version);
    let (mut len, mut part) = (0, 0);
    while part < parts.len() {
        len += parts[part].len();
        part += 1;
    }
    len
}

/// Gives the text of a note.
#[expect(
    clippy::indexing_slicing,
    reason = "in a constant a wrong index does not compile"
)]
pub const fn note_text<const N: usize>(name: &str, version: &str) -> [u8; N] {
    let parts = parts(name, version);
    let mut text = [0; N];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let bytes = parts[part].as_bytes();
        let mut byte = 0;
        while byte < bytes.len() {
            assert!(
                bytes[byte] != b'"' && bytes[byte] != b'\\' || part % 2 == 0,
                "a name or a version cannot hold quotes"
            );
            text[at] = bytes[byte];
            at += 1;
            byte += 1;
        }
        part += 1;
    }
    text
}

/// Gives the head of a note with a text of that length.
pub const fn note_head(text_len: usize) -> NoteHead {
    NoteHead {
        magic: MAGIC,
        size: size_of::<NoteHead>() as u32,
        abi_major: ABI_MAJOR,
        abi_minor: ABI_MINOR,
        pointer_bits: usize::BITS,
        unwinds: if cfg!(panic = "unwind") { 1 } else { 0 },
        text_len: text_len as u32,
    }
}

/// Gives the table of functions of a plugin.
pub const fn table(
    describe: extern "C" fn(*mut Buffer) -> Status,
    call: extern "C" fn(Slice, Slice, *mut Buffer) -> Status,
) -> VTable {
    VTable {
        magic: MAGIC,
        abi_major: ABI_MAJOR,
        abi_minor: ABI_MINOR,
        size: size_of::<VTable>(),
        describe,
        call,
        free,
        last_error,
    }
}

/// Calls a plugin as its host asks.
pub fn call(
    plugin: fn() -> &'static Plugin,
    capability: Slice,
    input: Slice,
    to: *mut Buffer,
) -> Status {
    answer(to, || {
        let capability = lent(&capability);
        let capability = str::from_utf8(capability).unwrap_or_default();
        plugin().call(capability, lent(&input))
    })
}

/// Runs a body, catches its panic, and hands over its bytes or remembers its fault.
pub fn answer(
    to: *mut Buffer,
    body: impl FnOnce() -> Result<Vec<u8>, (Status, Box<Fault>)>,
) -> Status {
    listen_to_panics();
    LAST_FAULT.set(None);
    let (status, fault) = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(bytes)) => {
            hand_over(bytes, to);
            return DONE;
        }
        Ok(Err(refusal)) => refusal,
        Err(payload) => {
            // Dropping what was thrown might panic again.
            forget(payload);
            (PANICKED, panicked(&LAST_PANIC.take()))
        }
    };
    LAST_FAULT.set(Some(fault));
    status
}

fn panicked(said: &str) -> Box<Fault> {
    Box::new(Fault {
        code: "panic".to_owned(),
        message: said.to_owned(),
        message_en: said.to_owned(),
        ..Fault::default()
    })
}

/// Each library has its own panic hook: this one keeps what was said, and where.
fn listen_to_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
            let said = panic.payload_as_str().unwrap_or("no message");
            let place = panic
                .location()
                .map(|at| format!(" ({}:{})", at.file(), at.line()));
            LAST_PANIC.set(format!("{said}{}", place.unwrap_or_default()));
        }));
    });
}

fn lent(slice: &Slice) -> &[u8] {
    if slice.ptr.is_null() || slice.len == 0 {
        return &[];
    }
    // SAFETY: the contract lends `len` bytes from `ptr` for the length of the call, and the
    // slice is borrowed for no longer than that.
    unsafe { std::slice::from_raw_parts(slice.ptr, slice.len) }
}

fn hand_over(bytes: Vec<u8>, to: *mut Buffer) {
    if to.is_null() {
        return;
    }
    let mut bytes = ManuallyDrop::new(bytes);
    let buffer = Buffer {
        ptr: bytes.as_mut_ptr(),
        len: bytes.len(),
        capacity: bytes.capacity(),
    };
    // SAFETY: the contract gives a place where one buffer can be written; the bytes are given
    // back through `free`.
    unsafe { to.write(buffer) }
}

extern "C" fn free(buffer: Buffer) {
    if buffer.ptr.is_null() {
        return;
    }
    // SAFETY: the contract gives back only buffers of this plugin, each once, so these are the
    // parts of a vector that `hand_over` took apart.
    drop(unsafe { Vec::from_raw_parts(buffer.ptr, buffer.len, buffer.capacity) });
}

extern "C" fn last_error(to: *mut Buffer) -> Status {
    let fault = LAST_FAULT.with(|last| take(&mut *last.borrow_mut()));
    let bytes = fault.map(|fault| riparto_plugin_abi::message::json(&fault));
    match bytes {
        Some(bytes) => {
            hand_over(bytes, to);
            DONE
        }
        None => REFUSED,
    }
}
