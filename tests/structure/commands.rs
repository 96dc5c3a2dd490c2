//! Each command line of the documents is run, by the shell that people have, in a folder with the files that it names.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::docs::{captures, documents, pattern, read, root};

/// What becomes of a line that does not simply end with exit code 0.
enum Fate {
    /// It ends with another, because of what the document says of it.
    Ends(i32),
    /// It serves until it is ended; then its first address is asked for this path.
    Serves(&'static str),
    /// It cannot run here. A `brandgate` is asked whether it knows these arguments, and a script of ours is there.
    Elsewhere(&'static str),
}

use Fate::{Elsewhere, Ends, Serves};

/// Lines by their beginning. Whatever is not among them must end well.
const FATES: &[(&str, Fate)] = &[
    ("git clone REPOSITORY brandgate && cd brandgate && cargo run --release -- demo", Serves("/")),
    ("cargo run --release -- serve", Serves("/readyz")),
    ("brandgate check brands.yaml && brandgate serve", Serves("/readyz")),
    // The example has its secrets in the file, which is warned about.
    ("brandgate check --strict", Ends(1)),
    ("curl -si", Elsewhere("it asks what the line before serves; `docs` asks it in its place")),
    ("brandgate check --live", Elsewhere("the internet; `it::cli::live` asks stand-ins")),
    ("brandgate check --against-zendesk", Elsewhere("Zendesk; `it::cli::zendesk` asks a stand-in")),
    ("brandgate import zendesk", Elsewhere("Zendesk; `it::cli::zendesk` asks a stand-in")),
    ("read -rs ZENDESK_API_TOKEN", Elsewhere("somebody who types")),
    ("aws cognito-idp", Elsewhere("an account of Amazon's")),
    ("docker compose", Elsewhere("Docker; `peers::compose` reads the file")),
    ("kubectl apply", Elsewhere("a cluster; `peers::kubernetes` reads the files")),
    ("journalctl", Elsewhere("systemd and its log")),
    ("./scripts/test", Elsewhere("it is what runs this test")),
    ("bench/", Elsewhere("minutes, and a build for production; `.ci/run` counts instructions")),
    ("cargo bench", Elsewhere("a build for production")),
];

fn fate(line: &str) -> Option<&'static Fate> {
    FATES.iter().find(|(begin, _)| line.starts_with(begin)).map(|(_, fate)| fate)
}

/// The blocks of commands in each document, line by line; a `\` at the end goes on in the next.
fn blocks() -> Vec<(PathBuf, Vec<String>)> {
    let block = pattern("(?ms)^```sh\n(.*?)^```");
    let mut blocks = Vec::new();
    for file in documents() {
        let text = read(&file).replace("\\\n", " ");
        for block in block.captures_iter(&text) {
            let lines = block[1].lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            blocks.push((file.clone(), lines.map(str::to_owned).collect()));
        }
    }
    blocks
}

/// A machine on which everything is that the documents name.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { folder: tempfile::tempdir().unwrap() };
        let example = read("brands.yaml")
            .replace("listen: 0.0.0.0:8080", "listen: 127.0.0.1:0\n  shutdown_delay: 0")
            .replace("listen: 127.0.0.1:9090", "listen: 127.0.0.1:0");
        let key = "key: { value: made-up-audit-key-0123456789abcdef0123456789 }";
        let audit = format!("server:\n  audit: {{ {key} }}\n");
        let example = example.replacen("server:\n", &audit, 1);
        for file in ["brands.yaml", "new.yaml", "etc/brandgate/brands.yaml"] {
            machine.put(file, &example);
        }
        machine.put("zdlogin.php", &read("tests/corpus/php/published.php"));
        machine.put("zdlogout.php", &read("tests/corpus/php/published.logout.php"));
        machine.put("secrets/deny", "a-key-for-those-who-are-denied-0123456789abcdef\n");
        machine.put("deploy/draw-secrets.sh", &read("deploy/draw-secrets.sh"));
        for folder in [
            "brandgate",
            "deploy/kubernetes/base",
            "usr/share/bash-completion/completions",
            "usr/share/man/man1",
            "var/log/brandgate",
        ] {
            std::fs::create_dir_all(machine.path().join(folder)).unwrap();
        }
        // A checkout is there already, and the program is built.
        machine.program("git", "[ \"$1 $2\" = 'clone REPOSITORY' ] && cp brands.yaml \"$3\"");
        let demo = "if [ \"$1\" = demo ]; then set -- demo --port 0; fi";
        let run = "[ \"$1 $2 $3\" = 'run --release --' ] && shift 3";
        machine.program("cargo", &format!("{run} && {demo} && exec brandgate \"$@\""));
        let built = env!("CARGO_BIN_EXE_brandgate");
        machine.program("brandgate", &format!("exec {built} \"$@\""));
        let (_, joe) = machine.run("echo joe@example.com | brandgate who");
        assert!(!joe.is_empty());
        machine.put("var/log/brandgate/audit.log", &joe);
        machine
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, name: &str, text: &str) {
        let file = self.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    fn program(&self, name: &str, text: &str) {
        self.put(&format!("bin/{name}"), &format!("#!/bin/sh\n{text}\n"));
        let all = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(self.path().join("bin").join(name), all).unwrap();
    }

    /// The line as it stands, with this folder in the place of the root of the machine.
    fn shell(&self, line: &str) -> Command {
        let here = format!("{}$1", self.path().display());
        let line = pattern("(/etc/brandgate|/usr/share|/var/log)").replace_all(line, &*here);
        let line = format!("PATH='{}/bin':$PATH\n{line}", self.path().display());
        let mut command = Command::new("bash");
        command.args(["-c", &line]).current_dir(self.path());
        command.env("SHOES_SECRET", "made-up-shoes-site-secret-0123456789abcdef0123");
        command
    }

    /// Runs the line; somebody pastes an assertion where it waits for one.
    fn run(&self, line: &str) -> (Option<i32>, String) {
        let mut command = self.shell(line);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        if line.starts_with("brandgate inspect") {
            let mint =
                "brandgate mint --backend shoes-site --email joe@example.com --external-id 7";
            let mut mint = self.shell(mint);
            mint.stdout(stdin).stderr(Stdio::null());
            // Who asks for its help reads nothing.
            let _ = mint.status();
        } else {
            drop(stdin);
        }
        let output = child.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Starts the line, asks what it serves for `path`, and ends it as an operator does.
    fn serves(&self, line: &str, path: &str) {
        let mut command = self.shell(&format!("{{ {line}\n}} 2>&1"));
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).process_group(0);
        let mut server = Server(command.spawn().unwrap());
        // Read to its end: the demo stops where nobody listens.
        let mut said =
            BufReader::new(server.0.stdout.take().unwrap()).lines().map_while(Result::ok);
        // The demo says where its first page is, the service where health is.
        let address = pattern(r#"(demo\.localhost:\d+)|ops"?[=:]"?(127\.0\.0\.1:\d+)"#);
        let address = said.find_map(|line| {
            let found = address.captures(&line)?;
            Some(found.get(1).or(found.get(2))?.as_str().to_owned())
        });
        let address = address.unwrap_or_else(|| panic!("{line}: says no address"));
        let answer = get(&address, path);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{line}: {answer}");
        drop(server);
        said.for_each(drop);
    }
}

/// A shell and what it has started, which end with this.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = kill_process_group(Pid::from_child(&self.0), Signal::TERM);
        let _ = self.0.wait();
    }
}

