//! What is refused before any code of a plugin runs, each with its own code.

#![cfg(test)]

mod common;

use std::os::unix::fs::symlink;

use common::{FILE, Region, rogue};
use riparto_core::diag::Code;
use riparto_plugin_abi::MAGIC;
use riparto_plugin_host::{Lock, plugin_folder};

fn code(region: &Region) -> Code {
    let host = region.host();
    host.checked("rogue")
        .map_or_else(|refusal| refusal.code(), |_| panic!("it was accepted"))
}

fn built() -> Vec<u8> {
    std::fs::read(rogue()).expect("the rogue is built with the tests")
}

/// Replaces the first occurrence of bytes.
fn with(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).position(|window| window == old);
    let at = at.expect("the bytes are there");
    bytes.splice(at..at + old.len(), new.iter().copied());
    bytes
}

#[test]
fn what_was_locked_is_accepted() {
    let region = Region::with_rogue(|_| {});
    let host = region.host();
    let (_, inspected, _) = host.checked("rogue").expect("it is what was locked");
    assert_eq!(inspected.note.name, "rogue");
    assert!(host.describe("rogue").is_ok());
}

#[test]
fn a_plugin_that_is_not_listed() {
    let region = Region::with_rogue(|locked| locked.name = "another".to_owned());
    assert_eq!(code(&region), Code::PluginUnlisted);
}

#[test]
fn a_file_that_is_missing() {
    let region = Region::with_rogue(|_| {});
    std::fs::remove_file(region.file()).expect("it was there");
    assert_eq!(code(&region), Code::PluginMissing);
}

#[test]
fn one_bit_changed() {
    let region = Region::with_rogue(|_| {});
    let mut bytes = built();
    let last = bytes.last_mut().expect("it is not empty");
    *last ^= 1;
    std::fs::write(region.file(), bytes).expect("a file");
    assert_eq!(code(&region), Code::PluginAltered);
}

#[test]
fn a_version_or_a_contract_that_was_not_locked() {
    let region = Region::with_rogue(|locked| locked.version = "9.9.9".to_owned());
    assert_eq!(code(&region), Code::PluginAltered);
    let region = Region::with_rogue(|locked| locked.abi = "0.9".to_owned());
    assert_eq!(code(&region), Code::PluginAltered);
}

#[test]
fn what_is_no_library() {
    let program = std::env::current_exe()
        .and_then(std::fs::read)
        .expect("a program");
    let half = built().len() / 2;
    let truncated = built().get(..half).expect("half").to_vec();
    let no_note = with(built(), &MAGIC, b"RIPARTO\x02");
    for bytes in [
        b"#!/bin/sh\n".to_vec(),
        Vec::new(),
        truncated,
        program,
        no_note,
    ] {
        let region = Region::with_bytes(&bytes, |_| {});
        assert_eq!(code(&region), Code::PluginFormat, "{} bytes", bytes.len());
    }
}

#[test]
fn a_library_without_the_entry() {
    let no_entry = with(built(), b"\0riparto_plugin_v1\0", b"\0riparto_plugin_v0\0");
    let region = Region::with_bytes(&no_entry, |_| {});
    assert_eq!(code(&region), Code::PluginNoEntry);
}

/// Makes the sections of a library lie: the loader looks at its segments only.
fn without_its_sections(mut bytes: Vec<u8>) -> Vec<u8> {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 8).expect("a head");
        u64::from_le_bytes(bytes.try_into().expect("eight bytes"))
    };
    let (start, count) = (
        number(0x28) as usize,
        (number(0x38) >> 32) as usize & 0xffff,
    );
    for section in 0..count {
        // Its type: 6 is a dynamic section, 1 is data.
        let at = start + 64 * section + 4;
        if bytes.get(at) == Some(&6) {
            *bytes.get_mut(at).expect("a section") = 1;
        }
    }
    bytes
}

#[test]
fn a_library_that_brings_in_another() {
    let said = |tag: u64| tag.to_le_bytes();
    // How many relocations are relative: a count that the loader can do without.
    let count = said(0x6fff_fff9);
    let library = built();
    let at = library.windows(8).position(|window| window == count);
    let at = at.expect("it has relocations");
    for (name, tag) in [
        ("RPATH", 15),
        ("RUNPATH", 29),
        ("AUDIT", 0x6fff_fefc),
        ("AUXILIARY", 0x7fff_fffd),
        ("FILTER", 0x7fff_ffff),
    ] {
        let mut strange = library.clone();
        strange.splice(at..at + 8, said(tag));
        for bytes in [strange.clone(), without_its_sections(strange)] {
            let region = Region::with_bytes(&bytes, |_| {});
            assert_eq!(code(&region), Code::PluginFormat, "{name}");
        }
    }
    let elsewhere = with(built(), b"\0libc.so.6\0", b"\0libx.so.6\0");
    let region = Region::with_bytes(&without_its_sections(elsewhere), |_| {});
    assert_eq!(code(&region), Code::PluginFormat);
}

