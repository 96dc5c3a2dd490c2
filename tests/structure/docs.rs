//! Keeps the documents true: what they name exists, and what exists is named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use actix_web::http::StatusCode;
use regex::Regex;

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(file: impl AsRef<Path>) -> String {
    let file = root().join(file);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

/// Every document of the repository.
pub(crate) fn documents() -> Vec<PathBuf> {
    let mut folders = vec![root().to_owned(), root().join("deploy"), root().join("docs")];
    folders.extend(["docs/backends", "docs/decisions"].map(|it| root().join(it)));
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    files.filter(|file| file.extension().is_some_and(|it| it == "md")).collect()
}

pub(crate) fn captures<'t>(pattern: &Regex, text: &'t str) -> BTreeSet<&'t str> {
    pattern.captures_iter(text).map(|found| found.get(1).unwrap().as_str()).collect()
}

/// What a heading is called in an address, by code hosts and by the site.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().replace(' ', "-")
}

fn anchors(text: &str) -> BTreeSet<String> {
    captures(&pattern("(?m)^#+ (.+)$"), text).into_iter().map(anchor).collect()
}

#[test]
fn links_lead_somewhere() {
    let link = pattern(r"\]\(([^)\s]+)\)");
    let mut seen = 0;
    for file in documents() {
        let text = read(&file);
        for target in captures(&link, &text) {
            if target.starts_with("https://") {
                continue;
            }
            seen += 1;
            let (name, fragment) = target.split_once('#').unwrap_or((target, ""));
            let there = if name.is_empty() { file.clone() } else { file.with_file_name(name) };
            assert!(there.exists(), "{}: there is no {target}", file.display());
            if !fragment.is_empty() {
                let known = anchors(&read(&there));
                assert!(known.contains(fragment), "{}: {target}: {known:?}", file.display());
            }
        }
    }
    assert!(seen > 30, "only {seen} links were found");
}

#[test]
fn where_something_new_goes_exists() {
    let text = read("docs/architecture.md");
    let table = section(&text, "## Where something new goes");
    let places: Vec<String> = quoted(table).into_iter().filter(|it| it.contains('/')).collect();
    assert!(places.len() > 20, "{places:?}");
    for place in places {
        assert!(root().join(&place).exists(), "there is no {place}");
    }
}

/// The rows of the tables in `text`: each its first cell, without the marks around it.
pub(crate) fn rows(text: &str) -> Vec<(&str, Vec<&str>)> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("| `"));
    lines
        .filter_map(|line| {
            let (first, rest) = line.split_once("` |")?;
            Some((first, rest.split(" | ").map(str::trim).collect()))
        })
        .collect()
}

/// A file in which each mapping has a key that nobody knows, and each choice a wrong word.
const WRONG: &str = "
version: 1
zzz: 1
unknown: { zzz: 1, brand: b }
server:
  public_url: https://sso.acme.example
  client_address: zzz
  zzz: 1
  ops: { zzz: 1 }
  state_key: { zzz: 1 }
  store: { url: { zzz: 1 }, zzz: 1 }
  audit: { key: { zzz: 1 }, zzz: 1 }
  tls: { zzz: 1 }
  traces: { zzz: 1 }
zendesk:
  account: acme
  shared_secret: { zzz: 1 }
  zzz: 1
  team_members: { zzz: 1 }
  chat_api: { zzz: 1, through: zzz }
reserved: [{ zzz: 1 }]
deny: { zzz: 1 }
shared_addresses: [{ zzz: 1 }]
include: [no-such.yaml]
limits: [{ zzz: 1 }]
backends:
  redirect: { type: redirect, zzz: 1, assertion: { zzz: 1, algorithm: zzz, audience: zzz } }
  cognito: { type: cognito, zzz: 1, email_verified: zzz }
  games: { type: session_token, zzz: 1, algorithm: zzz, keys: { zzz: 1 } }
  oidc: { type: oidc, zzz: 1, email_verified: { zzz: 1 } }
  other: { type: zzz }