fn get(host: &str, path: &str) -> String {
    let port = host.rsplit(':').next().unwrap().parse().unwrap();
    let mut stream = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port))).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Whether what cannot run here is at least written as it should be.
fn is_written_well(machine: &Machine, line: &str, why_not_run: &str) {
    let (command, _) = line.split_once(" #").unwrap_or((line, ""));
    if command.starts_with("brandgate ") {
        let (code, said) = machine.run(&format!("{command} --help"));
        assert_eq!(code, Some(0), "{line} (not run: {why_not_run}): {said}");
    }
    let first = command.split_whitespace().next().unwrap();
    if first.contains('/') {
        let mode = std::fs::metadata(root().join(first)).map(|it| it.permissions().mode());
        assert!(mode.is_ok_and(|mode| mode & 0o111 == 0o111), "{line}: there is no such program");
    }
}

#[test]
#[cfg_attr(not(feature = "demo"), ignore = "this build has no demo")]
fn every_command_line_of_the_documents_does_what_it_says() {
    let mut seen = 0;
    let mut used = BTreeSet::new();
    for (file, lines) in blocks() {
        let machine = Machine::new();
        for line in lines {
            seen += 1;
            used.extend(FATES.iter().map(|(begin, _)| *begin).filter(|it| line.starts_with(it)));
            let place = format!("{}: {line}", file.display());
            match fate(&line) {
                Some(Serves(path)) => machine.serves(line.split(" #").next().unwrap().trim(), path),
                Some(Elsewhere(why)) => is_written_well(&machine, &line, why),
                Some(Ends(expected)) => {
                    let (code, said) = machine.run(&line);
                    assert_eq!(code, Some(*expected), "{place}\n{said}");
                }
                None => {
                    if line.starts_with("brandgate import") {
                        std::fs::remove_file(machine.path().join("brands.yaml")).unwrap();
                    }
                    let (code, said) = machine.run(&line);
                    // Of `$(…)` in a line the shell says no exit code.
                    let is_good = code == Some(0) && !said.contains("error: ");
                    assert!(is_good, "{place}\n{said}");
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} lines were found");
    let unused: Vec<_> = FATES.iter().map(|it| it.0).filter(|it| !used.contains(it)).collect();
    assert!(unused.is_empty(), "no document has them: {unused:?}");
}

#[test]
fn every_command_in_the_text_is_one_that_brandgate_knows() {
    let machine = Machine::new();
    let [block, inline] = ["(?s)```.*?\n```", "`(brandgate [a-z][^`]*)`"].map(pattern);
    let mut commands = BTreeSet::new();
    for file in documents() {
        let text = read(&file);
        let prose = block.replace_all(&text, "");
        commands.extend(captures(&inline, &prose).into_iter().map(|it| it.replace('\n', " ")));
        // A pull request's check is written in another language.
        commands.extend(
            captures(&pattern("- run: (brandgate .*)"), &text).into_iter().map(str::to_owned),
        );
    }
    assert!(commands.len() > 20, "{commands:?}");
    for command in commands {
        // Whoever writes of it leaves the shell to be chosen.
        let command = command.replace(" SHELL", " bash");
        let (code, said) = machine.run(&format!("{command} --help"));
        assert_eq!(code, Some(0), "{command}: {said}");
    }
}
