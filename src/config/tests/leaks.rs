//! Attacks the reports: whatever is wrong with a file, none of them shows a secret.

use crate::config::document::{Document, Fields, FromNode, Read, Reported, Value};
use crate::config::report::{Code, Path, Problems};

/// A file smaller than ours, with secrets wherever one may stand.
#[derive(Debug)]
struct File;

/// Reads each of these keys, so that every problem is reported.
macro_rules! read {
    ($value:ident, $form:literal, $($kind:ident $key:literal $read:expr;)*) => {{
        let fields = Fields::of_form($value, $form)?;
        let read = [$(fields.$kind($key, $read).map(drop),)*];
        fields.finish();
        read.into_iter().collect::<Read<()>>()
    }};
}

impl FromNode for File {
    fn read(value: Value<'_>) -> Read<Self> {
        read!(value, "a mapping",
            required_with "version" u64::read;
            optional_with "server" server;
            required_with "zendesk" zendesk;
            optional_with "backends" |it| it.entries(|_, _, it| backend(it))
                .and_then(|all| all.into_iter().collect::<Read<Vec<()>>>());
        )?;
        Ok(Self)
    }
}

fn server(value: Value<'_>) -> Read<()> {
    read!(value, "a mapping",
        optional_with "state_key" secret;
        optional_with "store" |it| read!(it, "a mapping", required_with "url" secret;);
        optional_with "public_url" String::read;
    )
}

fn zendesk(value: Value<'_>) -> Read<()> {
    read!(value, "a mapping",
        required_with "account" String::read;
        optional_with "shared_secret" secret;
        optional_with "chat" |it| read!(it, "a mapping", required_with "secret" secret;);
        optional_with "hosts" Vec::<String>::read;
        optional_with "claims" |it| it.entries(|_, _, it| secret(it))
            .and_then(|all| all.into_iter().collect::<Read<Vec<()>>>());
    )
}

fn secret(value: Value<'_>) -> Read<()> {
    read!(value, "`{ env: NAME }` or `{ file: PATH }`",
        optional_with "env" String::read;
        optional_with "file" String::read;
        optional_with "value" u64::read;
    )
}

fn backend(value: Value<'_>) -> Read<()> {
    read!(value, "a mapping",
        required_with "type" |it| it.word(&[("redirect", ()), ("oidc", ())]);
        optional_with "secrets" |it| it.each(secret);
    )
}

/// Everything that anybody may get to see of the problems in `source`.
fn renderings(source: &str) -> String {
    let problems = Problems::default();
    let document = Document::parse(source, &problems);
    let value = document.as_ref().map_or(Err(Reported), |it| File::read(Value::of(it, &problems)));
    assert!(problems.has_errors(), "nothing is wrong with {source}, or it was read: {value:?}");
    let report = problems.report("brands.yaml", source, document.as_ref());
    // The whole reader knows more keys, and says more.
    let real = crate::config::read(source, "brands.yaml", ".".as_ref()).report;
    format!(
        "{}{}{}{problems:?}{document:?}{report:?}{}{real:?}",
        report.text(false),
        report.text(true),
        report.json(),
        real.text(false),
    )
}