#[test]
fn another_contract() {
    let mut head = MAGIC.to_vec();
    head.extend(32_u32.to_le_bytes());
    let (mut old, mut new) = (head.clone(), head);
    old.extend(1_u32.to_le_bytes());
    new.extend(2_u32.to_le_bytes());
    let region = Region::with_bytes(&with(built(), &old, &new), |_| {});
    assert_eq!(code(&region), Code::PluginAbi);
}

#[test]
fn another_machine() {
    let mut bytes = built();
    // The machine in the head of an ELF file: 0xB7 is aarch64, 0x3E is x86_64.
    let machine = bytes.get_mut(18).expect("a head");
    *machine = if *machine == 0xb7 { 0x3e } else { 0xb7 };
    let region = Region::with_bytes(&bytes, |_| {});
    assert_eq!(code(&region), Code::PluginMachine);
    let region = Region::with_rogue(|locked| locked.target = "sparc-solaris".to_owned());
    assert_eq!(code(&region), Code::PluginMachine);
}

#[test]
fn what_is_no_file() {
    let region = Region::with_rogue(|_| {});
    std::fs::remove_file(region.file()).expect("it was there");
    std::fs::create_dir(region.file()).expect("a folder");
    assert_eq!(code(&region), Code::PluginFolder);
    std::fs::remove_dir(region.file()).expect("it was there");
    let pipe = std::process::Command::new("mkfifo")
        .arg(region.file())
        .status();
    assert!(pipe.expect("mkfifo runs").success());
    assert_eq!(code(&region), Code::PluginNotAFile);
}

#[test]
fn what_lies_outside_the_folder() {
    let region = Region::with_rogue(|_| {});
    std::fs::remove_file(region.file()).expect("it was there");
    symlink(rogue(), region.file()).expect("a link");
    assert_eq!(code(&region), Code::PluginOutside);
    for name in ["../librogue.so", "/etc/passwd", "", ".", "a/b.so"] {
        let region = Region::with_rogue(|locked| locked.file = name.to_owned());
        assert_eq!(code(&region), Code::PluginOutside, "`{name}`");
    }
}

#[test]
fn a_signature_that_is_no_file() {
    let region = Region::with_rogue(|_| {});
    let mut lock = Lock::read(region.path()).expect("a lock file");
    lock.key = Some("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".to_owned());
    lock.write(region.path()).expect("a lock file");
    let beside = plugin_folder(region.path()).join(format!("{FILE}.minisig"));
    let pipe = std::process::Command::new("mkfifo").arg(&beside).status();
    assert!(pipe.expect("mkfifo runs").success());
    assert_eq!(code(&region), Code::PluginNotAFile, "it is not waited for");
}

#[test]
fn a_link_inside_the_folder_is_read() {
    let region = Region::with_rogue(|_| {});
    let beside = plugin_folder(region.path()).join("librogue-1.so");
    std::fs::rename(region.file(), &beside).expect("a file");
    symlink(&beside, region.file()).expect("a link");
    assert!(region.host().checked("rogue").is_ok());
}

#[test]
fn a_lock_file_that_cannot_be_read() {
    let region = Region::with_rogue(|_| {});
    std::fs::write(Lock::path(region.path()), "plugin = 3").expect("a file");
    let refusal = Lock::read(region.path()).expect_err("it is no lock file");
    assert_eq!(refusal.code(), Code::PluginLock);
}

#[test]
fn a_signature_that_the_region_asks_for() {
    let region = Region::with_rogue(|_| {});
    let mut lock = Lock::read(region.path()).expect("a lock file");
    // The public key in minisign's own documentation.
    lock.key = Some("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".to_owned());
    lock.write(region.path()).expect("a lock file");
    assert_eq!(code(&region), Code::PluginSignature, "there is none");
    let beside = plugin_folder(region.path()).join(format!("{FILE}.minisig"));
    std::fs::write(&beside, "untrusted comment: nothing\n").expect("a file");
    assert_eq!(code(&region), Code::PluginSignature, "it cannot be read");
}
