//! The file as a tree in which every key and value knows its place.

mod access;
#[cfg(test)]
mod agreement;
mod began;
mod ledger;
mod parse;
mod placeholder;
mod reader;
mod reading;
mod scan;
mod syntax;
pub(super) mod tree;

pub(super) use self::tree::Document;
