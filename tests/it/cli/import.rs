//! `import`: what it writes is a `brands.yaml` that leads everybody where the script did.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::tempdir;

use super::brandgate;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/php");

fn run(command: &mut Command) -> (i32, String, String) {
    let secret = ("ZENDESK_SHARED_SECRET", "zendesk-0123456789abcdef0123456789abcdef");
    let Output { status, stdout, stderr } = command.env(secret.0, secret.1).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// `import php` of these scripts, with everything that nobody can know but who asks.
fn import(scripts: &[&Path], output: &Path) -> (i32, String, String) {
    let mut command = brandgate(&["import", "php"]);
    command.args(scripts).args(["--account", "acme", "--public-url", "https://sso.acme.example"]);
    run(command.arg("--output").arg(output))
}

#[test]
fn every_host_of_every_script_leads_where_the_script_did() {
    let directory = tempdir().unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(CORPUS).unwrap() {
        let hosts = entry.unwrap().path();
        if hosts.extension().is_none_or(|it| it != "hosts") {
            continue;
        }
        let [login, logout] = ["php", "logout.php"].map(|it| hosts.with_extension(it));
        let scripts = [login.as_path(), logout.as_path()];
        let count = if logout.exists() { 2 } else { 1 };
        let yaml = directory.path().join(hosts.with_extension("yaml").file_name().unwrap());
        let (code, said, wrong) = import(&scripts[..count], &yaml);
        assert_eq!((code, wrong.as_str()), (0, ""), "{}: {said}", login.display());

        let path = yaml.to_str().unwrap();
        let (code, said, _) = run(&mut brandgate(&["check", path]));
        assert_eq!(code, 0, "{}: {said}", login.display());
        let hosts = fs::read_to_string(hosts).unwrap();
        for line in hosts.lines() {
            let [host, login, logout @ ..] = &line.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let to_login = format!("https://{host}/hc");
            let to_logout =
                format!("https://sso.acme.example/logout?return_to=https%3A%2F%2F{host}%2Fhc");
            let asked = [(to_login, Some(login)), (to_logout, logout.first())];
            for (url, expected) in asked.into_iter().filter_map(|(url, it)| Some((url, it?))) {
                let (code, said, _) = run(&mut brandgate(&["route", &url, "--config", path]));
                let sep = if expected.contains('?') { '&' } else { '?' };
                let location = format!("\nlocation   {expected}{sep}");
                assert!(code == 0 && said.contains(&location), "{url} → {location}: {said}");
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "only {seen} addresses");
}

#[test]
fn what_is_no_table_is_said_in_one_line_and_nothing_is_written() {
    let directory = tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    fs::write(at("page.php"), "<html>no script</html>").unwrap();
    fs::write(at("binary.php"), b"<?php \xff\xfe\x00").unwrap();
    fs::write(at("large.php"), "<?php //".repeat(1_400_000)).unwrap();
    fs::write(at("computed.php"), "<?php\n$b = ['a.zendesk.com' => BASE . '/in'];").unwrap();
    let cases = [
        ("page.php", "page.php: there is no `<?php` in it"),
        ("binary.php", "error: binary.php: it is not text: save it as UTF-8"),
        ("large.php", "it is larger than 4 MB"),
        ("computed.php", "computed.php:2: the address of `a.zendesk.com` is put together with `.`"),
        ("nothing.php", "No such file or directory"),
        (".", "it is a directory"),
    ];
    for (name, expected) in cases {
        let (code, said, wrong) = import(&[&at(name)], &at("brands.yaml"));
        assert_eq!((code, said.as_str()), (1, ""), "{name}");
        assert!(wrong.contains(expected), "{name}: {wrong}");
        assert!(!at("brands.yaml").exists(), "{name}");
    }
}

#[test]
fn a_file_that_is_there_is_compared_and_left_alone() {
    let directory = tempdir().unwrap();
    let yaml = directory.path().join("brands.yaml");
    let script = Path::new(CORPUS).join("short.php");
    assert_eq!(import(&[&script], &yaml).0, 0);
    let (code, said, _) = import(&[&script], &yaml);
    assert_eq!((code, said.ends_with("already says this\n")), (0, true), "{said}");

    let text = fs::read_to_string(&yaml).unwrap();
    let changed = text.replace("https://tea.example/in", "https://tea.example/\u{1b}[2J");
    fs::write(&yaml, &changed).unwrap();
    let (code, said, _) = import(&[&script], &yaml);
    assert_eq!(code, 1);
    assert!(said.contains("\n-    login_url: https://tea.example/\\u{1b}[2J\n"), "{said}");
    assert!(said.contains("\n+    login_url: https://tea.example/in\n"), "{said}");
    assert_eq!(fs::read_to_string(&yaml).unwrap(), changed);
}

#[test]
fn a_dash_is_standard_output_and_what_is_said_goes_elsewhere() {
    let directory = tempdir().unwrap();
    let script = directory.path().join("one.php");
    fs::write(
        &script,
        "<?php header($a['brand_id']); $a = ['a.zendesk.com' => 'https://a.example/in'];",
    )
    .unwrap();
    let mut command = brandgate(&["import", "php", "one.php", "--output", "-"]);
    let (code, yaml, said) = run(command.current_dir(&directory));
    assert_eq!(code, 0, "{said}");
    assert!(yaml.starts_with('#') && yaml.ends_with("backend: a-site\n"), "{yaml}");
    assert!(said.starts_with("written: 1 brand, 1 host, 1 backend\n"), "{said}");
    assert!(said.ends_with("next: fill in what `brandgate check FILE` asks for\n"), "{said}");
    fs::write(&script, "<html>").unwrap();
    let mut command = brandgate(&["import", "php", "one.php", "--output", "-"]);
    let (code, yaml, said) = run(command.current_dir(&directory));
    assert_eq!((code, yaml.as_str()), (1, ""));
    assert!(said.ends_with("\nnothing was written\n"), "{said}");
    let there: Vec<_> = fs::read_dir(&directory).unwrap().collect();
    assert_eq!(there.len(), 1, "no file has that name: {there:?}");
}

#[test]
fn what_only_people_know_is_asked_for_by_check() {
    let directory = tempdir().unwrap();
    let yaml = directory.path().join("brands.yaml");
    let mut command = brandgate(&["import", "php"]);
    let command = command.arg(Path::new(CORPUS).join("nested.php")).arg("-o").arg(&yaml);
    assert_eq!(run(command).0, 0);
    let (code, said, _) = run(&mut brandgate(&["check", yaml.to_str().unwrap()]));
    assert_eq!(
        (code, said.matches("error: nothing is put in the place of this").count()),
        (1, 2),
        "{said}"
    );
}
