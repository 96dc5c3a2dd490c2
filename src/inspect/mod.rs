//! Explains a token in words: what it is, what it says, what would be refused, and how to mend it.

mod findings;
mod kind;
mod meaning;
mod mend;
mod pasted;
mod signature;
mod when;

use serde_json::{Map, Value};

pub use self::kind::TokenKind;
pub use self::mend::Mend;
use self::pasted::Parts;
pub use self::signature::{SecretUse, used};
pub use self::when::ago;
use crate::token::NotAnObject;

/// A token, explained.
#[derive(Debug)]
pub struct InspectedToken {
    /// The token itself, without what was pasted around it.
    pub token: String,
    /// What it is.
    pub kind: TokenKind,
    /// What its header says.
    pub header: Vec<ExplainedMember>,
    /// What it says.
    pub claims: Vec<ExplainedMember>,
    /// What is wrong with it, the worst first.
    pub findings: Vec<Finding>,
}

/// A name and its value, with their meaning.
#[derive(Debug)]
pub struct ExplainedMember {
    /// The member's name.
    pub name: String,
    /// The member's value.
    pub value: Value,
    /// What is meant by it; blank: nobody reads it.
    pub meaning: &'static str,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Whoever takes such tokens refuses this one.
    Refused,
    /// It is taken, and something is not as it is meant.
    Doubtful,
}

/// Something that is wrong with a token.
#[derive(Debug)]
pub struct Finding {
    /// Whether the token is refused for it.
    pub severity: Severity,
    /// The header's member or the claim.
    pub at: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// How it is mended in four languages.
    pub mend: Option<Mend>,
}

/// Why there is nothing to explain.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NoToken {
    /// Nothing in it looks like one.
    #[error(
        "there is no token in this: one has three parts with dots between, and begins with `eyJ`"
    )]
    None,
    /// It was cut.
    #[error("this is a token without its end: it has {0} of three parts")]
    Cut(usize),
    /// Only its addressee can read it.
    #[error("this token is encrypted (JWE, five parts): only whoever has the key can read it")]
    Encrypted,
    /// A part of it cannot be read.
    #[error("the {0} of this token cannot be read: {1}")]
    Part(&'static str, &'static str),
}

impl NoToken {
    fn of(part: &'static str, why: NotAnObject) -> Self {
        Self::Part(
            part,
            match why {
                NotAnObject::NotUtf8 => {
                    "it is not UTF-8; the script writes in another character set"
                }
                NotAnObject::HalfOfAPair => {
                    "it holds half of an emoji: a text was cut in its middle"
                }
                NotAnObject::RepeatedKey => "a name occurs twice in it, and readers would differ",
                NotAnObject::NotJson => "it is no JSON object; was the token cut, or changed?",
            },
        )
    }
}

/// Explains the token in `pasted`, at `now`, in Unix seconds.
pub fn explain(pasted: &str, now: u64) -> Result<InspectedToken, NoToken> {
    let Parts { token, header, claims, odd_spelling } = pasted::find(pasted)?;
    let kind = TokenKind::of(&header, &claims);
    let mut findings = findings::of(kind, &header, &claims, now);
    if odd_spelling {
        findings.push(Finding {
            severity: Severity::Doubtful,
            at: "spelling".to_owned(),
            message:
                "it is written in plain base64, with `+`, `/` or `=`; in an address these become \
                      something else. brandgate reads it, a library may not"
                    .to_owned(),
            mend: Some(mend::LIBRARY),
        });
    }
    findings.sort_by_key(|it| it.severity);
    let said = |object: Map<String, Value>, meaning: fn(TokenKind, &str) -> &'static str| {
        object
            .into_iter()
            .map(|(name, value)| ExplainedMember { meaning: meaning(kind, &name), name, value })
            .collect()
    };
    Ok(InspectedToken {
        token,
        kind,
        header: said(header, meaning::of_header),
        claims: said(claims, meaning::of_claim),
        findings,
    })
}

#[cfg(test)]
mod tests;
