//! Files that are read together.

mod limits;

use std::fs;
use std::path::Path;

use super::told::{self, ReportedProblem};
use crate::config::{Loaded, load};
use crate::domain::Name;

/// The kinds of problems that there are in several files alone.
pub(super) const CODES_OF_SEVERAL: [&str; 4] =
    ["included-key", "name-twice", "limit-missing", "limit-exceeded"];

const MAIN: &str = "\
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { file: secrets/zendesk } }
reserved: [{ email_domains: [acme.example], backends: [staff, coffee-site] }]
unknown: { brand: shoes }
include: [brands.d/*.yaml]
limits:
  - files: [brands.d/shoes.yaml]
    hosts: [shoes.example, acme-shoes.zendesk.com]
    brand_ids: [1]
    email_domains: [shoes.example]
    external_id_prefix: shoes_
    organizations: [Acme Shoes]
    tags: [shoes]
    backends: [native]
    env_prefix: SHOES_
    secret_files: secrets/shoes
  - files: [brands.d/*.yaml]
    hosts: any
    brand_ids: any
    email_domains: any
    external_id_prefix: any
    roles: [end_user, agent]
    may_say: [organization, tags, user_fields, custom_role_id]
    secret_files: secrets
backends:
  staff:
    type: redirect
    login_url: https://id.acme.example/in
    assertion: { algorithm: HS256, secrets: { file: secrets/staff } }
  native: { type: zendesk }
brands:
  acme:
    brand_id: 9
    hosts: [acme.zendesk.com]
    backend: native
    routes: [{ path: ^/agent, backend: staff, identity: { email_domains: [acme.example] } }]
";

const SHOES: &str = "\
backends:
  shoes-site:
    type: redirect
    login_url: https://www.shoes.example/in
    assertion: { algorithm: HS256, secrets: [{ file: secrets/shoes/key }] }
brands:
  shoes:
    brand_id: 1
    hosts: [help.shoes.example, acme-shoes.zendesk.com]
    backend: shoes-site
    identity:
      email_domains: [shoes.example]
      external_id_prefix: shoes_
      organization: Acme Shoes
      tags: [shoes]
    routes:
      - { path: ^/native, backend: native }
";

const COFFEE: &str = "\
backends:
  coffee-site:
    type: redirect
    login_url: https://www.coffee.example/in
    assertion: { algorithm: HS256, secrets: [{ file: secrets/coffee }] }
brands:
  coffee:
    brand_id: 2
    hosts: [help.coffee.example, coffee.zendesk.com]
    backend: coffee-site
    identity: { external_id_prefix: coffee_, email_domains: [coffee.example] }
";

/// A folder with secrets, and with these files.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (number, name) in ["zendesk", "staff", "coffee", "shoes/key"].iter().enumerate() {
            folder.put(&format!("secrets/{name}"), &format!("{number}").repeat(40));
        }
        for (name, text) in files {
            folder.put(name, text);
        }
        folder
    }

    fn whole(main: &str, shoes: &str, coffee: &str) -> Self {
        Self::with(&[
            ("brands.yaml", main),
            ("brands.d/shoes.yaml", shoes),
            ("brands.d/coffee.yaml", coffee),
        ])
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn load(&self) -> Loaded {
        load(&self.path().join("brands.yaml")).unwrap()
    }

    /// Every problem: the file and line, the code, the path and the message.
    fn said(&self) -> Vec<String> {
        let folder = format!("{}/", self.path().display());
        let line = |ReportedProblem { file, line, code, path, message, .. }: &ReportedProblem| {
            format!("{file}:{line} {code} {path}: {message}").replace(&folder, "")
        };
        told::of(&self.load().report).iter().map(line).collect()
    }
}

#[test]
fn files_are_read_together_in_the_order_of_their_names() {
    let folder = Folder::whole(MAIN, SHOES, COFFEE);
    assert_eq!(folder.said(), [] as [&str; 0]);
    let table = folder.load().config.unwrap().table;
    let names: Vec<&str> = table.brand_names().map(Name::as_str).collect();
    assert_eq!(names, ["acme", "coffee", "shoes"]);
    let names: Vec<&str> = table.backend_names().map(Name::as_str).collect();
    assert_eq!(names, ["staff", "native", "coffee-site", "shoes-site"]);
    let shoes = table.brands.iter().find(|(_, brand)| brand.name.as_str() == "shoes").unwrap().1;
    assert_eq!(table.backend(shoes.backend).unwrap().name.as_str(), "shoes-site");
}

#[test]
fn the_main_file_may_leave_all_brands_and_backends_to_others() {
    let main = MAIN.split("backends:\n  staff").next().unwrap();
    let main = main.replace(
        "reserved: [{ email_domains: [acme.example], backends: [staff, coffee-site] }]\n",
        "",
    );
    let main = main.replace("    backends: [native]\n", "");
    let shoes = SHOES.split("    routes:").next().unwrap();
    let folder = Folder::whole(&main, shoes, COFFEE);
    let said = folder.said();
    assert!(folder.load().config.is_some(), "{said:?}");
    folder.put("brands.yaml", &main.replace("brands.d/*.yaml]\nlimits", "no.d/*.yaml]\nlimits"));
    let said = folder.said();
    let errors = ["backend-none", "brand-none", "include-nothing"];
    assert!(errors.iter().all(|code| said.iter().any(|it| it.contains(code))), "{said:?}");
}

#[test]
fn what_is_in_two_files_or_in_none_is_told_with_the_file() {
    let taken = COFFEE.replace("help.coffee", "help.shoes").replace("brand_id: 2", "brand_id: 9");
    let unlimited = "[brands.d/*.yaml]\n    hosts: any";
    // (a file, what it is then, what is said)
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "brands.d/z.yaml",
            "brands: { shoes: { brand_id: 3, hosts: [a.example], backend: native } }",
            &[
                "brands.d/z.yaml:1 name-twice brands.shoes: `shoes` is already in brands.d/shoes.yaml",
            ],
        ),
        (
            "brands.d/z.yaml",
            "backends: { native: { type: zendesk } }",
            &["brands.d/z.yaml:1 name-twice backends.native: `native` is already in brands.yaml"],
        ),
        (
            "brands.d/coffee.yaml",
            &taken,
            &[
                "brands.d/coffee.yaml:8 brand-id-twice brands.coffee.brand_id: this is already \
                 `brands.acme.brand_id` in brands.yaml",
                "brands.d/shoes.yaml:9 host-twice brands.shoes.hosts[0]: this host is already \
                 `brands.coffee.hosts[0]` in brands.d/coffee.yaml",
            ],
        ),
        (
            "brands.d/coffee.yaml",
            &COFFEE.replace("secrets/coffee", "secrets/staff"),
            &[
                "brands.d/coffee.yaml:5 secret-twice backends.coffee-site.assertion.secrets[0]: the \
               same secret is already used as `backends.staff.assertion.secrets` in brands.yaml",
            ],
        ),
        (
            "brands.d/shoes.yaml",
            &format!("version: 1\nserver: {{}}\n{SHOES}"),
            &[
                "brands.d/shoes.yaml:1 included-key version: an included file has no `version`",
                "brands.d/shoes.yaml:2 included-key server: an included file has no `server`",
            ],
        ),
        (
            "brands.d/shoes.yaml",
            &SHOES.replace("brand_id: 1", "brand_di: 1"),
            &["brands.d/shoes.yaml:8 unknown-key brands.shoes.brand_di"],
        ),
        ("brands.d/coffee.yaml", "brands: [\n", &["brands.d/coffee.yaml:1 bracket"]),
        ("brands.d/coffee.yaml", "# soon\n", &["brands.d/coffee.yaml:1 file-empty"]),
        (
            "secrets/coffee",
            "\u{feff}0123456789abcdef0123456789abcdef\n",
            &["brands.d/coffee.yaml:5 secret-blank backends.coffee-site.assertion.secrets[0]"],
        ),
        (
            "brands.yaml",
            &MAIN.replace("hosts: any", "hosts: [any]").replace("brand_ids: any", "brand_ids: '*'"),
            &[
                "brands.yaml:19 wrong-type limits[1].hosts: expected a limit, found a word for none",
                "brands.yaml:20 wrong-type limits[1].brand_ids: expected a limit",
            ],
        ),
        (
            "brands.yaml",
            &MAIN.replace(unlimited, &unlimited.replace("brands.d", "other.d")),
            &[
                "brands.yaml:6 limit-missing include[0]: brands.d/coffee.yaml has no limits",
                "brands.yaml:18 limit-unused limits[1].files",
            ],
        ),
        (
            "brands.yaml",
            &MAIN.replace("include: [", "include: [no.d/*.yaml, no.yaml, secrets, "),
            &[
                "brands.yaml:6 include-nothing include[0]",
                "brands.yaml:6 file-unreadable include[1]: no.yaml cannot be read: No such file",
                "brands.yaml:6 file-unreadable include[2]: secrets cannot be read: it is a directory",
            ],
        ),
    ];
    for (file, text, expected) in cases {
        let folder = Folder::whole(MAIN, SHOES, COFFEE);
        folder.put(file, text);
        let said = folder.said();
        for expected in *expected {
            assert!(said.iter().any(|it| it.starts_with(expected)), "{expected}\n{said:#?}");
        }
        assert!(said.len() <= expected.len() + 2, "{said:#?}");
        assert!(folder.load().config.is_none());
    }
}

#[test]
fn what_to_write_is_said_of_an_included_file_and_not_of_the_main_one() {
    let hint = |file: &str, text: &str| {
        let folder = Folder::whole(MAIN, SHOES, COFFEE);
        folder.put(file, text);
        told::of(&folder.load().report)[0].hint.clone().unwrap_or_default()
    };
    assert_eq!(
        hint("brands.d/coffee.yaml", ""),
        "start with `brands:` or `backends:`, or remove the file"
    );
    assert_eq!(hint("brands.yaml", ""), "start with `version: 1`");
    assert_eq!(
        hint("brands.yaml", &MAIN.replace("[brands.d/*.yaml]", "[brands.d]")),
        "with `/*.yaml` behind it, it names the files in it"
    );
}

#[test]
fn the_files_together_have_the_size_that_one_may_have() {
    let folder = Folder::whole(MAIN, SHOES, COFFEE);
    let large = fs::File::create(folder.path().join("brands.d/z.yaml")).unwrap();
    large.set_len(64 * 1024 * 1024 - 1000).unwrap();
    let said = folder.said();
    let expected =
        "brands.yaml:6 file-too-large include[0]: with brands.d/z.yaml, the files together";
    assert!(said.iter().any(|it| it.starts_with(expected)), "{said:?}");
}

#[test]
fn an_excerpt_is_of_the_file_with_the_problem() {
    let folder = Folder::whole(MAIN, &SHOES.replace("brand_id: 1", "brand_id: one"), COFFEE);
    let text = folder.load().report.text(false);
    assert!(text.contains("brands.d/shoes.yaml:8:15: error: "), "{text}");
    assert!(text.contains("8 |     brand_id: one"), "{text}");
}

#[test]
fn the_example_in_the_documents_is_good() {
    let text = include_str!("../../../docs/configuration.md");
    let piece = |begin: &str| {
        let (_, rest) = text.split_once(&format!("```yaml\n{begin}:")).unwrap();
        format!("{begin}:{}", rest.split_once("```").unwrap().0)
    };
    let main = "version: 1\nserver: { public_url: https://sso.acme.example }\n\
                zendesk: { account: acme, shared_secret: { file: secrets/zendesk } }\n";
    let main = format!("{main}{}", piece("include"));
    let folder = Folder::with(&[
        ("brands.yaml", &main),
        ("brands.d/shoes.yaml", &piece("backends")),
        ("secrets/shoes/site", &"s".repeat(40)),
    ]);
    let said = folder.said();
    assert!(folder.load().config.is_some(), "{said:?}");
    assert!(said.iter().all(|it| it.contains("account-host-missing")), "{said:?}");
}
