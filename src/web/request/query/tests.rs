//! What is ours, what is nobody's, and what others would take for ours.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Malformed, Query, decode, has_whole_escapes};
use crate::domain::{Forward, Parameter};

#[test]
fn ours_are_written_in_one_way_and_once() {
    use Malformed::{Characters, LooksLike, Twice};
    use Parameter::{BrandId, ReturnTo};
    let cases = [
        ("nothing", "", None),
        ("Zendesk's own", "brand_id=1&locale_id=1&return_to=%2Fhc&timestamp=1", None),
        ("unknown ones too", "service=zendesk&x-y_Z=1", None),
        ("empty pairs", "&&brand_id=1&", None),
        ("a nested URL", "return_to=https://a.example/?x=https://b.example/", None),
        ("a name without a value", "brand_id", None),
        ("twice", "return_to=/a&return_to=/b", Some(Twice(ReturnTo))),
        ("twice, once blank", "return_to=&return_to=/b", Some(Twice(ReturnTo))),
        ("twice, in other letters", "return_to=/a&Return_To=/b", Some(LooksLike(ReturnTo))),
        ("in other letters alone", "RETURN_TO=/a", Some(LooksLike(ReturnTo))),
        ("PHP: a dot becomes _", "return.to=/a", Some(LooksLike(ReturnTo))),
        ("PHP: a space becomes _", "return+to=/a", Some(LooksLike(ReturnTo))),
        ("PHP: an encoded space", "return%20to=/a", Some(LooksLike(ReturnTo))),
        ("an encoded _", "return%5Fto=/a", Some(LooksLike(ReturnTo))),
        ("an encoded letter", "%72eturn_to=/a", Some(LooksLike(ReturnTo))),
        ("PHP: a bracket becomes _", "return[to=/a", Some(LooksLike(ReturnTo))),
        ("PHP: an array", "return_to[]=/a", Some(LooksLike(ReturnTo))),
        ("Rack and qs: brackets around it", "[return_to]=/a", Some(LooksLike(ReturnTo))),
        ("encoded brackets", "%5Bbrand_id%5D=1", Some(LooksLike(BrandId))),
        ("Rack: a bracket behind it", "return_to]=/a", Some(LooksLike(ReturnTo))),
        ("Rack: a bracket before it", "]return_to=/a", Some(LooksLike(ReturnTo))),
        ("PHP: leading space is cut", "+return_to=/a", Some(LooksLike(ReturnTo))),
        ("PHP: NUL ends a name", "return_to%00x=/a", Some(LooksLike(ReturnTo))),
        ("without a value", "return.to", Some(LooksLike(ReturnTo))),
        ("no name", "=/a", None),
        ("the agents' app", "device[name]=x&device%5Bid%5D=y&brand_id=1", None),
        ("counters of visits", "WT.mc_id=a&$web_only=1&utm_source=x", None),
        ("many of one name that is none of ours", "item[]=1&item[]=2&a=1&a=2", None),
        ("forms of ASP and others", "ctl00$Main$x=1&form[_token]=2&submit.x=3&__VIEWSTATE=4", None),
        ("a name that cannot be decoded", "%zz=1&%=2&%ff=3", None),
        ("a semicolon between strangers", "a=1;b=2", None),
        ("a semicolon within a name", "a;b=1", None),
        ("a semicolon in a value of ours", "return_to=/hc;x", None),
        ("not ASCII", "return_to=/ü", Some(Characters)),
        ("not ASCII in a name", "ü=1", Some(Characters)),
        ("a line break", "brand_id=1\n", Some(Characters)),
        ("a fragment", "brand_id=1#x", Some(Characters)),
        ("a look-alike of another", "brand%5Fid=1", Some(LooksLike(BrandId))),
    ];
    for (what, raw, error) in cases {
        assert_eq!(Query::parse(raw).err(), error, "{what}: {raw}");
        if error != Some(Characters) {
            let form = Query::default().with_form(raw).err();
            assert_eq!(form, error, "{what}, as a form: {raw}");
        }
    }
}

