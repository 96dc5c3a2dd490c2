//! Says which parameter is wrong, and how: what the service's one sentence leaves to be found out.

use percent_encoding::percent_decode_str;
use strsim::osa_distance;
use url::Url;

use crate::domain::{BrandId, Decision, Host, Parameter, RemoteRequest, decide};
use crate::table::Table;
use crate::web::preview;
use crate::web::{Malformed, Query};

/// How many letters a look-alike may differ from a host of the table.
const ALIKE: usize = 2;

/// Longest name or host that is repeated, in characters.
const LONGEST: usize = 80;

/// What is wrong with a query that is not read.
pub(super) fn of_query(raw: &str) -> Vec<String> {
    let pairs: Vec<&str> = raw.split('&').filter(|pair| !pair.is_empty()).collect();
    let mut faults: Vec<String> = pairs.iter().filter_map(|pair| of_pair(pair)).collect();
    for parameter in Parameter::ALL {
        let name = parameter.as_str();
        let is = |pair: &&&str| pair.split('=').next() == Some(name);
        let times = pairs.iter().filter(is).count();
        if times > 1 {
            faults.push(format!("`{name}` is there {times} times: some readers take the last"));
        }
    }
    faults
}

/// What is wrong with one `name=value`, whatever stands beside it.
fn of_pair(pair: &str) -> Option<String> {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let shown = shown(name);
    let must_be = |c: char| format!("{} in `{shown}` has to be escaped", letter(c));
    if let Some(c) = pair.chars().find(|c| preview::HAS_NO_PLACE.contains(c)) {
        return Some(must_be(c));
    }
    let query = Query::parse(pair);
    let query = query.and_then(|query| query.for_all_readers_or(|_, _| true).map(|()| query));
    let Ok(query) = query else {
        if name.is_empty() {
            return Some("a value without a name".to_owned());
        }
        let has_no_place = |c: &char| !c.is_ascii_graphic() || matches!(c, ';' | '#');
        if let Some(c) = pair.chars().find(has_no_place) {
            return Some(must_be(c));
        }
        let meant = meant(name).filter(|meant| *meant != name);
        return Some(match meant {
            Some(meant) => format!("`{shown}` is taken for `{meant}` by some readers"),
            None => format!("`{shown}` is read differently by different readers"),
        });
    };
    if let Some(behind) = query.for_all_readers().err().and_then(Malformed::parameter) {
        let behind = behind.as_str();
        return Some(format!("the `;` in `{shown}` makes some readers read another `{behind}`"));
    }
    let parameter = Parameter::ALL.into_iter().find(|it| it.as_str() == name)?;
    if query.value(parameter).is_err() {
        let escapes = value.split('%').skip(1);
        let is_whole = |rest: &str| {
            rest.get(..2).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        let how = match escapes.clone().find(|rest| !is_whole(rest)) {
            Some(rest) => {
                let part: String = rest.chars().take(2).collect();
                format!("`%{}` is no escape", self::shown(&part))
            }
            None => "its escapes are not UTF-8".to_owned(),
        };
        return Some(format!("the value of `{name}`: {how}"));
    }
    if parameter == Parameter::BrandId && query.brand_id().is_err() {
        return Some("the value of `brand_id` is not a number, in digits alone".to_owned());
    }
    None
}

/// The parameter of ours that a generous reader makes of this name.
fn meant(name: &str) -> Option<&'static str> {
    Parameter::taken_for(name).map(Parameter::as_str)
}

/// What is wrong with a `return_to` that is refused.
pub(super) fn of_return_to(text: &str, brand_id: Option<BrandId>, table: &Table) -> Option<String> {
    let would_do = |text: &str| {
        let return_to = Some(text.to_owned().into());
        !matches!(
            decide(&table.brands, &RemoteRequest { return_to, brand_id, client: None }),
            Decision::Refuse(_)
        ) && !is_foreign(text, table)
    };
    if text.is_empty() || would_do(text) {
        return None;
    }
    let odd = |c: &char| c.is_whitespace() || c.is_control() || *c == '\\';
    if let Some(c) = text.chars().find(odd) {
        let place = text.chars().take_while(|it| *it != c).count() + 1;
        return Some(format!("{} is its character {place}", letter(c)));
    }
    let decoded = percent_decode_str(text).decode_utf8().ok();
    if decoded.is_some_and(|decoded| decoded != text && would_do(&decoded)) {
        return Some("it is encoded twice: decoded once more, it would do".to_owned());
    }
    if text.starts_with("//") {
        return Some("it begins with `//`: browsers read a host there".to_owned());
    }
    let lower = text.to_ascii_lowercase();
    let has_scheme = lower.starts_with("https://") || lower.starts_with("http://");
    if !has_scheme && !text.starts_with('/') {
        let how = if would_do(&format!("https://{text}")) {
            "its scheme is missing: with `https://` in front, it would do"
        } else if would_do(&format!("/{text}")) && !text.contains(':') {
            "it begins neither with `https://` nor with `/`"
        } else {
            "it does not begin with `https://`"
        };
        return Some(how.to_owned());
    }
    if lower.starts_with("http://") && would_do(&format!("https{}", text.get(4..)?)) {
        return Some("it is plain `http://`: with `https://`, it would do".to_owned());
    }
    of_host(text, table)
}