const BROKEN: &[(&str, &str)] = &[
    ("wrong indentation", "zendesk:\n  account: a\n    shared_secret: hunter2\n"),
    ("a secret one level too far out", "zendesk:\n  shared_secret:\n  value: hunter2\n"),
    ("a secret at the top", "zendesk:\n  account: a\nshared_secret: hunter2\n"),
    ("a value on its own line", "zendesk:\n  shared_secret:\n  hunter2\n"),
    ("a value on its own line, out", "zendesk:\n  shared_secret:\nhunter2\n"),
    ("a value below a whole one", "zendesk:\n  shared_secret: abc\n  hunter2\n  account: a\n"),
    ("a value below, deeper", "zendesk:\n  shared_secret: abc\n   hunter2: x\n"),
    ("a value below, as a key", "zendesk:\n  shared_secret: |\n    abc\n  hunter2: [x\n"),
    ("a tab", "zendesk:\n\tshared_secret: hunter2\n"),
    ("a tab behind", "zendesk:\n  shared_secret:\n\t\tvalue: hunter2\n"),
    ("a tab in between", "zendesk:\n  shared_secret: {\n\tvalue:\thunter2 }\n\tx\n"),
    ("an unclosed quote", "zendesk:\n  shared_secret: { value: \"hunter2 }\n"),
    ("an unclosed single quote", "zendesk:\n  shared_secret: 'hunter2\n  account: a\n"),
    ("an unclosed quote before", "zendesk:\n  account: \"a\n  shared_secret: \"hunter2\"\n"),
    ("an unclosed quote over lines", "zendesk:\n  shared_secret: \"a\n\n  hunter2: x\n"),
    ("an unclosed quote, col 0", "zendesk:\n  shared_secret: \"a\nfoo: x\nhunter2: x\n"),
    ("text behind a quote", "zendesk:\n  shared_secret: 'a'hunter2\n"),
    ("a quote in a quote", "zendesk:\n  shared_secret: 'it's hunter2'\n"),
    ("an unclosed bracket", "zendesk:\n  shared_secret: { value: hunter2\n  account: a\n"),
    ("an unclosed bracket, col 0", "zendesk: { shared_secret: { value:\nhunter2: x\n"),
    ("an unclosed list", "backends:\n  a:\n    secrets: [\n      hunter2,\n    type: oidc\n"),
    ("a wrong bracket", "zendesk: { shared_secret: [hunter2} }\n"),
    ("a misspelt key", "zendesk: \n  account: a\n  shared_secert: hunter2\n"),
    ("a misspelt key in a row", "zendesk: { account: a, shared_secert: hunter2, x: y }\n"),
    ("a misspelt key below", "zendesk: { shared_secret: { vlaue: hunter2 } }\n"),
    ("a key of another language", "zendesk: { geheimnis: hunter2, account: a }\n"),
    ("an unknown key with a list", "zendesk: { old: [hunter2], account: a }\n"),
    ("an unknown key with a mapping", "zendesk: { old: { a: hunter2 }, account: a }\n"),
    ("a secret as a list", "zendesk:\n  shared_secret: [hunter2]\n"),
    ("a secret as a block list", "zendesk:\n  shared_secret:\n    - hunter2\n"),
    ("a secret as text", "zendesk:\n  account: a\n  shared_secret: hunter2\n"),
    ("a secret as a block", "zendesk:\n  shared_secret: |\n    hunter2\n    hunter2\n"),
    ("a secret as a folded block", "zendesk:\n  shared_secret: >-\n\n    hunter2\n"),
    ("a value as a list", "zendesk:\n  shared_secret: { value: [hunter2] }\n"),
    ("a value of a wrong type", "zendesk:\n  shared_secret: { value: hunter2 }\n"),
    ("a variable as a list", "zendesk:\n  shared_secret: { env: [hunter2] }\n"),
    ("a list of texts", "backends: { a: { type: oidc, secrets: [hunter2, hunter2] } }\n"),
    ("a text for a list", "backends: { a: { type: oidc, secrets: hunter2 } }\n"),
    ("a secret for its mapping", "zendesk: { account: a, chat: hunter2 }\n"),
    ("a secret for its section", "zendesk: hunter2\n"),
    ("a secret for the file", "hunter2\n"),
    ("a secret in a list for text", "zendesk: { account: [hunter2] }\n"),
    ("a secret in a mapping for text", "zendesk: { account: { value: hunter2 } }\n"),
    ("a secret in a mapping for a list", "zendesk: { hosts: { hunter2: hunter2 } }\n"),
    ("a key without a space", "zendesk: { shared_secret:hunter2, account: a }\n"),
    ("a key without a space, block", "zendesk:\n  shared_secret:hunter2\n  account: a\n"),
    ("a comma for a colon", "zendesk: { shared_secret, hunter2, account: a }\n"),
    ("a comma for a colon, twice", "zendesk: { shared_secret, hunter2, hunter2 }\n"),
    ("an equals sign", "zendesk: { shared_secret=hunter2, account: a }\n"),
    ("an equals sign, block", "zendesk:\n  account: a\n  shared_secret = hunter2\n"),
    ("a secret as the key below", "zendesk: { shared_secret: { hunter2: x } }\n"),
    ("a secret as the set below", "zendesk: { shared_secret: { hunter2 } }\n"),
    ("a secret as a key of ours", "zendesk: { account: a, claims: { 'the hunter2': 1 } }\n"),
    ("a secret as a template", "zendesk: { shared_secret: {{ hunter2 }} }\n"),
    ("a colon of full width", "zendesk:\n  account: a\n  shared_secret：hunter2\n"),
    ("braces of full width", "zendesk:\n  shared_secret: ｛ value: hunter2 ｝\n"),
    ("quotes of full width", "zendesk:\n  shared_secret: 「hunter2」\n"),
    ("a fence of code", "```\nshared_secret: hunter2\n```\n"),
    ("a quotation", "> zendesk:\n>   shared_secret: hunter2\n"),
    ("numbers before lines", "1  zendesk:\n2    shared_secret: hunter2\n3    x: hunter2\n"),
    ("lines left out", "zendesk:\n  shared_secret: hunter2\n  …\n"),
    ("another product's key", "zendesk:\n  jwt_shared_secret: hunter2\n  subdomain: [hunter2]\n"),
    ("a secret before a key's name", "zendesk: { account: a, hunter2account }\n"),
    ("a duplicate key", "zendesk:\n  shared_secret: hunter2\n  shared_secret: hunter2\n"),
    ("a duplicate key in a row", "zendesk: { account: a, account: b, shared_secret: hunter2 }\n"),
    ("a duplicate key that is one", "zendesk: { shared_secret: { hunter2: 1, hunter2: 2 } }\n"),
    ("an anchor", "zendesk: { shared_secret: &hunter2 x, account: a }\n"),
    ("an anchor in front", "zendesk: { shared_secret: &x hunter2, account: a }\n"),
    ("an anchor on a mapping", "zendesk: { shared_secret: &hunter2 { value: hunter2 } }\n"),
    ("an alias", "zendesk: { shared_secret: *hunter2 , account: a }\n"),
    ("a tag", "zendesk: { shared_secret: !hunter2 x, account: a }\n"),
    ("a tag with a handle", "zendesk:\n  shared_secret: !hun!hunter2\n"),
    ("a tag that is a word", "zendesk: { shared_secret: !hunter2, account: a }\n"),
    ("an anchor on a key", "zendesk: { &hunter2 shared_secret: hunter2 }\n"),
    ("a merge key", "x: &x { shared_secret: hunter2 }\nzendesk: { <<: *x, account: a }\n"),
    ("a directive", "zendesk:\n  shared_secret: %hunter2\n"),
    ("an at sign", "zendesk:\n  shared_secret: @hunter2\n"),
    ("an unknown escape", "zendesk:\n  shared_secret: \"hunter2\\q\"\n"),
    ("a control character", "zendesk:\n  shared_secret: \"hunter2\u{1}\"\n"),
    ("an escaped control character", "zendesk:\n  shared_secret: \"hunter2\\x01\"\n"),
    ("a second document", "version: 1\n---\nshared_secret: hunter2\n"),
    ("a second document in a row", "version: 1\n--- { shared_secret: hunter2 }\n"),
    ("a colon in a secret", "zendesk:\n  shared_secret: abc: hunter2\n"),
    ("a comment", "zendesk:\n  acount: a # shared_secret: hunter2\n"),
    ("a neighbour in a row", "zendesk: { acount: a, chat: { secret: { file: hunter2 } } }\n"),
    ("a neighbour before", "zendesk: { chat: { secret: { env: hunter2 } }, acount: a }\n"),
    ("a text with everything in it", "zendesk: { account: 7, hosts: secret is hunter2 }\n"),
    ("an address with a password", "server: { store: redis://:hunter2@cache }\nzendesk: {}\n"),
    ("such an address as a list", "zendesk: { hosts: 'https://a:hunter2@b.example' }\n"),
    ("such an address in its place", "server:\n  store:\n    url: redis://:hunter2@cache\n"),
    ("a complex key", "? { shared_secret: hunter2 }\n: x\n"),
    ("a complex key that is a list", "zendesk: { ? [hunter2] : x }\n"),
    ("a long line", "zendesk: { shared_secret: hunter2hunter2hunter2hunter2, , }\n"),
    ("a stray dash", "zendesk:\n  shared_secret:\n    value: hunter2\n  - x: y\n"),
    ("a dash in a secret", "zendesk:\n  shared_secret: -\n    hunter2: x: y\n"),
    ("a carriage return", "zendesk:\r  shared_secret: hunter2\r  x: [\r"),
];

