//! The real binary: what it prints, how it ends, and how it serves.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

mod faults;
mod growth;
mod health;
mod import;
mod included;
mod inspect;
mod live;
mod log;
mod printed;
mod reload;
mod restart;
mod route;
mod signals;
mod sockets;
mod systemd;
mod tls;
mod visitor;
mod who;
mod zendesk;

/// The annotated example at the root of the repository.
const EXAMPLE: &str = include_str!("../../../brands.yaml");

/// A captured remote login URL, as in the issue that this was built for.
const CAPTURED: &str = "/login?brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example\
                        %2Fhc%2Fen-us%2Frequests%2F208294%3Fpage%3D2&locale_id=1&timestamp=1769760757";

fn brandgate(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brandgate"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_clear();
    command
}

/// Exit code, standard output and standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = brandgate(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// A directory with a `brands.yaml` in it.
fn file(text: &str) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("brands.yaml");
    fs::write(&path, text).unwrap();
    (directory, path)
}

/// The example, on ports that are free.
fn example_on_free_ports() -> String {
    let text = EXAMPLE.replace("listen: 0.0.0.0:8080", "listen: 127.0.0.1:0");
    let ops = "ops: { listen: 127.0.0.1:0 }\n  shutdown_delay: 0";
    let text = text.replace("ops: { listen: 127.0.0.1:9090 }", ops);
    assert_eq!(text.matches("127.0.0.1:0").count(), 2);
    text
}

/// A `brandgate serve` under way.
struct Serving {
    child: Child,
    log: BufReader<ChildStderr>,
    public: SocketAddr,
    ops: SocketAddr,
    /// For how many connections there is room.
    connections: u64,
    directory: TempDir,
}

/// `brandgate serve`, whose log goes to `stderr`.
fn serve(yaml: &str, stderr: Stdio) -> (Child, TempDir) {
    let (directory, path) = file(yaml);
    let mut command = brandgate(&["serve", "--log-format", "json", "--log-level", "debug"]);
    let child = command.arg("--config").arg(path).stdout(Stdio::null()).stderr(stderr);
    (child.spawn().unwrap(), directory)
}

impl Serving {
    fn start(yaml: &str) -> Self {
        let (child, directory) = serve(yaml, Stdio::piped());
        Self::under_way(child, directory)
    }

    fn under_way(mut child: Child, directory: TempDir) -> Self {
        let log = BufReader::new(child.stderr.take().unwrap());
        let (public, ops) = (SocketAddr::from(([0; 4], 0)), SocketAddr::from(([0; 4], 0)));
        let mut serving = Self { child, log, public, ops, connections: 0, directory };
        let line = serving.line("listening");
        let address = |name: &str| line.get(name).unwrap().as_str().unwrap().parse().unwrap();
        (serving.public, serving.ops) = (address("public"), address("ops"));
        serving.connections = line.get("connections").and_then(Value::as_u64).unwrap();
        serving
    }

    /// The next line of the log whose message begins with `message`.
    fn line(&mut self, message: &str) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "it ended without {message:?}");
            let line: Value = serde_json::from_str(&line).unwrap();
            let said = line.get("message").and_then(Value::as_str).unwrap_or_default();
            if said.starts_with(message) {
                return line;
            }
        }
    }

    fn signal(&self, name: &str) {
        signal(&self.child, name);
    }

    /// The rest of the log, and the exit code.
    fn end(mut self) -> (String, i32) {
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (rest, self.child.wait().unwrap().code().unwrap())
    }
}

