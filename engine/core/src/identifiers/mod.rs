//! The codes by which people, bodies, schools and projects are known: shape, check character,
//! what they say of their holder.

mod body;
mod cup;
mod ipa;
mod masked;
mod person;
mod register;
mod school;

pub use body::{body_fiscal_code, lost_its_zeros};
pub use cup::is_cup;
pub use ipa::is_ipa;
pub use masked::{masked, without_codes};
pub use person::{Person, Sex, person_fiscal_code};
pub use register::{REGISTER, Register};
pub use school::is_school_code;

/// Why a text is not a code that can be checked by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It has not the length or the characters of such a code.
    Shape,
    /// The day of birth in it is no day of that month.
    Day,
    /// Its last character does not follow from the others.
    Check,
}
