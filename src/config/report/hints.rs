//! What to do instead: guesses at what somebody meant, each a function of what they wrote.
//!
//! A hint repeats of the file only what has the form of something public: an address, a name.

mod addresses;
mod claims;
mod letters;
mod names;
mod networks;
mod patterns;
mod placeholders;
mod references;
mod values;

pub(in crate::config) use self::addresses::{address, entity, host, origin, support};
pub(in crate::config) use self::claims::claim_path;
pub(in crate::config) use self::letters::{
    is_curly_quote, is_odd_dash, narrow, odd_blank, unseen, wide,
};
pub(in crate::config) use self::names::{name, plain_key};
pub(in crate::config) use self::networks::{listener, network};
pub(in crate::config) use self::patterns::{ANY_PATH, NO_PATTERN, beyond_ascii, glob, regex};
pub(in crate::config) use self::placeholders::{
    NAME_ALONE, NOTHING_PUT_IN, VALUE_ITSELF, holds_placeholder, is_placeholder,
    is_placeholder_in_prose,
};
pub(in crate::config) use self::references::{file, secret, variable};
pub(in crate::config) use self::values::{
    COMMA_AT_END, COMMENT, INCLUDE, KEEP_ONE, MERGE_MARK, NAMED_ENTRIES, QUOTES_FOR_TAG, SEVERAL,
    empty, entry, is_merge_mark, is_switch_elsewhere, tail,
};

#[cfg(test)]
mod tests;
