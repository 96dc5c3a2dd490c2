//! `deploy/compose`, run as it stands but for Docker: its secrets are drawn, its Redis is started and its
//! `brands.yaml` served, each as the file says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::redis::process::Process;
use crate::redis::server::Server;
use crate::support::app::{SSO, submission};
use crate::support::assertion;
use crate::support::browser::{Browser, Request};
use crate::tool;

const SECRETS: &str = "/run/secrets";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/compose")
}

fn compose() -> Value {
    serde_yaml::from_str(&fs::read_to_string(folder().join("compose.yaml")).unwrap()).unwrap()
}

#[test]
fn the_file_is_one_of_composes() {
    let directory = tempfile::tempdir().unwrap();
    let judged = |text: &str| {
        let file = directory.path().join("compose.yaml");
        fs::write(&file, text).unwrap();
        let mut command = tool("check-jsonschema");
        command.args(["--builtin-schema", "vendor.compose-spec"]).arg(file);
        command.output().unwrap()
    };
    let text = fs::read_to_string(folder().join("compose.yaml")).unwrap();
    let output = judged(&text);
    assert!(output.status.success(), "{output:?}");
    let wrong = text.replace("read_only: true", "readonly: true");
    assert!(!judged(&wrong).status.success(), "it would find fault");
}

#[test]
fn whatever_it_mounts_is_there_and_every_container_may_do_little() {
    let compose = compose();
    for (name, service) in compose["services"].as_object().unwrap() {
        assert_eq!(service["cap_drop"], json!(["ALL"]), "{name}");
        assert_eq!(service["read_only"], true, "{name}");
        assert_eq!(service["security_opt"], json!(["no-new-privileges:true"]), "{name}");
        for volume in service["volumes"].as_array().unwrap() {
            let from = volume.as_str().unwrap().split(':').next().unwrap();
            let is_drawn = from == "./secrets";
            assert!(is_drawn || folder().join(from).exists(), "{name}: {from}");
        }
    }
    let build = &compose["services"]["brandgate"]["build"];
    let context = folder().join(build["context"].as_str().unwrap());
    assert!(context.join(build["dockerfile"].as_str().unwrap()).is_file(), "{build}");
}

/// Draws secrets into `at`, as the service `secrets` does.
fn draw(at: &Path) -> String {
    let command = compose()["services"]["secrets"]["command"].clone();
    assert_eq!(command, json!(["sh", "/draw", "/secrets"]));
    let mut shell = Command::new("sh");
    let output = shell.arg(folder().join("../draw-secrets.sh")).arg(at).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn files(at: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(at).unwrap().map(Result::unwrap);
    let read = |path: PathBuf| fs::read_to_string(path).unwrap();
    entries.map(|it| (it.file_name().into_string().unwrap(), read(it.path()))).collect()
}

#[test]
fn secrets_are_drawn_once_and_what_is_there_stays() {
    let directory = tempfile::tempdir().unwrap();
    let own = "zendesks-own-secret-0123456789abcdef0123456789";
    fs::write(directory.path().join("zendesk"), own).unwrap();
    // Somebody was interrupted.
    fs::write(directory.path().join(".state_key.new"), "half").unwrap();
    fs::write(directory.path().join("shoes_site"), "").unwrap();
    assert_eq!(draw(directory.path()), "", "nothing of Zendesk's was drawn");
    let first = files(directory.path());
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(names, ["redis_acl", "redis_url", "shoes_site", "state_key", "zendesk"]);
    assert_eq!(first["zendesk"], own);
    assert!(first["state_key"].len() == 64 && first["shoes_site"].len() == 64, "{first:?}");
    assert_ne!(first["state_key"], first["shoes_site"]);
    draw(directory.path());
    assert_eq!(files(directory.path()), first);
    fs::remove_file(directory.path().join("zendesk")).unwrap();
    assert!(draw(directory.path()).contains("Zendesk refuses what it signs"));
}

#[test]
fn somebody_signs_in_as_soon_as_it_is_up() {
    let directory = tempfile::tempdir().unwrap();
    let secrets = directory.path().join("secrets");
    fs::create_dir(&secrets).unwrap();
    draw(&secrets);
    let here = |text: &str| text.replace(SECRETS, secrets.to_str().unwrap());

    let compose = compose();
    let command = compose["services"]["redis"]["command"].as_array().unwrap().iter();
    let command: Vec<String> = command.map(|word| here(word.as_str().unwrap())).collect();
    let (program, arguments) = command.split_first().unwrap();
    assert_eq!(program, "redis-server");
    let redis = Server::start(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let url = secrets.join("redis_url");
    let drawn = fs::read_to_string(&url).unwrap();
    assert!(drawn.contains("@redis:6379/0"), "where the service of that name is");
    fs::write(&url, drawn.replace("redis:6379", &format!("127.0.0.1:{}", redis.port()))).unwrap();

    let yaml = fs::read_to_string(folder().join("config/brands.yaml")).unwrap();
    let listen = "server:\n  listen: 127.0.0.1:0\n  ops: { listen: 127.0.0.1:0 }\n";
    let yaml = here(&yaml).replace("server:\n", listen);
    fs::write(directory.path().join("brands.yaml"), yaml).unwrap();
    let shoes = fs::read_to_string(secrets.join("shoes_site")).unwrap();
    let mut process = Process::serve(directory, &[]);
    process.says("the store is there");
    let mut joe = Browser::new(Clock::default(), Some(process.address()));
    let wanted = "return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Frequests";
    let asked = Request::get(&format!("{SSO}/login?{wanted}"));
    let answer = joe.send(&asked.from("https://acme.zendesk.com"));
    assert!(answer.location().starts_with("https://www.acme-shoes.example/zdlogin.php?"));
    let claims = assertion::claims(Clock::default().now(), &json!({}));
    let jwt = assertion::sign(&assertion::header(), &claims, &shoes);
    let posted = submission("/access/jwt", &jwt, None).from("https://www.acme-shoes.example");
    let answer = joe.send(&posted);
    assert_eq!(answer.hand_off().return_to, "https://help.acme-shoes.example/hc/requests");
}