#[test]
fn what_other_readers_find_behind_a_semicolon_must_be_harmless() {
    use Malformed::Semicolon;
    use Parameter::{BrandId, Kind, ReturnTo};
    let good = |parameter, value: &str| parameter != ReturnTo || value == "/hc";
    // (query, where nothing may be there, where something harmless may)
    let cases = [
        ("brand_id=1&a=1;b=2", None, None),
        ("brand_id=1&amp;return_to=%2Fhc", Some(ReturnTo), None),
        (
            "brand_id=1&amp;locale_id=1&amp;return_to=/hc&amp;timestamp=1",
            Some(Parameter::LocaleId),
            None,
        ),
        ("brand_id=1&amp;return_to=/evil", Some(ReturnTo), Some(ReturnTo)),
        ("brand_id=1&amp;return_to=%zz", Some(ReturnTo), Some(ReturnTo)),
        ("return_to=/hc&amp;return_to=/hc", Some(ReturnTo), Some(ReturnTo)),
        ("a=1;return_to=/hc;return_to=/hc", Some(ReturnTo), Some(ReturnTo)),
        ("a=1;return.to=/hc", Some(ReturnTo), Some(ReturnTo)),
        ("return_to=/hc;x", Some(ReturnTo), Some(ReturnTo)),
        ("return_to=/hc?a=1;b=2", Some(ReturnTo), Some(ReturnTo)),
        ("email=a;b=c", Some(Parameter::Email), Some(Parameter::Email)),
        ("x;[return_to]=/hc", Some(ReturnTo), Some(ReturnTo)),
        ("a=1;x;Brand_Id=2", Some(BrandId), Some(BrandId)),
        ("a=1;kind", Some(Kind), None),
        ("brand_id=1&brand_id;", Some(BrandId), Some(BrandId)),
        ("return_to;a=1&return_to=/hc", Some(ReturnTo), Some(ReturnTo)),
    ];
    for (raw, strict, lenient) in cases {
        let query = Query::parse(raw).unwrap();
        assert_eq!(query.for_all_readers().err(), strict.map(Semicolon), "{raw}");
        assert_eq!(query.for_all_readers_or(good).err(), lenient.map(Semicolon), "{raw}");
    }
}

#[test]
fn a_value_is_decoded_exactly_once_and_a_blank_is_none() {
    let value = |raw| Query::parse(raw).unwrap().value(Parameter::ReturnTo);
    let good = |text: &'static str| Ok(Some(text.into()));
    let unreadable = || Err(Malformed::Value(Parameter::ReturnTo));
    let cases = [
        ("return_to=%2Fhc", good("/hc")),
        ("return_to=%252Fhc", good("%2Fhc")),
        ("return_to=a+b", good("a+b")),
        ("return_to=%C3%BC", good("ü")),
        ("return_to=%2", unreadable()),
        ("return_to=%zz", unreadable()),
        ("return_to=%", unreadable()),
        ("return_to=%ff", unreadable()),
        ("return_to", Ok(None)),
        ("return_to=", Ok(None)),
        ("return_to=%20%09", Ok(None)),
        ("return_to=/hc?a=1;b=2", good("/hc?a=1;b=2")),
        ("brand_id=1", Ok(None)),
    ];
    for (raw, expected) in cases {
        assert_eq!(value(raw), expected, "{raw}");
    }
    let brand = |raw| Query::parse(raw).unwrap().brand_id().map(|id| id.map(|id| id.0));
    assert_eq!(brand("brand_id=7"), Ok(Some(7)));
    assert_eq!(brand("brand_id=&return_to="), Ok(None));
    assert_eq!(brand("brand_id=x"), Err(Malformed::Value(Parameter::BrandId)));
}

#[test]
fn a_form_and_its_address_share_their_names() {
    let form = |query, body| Query::parse(query).unwrap().with_form(body);
    let value = |query, body| form(query, body).unwrap().value(Parameter::ReturnTo).unwrap();
    assert_eq!(value("", "return_to=a+b").unwrap(), "a b", "`+` is a space in a form");
    assert_eq!(value("return_to=a+b", "jwt=x").unwrap(), "a+b", "and itself in a query");
    assert_eq!(value("return_to=/a", "return_to=&jwt=x").unwrap(), "/a", "blank is not given");
    let twice = Some(Malformed::Twice(Parameter::ReturnTo));
    assert_eq!(form("return_to=/a", "return_to=/a").err(), twice, "once, together");
    let alike = Some(Malformed::LooksLike(Parameter::ReturnTo));
    assert_eq!(form("", "return%5Fto=/a").err(), alike, "one spelling");
}

