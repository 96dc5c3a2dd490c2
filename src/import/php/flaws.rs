//! What the scripts get wrong for the table that is in them.

use std::collections::{BTreeSet, HashMap};

use super::router::{Parsed, Router, Row};
use super::tokens::{Spanned, Token};

/// Most hosts that are named one by one.
const MOST_NAMED: usize = 10;

/// What was wrong with the scripts: each a sentence.
pub(super) fn of(router: &Router, scripts: &[Parsed]) -> Vec<String> {
    let mut flaws = Vec::new();
    for script in scripts {
        let seen = Seen::of(script);
        // A file that sends nobody anywhere is a table that others include.
        match (seen.calls(&["header"]), script.is_logout) {
            (Some(_), true) => of_logout(&seen, &mut flaws),
            (Some(_), false) => of_login(router, &seen, &mut flaws),
            (None, _) => {}
        }
        if let Some(line) = script.short_tag {
            flaws.push(format!(
                "{}:{line} begins with `<?`: where PHP has `short_open_tag=Off`, everybody is shown \
                 the script itself, with the whole table",
                script.name
            ));
        }
    }
    flaws
}

/// The words of a script.
struct Seen<'a> {
    name: &'a str,
    names: BTreeSet<String>,
    texts: Vec<&'a str>,
    /// Whether it shows people a text where it ends: `die('…')`.
    ends_with_words: bool,
}

impl<'a> Seen<'a> {
    fn of(script: &'a Parsed) -> Self {
        let names = script.tokens.iter().filter_map(|it| match &it.token {
            Token::Name(name) => Some(name.to_ascii_lowercase()),
            _ => None,
        });
        let texts = script.tokens.iter().filter_map(|it| match &it.token {
            Token::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let ends_with_words = script.tokens.windows(3).any(|three| {
            let [end, Spanned { token: Token::Mark("("), .. }, words] = three else { return false };
            let is_end =
                |name: &str| ["die", "exit"].iter().any(|it| name.eq_ignore_ascii_case(it));
            matches!(&end.token, Token::Name(name) if is_end(name))
                && matches!(&words.token, Token::Text(text) if !text.trim().is_empty())
        });
        Self { name: &script.name, names: names.collect(), texts: texts.collect(), ends_with_words }
    }

    /// The first of `functions` that the script has.
    fn calls<'f>(&self, functions: &[&'f str]) -> Option<&'f str> {
        functions.iter().copied().find(|it| self.names.contains(*it))
    }

    fn says(&self, word: &str) -> bool {
        self.texts.iter().any(|text| text.contains(word))
    }
}

/// Functions that find one text anywhere in another.
const WITHIN: [&str; 9] = [
    "strpos",
    "stripos",
    "strstr",
    "stristr",
    "str_contains",
    "strrpos",
    "mb_strpos",
    "preg_match",
    "mb_stripos",
];

fn of_login(router: &Router, seen: &Seen<'_>, flaws: &mut Vec<String>) {
    let name = seen.name;
    let example = router.rows.first().map_or("brand1.zendesk.com", |row| row.host.as_str());
    if let Some(function) = seen.calls(&WITHIN) {
        flaws.push(format!(
            "{name} looks for a host anywhere in return_to (`{function}`): \
             https://elsewhere.example/?x={example} led to the login page of {example}"
        ));
        wrong_brands(router, seen, flaws);
        let folds =
            ["stripos", "stristr", "mb_stripos", "strtolower", "mb_strtolower", "preg_match"];
        if seen.calls(&folds).is_none() {
            flaws.push(format!(
                "{name} tells capitals from small letters: https://{}/hc was not found",
                example.to_uppercase()
            ));
        }
    }
    let keeps_all = seen.calls(&["http_build_query"]).is_some()
        || seen.says("QUERY_STRING")
        || seen.says("REQUEST_URI");
    let keeps_return_to = seen.says("return_to=");
    if !keeps_all && !keeps_return_to {
        flaws.push(format!(
            "{name} drops every parameter: the login page does not learn where people were going, and \
             they end on the home page"
        ));
    } else if !keeps_all {
        let kept: Vec<&str> = ["return_to", "brand_id", "locale_id", "timestamp"]
            .into_iter()
            .filter(|it| seen.says(&format!("{it}=")))
            .collect();
        flaws.push(format!("{name} drops every parameter but {}", kept.join(", ")));
        if seen.calls(&["urlencode", "rawurlencode"]).is_none() {
            flaws.push(format!(
                "{name} sends return_to on without encoding it: it is cut at its first & or #"
            ));
        }
    }
    if !seen.says("brand_id") {
        flaws.push(format!(
            "{name} does not read brand_id: a relative return_to, and none, lead nowhere"
        ));
    }
    if router.fallback.is_none() && seen.calls(&["else"]).is_none() && !seen.ends_with_words {
        flaws.push(format!("{name} answers with a blank page where it knows no host"));
    }
}

fn of_logout(seen: &Seen<'_>, flaws: &mut Vec<String>) {
    let name = seen.name;
    if !seen.says("brand_id") {
        flaws.push(format!(
            "{name} does not read brand_id, which is what Zendesk says at a sign-out: people get a \
             blank page"
        ));
    }
    if !seen.says("kind") {
        flaws.push(format!(
            "{name} does not read kind: Zendesk reports its errors at the same address, and the script \
             signs people out, or shows a blank page, instead of saying what is wrong"
        ));
    }
}

/// Names the hosts in which another is found, so that their people were sent to its login page.
fn wrong_brands(router: &Router, seen: &Seen<'_>, flaws: &mut Vec<String>) {
    let stops = seen.calls(&["exit", "die", "break", "return"]).is_some();
    let keys: HashMap<&str, usize> =
        router.rows.iter().enumerate().map(|(at, row)| (row.key.as_str(), at)).collect();
    let lengths: BTreeSet<usize> = keys.keys().map(|key| key.len()).collect();
    let mut wrong = Vec::new();
    for row in &router.rows {
        // What such a script looks into: the beginning of an address of this host.
        let text = format!("https://{}/", row.host);
        let mut within = Vec::new();
        for start in 0..text.len() {
            let ends = lengths.iter().map(|length| start + length);
            let found = ends.filter_map(|end| keys.get(text.get(start..end)?).copied());
            within.extend(found);
        }
        let chosen = if stops { within.iter().min() } else { within.iter().max() };
        let Some(other) = chosen.and_then(|at| router.rows.get(*at)) else { continue };
        let url = |row: &Row| row.login.as_ref().map(|it| it.url.clone());
        if url(other) != url(row) {
            wrong.push(format!(
                "people of {} were sent to the login page of {}, which its name contains",
                row.host, other.host
            ));
        }
    }
    let more = wrong.len().saturating_sub(MOST_NAMED);
    wrong.truncate(MOST_NAMED);
    flaws.append(&mut wrong);
    if more > 0 {
        flaws.push(format!("and so were those of {more} more hosts"));
    }
}