/// What is wrong with the host of an address.
fn of_host(text: &str, table: &Table) -> Option<String> {
    let url = Url::parse(text).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return Some("a user stands before its host".to_owned());
    }
    let host = url.host_str()?;
    let hosts = || {
        let brands = table.brands.iter();
        let of_brands = brands.flat_map(|(_, brand)| brand.hosts().map(Host::as_str));
        of_brands.chain([table.brands.account().host().as_str()])
    };
    let authority = text.split("://").nth(1)?.split(['/', '?', '#']).next()?;
    let shown = shown(host);
    if hosts().any(|it| it == host) {
        return Some(match url.port() {
            Some(port) => format!("its host has the port {port}"),
            None => format!("its host is written `{}`", self::shown(authority)),
        });
    }
    let bare = host.trim_end_matches('.');
    if bare != host && hosts().any(|it| it == bare) {
        return Some(format!("its host `{shown}` ends with a dot"));
    }
    if let Some(ours) = hosts().find(|it| host.starts_with(&format!("{it}."))) {
        return Some(format!("its host `{shown}` only begins like `{ours}`, and is another's"));
    }
    let distance = |it: &&str| osa_distance(&skeleton(authority), &skeleton(it));
    Some(match hosts().min_by_key(distance).filter(|it| distance(it) <= ALIKE) {
        Some(ours) => format!("its host `{shown}` is not `{ours}`, but resembles it"),
        None if host.contains("xn--") => {
            format!("its host `{shown}` has letters beyond ASCII, and is no brand's")
        }
        None => format!("its host `{shown}` is no brand's and not the account's"),
    })
}

/// A host without what eyes pass over: digits for letters, hyphens, letters from other alphabets.
fn skeleton(host: &str) -> String {
    let fold = |c: char| match c {
        '0' | 'о' | 'ο' => 'o',
        '1' | 'l' | 'і' | 'ı' => 'i',
        'а' | 'α' => 'a',
        'е' | 'ε' => 'e',
        'с' => 'c',
        'р' => 'p',
        'ѕ' | '5' => 's',
        'х' => 'x',
        c => c,
    };
    host.to_lowercase().chars().filter(|c| *c != '-').map(fold).collect()
}

fn is_foreign(text: &str, table: &Table) -> bool {
    let host = Url::parse(text).ok().and_then(|url| url.host_str().map(str::to_owned));
    let is = |it: &Host, host: &str| it.as_str().split(':').next() == Some(host);
    host.is_some_and(|host| {
        let mut brands = table.brands.iter().flat_map(|(_, brand)| brand.hosts());
        !brands.any(|it| is(it, &host)) && !is(table.brands.account().host(), &host)
    })
}

/// A character in words.
fn letter(c: char) -> String {
    match c {
        ' ' => "a blank".to_owned(),
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        c if c.is_ascii_graphic() => format!("`{c}`"),
        c => format!("the character U+{:04X}", u32::from(c)),
    }
}

/// A name or host of the request's own, without what steers a terminal, and cut.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_graphic() && c != '`' { c } else { '…' };
    let cut = if text.chars().count() > LONGEST { "…" } else { "" };
    text.chars().take(LONGEST).map(plain).collect::<String>() + cut
}

#[cfg(test)]
mod tests {
    use super::{of_query, of_return_to};
    use crate::config;
    use crate::table::Table;

    fn table() -> Table {
        let yaml = "version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: zendesk-secret-0123456789abcdef0123 } }
unknown: refuse
backends: { native: { type: zendesk } }
brands:
  acme: { brand_id: 1, hosts: [acme.zendesk.com], backend: native }
  shoes: { brand_id: 2, hosts: [help.acme-shoes.example, acme-shoes.zendesk.com], backend: native }
";
        config::read(yaml, "brands.yaml", ".".as_ref()).config.unwrap().table
    }

