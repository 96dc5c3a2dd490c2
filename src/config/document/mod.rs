//! The file as a tree in which every key and value knows its place, and how it is read.

#[cfg(test)]
mod agreement;
mod began;
mod excerpt;
mod fields;
mod keys;
mod located;
mod misplaced;
mod odd_line;
mod parse;
mod scan;
mod source;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub(super) use self::fields::{Fields, StrayBackends};
pub(super) use self::parse::Part;
pub(super) use self::source::{Reach, Reporter, SecretReach, Site, Source};
pub(super) use self::tree::{Document, Node, NodePlace};
pub(super) use self::value::{FromNode, Read, Reported, Value};
