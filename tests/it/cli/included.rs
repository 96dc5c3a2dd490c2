//! Brands in files of their own, from outside.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{file, run};

const MAIN: &str = "version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { file: zendesk } }
include: [brands.d/*.yaml]
limits:
  - files: [brands.d/shoes.yaml]
    hosts: [acme-shoes.zendesk.com]
    brand_ids: [1]
    email_domains: [shoes.example]
    external_id_prefix: shoes_
backends: { native: { type: zendesk } }
brands: { acme: { brand_id: 9, hosts: [acme.zendesk.com], backend: native } }
";

const SHOES: &str =
    "backends: { site: { type: redirect, login_url: https://www.shoes.example/in } }
brands: { shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: site } }
";

fn folder(shoes: &str) -> (TempDir, String) {
    let (directory, path) = file(MAIN);
    put(directory.path(), "zendesk", &"z".repeat(40));
    put(directory.path(), "brands.d/shoes.yaml", shoes);
    (directory, path.to_str().unwrap().to_owned())
}

fn put(directory: &Path, name: &str, text: &str) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn check_and_route_read_included_files_as_the_service_does() {
    let (_directory, path) = folder(SHOES);
    let (code, stdout, _) = run(&["check", &path]);
    assert!(code == 0 && stdout.contains("good: 2 brands, 2 hosts, 2 backends"), "{stdout}");
    let address = "https://acme-shoes.zendesk.com/hc";
    let (code, stdout, _) = run(&["route", "--config", &path, address]);
    assert_eq!(code, 0);
    assert!(stdout.contains("location   https://www.shoes.example/in?"), "{stdout}");
}

#[test]
fn what_is_refused_names_its_file_to_people_and_to_programs() {
    let (directory, path) = folder(&SHOES.replace("acme-shoes.z", "acme-coffee.z"));
    let shoes = directory.path().join("brands.d/shoes.yaml").display().to_string();
    let (code, stdout, _) = run(&["check", "--without-secrets", &path]);
    assert_eq!(code, 1);
    assert!(
        stdout.contains(&format!("{shoes}:2:41: error: the file may not name this host")),
        "{stdout}"
    );
    let (code, stdout, _) = run(&["check", "--format", "json", &path]);
    assert_eq!(code, 1);
    let said: Value = serde_json::from_str(&stdout).unwrap();
    let problems = said["problems"].as_array().unwrap();
    let exceeded = problems.iter().find(|it| it["code"] == "limit-exceeded").unwrap();
    assert_eq!((&exceeded["file"], &exceeded["line"]), (&shoes.into(), &2.into()));
    assert_eq!(run(&["route", "--config", &path, "https://acme.zendesk.com/hc"]).0, 2);
}