fn signal(child: &Child, name: &str) {
    let kill = format!("kill -{name} {}", child.id());
    assert!(Command::new("sh").arg("-c").arg(kill).status().unwrap().success());
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(address: SocketAddr, head: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(format!("{head}\r\nconnection: close\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(address: SocketAddr, target: &str) -> String {
    ask(address, &format!("GET {target} HTTP/1.1\r\nhost: sso.acme.example"))
}

fn location(answer: &str) -> &str {
    let line = answer.lines().find_map(|line| line.strip_prefix("location: "));
    line.unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn the_example_is_good_and_says_what_is_risky() {
    let (code, stdout, stderr) = run(&["check"]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let last = stdout.lines().last().unwrap();
    let good = "brands.yaml: good: 4 brands, 6 hosts, 4 backends, for the account acme.zendesk.com";
    assert_eq!(last, good);
    assert!(stdout.contains("warning"), "made-up secrets, and a site that can sign in anyone");
    for secret in EXAMPLE.lines().filter_map(|line| line.split_once("value: made-up-")) {
        let secret = secret.1.split(' ').next().unwrap();
        assert!(!stdout.contains(secret), "{secret} is printed");
    }
}

#[test]
fn a_wrong_file_is_refused_with_everything_that_is_wrong() {
    let wrong = EXAMPLE
        .replace("login_url: https://www.acme-shoes", "login_ulr: https://www.acme-shoes")
        .replace("brand_id: 360000000002", "brand_id: 360000000001")
        .replace("backend: native", "backend: natve");
    let (_directory, path) = file(&wrong);
    let path = path.to_str().unwrap();
    let column = |part: &str| {
        let (number, line) = wrong.lines().enumerate().find(|it| it.1.contains(part)).unwrap();
        (number + 1, line.find(part).unwrap() + 1)
    };
    let (code, stdout, stderr) = run(&["check", path]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    for (part, said) in [("login_ulr", "login_url"), ("natve", "native")] {
        let (line, column) = column(part);
        assert!(stdout.contains(&format!("{path}:{line}:{column}")), "{line}:{column} in {stdout}");
        assert!(stdout.contains(said), "{said} in {stdout}");
    }
    assert!(!stdout.contains("good"), "{stdout}");

    let (code, stdout, _) = run(&["check", "--format", "json", path]);
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(code, 1);
    assert!(report.to_string().contains("natve"), "{report}");

    let (code, stdout, stderr) = run(&["serve", "--config", path]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.contains("natve") && stderr.contains("login_ulr"), "{stderr}");

    let (code, _, stderr) = run(&["route", "--config", path, CAPTURED]);
    assert_eq!(code, 2, "it could not run: {stderr}");
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    for command in [["check", "nowhere.yaml"].as_slice(), &["serve", "--config", "nowhere.yaml"]] {
        let (code, stdout, stderr) = run(command);
        assert_eq!((code, stdout.as_str()), (1, ""), "{command:?}");
        let sentence = "error: cannot read nowhere.yaml: No such file or directory (os error 2)\n";
        assert_eq!(stderr, sentence, "{command:?}");
    }
    for text in ["", "version: 1\n", "{", "\u{0}", "- 1", "version: [", "a: &a [*a]"] {
        let (_directory, path) = file(text);
        for command in ["check", "serve"] {
            let argument = if command == "check" { vec![] } else { vec!["--config"] };
            let arguments = [vec![command], argument, vec![path.to_str().unwrap()]].concat();
            let (code, stdout, stderr) = run(&arguments);
            assert_eq!(code, 1, "{command} {text:?}");
            assert!(format!("{stdout}{stderr}").contains("error"), "{command} {text:?}");
            assert!(!stderr.contains("panicked"), "{stderr}");
        }
    }
}

/// The one object that `check --format json` prints, and its exit code.
fn check_json(arguments: &[&str]) -> (i32, Value) {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!(stderr, "", "{arguments:?}");
    (code, serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}")))
}

/// The codes of the problems, each with its severity's first letter.
fn codes(report: &Value) -> Vec<String> {
    let problems = report["problems"].as_array().unwrap().iter();
    let code = |it: &Value| {
        let text = |name: &str| it[name].as_str().unwrap().to_owned();
        format!("{} {}", &text("severity")[..1], text("code"))
    };
    problems.map(code).collect()
}

#[test]
fn check_answers_a_program_whatever_happens() {
    let (_good, good) = file(CHECKED);
    let (_bad, bad) = file(&CHECKED.replace("hosts:", "hots:"));
    let (_empty, empty) = file("");
    let [good, bad, empty] = [&good, &bad, &empty].map(|path| path.to_str().unwrap());
    let (code, report) = check_json(&["--without-secrets", good]);
    assert_eq!((code, &report["outcome"], codes(&report)), (0, &"good".into(), vec![]));
    let table = serde_json::json!({
        "account": "acme.zendesk.com", "brands": 1, "hosts": 1, "backends": 1,
    });
    assert_eq!((&report["table"], &report["file"]), (&table, &good.into()));
    // (arguments, exit code, outcome, codes)
    let cases: [(&[&str], i32, &str, &[&str]); 9] = [
        (&["--without-secrets", "--config", good], 0, "good", &[]),
        (&["--without-secrets", "-c", bad], 1, "problems", &["e unknown-key"]),
        (&["-c", good, bad], 2, "could-not-run", &["e could-not-run"]),
        (&[good], 1, "problems", &["e secret-not-set", "e secret-unreadable"]),
        (&["--without-secrets", bad], 1, "problems", &["e unknown-key"]),
        (&[empty], 1, "problems", &["e file-empty"]),
        (&["nowhere.yaml"], 1, "unreadable", &["e file-unreadable"]),
        (&["--nonsense"], 2, "could-not-run", &["e could-not-run"]),
        (&["a", "b"], 2, "could-not-run", &["e could-not-run"]),
    ];
    for (arguments, code, outcome, expected) in cases {
        let report = check_json(arguments);
        assert_eq!((report.0, &report.1["outcome"]), (code, &outcome.into()), "{arguments:?}");
        assert_eq!(codes(&report.1), expected, "{arguments:?}");
    }
}

/// A file whose secrets are nowhere.
const CHECKED: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { env: BRANDGATE_TEST_NOT_SET } }
backends:
  site:
    type: redirect
    login_url: https://www.acme.example/in
    assertion: { algorithm: HS256, secrets: { file: nowhere/site.secret } }
brands: { shoes: { brand_id: 1, hosts: [acme.zendesk.com], backend: site } }
";

#[test]
fn without_secrets_everything_else_is_checked() {
    let checked = |yaml: &str| {
        let (_directory, path) = file(yaml);
        let (code, report) = check_json(&["--without-secrets", path.to_str().unwrap()]);
        assert_eq!(report["secrets_opened"], false);
        (code, codes(&report))
    };
    let env = "env: BRANDGATE_TEST_NOT_SET";
    let value = "value: shared-0123456789abcdef0123456789ab";
    let store = "acme.example, state_key: { env: A }, store: { url: { env: B } } }";
    let reference = "e secret-twice";
    // (what, from, to, codes)
    let cases: [(&str, &str, &str, &[&str]); 7] = [
        ("nothing", "", "", &[]),
        ("a store and a state key", "acme.example }", store, &[]),
        ("one reference twice", "file: nowhere/site.secret", env, &[reference]),
        ("a secret in the file", env, value, &["w secret-in-file"]),
        ("a short one", env, "value: short", &["w secret-short", "w secret-in-file"]),
        ("two forms at once", env, "env: A, file: B", &["e secret-form"]),
        ("another mistake", "backend: site", "backend: sight", &["e backend-unknown"]),
    ];
    for (what, from, to, expected) in cases {
        let (code, codes) = checked(&CHECKED.replacen(from, to, 1));
        assert_eq!(codes, expected, "{what}");
        assert_eq!(code, i32::from(expected.iter().any(|it| it.starts_with('e'))), "{what}");
    }
    let file_twice = CHECKED.replace(env, "file: ./nowhere/site.secret");
    assert_eq!(checked(&file_twice), (1, vec![reference.to_owned()]), "in another spelling");

    let (_directory, path) = file(CHECKED);
    let (code, stdout, _) = run(&["check", "--without-secrets", path.to_str().unwrap()]);
    assert!(code == 0 && stdout.contains("good, its secrets unopened: 1 brand,"), "{stdout}");
}

#[test]
fn warnings_count_where_somebody_is_strict() {
    let yaml = CHECKED.replace("brand_id: 1, ", "");
    let (_directory, path) = file(&yaml);
    let path = path.to_str().unwrap();
    assert_eq!(run(&["check", "--without-secrets", path]).0, 0);
    let (code, stdout, _) = run(&["check", "--without-secrets", "--strict", path]);
    assert_eq!(code, 1, "{stdout}");
    assert!(stdout.ends_with("not good: with --strict a warning counts\n"), "{stdout}");
    let (code, report) = check_json(&["--without-secrets", "--strict", path]);
    assert_eq!(
        (code, &report["outcome"], &report["strict"]),
        (1, &"problems".into(), &true.into())
    );
    assert_eq!(codes(&report), ["w brand-id-missing"]);
    let (_directory, path) = file(CHECKED);
    let (code, _) = check_json(&["--without-secrets", "--strict", path.to_str().unwrap()]);
    assert_eq!(code, 0, "nothing is to be warned about");
}

#[test]
fn what_is_no_regular_file_is_refused_by_every_command_at_once() {
    let (directory, path) = file(EXAMPLE);
    let at = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let _socket = UnixListener::bind(at("socket")).unwrap();
    fs::File::create(at("large")).unwrap().set_len(1 << 40).unwrap();
    for (name, what) in [
        ("pipe", "it is a pipe, as `<(…)` is one, not a regular file; write it into a file first"),
        ("socket", "it is a socket, not a regular file"),
        ("/dev/zero", "it is a device, not a regular file"),
        ("", "it is a directory, not a file; Docker makes one where it finds no file to mount"),
        ("large", "it is larger than 64 MB"),
    ] {
        let wrong = at(name);
        let sentence = format!("error: cannot read {wrong}: {what}\n");
        for (arguments, expected) in [
            (&["check", &wrong][..], 1),
            (&["serve", "--config", &wrong], 1),
            (&["route", "--config", &wrong, CAPTURED], 2),
            (&["visitor", "--config", &wrong, "1.abc"], 2),
        ] {
            let (code, stdout, stderr) = run(arguments);
            assert_eq!((code, stdout.as_str()), (expected, ""), "{arguments:?}");
            assert_eq!(stderr, sentence, "{arguments:?}");
        }
        let (_, stdout, _) = run(&["check", "--format", "json", &wrong]);
        let kind = if name == "large" { "file-too-large" } else { "file-unreadable" };
        assert!(stdout.contains(&format!("\"code\": \"{kind}\"")), "{wrong}: {stdout}");
        let secret = if name == "large" { "it is larger than 64 KB" } else { what };
        let reference = format!("shared_secret: {{ file: {wrong} }}");
        let yaml = EXAMPLE.replace("shared_secret: { value: ", &format!("{reference} # "));
        assert!(yaml.contains(&reference), "the example has another secret");
        fs::write(&path, yaml).unwrap();
        let (code, stdout, _) = run(&["check", path.to_str().unwrap()]);
        assert_eq!(code, 1, "{wrong}: {stdout}");
        assert!(stdout.contains(&format!("cannot be read: {secret}")), "{wrong}: {stdout}");
    }
    // Kubernetes mounts each secret as a link to a link.
    symlink(&path, at("link")).unwrap();
    symlink("link", at("link to a link")).unwrap();
    fs::write(&path, EXAMPLE).unwrap();
    assert_eq!(run(&["check", &at("link to a link")]).0, 0);
}

#[test]
fn an_audit_log_that_cannot_be_opened_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("brands.yaml");
    let audit = "server:\n  audit: { file: no/audit.log, key: { value: audit-key-0123456789abcdef0123456789 } }\n";
    let yaml = example_on_free_ports().replacen("server:\n", audit, 1);
    fs::write(&path, yaml).unwrap();
    let (code, _, said) = run(&["serve", "--config", path.to_str().unwrap()]);
    let file = directory.path().join("no/audit.log");
    let expected = format!(
        "error: cannot open the audit log ({}): No such file or directory (os error 2)\n",
        file.display()
    );
    assert!(code == 2 && said.ends_with(&expected), "{said}");
}

#[test]
fn a_port_in_use_is_one_sentence_and_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let free = example_on_free_ports();
    for yaml in [
        free.replacen("listen: 127.0.0.1:0", &format!("listen: {address}"), 1),
        free.replace("ops: { listen: 127.0.0.1:0 }", &format!("ops: {{ listen: {address} }}")),
    ] {
        let (_directory, path) = file(&yaml);
        let (code, stdout, stderr) =
            run(&["serve", "--log-level", "error", "--config", path.to_str().unwrap()]);
        assert_eq!((code, stdout.as_str()), (2, ""));
        let sentence =
            format!("error: cannot listen on {address}: Address already in use (os error 98)\n");
        assert_eq!(stderr, sentence);
    }
    if cfg!(feature = "demo") {
        let port = taken.local_addr().unwrap().port().to_string();
        let (code, stdout, stderr) = run(&["demo", "--port", &port]);
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert!(stderr.contains("cannot listen on") && stderr.contains("--port 0"), "{stderr}");
    }
}

#[test]
#[cfg(not(feature = "demo"))]
fn a_build_without_the_demo_says_so_and_does_not_offer_it() {
    for arguments in [&["demo"][..], &["demo", "--port", "0"], &["demo", "--nonsense", "x"]] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.starts_with("error: this brandgate is built without the demo"), "{stderr}");
    }
    let (code, stdout, _) = run(&["--help"]);
    assert_eq!(code, 0);
    assert!(!stdout.contains("demo"), "{stdout}");
}

#[test]
fn wrong_arguments_are_explained() {
    for arguments in [
        &["nonsense"][..],
        &["route"],
        &["check", "--format", "xml"],
        &["serve", "--log-level"],
        &[],
    ] {
        let (code, _, stderr) = run(arguments);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(
            stderr.contains("--help") && !stderr.contains("panicked"),
            "{arguments:?}: {stderr}"
        );
    }
    let (code, stdout, _) = run(&["--help"]);
    assert_eq!(code, 0);
    for command in ["serve", "check", "route", "visitor"] {
        assert!(stdout.contains(command), "{command} in {stdout}");
    }
    let (code, _, stderr) = run(&["serve", "--log-level", "a=b=c"]);
    assert_eq!(code, 2, "{stderr}");
}

#[test]
fn the_log_has_the_code_of_the_page_and_nothing_of_the_person() {
    let mut serving = Serving::start(&example_on_free_ports());
    let answer = ask(
        serving.public,
        "GET /access/jwt?jwt=eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6ImpvZUBleGFtcGxlLmNvbSJ9.x&return_to=%2Fhc%2Fsecret-page HTTP/1.1\r\n\
         host: sso.acme.example\r\nreferer: https://somewhere.example/joe\r\ncookie: session=hunter2\r\n\
         user-agent: Joe's browser",
    );
    let code = answer.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
    let line = serving.line("this browser has no flow");
    assert_eq!(line.get("trace").unwrap(), code);
    let expected = [
        ("level", "INFO"),
        ("kind", "flow-missing"),
        ("fault", "client"),
        ("method", "GET"),
        ("path", "/access/jwt"),
        ("client", "127.0.0.0/24"),
        ("outcome", "refused"),
    ];
    for (name, value) in expected {
        assert_eq!(line.get(name).unwrap(), value, "{name}");
    }
    get(serving.public, CAPTURED);
    get(
        serving.public,
        "/logout?brand_id=360000000001&email=joe%40example.com&external_id=customer-of-ours",
    );
    get(
        serving.public,
        "/logout?kind=error&message=joe%40example.com%20is%20blocked,%20call%20the-boss@example.com",
    );
    get(serving.public, "/secret-page?a=hunter2");
    serving.signal("TERM");
    let (rest, exit) = serving.end();
    assert_eq!(exit, 0);
    assert!(rest.contains("zendesk reports an error"), "{rest}");
    for secret in [
        "joe",
        "eyJ",
        "secret-page",
        "hunter2",
        "customer-of-ours",
        "the-boss",
        "Joe's",
        "en-us",
        "made-up",
        "127.0.0.1\"",
        "?",
    ] {
        let said = format!("{line}\n{rest}");
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

#[test]
fn secrets_come_from_files_beside_the_table() {
    let yaml = example_on_free_ports().replace(
        "shared_secret: { value: made-up-zendesk-shared-secret-0123456789abcdef012 }",
        "shared_secret: { file: zendesk.secret }",
    );
    let (directory, path) = file(&yaml);
    let path = path.to_str().unwrap();
    let (code, stdout, _) = run(&["check", path]);
    assert_eq!(code, 1, "{stdout}");
    assert!(stdout.contains("the secret's file `zendesk.secret` cannot be read"), "{stdout}");
    let place = directory.path().canonicalize().unwrap().join("zendesk.secret");
    let place = format!("it was looked for at `{}`", place.display());
    assert!(stdout.contains(&place), "{place}: {stdout}");
    let secret = "a-secret-in-a-file-0123456789abcdef0123456789";
    fs::write(directory.path().join("zendesk.secret"), format!("{secret}\n")).unwrap();
    let (code, stdout, _) = run(&["check", path]);
    assert_eq!(code, 0, "{stdout}");
    assert!(!stdout.contains(secret));
}

#[test]
#[cfg_attr(not(feature = "demo"), ignore = "this build has no demo")]
fn the_demo_prints_an_address_that_answers() {
    let mut command = brandgate(&["demo", "--port", "0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url =
        lines.find_map(|line| Some(line.unwrap().trim().strip_prefix("Open ")?.trim().to_owned()));
    let url = url.unwrap();
    let authority = url.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    let port: u16 = authority.strip_prefix("demo.localhost:").unwrap().parse().unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let answer = ask(address, &format!("GET / HTTP/1.1\r\nhost: {authority}"));
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    for brand in ["Acme Shoes", "Acme Coffee", "Acme Games"] {
        assert!(answer.contains(brand), "{brand}");
    }
    signal(&child, "TERM");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// The same service as a shell starts it that has set limits first.
fn limited(limits: &str, yaml: &str) -> Serving {
    let (directory, path) = file(yaml);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{limits} && exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_brandgate")]);
    shell.args(["serve", "--log-format", "json", "--config"]).arg(path).env_clear();
    let child = shell.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    Serving::under_way(child, directory)
}

/// One answer on a connection that stays open.
fn next_answer(stream: &mut TcpStream, head: &str) -> String {
    stream.write_all(format!("{head} HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).unwrap();
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).unwrap();
    answer.truncate(length);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_thousand_idle_connections_and_few_descriptors_keep_nobody_out() {
    brandgate::descriptors::raise_limit().unwrap();
    let mut serving = limited("ulimit -n 256", &example_on_free_ports());
    let mut idle = Vec::new();
    for number in 0..1000 {
        let mut stream = TcpStream::connect(serving.public).unwrap();
        let answer = next_answer(&mut stream, "GET /robots.txt");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{number}: {answer}");
        idle.push(stream);
        if number % 100 == 99 {
            assert!(get(serving.ops, "/readyz").starts_with("HTTP/1.1 200 "), "{number}");
            assert!(get(serving.public, CAPTURED).starts_with("HTTP/1.1 302 "), "{number}");
        }
    }
    // Most of them had to go, and few at a time.
    let is_open = |stream: &TcpStream| {
        stream.set_nonblocking(true).unwrap();
        let peeked = stream.peek(&mut [0]);
        peeked.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    };
    let open = idle.iter().filter(|it| is_open(it)).count();
    assert!((100..200).contains(&open), "{open} are open");
    let line = serving.line("no room for more connections");
    assert_eq!(line.get("level").and_then(Value::as_str), Some("WARN"), "{line}");
    serving.signal("TERM");
    let (rest, code) = serving.end();
    assert_eq!(code, 0, "{rest}");
    assert!(!rest.contains("Too many open files"), "{rest}");
}

#[test]
fn one_address_has_a_quarter_of_the_connections_and_others_the_rest() {
    let yaml = example_on_free_ports();
    let yaml = yaml.replace("client_address: peer", "client_address: proxy_protocol");
    let yaml = yaml.replace("trusted_proxies: []", "trusted_proxies: [127.0.0.0/8]");
    let mut serving = limited("ulimit -n 300", &yaml);
    let most = usize::try_from(serving.connections).unwrap();
    let public = serving.public;
    let come = |address: &str| -> Option<TcpStream> {
        let mut stream = TcpStream::connect(public).unwrap();
        let family = if address.contains(':') { "TCP6" } else { "TCP4" };
        let to = if address.contains(':') { "2001:db8::1" } else { "198.51.100.1" };
        let head = format!(
            "PROXY {family} {address} {to} 4711 443\r\nGET /robots.txt HTTP/1.1\r\nhost: a\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = [0; 4096];
        // Whoever is not let in may be reset.
        let length = stream.read(&mut answer).unwrap_or_default();
        assert!(length == 0 || answer.starts_with(b"HTTP/1.1 200 "), "{address}");
        (length > 0).then_some(stream)
    };
    let of_v4: Vec<_> = (0..most / 2).filter_map(|_| come("203.0.113.9")).collect();
    // Each worker counts its own.
    let quarter = most / 4 - 16..=most / 4;
    assert!(quarter.contains(&of_v4.len()), "{} of {most}", of_v4.len());
    let of_v6: Vec<_> =
        (0..most / 2).filter_map(|n| come(&format!("2001:db8:0:7::{n:x}"))).collect();
    assert!(quarter.contains(&of_v6.len()), "{} of {most}", of_v6.len());
    for other in ["203.0.113.10", "2001:db8:0:8::1"] {
        assert!(come(other).is_some(), "{other} has its own");
    }
    assert!(come("127.0.0.9").is_some(), "a proxy's own");
    let line = serving.line("an address has as many connections as one may have");
    assert_eq!(line.get("client").and_then(Value::as_str), Some("203.0.113.0/24"), "{line}");
    let refused = 2 * (most / 2) - of_v4.len() - of_v6.len();
    let metrics = get(serving.ops, "/metrics");
    let counted = format!("\nbrandgate_connections_refused_total {refused}\n");
    assert!(metrics.contains(&counted), "{refused}: {metrics}");
    drop(of_v4);
    assert!((0..1000).any(|_| come("203.0.113.9").is_some()), "who has left may come again");
}

#[test]
fn an_address_that_keeps_back_too_much_of_large_requests_is_named() {
    let yaml = example_on_free_ports();
    let yaml = yaml.replace("client_address: peer", "client_address: proxy_protocol");
    let yaml = yaml.replace("trusted_proxies: []", "trusted_proxies: [127.0.0.0/8]");
    let mut serving = limited("ulimit -n 300", &yaml);
    let large = format!(
        "PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\nPOST /access/jwt HTTP/1.1\r\nhost: a\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 60000\r\n\r\n{}",
        "a".repeat(40_000)
    );
    // All workers together have 4 KB for each connection.
    let many = usize::try_from(serving.connections).unwrap() * 4096 / large.len();
    let _kept: Vec<_> = (0..many)
        .map(|_| {
            let mut stream = TcpStream::connect(serving.public).unwrap();
            // Whoever is cut off may be reset.
            let _ = stream.write_all(large.as_bytes());
            stream
        })
        .collect();
    let line = serving.line("no room for more large requests");
    assert_eq!(line.get("client").and_then(Value::as_str), Some("203.0.113.0/24"), "{line}");
}

#[test]
fn the_soft_limit_of_descriptors_is_raised_to_the_hard_one() {
    for (limits, least, most) in
        [("ulimit -Sn 128 && ulimit -Hn 1000", 800, 1000), ("ulimit -n 128", 16, 100)]
    {
        let said = limited(limits, &example_on_free_ports()).connections;
        assert!((least..=most).contains(&said), "{limits}: {said}");
    }
}

#[test]
fn with_too_few_descriptors_it_does_not_start_and_says_so() {
    let (_directory, path) = file(&example_on_free_ports());
    for files in [16, 24, 32, 64, 127] {
        let mut shell = Command::new("sh");
        // Where it starts all the same, it is ended.
        let run = format!("ulimit -n {files} && exec timeout 20 \"$0\" serve --config \"$1\"");
        shell.args(["-c", &run, env!("CARGO_BIN_EXE_brandgate")]).arg(&path);
        let Output { status, stderr, .. } = shell.output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(2), "{said}");
        let error = format!("error: the system allows {files} open files, and 128 are needed");
        assert!(said.contains(&error) && !said.contains("panicked"), "{said}");
    }
}

/// Most memory that a process has had, in bytes.
fn peak_of(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[test]
fn a_hundred_clients_that_take_nothing_cost_less_than_20_mb() {
    const MOST_SENT: usize = 2 * 1024 * 1024;
    let yaml = example_on_free_ports();
    let behind_a_proxy = yaml
        .replace("client_address: peer", "client_address: proxy_protocol")
        .replace("trusted_proxies: []", "trusted_proxies: [127.0.0.0/8]");
    let said = "PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\n";
    let native = "GET /login?brand_id=360000000003 HTTP/1.1\nhost:a\n\n";
    let flow = "GET /login?brand_id=360000000001 HTTP/1.1\nhost:a\n\n";
    let page = "GET /a HTTP/1.1\nhost:a\n\n";
    let many_headers = format!("GET /a HTTP/1.1\nhost:a\n{}\n", "a:\n".repeat(90));
    let no_request = format!("{native}{native}nonsense\n\n");
    for (what, yaml, first, requests) in [
        ("no body", &yaml, "", native),
        ("behind a proxy", &behind_a_proxy, said, native),
        ("with a flow", &yaml, "", flow),
        ("pages", &yaml, "", page),
        ("many headers", &yaml, "", &many_headers),
        ("a last page", &yaml, "", &no_request),
    ] {
        let serving = Serving::start(yaml);
        let process = serving.child.id();
        let requests = requests.repeat(64 * 1024 / requests.len());
        let connect = || {
            let mut stream = TcpStream::connect(serving.public).unwrap();
            stream.write_all(first.as_bytes()).unwrap();
            stream.set_nonblocking(true).unwrap();
            (stream, 0)
        };
        let before = peak_of(process);
        let mut clients: Vec<_> = (0..100).map(|_| connect()).collect();
        // Until none of them has got rid of anything for a while, or all have of enough.
        let mut in_vain = 0;
        while in_vain < 100 {
            in_vain += 1;
            for (stream, sent) in clients.iter_mut().filter(|it| it.1 < MOST_SENT) {
                // Cut in the middle of a request, it goes on there.
                let from = *sent % requests.len();
                if let Ok(written @ 1..) = stream.write(&requests.as_bytes()[from..]) {
                    *sent += written;
                    in_vain = 0;
                }
            }
            // They are served meanwhile, and so is somebody else.
            assert!(get_if_served(&serving, first), "{what}: it is served");
        }
        let cost = peak_of(process) - before;
        assert!(cost < 20_000_000, "{what}: {cost} bytes");
    }
}

/// Whether somebody else is served.
fn get_if_served(serving: &Serving, first: &str) -> bool {
    let head = format!("{first}GET /robots.txt HTTP/1.1\r\nhost: a");
    ask(serving.public, &head).starts_with("HTTP/1.1 200 ")
}
