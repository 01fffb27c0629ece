//! How much a rule may ask of the machine, and why.
//!
//! Every limit counts things that the text decides, never time, so a rule that is refused is
//! refused everywhere. Rhai's own defaults differ between debug and release builds: all are set.

/// Bytes of one expression or one script: a rule that needs more is not one rule. It also keeps
/// every column inside the 16 bits in which Rhai counts them.
pub(super) const SOURCE_BYTES: usize = 64 * 1024 - 1;

/// Steps of one call, for one row: a loop over the largest list with ten steps an item fits fifty
/// times over; an endless one stops within a fraction of a second.
pub(super) const OPERATIONS: u64 = 500_000;

/// Functions that wait for one another. Rules are shallow; recursion stops early.
pub(super) const CALL_LEVELS: usize = 32;

/// Brackets within brackets, and terms in a chain, outside functions.
pub(super) const EXPRESSION_DEPTH: usize = 64;

/// The same inside functions, where the call levels multiply it.
pub(super) const FUNCTION_EXPRESSION_DEPTH: usize = 32;

/// Levels of the tree made from an expression. Chains in brackets add up to more levels than
/// Rhai counts; whoever walks the tree recurses, so it is held to what any stack bears.
pub(super) const TREE_DEPTH: usize = 128;

/// Bytes of a text. With the size of a list it bounds the memory of a call: 16 KiB × 1,000 = 16 MB.
pub(super) const TEXT_BYTES: usize = 16 * 1024;

/// Items of a list, counting those of the lists inside it. They are counted again at every
/// change, so a longer one is slow before it is large; a rule is given single values, not tables.
pub(super) const LIST_ITEMS: usize = 1_000;

/// Entries of an object.
pub(super) const OBJECT_ENTRIES: usize = 1_000;

/// Variables alive at once.
pub(super) const VARIABLES: usize = 256;

/// Functions of one file.
pub(super) const FUNCTIONS: usize = 256;

/// Helper files loaded by one run, counting those that helpers load.
pub(super) const MODULES: usize = 32;

/// Digits of a number written in a rule: what a `Decimal` holds without rounding.
pub(super) const DIGITS: usize = 28;

/// Bytes of the stack on which scripts are read and run. The other limits are set so that no
/// script fills it: an overflow could not be caught.
pub(super) const STACK_BYTES: usize = 32 * 1024 * 1024;