brands:
  b:
    zzz: 1
    identity: { zzz: 1, roles: [zzz], may_say: [zzz] }
    routes: [{ zzz: 1 }]
    theme: { zzz: 1 }
    chat: { zzz: 1 }
    messaging: { zzz: 1 }
";

/// What `check` says about that file: where each problem is, what it is and what to do.
fn what_is_known() -> Vec<(String, String, String)> {
    let report = brandgate::config::read(WRONG, "brands.yaml", root()).report.json();
    let report = report.as_array().unwrap().iter();
    let text = |it: &serde_json::Value| it.as_str().unwrap_or_default().to_owned();
    report.map(|it| (text(&it["path"]), text(&it["message"]), text(&it["hint"]))).collect()
}

/// What stands in backticks.
pub(crate) fn quoted(text: &str) -> BTreeSet<String> {
    captures(&pattern("`([^`]+)`"), text).into_iter().map(str::to_owned).collect()
}

#[test]
fn every_key_and_word_of_the_file_is_documented_and_no_other() {
    let said = what_is_known();
    let known = said.iter().filter_map(|(_, _, hint)| hint.strip_prefix("known here: "));
    let mut known: BTreeSet<String> = known.flat_map(quoted).collect();
    // These two are words of a choice that take a value, and stand there.
    assert!(known.remove("brand") && known.remove("optional_for"));
    let text = read("docs/configuration.md");
    let documented = rows(&text).into_iter().map(|(key, _)| key.to_owned());
    assert_eq!(documented.collect::<BTreeSet<_>>(), known);

    let words = said.iter().filter_map(|(_, message, _)| message.strip_prefix("expected "));
    let words: BTreeSet<String> = words.flat_map(quoted).collect();
    assert!(words.len() > 20, "{words:?}");
    for word in words {
        let word = word.trim_start_matches("{ ").split(':').next().unwrap();
        let forms = [format!("`{word}`"), format!("{{ {word}: ")];
        assert!(forms.iter().any(|form| text.contains(form)), "{word}");
    }
}

/// What stands under the heading of this text, down to the next of any level.
pub(crate) fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| {
        panic!("no document has the heading {heading}");
    });
    rest.split_once("\n#").map_or(rest, |(section, _)| section)
}

#[test]
fn every_type_of_backend_has_a_table_of_the_keys_that_it_takes() {
    let text = read("docs/configuration.md");
    let mut seen = 0;
    let kind = pattern("^a backend of type `([a-z_]+)` has no `zzz`$");
    for (_, message, hint) in what_is_known() {
        let Some(kind) = kind.captures(&message).map(|found| found[1].to_owned()) else { continue };
        let mut keys = quoted(&hint);
        assert!(keys.remove("type") && keys.remove("closed"), "what all have: {hint}");
        let table = section(&text, &format!("### {kind}"));
        let documented = rows(table).into_iter().map(|(key, _)| key.to_owned());
        assert_eq!(documented.collect::<BTreeSet<_>>(), keys, "{kind}");
        seen += 1;
    }
    assert_eq!(seen, 4, "the types with settings");
}

#[test]
fn every_cookie_is_told_of_in_the_privacy_note_and_no_other() {
    let names = pattern(r"(__Host-bg-[a-z-]*)");
    let source = read("src/web/request/cookies.rs");
    let (source, _) = source.split_once("mod tests").unwrap();
    let set = captures(&names, source);
    assert!(set.len() >= 4, "{set:?}");
    let told = read("docs/privacy.md");
    assert_eq!(captures(&names, &told), set);
}

