//! Scripts in the shape of the published samples and plugins, run by their own languages, and PHP's
//! own reading of names.

use std::io::Write as _;
use std::process::{Command, Stdio};

use brandgate::domain::Parameter;
use brandgate::web::Query;
use serde_json::{Value, json};

use crate::support::app::{App, SHOES_SITE, SSO, TO_SHOES, encoded};
use crate::support::assertion::{self, SHOES};
use crate::support::browser::Request;

/// Each with the language that runs it.
const SCRIPTS: [(&str, &str); 6] = [
    ("php", "jwt.php"),
    ("php", "wordpress.php"),
    ("php", "magento.php"),
    // Of the place where `scripts/test` puts what Debian has too old.
    ("target/peers/venv/bin/node", "jwt.js"),
    ("python3", "jwt.py"),
    ("ruby", "jwt.rb"),
];

fn file(name: &str) -> String {
    format!("{}/tests/peers/scripts/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Where a script sends the browser that brought this query.
fn run(language: &str, script: &str, query: &str) -> String {
    let output = Command::new(language)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([&file(script), query])
        .envs([("SITE_SECRET", SHOES), ("SITE_SENDS_TO", SSO)])
        .output()
        .unwrap_or_else(|error| {
            panic!("{language} does not start: {error}; `scripts/test` installs it")
        });
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{language} {script}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_published_shape_signs_in_and_ends_where_the_person_was_going() {
    let app = App::start();
    let help = "https://help.acme-shoes.example";
    let pages = [
        ("/hc/requests", "/hc/requests"),
        (
            "/hc/en-us/search?query=a%20b&page=2#results",
            "/hc/en-us/search?query=a%20b&page=2#results",
        ),
        ("/hc/a+b?c=d%26e&f=g", "/hc/a+b?c=d%26e&f=g"),
    ];
    for (language, script) in SCRIPTS {
        for (page, ends) in pages {
            let mut joe = app.browser();
            let query =
                format!("brand_id=360000000001&return_to={}", encoded(&format!("{help}{page}")));
            let site = joe.login(&query).location().to_owned();
            let query = site.split_once('?').unwrap().1;
            let back = run(language, script, query);
            let answer = joe.send(&Request::get(back.split('#').next().unwrap()).from(SHOES_SITE));
            let form = answer.hand_off();
            assert_eq!(form.return_to, format!("{help}{ends}"), "{script}: {back}");
            let (_, claims) = assertion::read_by_zendesk(&form.jwt);
            assert_eq!(claims["email"], "joe@example.com", "{script}");
            assert_eq!(claims["external_id"], "shoes_7", "{script}");
            let said = |name: &str| claims[name].clone();
            match script {
                "jwt.php" => assert_eq!(said("name"), json!("Joe Bücher")),
                "wordpress.php" => {
                    let photo = "https://secure.gravatar.example/avatar/1?s=96";
                    assert_eq!(
                        (said("remote_photo_url"), said("role")),
                        (json!(photo), Value::Null)
                    );
                }
                "magento.php" => assert_eq!(said("phone"), json!("+15551234567")),
                _ => assert_eq!(said("name"), json!("Joe")),
            }
        }
        let mut joe = app.browser();
        let query = "brand_id=360000000001&device[name]=x&return_to=";
        joe.login(query).location();
        let back = run(language, script, query);
        let answer = joe.send(&Request::get(&back).from(SHOES_SITE));
        assert_eq!(answer.hand_off().return_to, format!("{help}/"), "{script}: none given");
    }
}

/// Every query of up to three of these, behind one that is good.
fn queries() -> Vec<String> {
    let pieces = [
        "return_to=x",
        "brand_id=1",
        "return",
        "Return",
        "_",
        "to",
        "=",
        "&",
        ";",
        "[",
        "]",
        ".",
        "+",
        "%20",
        "%5F",
        "%2E",
        "%5B",
        "%5D",
        "%00",
        "%72",
        "?",
        "$",
        "%ff",
        "a",
    ];
    let mut all = vec![String::new()];
    let mut longest = all.clone();
    for _ in 0..3 {
        let longer = |query: &String| pieces.map(|piece| format!("{query}{piece}"));
        longest = longest.iter().flat_map(longer).collect();
        all.extend(longest.iter().cloned());
    }
    let ends = |query: &String| {
        [
            query.clone(),
            format!("{query}to=y"),
            format!("{TO_SHOES}&{query}=y"),
            format!("{query}=z&to=y"),
        ]
    };
    all.iter().flat_map(ends).collect()
}

#[test]
fn php_finds_no_other_value_for_ours_in_what_is_accepted() {
    let accepted: Vec<String> =
        queries().into_iter().filter(|query| Query::parse(query).is_ok()).collect();
    assert!(accepted.len() > 5000, "{}", accepted.len());
    let mut php = Command::new("php")
        .arg(file("names.php"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("php does not start; `scripts/test` installs it");
    let (mut input, lines) = (php.stdin.take().unwrap(), accepted.join("\n"));
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = php.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.lines().count(), accepted.len());
    for (query, read) in accepted.iter().zip(output.lines()) {
        let theirs: Value = serde_json::from_str(read).unwrap();
        let ours = Query::parse(query).unwrap();
        for parameter in Parameter::ALL {
            let Ok(value) = ours.value(parameter) else { continue };
            let value = value.unwrap_or_default().replace('+', " ");
            let name = parameter.as_str();
            let theirs = theirs.get(name).cloned().unwrap_or(json!(""));
            let theirs = theirs.as_str().map(str::trim);
            assert_eq!(theirs, Some(value.trim()), "{query}: {name}");
        }
    }
}

#[test]
fn php_is_told_another_value_by_look_alikes() {
    // Positive control: this is what the refusals are for.
    for look_alike in
        ["return.to", "return+to", "return%5Fto", "return[to", "+return_to", "return_to%00x"]
    {
        let query = format!("return_to=/good&{look_alike}=/evil");
        assert!(Query::parse(&query).is_err(), "{query}");
        let mut php = Command::new("php")
            .arg(file("names.php"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        php.stdin.take().unwrap().write_all(query.as_bytes()).unwrap();
        let output = php.wait_with_output().unwrap();
        let read: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(read["return_to"], "/evil", "{query}");
    }
}