#[test]
fn only_what_must_not_go_on_is_taken_out() {
    let raw = "a=%41&brand_id=1&return_to=%2Faccess%2Flogout&email=x%40y&b=+&external_id=&d[x]=1";
    let query = Query::parse(raw).unwrap();
    let personal = [Parameter::Email, Parameter::ExternalId];
    let home = "a=%41&brand_id=1&return_to=https%3A%2F%2Fa.example%2F&b=+&d[x]=1";
    let cases = [
        (Forward::Verbatim, &[][..], raw),
        (Forward::Nothing, &[], "a=%41&brand_id=1&email=x%40y&b=+&external_id=&d[x]=1"),
        (Forward::Home, &personal, home),
        (Forward::Nothing, &personal, "a=%41&brand_id=1&b=+&d[x]=1"),
    ];
    for (forward, without, expected) in cases {
        assert_eq!(query.forwarded(forward, "https://a.example/", without), expected);
    }
}

/// How somebody else reads a query: every value that they may take for a name.
type Reading = BTreeMap<String, Vec<String>>;

/// `$_GET` by PHP's rules, written from its manual and source: the last of a name wins, and
/// `NAME[KEY]` is an array, whose values are all here.
fn php(query: &str) -> Reading {
    let mut all = Reading::new();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let bytes = |text: &str| percent_decode_str(&text.replace('+', " ")).collect::<Vec<u8>>();
        let name = bytes(name);
        let name: Vec<u8> = name.into_iter().skip_while(|byte| *byte == b' ').collect();
        let name = name.split(|byte| *byte == 0).next().unwrap().to_vec();
        let bracket = name.iter().position(|byte| *byte == b'[');
        let is_array = bracket.is_some_and(|at| name[at..].contains(&b']'));
        let kept = if is_array { &name[..bracket.unwrap()] } else { &name[..] };
        let end = bracket.unwrap_or(kept.len()).min(kept.len());
        let mangled = kept.iter().enumerate().map(|(at, byte)| match byte {
            b' ' | b'.' if at < end => b'_',
            b'[' if Some(at) == bracket => b'_',
            _ => *byte,
        });
        let mangled = String::from_utf8_lossy(&mangled.collect::<Vec<_>>()).into_owned();
        let value = String::from_utf8_lossy(&bytes(value)).into_owned();
        if is_array {
            all.entry(mangled).or_default().push(format!("array with {value}"));
        } else {
            all.insert(mangled, vec![value]);
        }
    }
    all
}

/// A reader who ignores case and keeps all values, as ASP and some of Java's do.
fn ignoring_case(query: &str) -> Reading {
    let mut all = Reading::new();
    let decoded =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        all.entry(decoded(name).to_lowercase()).or_default().push(decoded(value));
    }
    all
}

/// A reader who separates by `;`, too, as Perl, old Ruby and old Python do.
fn by_semicolons(query: &str) -> Reading {
    ignoring_case(&query.replace(';', "&"))
}

/// A reader who makes maps of names with brackets: `name` says which key an encoded name leads to.
fn nested(
    query: &str,
    separators: &[char],
    written_as: fn(&str) -> String,
    name: fn(&str) -> Option<&str>,
) -> Reading {
    let mut all = Reading::new();
    let decoded =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    for pair in query.split(separators) {
        let (written, value) = pair.split_once('=').unwrap_or((pair, ""));
        let written = written_as(&decoded(written));
        let Some(name) = name(&written) else { continue };
        let is_plain = name == written;
        let value = if is_plain { decoded(value) } else { format!("in {written}: {value}") };
        all.entry(name.to_owned()).or_default().push(value);
    }
    all
}

/// Names with dots as qs reads them with `allowDots`: `.x` as `[x]`.
fn dotted(written: &str) -> String {
    let mut parts = written.split('.');
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find('[').unwrap_or(part.len());
        let (key, rest) = part.split_at(end);
        all.push_str(&if key.is_empty() { ".".to_owned() } else { ["[", key, "]"].concat() });
        all.push_str(rest);
    }
    all
}

/// Spring's data binder: what is not given is what `!` before its name says.
fn spring(query: &str) -> Reading {
    let mut all = exactly(query);
    for (name, values) in all.clone() {
        if let Some(name) = name.strip_prefix('!') {
            all.entry(name.to_owned()).or_insert(values);
        }
    }
    all
}

/// A reader who decodes once, and keeps all values.
fn exactly(query: &str) -> Reading {
    nested(query, &['&'], str::to_owned, |name| Some(name))
}

