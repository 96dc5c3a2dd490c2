//! What other programs read of the commands: the schema, completions, the manual.

use std::fs::File;
use std::io::{Write as _, pipe};
use std::process::{Command, Stdio};

use super::{brandgate, run};

#[test]
fn the_schema_is_the_one_at_the_root() {
    let (code, said, _) = run(&["schema"]);
    assert_eq!((code, said.as_str()), (0, include_str!("../../../brands.schema.json")));
}

#[test]
fn every_shell_has_its_completions_and_bash_can_read_its_own() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, script, _) = run(&["completions", shell]);
        assert!(code == 0 && script.contains("against-zendesk"), "{shell}");
    }
    let mut bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(run(&["completions", "bash"]).1.as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
    assert_eq!(run(&["completions", "cmd"]).0, 2);
}

#[test]
fn whoever_stops_reading_is_told_nothing() {
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/brands.yaml");
    let commands: [&[&str]; 5] = [
        &["schema"],
        &["man"],
        &["completions", "zsh"],
        &["check", "--without-secrets", table],
        &["check", "--without-secrets", "--format", "json", table],
    ];
    for command in commands {
        let nobody_reads = pipe().unwrap().1;
        let output = brandgate(command).stdout(nobody_reads).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.as_str()), (Some(2), ""), "{command:?}");
    }
}

#[test]
fn a_standard_output_that_takes_nothing_is_named() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = brandgate(&["schema"]).stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.starts_with("error: cannot write to standard output: No space"), "{said}");
}

#[test]
fn there_is_a_manual_page_of_each_command() {
    let (code, page, _) = run(&["man"]);
    assert!(code == 0 && page.contains(".TH brandgate 1"), "{page}");
    for command in ["serve", "check", "route", "import", "inspect", "mint", "schema"] {
        let (code, page, _) = run(&["man", command]);
        assert!(code == 0 && page.contains(&format!("brandgate-{command}")), "{page}");
    }
    let (code, page, _) = run(&["man", "import", "zendesk"]);
    assert!(code == 0 && page.contains("brandgate-import-zendesk"), "{page}");
    assert!(
        page.contains(r"\-\-token\-env") && page.contains("\"brandgate "),
        "its own options: {page}"
    );
    for nothing in
        [&["man", "nothing"][..], &["man", "import", "nothing"], &["man", "check", "check"]]
    {
        let (code, page, wrong) = run(nothing);
        assert_eq!((code, page.as_str(), wrong.lines().count()), (2, "", 1), "{wrong}");
    }
}
