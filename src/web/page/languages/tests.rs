//! Every language says the same, and everybody gets the one that they can read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;

use super::*;
use crate::domain::LANGUAGES;
use crate::web::page::pages::{NAMES_SUPPORT, error_kinds};

/// What each language calls whom an error's text sends people to.
const SUPPORT: [(&str, &str); 12] = [
    ("en", "support"),
    ("ar", "الدعم"),
    ("de", "Support"),
    ("es", "soporte"),
    ("fr", "assistance"),
    ("it", "’assistenza"),
    ("ja", "サポート"),
    ("ko", "고객 지원"),
    ("nl", "klantenservice"),
    ("pt-BR", "suporte"),
    ("zh-CN", "客服"),
    ("zh-TW", "客服"),
];

impl Texts {
    /// The texts in English, for tests of what is made of them.
    pub(crate) fn english() -> Result<Self, TextsError> {
        ENGLISH.texts()
    }

    /// The texts in every language.
    pub(crate) fn every() -> Vec<Self> {
        all().map(|language| language.texts().unwrap()).collect()
    }
}

#[test]
fn everybody_gets_the_language_that_they_can_read() {
    let languages = Languages::built_in().unwrap();
    let long = format!("{}de", "xx,".repeat(10_000));
    // (what, locale_id, Accept-Language, language)
    let cases = [
        ("nothing said", 0, "", "en"),
        ("Zendesk's number", 67, "", "ja"),
        ("Zendesk's number before the browser's wish", 67, "de", "ja"),
        ("English by its number, before the browser's wish", 1, "de", "en"),
        ("the number of a region", 1389, "", "zh-TW"),
        ("Canada's French", 1187, "en", "fr"),
        ("Portugal's Portuguese", 1011, "en", "pt-BR"),
        ("a language that we do not have", 13, "de", "de"),
        ("a number that Zendesk does not have", 65_535, "ko", "ko"),
        ("the language itself", 0, "de", "de"),
        ("a region of it", 0, "de-AT,en;q=0.5", "de"),
        ("its region", 0, "pt", "pt-BR"),
        ("another region of it", 0, "pt-PT", "pt-BR"),
        ("in capitals", 0, "PT-br", "pt-BR"),
        ("as a program may write it", 0, "de_CH", "de"),
        ("with an extension", 0, "de-DE-u-co-phonebk", "de"),
        ("a longer name that begins alike", 0, "arn, den, esx, it", "it"),
        ("Chinese", 0, "zh", "zh-CN"),
        ("Chinese of Singapore", 0, "zh-SG", "zh-CN"),
        ("Chinese of Hong Kong", 0, "zh-HK", "zh-TW"),
        ("Chinese of Macau", 0, "zh-MO,zh-CN;q=0.9", "zh-TW"),
        ("the script", 0, "zh-Hant", "zh-TW"),
        ("the script and its region", 0, "zh-Hant-HK", "zh-TW"),
        ("the script against the region", 0, "zh-Hans-TW", "zh-CN"),
        ("the other script against the region", 0, "zh-hant-cn", "zh-TW"),
        ("the greatest weight", 0, "en;q=0.5, de;q=0.8", "de"),
        ("the first of two alike", 0, "fr;q=0.5, de;q=0.5", "fr"),
        ("a name of the weight in capitals", 0, "en;Q=0.5, de; q=0.8", "de"),
        ("an explicit no", 0, "de;q=0, pt-BR;q=0.1", "pt-BR"),
        ("nothing but a no", 0, "de;q=0.000", "en"),
        ("unknown languages first", 0, "tlh, xx, de;q=0.1", "de"),
        ("anything", 0, "*", "en"),
        ("anything, or one of ours", 0, "*;q=0.5, de;q=0.1", "de"),
        ("noise", 0, ";;;q=,,\u{0};q=9,de;q=0.1234,=,-,_,;q=1", "en"),
        ("an endless list", 0, &long, "de"),
    ];
    for (what, locale, header, expected) in cases {
        let chosen = languages.choose(NonZeroU16::new(locale), [header].into_iter());
        assert_eq!(chosen.language(), expected, "{what}");
    }
    let several = languages.choose(None, ["xx", "fr;q=0.1, de"].into_iter());
    assert_eq!(several.language(), "de", "a header that comes in pieces");
}

#[test]
fn no_number_and_no_tag_stands_for_two_languages() {
    let locales: Vec<u16> = all().flat_map(|it| it.locales.iter().copied()).collect();
    let unique: BTreeSet<u16> = locales.iter().copied().collect();
    assert_eq!(locales.len(), unique.len());
    for language in all() {
        let asked = languages_that_answer(language.tag);
        assert_eq!(asked, [language.tag], "each answers to its own name, and no other does");
    }
}

fn languages_that_answer(tag: &str) -> Vec<&'static str> {
    all().filter(|language| language.answers(tag)).map(|language| language.tag).collect()
}

#[test]
fn a_brand_may_say_something_in_each_language() {
    assert_eq!(LANGUAGES.to_vec(), all().map(|language| language.tag).collect::<Vec<_>>());
}

#[test]
fn every_file_is_a_language() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(files, all().map(|language| language.tag.to_owned()).collect());
}