/// Rack's rule, to its version 2: `\A[\[\]]*([^\[\]]+)\]*`, and the rest is a key within.
fn rack(written: &str) -> Option<&str> {
    let is_bracket = ['[', ']'];
    written.trim_start_matches(is_bracket).split(is_bracket).next().filter(|it| !it.is_empty())
}

/// The rule of Node's qs: what stands before the first `[…]`; if nothing does, what is in it.
fn qs(written: &str) -> Option<&str> {
    let close = written.match_indices(']').find(|(at, _)| written[..*at].contains('['));
    let Some((close, _)) = close else { return Some(written) };
    let open = written[..close].rfind('[')?;
    Some(if open == 0 { &written[1..close] } else { &written[..open] })
}

fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "return_to",
        "brand_id",
        "to",
        "kind",
        "email",
        "Return",
        "return",
        "_",
        "to",
        "id",
        "=",
        "&",
        ";",
        "[",
        "]",
        "[]",
        "[return_to]",
        ".",
        "+",
        "%20",
        "%5F",
        "%5f",
        "%2E",
        "%5B",
        "%5d",
        "%00",
        "%3D",
        "%26",
        "%3B",
        "%",
        "%72",
        "%u005f",
        "a",
        "1",
        "/hc",
        "amp;",
        "?",
        "!",
        "!return_to",
        ".return_to",
        "$",
        "-",
        "%c5%bf",
        "%ff",
        "%80",
    ];
    select(PIECES).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_reader_finds_another_value_for_ours(
        start in select(vec!["", "return_to=/hc&", "brand_id=7&", "a=1&"]),
        pieces in proptest::collection::vec(piece(), 0..9),
    ) {
        let raw = start.to_owned() + &pieces.concat();
        let Ok(query) = Query::parse(&raw) else { return Ok(()) };
        let mut readings = vec![("php", php(&raw)), ("any case", ignoring_case(&raw))];
        readings.push(("qs", nested(&raw, &['&'], str::to_owned, qs)));
        readings.push(("qs with dots", nested(&raw, &['&'], dotted, qs)));
        readings.push(("spring", spring(&raw)));
        if query.for_all_readers().is_ok() {
            readings.push(("semicolons", by_semicolons(&raw)));
            readings.push(("rack", nested(&raw, &['&', ';'], str::to_owned, rack)));
        }
        for (reader, reading) in readings {
            for parameter in Parameter::ALL {
                let theirs = reading.get(parameter.as_str()).cloned().unwrap_or_default();
                let is_blank = |value: &String| value.trim().is_empty();
                let ours = query.value(parameter);
                // In a query, `+` stays itself to us; whoever reads a blank validates it no more.
                let ours = ours.map(|value| value.map(|text| text.replace('+', " ")));
                let agrees = match &ours {
                    Ok(Some(value)) => theirs == [value.clone()],
                    Ok(None) => theirs.iter().all(is_blank) && theirs.len() < 2,
                    Err(_) => theirs.len() == 1,
                };
                prop_assert!(agrees, "{reader}: {raw:?}: {parameter:?}: {ours:?} {theirs:?}");
            }
        }
    }

    #[test]
    fn a_value_is_decoded_as_everybody_decodes_it(raw in "([a-zA-Z/+]|%[0-9a-fA-F]{2}|%C3%bc|%[0-9a-g]?){0,9}") {
        let others = |raw: &str| {
            let text = percent_decode_str(raw).decode_utf8().ok().map(String::from);
            text.filter(|_| has_whole_escapes(raw))
        };
        prop_assert_eq!(decode(&raw, false).map(String::from), others(&raw));
        prop_assert_eq!(decode(&raw, true).map(String::from), others(&raw.replace('+', " ")));
    }

    #[test]
    fn names_of_others_are_nobodys_business(
        name in "(device|WT|form|ctl00|x)[\\[\\].$:@!*,'()~]{1,3}[a-z]{0,5}\\]?", value in "[a-z%+;]{0,6}",
    ) {
        let raw = format!("brand_id=7&{name}={value}&return_to=%2Fhc");
        let query = Query::parse(&raw).unwrap();
        prop_assert_eq!(query.value(Parameter::ReturnTo).unwrap().unwrap(), "/hc");
        prop_assert_eq!(&*query.forwarded(Forward::Verbatim, "", &[]), raw.as_str());
    }
}