#[test]
fn every_kind_of_refusal_is_documented_with_its_status() {
    let source = read("src/web/error/outcome.rs");
    let mut kinds: BTreeMap<String, String> =
        pattern(r#"\(\s*"([a-z-]+)",\s*StatusCode::([A-Z_]+)"#)
            .captures_iter(&source)
            .map(|found| (found[1].to_owned(), number(&found[2])))
            .collect();
    assert!(kinds.len() > 35, "{kinds:?}");
    let reported = captures(&pattern(r#""(zendesk-[a-z-]+)""#), &read("src/web/routes/logout.rs"))
        .into_iter()
        .map(|kind| (kind.to_owned(), "200".to_owned()))
        .collect::<Vec<_>>();
    assert!(reported.len() > 5, "{reported:?}");
    kinds.extend(reported);

    let text = read("docs/log-messages.md");
    let (_, tables) = text.split_once("## Refusals").unwrap();
    let documented = rows(tables).into_iter();
    let documented: BTreeMap<String, String> =
        documented.map(|(kind, cells)| (kind.to_owned(), cells[0].to_owned())).collect();
    assert_eq!(documented, kinds);
    let texts = read("locales/en.ftl");
    for kind in documented.keys() {
        assert!(texts.contains(&format!("\nerror-{kind}-title = ")), "{kind} has no text");
    }
}

/// The number of a status that the source calls by its name.
fn number(name: &str) -> String {
    let canonical = |status: &StatusCode| {
        let reason = status.canonical_reason().unwrap_or_default().to_uppercase();
        reason.replace([' ', '-'], "_") == name
    };
    let found = (400..600).filter_map(|code| StatusCode::from_u16(code).ok()).find(canonical);
    found.unwrap_or_else(|| panic!("{name} is no status")).as_u16().to_string()
}

#[test]
fn every_code_of_a_problem_is_documented_once_and_no_other() {
    let source = read("src/config/report/code.rs");
    let codes = pattern(r#"(?m)^    [A-Z]\w+ = "([a-z-]+)",$"#);
    let codes: Vec<String> = codes.captures_iter(&source).map(|it| it[1].to_owned()).collect();
    assert!(codes.len() > 80, "{codes:?}");
    let unique: BTreeSet<&str> = codes.iter().map(String::as_str).collect();
    assert_eq!(unique.len(), codes.len(), "two problems have one code");
    let text = read("docs/check.md");
    let documented = rows(section(&text, "## Codes"));
    let documented: Vec<&str> = documented.into_iter().map(|(code, _)| code).collect();
    assert_eq!(documented, codes, "in the order of the source");
}

#[test]
fn every_outcome_in_the_log_is_documented_and_no_other() {
    let mut sources = vec![root().join("src/web")];
    let mut said = BTreeSet::new();
    while let Some(path) = sources.pop() {
        if path.is_dir() {
            sources.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let text = read(&path);
            said.extend(
                captures(&pattern(r#"outcome = "([a-z ]+)""#), &text)
                    .into_iter()
                    .map(str::to_owned),
            );
        }
    }
    let text = read("docs/log-messages.md");
    let (_, table) = text.split_once("## Outcomes").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let documented: BTreeSet<String> =
        rows(table).into_iter().map(|(outcome, _)| outcome.to_owned()).collect();
    assert_eq!(documented, said);
}

#[test]
fn every_other_line_of_the_log_is_documented() {
    let line = pattern(r#"(?s)tracing::(?:info|warn|error)!\(([^;]*?)"((?:[^"\\]|\\.)*)"\s*\);"#);
    let break_in_text = pattern(r"\\\n\s*");
    let text = read("docs/log-messages.md").replace('\n', " ");
    let mut sources = vec![root().join("src")];
    let mut seen = 0;
    while let Some(path) = sources.pop() {
        if path.is_dir() {
            sources.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        for found in line.captures_iter(&read(&path)) {
            // What varies is not the line; and outcomes have a table of their own.
            let said = break_in_text.replace_all(&found[2], "");
            let said = said.split(['{', ':', ';']).next().unwrap().trim_end();
            if said.is_empty() || found[1].contains("outcome = ") {
                continue;
            }
            seen += 1;
            assert!(text.contains(said), "{}: {said:?}", path.display());
        }
    }
    assert!(seen > 5, "only {seen} lines were found");
}

#[test]
fn every_address_is_documented_and_no_other() {
    let resource = pattern(r#"(?:resource|\.(?:at|at_with_body|file))\(\s*"([^"]+)""#);
    let [public, private] = [read("src/web/mod.rs"), read("src/ops/mod.rs")];
    let text = read("docs/operations.md");
    for (heading, source) in [("## Addresses", public), ("## Health", private)] {
        let served = captures(&resource, &source);
        assert!(served.len() > 1, "{heading}: {served:?}");
        let rows = rows(section(&text, heading));
        let documented: BTreeSet<&str> = rows.into_iter().map(|(address, _)| address).collect();
        assert_eq!(documented, served, "{heading}");
    }
}

#[test]
fn what_goes_wrong_with_a_backend_is_told_in_the_words_of_check_and_the_log() {
    let first_cells = |file: &str, heading: &str| -> BTreeSet<String> {
        let text = read(file);
        let (_, table) = text.split_once(heading).unwrap();
        rows(table).into_iter().map(|(word, _)| word.to_owned()).collect()
    };
    let codes = first_cells("docs/check.md", "## Codes");
    let kinds = first_cells("docs/log-messages.md", "## Refusals");
    let folder = std::fs::read_dir(root().join("docs/backends")).unwrap();
    let mut types = BTreeSet::new();
    for file in folder.map(|entry| entry.unwrap().path()) {
        let text = read(&file);
        let table = section(&text, "## What goes wrong most often");
        let mut seen = 0;
        for seen_by_people in captures(&pattern("(?m)^\\| ([^|]+) \\|"), table) {
            let known = if seen_by_people.contains("from `check`") { &codes } else { &kinds };
            for word in quoted(seen_by_people) {
                seen += 1;
                let is_known = word == "check" || known.contains(&word);
                assert!(is_known, "{}: {word} in {seen_by_people}", file.display());
            }
        }
        assert!(seen > 2, "{}: {seen}", file.display());
        types.insert(file.file_stem().unwrap().to_str().unwrap().to_owned());
    }
    let documented = read("docs/configuration.md");
    let linked = captures(&pattern("[(]backends/([a-z_]+).md[)]"), &documented);
    assert_eq!(linked, types.iter().map(String::as_str).collect());
}

/// What stands in `text` as code, in blocks and between backticks.
fn code(text: &str) -> String {
    let block = pattern("(?s)```[a-z]*\n(.*?)```");
    let inline = pattern("`([^`\n]+)`");
    let prose = block.replace_all(text, "");
    let pieces = captures(&block, text).into_iter().chain(captures(&inline, &prose));
    pieces.collect::<Vec<_>>().join("\n")
}

fn brandgate(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brandgate"));
    let output = command.current_dir(root()).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
#[cfg_attr(not(feature = "demo"), ignore = "this build has no demo")]
fn the_readme_names_every_command_and_no_document_another() {
    let (_, help) = brandgate(&["--help"]);
    let commands: BTreeSet<&str> = captures(&pattern(r"(?m)^  ([a-z]+)  "), &help)
        .into_iter()
        .filter(|it| *it != "help")
        .collect();
    assert!(commands.len() >= 4, "{help}");
    let readme = read("README.md");
    let written = pattern(r"\bbrandgate ([a-z]+)\b");
    assert_eq!(captures(&written, &code(&readme)), commands);
    let run = pattern(r"cargo run (?:--[a-z]+ )*-- ([a-z]+)");
    for file in documents() {
        let text = code(&read(&file));
        let named: BTreeSet<_> = &captures(&written, &text) | &captures(&run, &text);
        let unknown: Vec<_> = named.difference(&commands).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", file.display());
    }
}

#[test]
fn what_is_for_production_is_built_without_the_demo() {
    let dockerfile = read("deploy/Dockerfile");
    let stages: Vec<&str> = dockerfile.split("\nFROM ").skip(1).collect();
    let stage = |name: &str| stages.iter().find(|it| it.contains(&format!(" AS {name}\n")));
    // The last one is what is built where no other is named.
    let sources = captures(&pattern("--from=([a-z-]+) "), stages.last().unwrap());
    assert_eq!(sources, BTreeSet::from(["build"]));
    assert!(stage("build").unwrap().contains("cp \"$(scripts/release)\" brandgate\n"));
    assert!(read("scripts/release").contains("\n[ $# -gt 0 ] || set -- --no-default-features\n"));
    assert!(stage("demo").unwrap().contains("--from=build-demo "));
    for file in ["README.md", "docs/operations.md"] {
        assert!(read(file).contains("`scripts/release`"), "{file}");
    }
}

#[test]
fn the_example_is_good_and_warns_of_what_it_says_it_does() {
    let (code, said) = brandgate(&["check", "brands.yaml"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("for everybody who can read it"), "{said}");
}

#[test]
fn what_the_readme_asks_the_example_has_the_answer_that_it_should() {
    let readme = read("README.md");
    let asked = captures(&pattern(r"-- route '([^']+)'"), &readme);
    let captured = captures(&pattern(r"curl -si '([^']+)'"), &readme);
    assert_eq!((asked.len(), captured.len()), (1, 1));
    for url in asked.union(&captured) {
        let (code, said) = brandgate(&["route", url]);
        assert_eq!(code, Some(0), "{url}: {said}");
        let start = "\nlocation   https://www.acme-shoes.example/zdlogin.php?";
        assert!(said.contains(start) && said.contains("return_to=https%3A%2F%2F"), "{said}");
    }
}

#[test]
fn nothing_comes_from_elsewhere_and_nothing_is_openssl() {
    // What the lock file holds need not be built: a library's optional parts stand in it too.
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--locked", "--offline", "--edges", "all", "--prefix", "none"]);
    let output = tree.args(["--format", "{p}"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let built = String::from_utf8(output.stdout).unwrap();
    let built = captures(&pattern(r"(?m)^(\S+) v"), &built);
    for used in ["aws-lc-rs", "redis", "reqwest", "rustls"] {
        assert!(built.contains(used), "{used} is built: {built:?}");
    }
    for banned in ["native-tls", "openssl", "openssl-sys", "ring"] {
        assert!(!built.contains(banned), "{banned}");
    }
    let lock = read("Cargo.lock");
    let sources = captures(&pattern(r#"(?m)^source = "([^"]+)""#), &lock);
    assert_eq!(sources, BTreeSet::from(["registry+https://github.com/rust-lang/crates.io-index"]));
}

#[test]
fn decisions_have_numbers_of_their_own() {
    let files = std::fs::read_dir(root().join("docs/decisions")).unwrap();
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        let name = file.unwrap().file_name().into_string().unwrap();
        let (number, _) = name.split_once('-').unwrap();
        let is_number = number.len() == 4 && number.bytes().all(|it| it.is_ascii_digit());
        assert!(is_number, "{name}");
        let other = numbers.insert(number.to_owned(), name.clone());
        assert!(other.is_none(), "{name} and {other:?}");
        let text = read(format!("docs/decisions/{name}"));
        let heading = text.lines().next().unwrap();
        assert!(heading.starts_with(&format!("# {number} — ")), "{name}: {heading}");
    }
    assert!(numbers.len() > 5, "{numbers:?}");
}

#[test]
fn alerts_and_dashboard_ask_for_metrics_that_there_are_and_say_what_to_do() {
    let metrics = read("docs/metrics.md");
    let known: BTreeSet<&str> = rows(&metrics).into_iter().map(|(name, _)| name).collect();
    let named = pattern(r"\b((?:brandgate|process)_[a-z_]+)\b");
    let alerts = read("deploy/monitoring/alerts.yml");
    let files = [&alerts, &read("deploy/monitoring/dashboard.json")];
    for file in files {
        let asked = captures(&named, file);
        assert!(asked.len() > 10, "{asked:?}");
        for name in asked {
            let bare = ["_bucket", "_count", "_sum"].iter().find_map(|it| name.strip_suffix(it));
            assert!(known.contains(bare.unwrap_or(name)) || known.contains(name), "{name}");
        }
    }
    let operations = read("docs/operations.md");
    let named = captures(&pattern("(?m)- alert: (.+)$"), &alerts);
    let explained = captures(&pattern("(?m)^### (Brandgate.+)$"), &operations);
    assert!(named.len() > 10 && named == explained, "{named:?} {explained:?}");
    for name in named {
        let runbook = format!("runbook: docs/operations.md#{}\n", anchor(name));
        assert!(alerts.contains(&runbook), "{name}");
    }
}