#[test]
fn every_text_is_used_and_every_text_used_exists() {
    let defined: BTreeSet<String> = messages(&ENGLISH).into_keys().collect();
    let mut used: BTreeSet<String> = error_kinds()
        .into_iter()
        .flat_map(|kind| [format!("error-{kind}-title"), format!("error-{kind}-text")])
        .collect();
    used.extend(sources().iter().flat_map(|source| ids_said(source)));
    assert_eq!(defined.difference(&used).collect::<Vec<_>>(), [] as [&String; 0], "unused");
    assert_eq!(used.difference(&defined).collect::<Vec<_>>(), [] as [&String; 0], "missing");
}

#[test]
fn every_language_has_the_same_texts_with_the_same_variables() {
    let english = messages(&ENGLISH);
    for language in all() {
        let texts = messages(language);
        let lacks = |of: &BTreeMap<String, String>, has: &BTreeMap<String, String>| -> Vec<_> {
            of.keys().filter(|id| !has.contains_key(*id)).cloned().collect()
        };
        assert_eq!(lacks(&english, &texts), [""; 0], "{} lacks these", language.tag);
        assert_eq!(lacks(&texts, &english), [""; 0], "{} alone has these", language.tag);
        assert_eq!(order(language), order(&ENGLISH), "{}: in the same order", language.tag);
        for (id, text) in &texts {
            let original = &english[id];
            assert_eq!(variables(text), variables(original), "{}: {id}", language.tag);
        }
    }
}

#[test]
fn every_language_says_it_in_its_own_words_and_signs() {
    let english = messages(&ENGLISH);
    let mut faults = Vec::new();
    for language in all() {
        for (id, text) in messages(language) {
            let original = &english[&id];
            let length = |text: &str| text.chars().count();
            // A word such as "Code" may be the same in two languages; a sentence is not.
            let is_foreign = language.tag != "en" && text == *original && length(&text) > 20;
            let has_markup = ["<", ">", "\"", "&", "  ", "...", " '", "' "]
                .iter()
                .any(|sign| text.contains(sign));
            // German closes with what English opens with.
            let opened = if language.tag == "de" { &['„'][..] } else { &['“', '«', '「'] };
            let is_quoted_alike = text.matches(opened).count() == original.matches('“').count();
            let is_fault = is_foreign
                || has_markup
                || text != text.trim()
                || ending(&text) != ending(original)
                || !is_quoted_alike
                || length(&text) > 2 * length(original) + 20;
            if is_fault {
                faults.push(format!("{}: {id} = {text}", language.tag));
            }
        }
    }
    assert_eq!(faults, [] as [String; 0]);
}

#[test]
fn every_language_sends_people_to_support_where_english_does() {
    for (language, (tag, support)) in all().zip(SUPPORT) {
        assert_eq!(language.tag, tag);
        let texts = messages(language);
        for kind in error_kinds() {
            let text = &texts[&format!("error-{kind}-text")];
            let names_it = NAMES_SUPPORT.split(' ').any(|it| it == kind);
            assert_eq!(text.contains(support), names_it, "{tag}: {kind}: {text}");
        }
        assert!(texts["error-support"].contains(support), "{tag}: the button has the same word");
    }
}

/// How a text ends: as a question, a sentence, or with what stays open.
fn ending(text: &str) -> char {
    match text.chars().last().unwrap() {
        '?' | '？' | '؟' => '?',
        '.' | '。' | '．' => '.',
        ':' | '：' => ':',
        '…' => '…',
        _ => ' ',
    }
}

fn variables(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().trim()).collect()
}

/// The names of the texts, as the file has them.
fn order(language: &Language) -> Vec<String> {
    let resource = FluentResource::try_new(language.source.to_owned()).unwrap();
    let mut ids = Vec::new();
    for line in resource.source().lines() {
        if let Some((id, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            ids.push(id.to_owned());
        }
    }
    ids
}

/// The texts of a language by their names.
fn messages(language: &Language) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    for line in language.source.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (id, text) = line.split_once(" = ").unwrap_or_else(|| panic!("one line each: {line}"));
        assert!(messages.insert(id.to_owned(), text.to_owned()).is_none(), "{id} twice");
    }
    messages
}

/// Templates and the code above its tests.
fn sources() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code: Vec<String> = below(root.join("src/web"), "rs")
        .into_iter()
        .map(|text| {
            let code = text.split_once("#[cfg(test)]\nmod tests").map(|(code, _)| code.into());
            code.unwrap_or(text)
        })
        .collect();
    assert!(code.len() > 40, "only {} files of code were found", code.len());
    below(root.join("templates"), "html").into_iter().chain(code).collect()
}

/// What the files in `folder` and its folders say that end in `extension`, tests left out.
fn below(folder: PathBuf, extension: &str) -> Vec<String> {
    let mut paths = vec![folder];
    let mut found = Vec::new();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|its| its == extension)
            && path.file_stem().is_some_and(|name| name != "tests")
        {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
    found
}

/// The ids in `say("…")`, `say_with("…", …)` and `label: "…"`.
fn ids_said(source: &str) -> Vec<String> {
    ["say(", "say_with(", "label:"]
        .iter()
        .flat_map(|call| source.split(call).skip(1))
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}
