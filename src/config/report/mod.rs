//! What is wrong with the file: every problem in its place, no secret in any of them.

pub(super) mod code;
pub(super) mod hints;
pub(super) mod lines;
pub(super) mod path;
pub(super) mod print;
pub(super) mod problem;
pub(super) mod sensitive;

pub use self::code::Code;
pub(super) use self::path::Path;
pub use self::print::Report;
pub(super) use self::problem::{Problems, did_you_mean};
pub(super) use self::sensitive::looks_random;
