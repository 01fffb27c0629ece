//! Builds the binary again when a rule file comes, goes or changes: packs are embedded in it.

fn main() {
    println!("cargo:rerun-if-changed=../../rules");
    println!("cargo:rerun-if-changed=../../regions");
}
