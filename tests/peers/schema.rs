//! `brands.schema.json` against a validator that nobody here wrote.

use std::io::Write as _;
use std::process::Stdio;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Reads a file of YAML from standard input, and prints the path of each mistake.
const VALIDATE: &str = "
import json, sys, yaml, jsonschema
with open('brands.schema.json') as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
errors = jsonschema.Draft7Validator(schema).iter_errors(yaml.safe_load(sys.stdin))
print('\\n'.join(sorted('.'.join(map(str, it.absolute_path)) for it in errors)))
";

fn mistakes(yaml: &str) -> String {
    let mut command = crate::tool("python");
    command.args(["-c", VALIDATE]).current_dir(ROOT).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("scripts/test installs Python and jsonschema");
    child.stdin.take().unwrap().write_all(yaml.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the validator itself failed");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn read(file: &str) -> String {
    std::fs::read_to_string(format!("{ROOT}/{file}")).unwrap()
}

#[test]
fn good_files_are_good_and_each_mistake_is_found() {
    for file in ["brands.yaml", "src/config/tests/full.yaml", "tests/support/brands.yaml"] {
        assert_eq!(mistakes(&read(file)), "", "{file}");
    }
    let example = read("brands.yaml");
    let cases = [
        ("version: 1", "version: 2", "version"),
        ("  listen: 0.0.0.0:8080", "  lisen: 0.0.0.0:8080", "server"),
        ("  account: acme", "  acount: acme", "zendesk\nzendesk"),
        ("unknown: ask", "unknown: always", "unknown"),
        ("    type: zendesk", "    type: saml", "backends.native.type"),
        (
            "    type: zendesk",
            "    type: zendesk\n    login_url: https://a.example",
            "backends.native",
        ),
        (
            "      algorithm: HS256",
            "      algorithm: RS256",
            "backends.shoes-site.assertion.algorithm\nbackends.staff-site.assertion.algorithm",
        ),
        ("    brand_id: 360000000001", "    brand_id: two", "brands.shoes.brand_id"),
        ("    backend: native", "    backnd: native", "brands.games\nbrands.games"),
        ("roles: [end_user]", "roles: [boss]", "brands.shoes.identity.roles.0"),
        ("    listed: false", "    listed: 'no'", "brands.acme.listed"),
        ("  shoes:\n", "  Shoes:\n", "brands"),
    ];
    for (old, new, expected) in cases {
        assert!(example.contains(old), "{old}");
        assert_eq!(mistakes(&example.replace(old, new)), expected, "{new}");
    }
}