#[test]
fn no_report_shows_a_secret() {
    for (what, source) in BROKEN {
        for source in [format!("version: 1\n{source}"), source.replace('\n', "\r\n")] {
            let shown = renderings(&source);
            assert!(!shown.contains("hunter2"), "{what}:\n{source}\n{shown}");
        }
    }
}

#[test]
fn no_report_shows_a_secret_wherever_the_file_is_cut_or_damaged() {
    let whole = "\
version: 1
server:
  state_key: { value: hunter2 }
zendesk:
  account: acme
  shared_secret: { value: \"hunter2\" }
  chat:
    secret:
      value: 'hunter2'
backends:
  shoes:
    type: redirect
    secrets: [{ value: hunter2 }, { value: hunter2 }]
  coffee:
    type: oidc
    secrets:
      - value: |
          hunter2
          hunter2
";
    damage(whole, 3, |source| {
        let problems = Problems::default();
        let document = Document::parse(source, &problems);
        let _ = document.as_ref().map(|it| File::read(Value::of(it, &problems)));
        let report = problems.report("f", source, document.as_ref());
        format!("{}{problems:?}", report.text(false))
    });
}

#[test]
fn neither_does_one_of_a_whole_file() {
    let whole = "\
version: 1
server:
  public_url: https://sso.acme.example
  state_key: { value: hunter2-hunter2-1 }
  store: { url: { value: 'redis://:hunter2@localhost' } }
zendesk:
  account: acme
  shared_secret: { value: \"hunter2-2\" }
  chat_api: { token: { value: hunter2-3 } }
backends:
  shoes:
    type: redirect
    login_url: https://a.example/
    assertion: { algorithm: HS256, secrets: [{ value: hunter2-4 }, { value: hunter2-5 }] }
  coffee:
    type: oidc
    issuer: https://id.example
    client_id: x
    client_secret:
      value: |
        hunter2-6
  games:
    type: session_token
    login_url: https://b.example/
    algorithm: HS256
    keys: { secrets: { value: 'hunter2-7' } }
brands:
  shoes:
    brand_id: 1
    hosts: [a.zendesk.com]
    backend: shoes
    chat: { secret: { value: hunter2-8 } }
    messaging: { key_id: app_1, secret: { value: hunter2-9 } }
";
    damage(whole, 15, |source| {
        crate::config::read(source, "brands.yaml", ".".as_ref()).report.text(false)
    });
}

/// Cuts and damages `whole` at every byte; nothing that `say` says of it may show a secret.
///
/// One of so many damages at each place keeps this quick; neighbouring places have the others.
fn damage(whole: &str, one_of: usize, say: impl Fn(&str) -> String) {
    let damages = ["", "\t", "\n", "\"", "'", "[", "]", "{", "}", ": ", "- ", "&", "*", "#", ","];
    for at in 0..whole.len() {
        for damage in damages.iter().skip(at % one_of).step_by(one_of) {
            let source = format!("{}{damage}{}", &whole[..at], &whole[at + at % 2..]);
            let shown = say(&source);
            assert!(!shown.contains("hunter2"), "{source}\n{shown}");
        }
    }
}

#[test]
fn a_message_that_repeats_a_secret_is_blanked() {
    let source = "zendesk: { shared_secret: { value: hunter2, env: SHOES } }";
    let problems = Problems::default();
    let document = Document::parse(source, &problems);
    let secret = Path::root().key("zendesk").key("shared_secret");
    problems
        .error(Code::WrongType, &secret.key("value"), "`hunter2` is short")
        .with_hint("not `hunter2`");
    problems.warning(Code::WrongType, &secret.key("env"), "`SHOES` is not set");
    let text = problems.report("f", source, document.as_ref()).text(false);
    assert!(!text.contains("hunter2"), "{text}");
    assert!(text.contains("`…` is short") && text.contains("`SHOES` is not set"), "{text}");
}
