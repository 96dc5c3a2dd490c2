//! The page that posts the Zendesk JWT. It is written once for each language, and cut where what differs
//! between sign-ins goes: it is the one page that every sign-in gets.

use std::mem;

use askama::Template;
use askama::filters::{Escaper as _, Html};

use crate::web::page::csp::{Nonce, hand_off_policy};
use crate::web::page::pages::{Page, PageError, render};
use crate::web::page::texts::Texts;
use crate::web::page::theme::BrandLook;

/// Posts the JWT to Zendesk as soon as it is parsed.
pub(crate) struct HandOffPage<'a> {
    pub(crate) texts: &'a Texts,
    /// The brand that is signed in to.
    pub(crate) look: &'a BrandLook,
    /// Zendesk's address for JWTs, on the account's own host.
    pub(crate) action: &'a str,
    pub(crate) jwt: &'a str,
    /// Where Zendesk is to send the person, as an absolute address.
    pub(crate) return_to: &'a str,
    /// Lets this page's script run, and no other.
    pub(crate) nonce: &'a Nonce,
}

impl HandOffPage<'_> {
    pub(crate) fn page(&self) -> Result<Page, PageError> {
        let stylesheet = self.look.stylesheet.as_deref();
        let cut = self.texts.hand_off(stylesheet.is_some())?;
        let html = cut.filled(|hole| match hole {
            Hole::Name => &self.look.name,
            Hole::Stylesheet => stylesheet.unwrap_or_default(),
            Hole::Action => self.action,
            Hole::Jwt => self.jwt,
            Hole::ReturnTo => self.return_to,
            Hole::Nonce => self.nonce.as_str(),
        });
        let language = self.texts.language();
        Ok(Page { html, policy: hand_off_policy(self.nonce), language })
    }
}

/// The page as a whole.
#[derive(Template)]
#[template(path = "hand_off.html")]
struct Whole<'a> {
    texts: &'a Texts,
    look: &'a BrandLook,
    action: &'a str,
    jwt: &'a str,
    return_to: &'a str,
    nonce: &'a str,
}

/// What differs between two pages of one language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Hole {
    Name,
    Stylesheet,
    Action,
    Jwt,
    ReturnTo,
    Nonce,
}

impl Hole {
    const ALL: [Self; 6] =
        [Self::Name, Self::Stylesheet, Self::Action, Self::Jwt, Self::ReturnTo, Self::Nonce];

    /// What stands for it while the page is written: a character for private use, which no text of
    /// ours has and nothing escapes.
    fn mark(self) -> char {
        match self {
            Self::Name => '\u{f0000}',
            Self::Stylesheet => '\u{f0001}',
            Self::Action => '\u{f0002}',
            Self::Jwt => '\u{f0003}',
            Self::ReturnTo => '\u{f0004}',
            Self::Nonce => '\u{f0005}',
        }
    }
}

/// The page of one language, cut at its holes.
#[derive(Debug)]
pub(crate) struct CutPage {
    /// What stands before each hole.
    pieces: Vec<(Box<str>, Hole)>,
    end: Box<str>,
    /// Bytes of all pieces.
    length: usize,
}

impl CutPage {
    /// Writes the page, for a brand with a stylesheet of its own or without.
    pub(crate) fn of(texts: &Texts, has_stylesheet: bool) -> Result<Self, PageError> {
        let mark = |hole: Hole| hole.mark().to_string();
        let look = BrandLook {
            name: mark(Hole::Name),
            stylesheet: has_stylesheet.then(|| mark(Hole::Stylesheet)),
            ..BrandLook::default()
        };
        let whole = render(
            "hand_off",
            &Whole {
                texts,
                look: &look,
                action: &mark(Hole::Action),
                jwt: &mark(Hole::Jwt),
                return_to: &mark(Hole::ReturnTo),
                nonce: &mark(Hole::Nonce),
            },
        )?;
        let (mut pieces, mut piece, mut length) = (Vec::new(), String::new(), 0);
        for c in whole.chars() {
            match Hole::ALL.into_iter().find(|hole| hole.mark() == c) {
                Some(hole) => {
                    length += piece.len();
                    pieces.push((mem::take(&mut piece).into_boxed_str(), hole));
                }
                None => piece.push(c),
            }
        }
        length += piece.len();
        Ok(Self { pieces, end: piece.into_boxed_str(), length })
    }

    /// The page with `text` in its holes, escaped.
    fn filled<'a>(&self, text: impl Fn(Hole) -> &'a str) -> String {
        let holes: usize = self.pieces.iter().map(|(_, hole)| text(*hole).len()).sum();
        // What is escaped takes more room: a few `&` of an address.
        let mut html = String::with_capacity(self.length + holes + 64);
        for (piece, hole) in &self.pieces {
            html.push_str(piece);
            push_escaped(&mut html, text(*hole));
        }
        html.push_str(&self.end);
        html
    }
}

fn push_escaped(html: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let has_markup = memchr::memchr3(b'&', b'<', b'>', bytes).is_some()
        || memchr::memchr2(b'"', b'\'', bytes).is_some();
    if has_markup {
        // A string takes whatever is written.
        let _ = Html.write_escaped_str(html, text);
    } else {
        html.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::{HandOffPage, Hole, Whole, push_escaped};
    use crate::web::page::csp::Nonce;
    use crate::web::page::pages::render;
    use crate::web::page::texts::Texts;
    use crate::web::page::theme::BrandLook;

    #[test]
    fn a_page_that_was_cut_is_the_page_that_the_template_writes() {
        let texts = [
            "Acme Shoes",
            "",
            "\"'><script>alert(1)</script>{{ 7*7 }}&amp;{$brand}",
            "b\u{fc}cher \u{1f45f} \u{f0003}\u{f0000}",
            "https://help.acme.example/hc?a=1&b='2'",
        ];
        let english = Texts::english().unwrap();
        let nonce = Nonce::new([0xfb; 16]);
        for (number, text) in texts.into_iter().enumerate() {
            let other = |by: usize| texts[(number + by) % texts.len()];
            for stylesheet in [None, Some(other(1).to_owned())] {
                let look = BrandLook { name: text.to_owned(), stylesheet, ..BrandLook::default() };
                let (action, jwt, return_to) = (other(2), other(3), other(4));
                let page = HandOffPage {
                    texts: &english,
                    look: &look,
                    action,
                    jwt,
                    return_to,
                    nonce: &nonce,
                };
                let nonce = nonce.as_str();
                let whole = Whole { texts: &english, look: &look, action, jwt, return_to, nonce };
                assert_eq!(
                    page.page().unwrap().html,
                    render("hand_off", &whole).unwrap(),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn every_hole_is_there_and_every_text_is_escaped() {
        let english = Texts::english().unwrap();
        for has_stylesheet in [false, true] {
            let cut = english.hand_off(has_stylesheet).unwrap();
            for hole in Hole::ALL {
                let is_there = cut.pieces.iter().any(|(_, it)| *it == hole);
                assert_eq!(is_there, hole != Hole::Stylesheet || has_stylesheet, "{hole:?}");
            }
        }
        for c in ['&', '<', '>', '"', '\''] {
            let mut html = String::new();
            push_escaped(&mut html, &format!("a{c}b"));
            assert!(html.starts_with("a&#") && html.ends_with(";b"), "{html}");
        }
    }
}