    #[test]
    fn the_parameter_that_is_wrong_is_named_with_how() {
        let cases = [
            ("return_to=/a&return_to=/b", "`return_to` is there 2 times"),
            ("a=1&brand_id=1&x=y&brand_id=2&brand_id=3", "`brand_id` is there 3 times"),
            ("return.to=/a", "`return.to` is taken for `return_to`"),
            ("Return_To=/a", "`Return_To` is taken for `return_to`"),
            ("return%5Fto=/a", "`return%5Fto` is taken for `return_to`"),
            ("return+to=/a", "`return+to` is taken for `return_to`"),
            ("return_to[]=/a", "`return_to[]` is taken for `return_to`"),
            ("BRAND_ID=1", "`BRAND_ID` is taken for `brand_id`"),
            ("return_to=/a b", "a blank in `return_to` has to be escaped"),
            ("return_to=/\u{fc}", "the character U+00FC in `return_to` has to be escaped"),
            ("x=a;return_to=b", "the `;` in `x` makes some readers read another `return_to`"),
            ("brand_id=1&x;brand_id", "the `;` in `x;brand_id` makes some readers read another"),
            ("x=\"y", "`\"` in `x` has to be escaped"),
            ("<x>=y", "`<` in `<x>` has to be escaped"),
            ("return_to=%zz", "the value of `return_to`: `%zz` is no escape"),
            ("return_to=%2", "the value of `return_to`: `%2` is no escape"),
            ("return_to=%ff", "the value of `return_to`: its escapes are not UTF-8"),
            ("return_to=/hc;x", "`;` in `return_to` has to be escaped"),
            ("brand_id=one", "the value of `brand_id` is not a number"),
            ("brand_id=1%20", "the value of `brand_id` is not a number"),
        ];
        for (query, expected) in cases {
            let faults = of_query(query);
            assert!(faults.iter().any(|it| it.contains(expected)), "{query}: {faults:?}");
        }
        assert_eq!(of_query("return_to=%2Fhc&brand_id=1&x=y"), [""; 0]);
        let hostile = of_query("return.to\u{1b}[31m=hunter2");
        assert!(!hostile.concat().contains(['\u{1b}']) && !hostile.concat().contains("hunter2"));
    }

    #[test]
    fn a_return_to_that_is_refused_is_told_how_it_is_wrong() {
        let table = table();
        let cases = [
            ("help.acme-shoes.example/hc", "its scheme is missing"),
            ("http://help.acme-shoes.example/hc", "it is plain `http://`"),
            ("https%3A%2F%2Fhelp.acme-shoes.example%2Fhc", "it is encoded twice"),
            ("https://help.acme-shoes.example/a b", "a blank is its character 34"),
            (" https://help.acme-shoes.example/", "a blank is its character 1"),
            ("https://help.acme-shoes.example/a\n", "a line break is its character"),
            ("https:\\\\help.acme-shoes.example/", "`\\` is its character 7"),
            ("https://help.acme-shoes.example/\u{a0}", "the character U+00A0 is its character"),
            ("//help.acme-shoes.example/", "it begins with `//`"),
            ("https://evil.test/hc", "its host `evil.test` is no brand's"),
            ("https://help.acme-sh0es.example/", "not `help.acme-shoes.example`, but resembles it"),
            ("https://help.acme-shoe.example/", "not `help.acme-shoes.example`, but resembles it"),
            ("https://help.acmeshoes.example/", "not `help.acme-shoes.example`, but resembles it"),
            ("https://help.acm\u{435}-shoes.example/", "but resembles it"),
            ("https://help.acme-shoes.example.evil.test/", "only begins like"),
            ("https://help.acme-shoes.example./", "ends with a dot"),
            ("https://help.acme-shoes.example:8443/", "its host has the port 8443"),
            ("https://joe@help.acme-shoes.example/", "a user stands before its host"),
            ("javascript:alert(1)", "it does not begin with `https://`"),
        ];
        for (text, expected) in cases {
            let fault = of_return_to(text, None, &table).unwrap_or_default();
            assert!(fault.contains(expected), "{text:?}: {fault}");
            assert!(!fault.contains(['\u{1b}', '\n']), "{text:?}: {fault:?}");
        }
        for good in ["", "https://help.acme-shoes.example/hc", "https://acme.zendesk.com/agent"] {
            assert_eq!(of_return_to(good, None, &table), None, "{good}");
        }
        let brand = Some(crate::domain::BrandId(2));
        assert_eq!(of_return_to("/hc", brand, &table), None, "a path, where the brand is known");
    }
}
