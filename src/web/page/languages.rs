//! Which of our languages a person gets: Zendesk's number for theirs, then what their browser asks for.

use std::num::NonZeroU16;
use std::sync::OnceLock;

use crate::web::page::texts::{Texts, TextsError};

/// One language that is compiled in.
struct Language {
    /// Its tag (RFC 5646), which is its file's name, too.
    tag: &'static str,
    source: &'static str,
    /// The `locale_id`s of it and of its regions, as Zendesk's list of locales numbers them.
    locales: &'static [u16],
}

macro_rules! language {
    ($tag:literal, $locales:expr) => {
        Language {
            tag: $tag,
            source: include_str!(concat!("../../../locales/", $tag, ".ftl")),
            locales: &$locales,
        }
    };
}

/// The language of people who ask for none of the others.
const ENGLISH: Language = language!(
    "en",
    [
        1, 1176, 1181, 1277, 1278, 1279, 1280, 1281, 1288, 1289, 1350, 1379, 1392, 1396, 1404,
        1405, 1406, 1407, 1412, 1413, 1414, 1415, 1417, 1418, 1419, 1420, 1422,
    ]
);

const OTHERS: [Language; 11] = [
    language!("ar", [66, 1287]),
    language!("de", [8, 1294, 1295, 1408]),
    language!("es", [2, 1186, 1194, 1282, 1283, 1284, 1285, 1286, 1296, 1364]),
    language!("fr", [16, 1187, 1291, 1292, 1302, 1365, 1421]),
    language!("it", [22, 1391]),
    language!("ja", [67]),
    language!("ko", [69]),
    language!("nl", [1005, 1293]),
    // Portugal's 1011 has no texts of its own.
    language!("pt-BR", [19, 1011]),
    language!("zh-CN", [10, 1387]),
    language!("zh-TW", [9, 1389, 1390]),
];

/// All languages, to choose one for each person.
pub(crate) struct Languages {
    english: Texts,
    /// Read when somebody asks for the first time: most services need few of them.
    others: [OnceLock<Option<Texts>>; OTHERS.len()],
}

impl Languages {
    /// The languages that are compiled in.
    pub(crate) fn built_in() -> Result<Self, TextsError> {
        Ok(Self { english: ENGLISH.texts()?, others: Default::default() })
    }

    /// The language that Zendesk calls `locale`, if it is one of ours; else the one that the values
    /// of `Accept-Language` ask for.
    pub(crate) fn choose<'v>(
        &self,
        locale: Option<NonZeroU16>,
        accept_language: impl Iterator<Item = &'v str>,
    ) -> &Texts {
        let wanted = locale.and_then(of_locale).or_else(|| of_wishes(accept_language));
        wanted.and_then(|language| self.other(language)).unwrap_or(&self.english)
    }

    /// `None` is English.
    fn other(&self, language: &'static Language) -> Option<&Texts> {
        let place = OTHERS.iter().position(|other| other.tag == language.tag)?;
        // A test reads every file, so that none is missing here.
        self.others.get(place)?.get_or_init(|| language.texts().ok()).as_ref()
    }
}

impl Language {
    fn texts(&self) -> Result<Texts, TextsError> {
        Texts::parse(self.tag, self.source)
    }

    /// Whether a tag asks for this language, in whatever region.
    fn answers(&self, tag: &str) -> bool {
        let mut subtags = tag.split(['-', '_']);
        let is = |subtag: &str, of: &[&str]| of.iter().any(|it| subtag.eq_ignore_ascii_case(it));
        let language = subtags.next().unwrap_or_default();
        if !is(language, &["zh"]) {
            return self.tag.split('-').next().is_some_and(|own| is(language, &[own]));
        }
        // The two ways to write Chinese are two languages of ours; the script says which, or the
        // region by what is usual there.
        let is_traditional = subtags
            .find(|it| is(it, &["hans", "hant", "tw", "hk", "mo"]))
            .is_some_and(|it| !is(it, &["hans"]));
        self.tag == if is_traditional { "zh-TW" } else { "zh-CN" }
    }
}

fn all() -> impl Iterator<Item = &'static Language> {
    std::iter::once(&ENGLISH).chain(&OTHERS)
}

fn of_locale(locale: NonZeroU16) -> Option<&'static Language> {
    all().find(|language| language.locales.contains(&locale.get()))
}

/// Of the languages that we have, the one with the greatest weight, and of several the first (RFC
/// 9110 §12.5.4, RFC 4647 §3.4); what cannot be read is passed over.
fn of_wishes<'v>(accept_language: impl Iterator<Item = &'v str>) -> Option<&'static Language> {
    let mut best: Option<(u16, &'static Language)> = None;
    for wish in accept_language.flat_map(|value| value.split(',')) {
        let (tag, parameter) = wish.split_once(';').unwrap_or((wish, "q=1"));
        let weight = parameter.trim().strip_prefix(['q', 'Q']).and_then(|it| it.strip_prefix('='));
        let weight = weight.and_then(thousandths).unwrap_or(0);
        if weight > best.map_or(0, |(weight, _)| weight)
            && let Some(language) = all().find(|language| language.answers(tag.trim()))
        {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// A weight such as `0.8`, as a whole number: its three decimals are all that the header allows.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole {
        "1" => Some(1000),
        "0" => format!("{decimals:0<3}").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
