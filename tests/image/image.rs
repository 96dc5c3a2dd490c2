//! The image as a folder, made as `deploy/Dockerfile` says, and a container as what the kernel has.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::dockerfile::{Copy, Stage, Step, stages};

/// What Docker gives a container.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Its arguments: the root, a file to hide or nothing, user, group, folder, and the command.
const CONTAIN: &str = r#"
root=$1 hidden=$2 uid=$3 gid=$4 folder=$5; shift 5
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
[ -z "$hidden" ] || mount --bind /dev/null "$root$hidden"
exec setpriv --no-new-privs unshare --root="$root" --wd="$folder" --setgid "$gid" --setuid "$uid" -- "$@"
"#;

/// The last stage of the Dockerfile, made. Nothing is written into it: containers share it.
pub(crate) struct Image {
    root: PathBuf,
    stage: Stage,
}

impl Image {
    /// Builds the binary as the stage does that the last one copies from, and lays it there.
    pub(crate) fn make() -> Self {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let here = project.join("target/image");
        fs::create_dir_all(&here).unwrap();
        let dockerfile = fs::read_to_string(project.join("deploy/Dockerfile")).unwrap();
        let mut stages = stages(&dockerfile);
        let stage = stages.pop().unwrap();
        let copies: Vec<&Copy> = stage.steps.iter().map(copied).collect();
        let source = copies.first().and_then(|copy| copy.from.as_ref());
        let first = stages.iter().find(|it| it.name.is_some() && it.name.as_ref() == source);
        let first = first.expect("the last stage copies what another built");
        assert!(first.from.starts_with("rust:"), "teach tests/image to build on {}", first.from);
        let built = here.join("build");
        build(project, first, &built);

        let root = base(&here, &stage.from);
        for copy in copies {
            assert_eq!(copy.from, first.name, "{copy:?}");
            for source in &copy.sources {
                // What it did not build, the first stage has from its own Debian, as this machine.
                let own = inside(&built, source);
                let source = if own.exists() { own } else { PathBuf::from(source) };
                let destination = inside(&root, &copy.destination);
                fs::create_dir_all(destination.parent().unwrap()).unwrap();
                done(Command::new("cp").arg(source).arg(destination));
            }
        }
        Self { root, stage }
    }

    /// What is said of it to whoever looks at it.
    pub(crate) fn label(&self, name: &str) -> &str {
        let label = self.stage.labels.iter().find(|(label, _)| label == name);
        &label.unwrap_or_else(|| panic!("no label {name}")).1
    }

    /// Every program in it that somebody could run.
    pub(crate) fn programs(&self) -> Vec<String> {
        let folders = PATH.split(':').map(|folder| inside(&self.root, folder));
        let found = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten();
        found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// Starts a container, read-only, with these files in it, which its user alone can read; hides
    /// one of the image's own, if that is named.
    pub(crate) fn run(&self, files: &[(&str, String)], hidden: &str) -> Container {
        let (uid, gid) = self.stage.user.split_once(':').expect("the image names user and group");
        let folder = TempDir::new_in(self.root.parent().unwrap()).unwrap();
        let root = folder.path().join("root");
        // As links: what is the image's own nobody changes, and the files are this container's alone.
        done(Command::new("cp").arg("-al").arg(&self.root).arg(&root));
        for (path, text) in files {
            let path = inside(&root, path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            done(Command::new("chmod").arg("0400").arg(&path));
            done(Command::new("chown").arg(&self.stage.user).arg(&path));
        }
        let mut command = Command::new("unshare");
        command.args(["--mount", "--propagation", "private", "sh", "-euc", CONTAIN, "sh"]);
        command.arg(&root).args([hidden, uid, gid, &self.stage.directory]);
        command.args(&self.stage.entrypoint).args(&self.stage.command);
        command.env_clear().env("PATH", PATH).envs(self.stage.environment.iter().cloned());
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(process.stderr.take().unwrap());
        let health = self.stage.health.clone();
        let user = self.stage.user.clone();
        Container { process, log, health, user, _folder: folder }
    }
}

/// A process that sees nothing but the image. It ends with the test.
pub(crate) struct Container {
    process: Child,
    log: BufReader<ChildStderr>,
    health: Vec<String>,
    /// `uid:gid`.
    user: String,
    /// Its root; goes last.
    _folder: TempDir,
}

impl Container {
    /// The next line of the log that says `message`.
    pub(crate) fn says(&mut self, message: &str) -> Value {
        let mut before = String::new();
        loop {
            let mut line = String::new();
            let ended = self.log.read_line(&mut line).unwrap() == 0;
            assert!(!ended, "it ended without {message:?}:\n{before}");
            if let Ok(line) = serde_json::from_str::<Value>(&line)
                && line["message"] == message
            {
                return line;
            }
            before += &line;
        }
    }

    /// What the kernel says of it: a file beneath `/proc/PID`.
    pub(crate) fn proc(&self, name: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{name}", self.process.id())).unwrap()
    }

    /// The exit code of the image's health check, run within as Docker does, for a private listener
    /// at `address`: tests have it take any port.
    pub(crate) fn health(&self, address: &str) -> Option<i32> {
        let (uid, gid) = self.user.split_once(':').unwrap();
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.process.id().to_string(), "--mount", "--root", "--wd"]);
        command.args(["--setgid", gid, "--setuid", uid, "--"]);
        command.args(&self.health).args(["--address", address]);
        command.env_clear().env("PATH", PATH);
        command.stdin(Stdio::null()).status().unwrap().code()
    }

    /// Asks it to stop, as Docker does.
    pub(crate) fn terminate(&self) {
        done(Command::new("kill").args(["-TERM", &self.process.id().to_string()]));
    }

    /// The rest of the log, and the exit code.
    pub(crate) fn end(mut self) -> (String, Option<i32>) {
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).unwrap();
        (rest, self.process.wait().unwrap().code())
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Runs the first stage: with the files that it copies, and no others.
fn build(project: &Path, stage: &Stage, root: &Path) {
    let ignored = fs::read_to_string(project.join(".dockerignore")).unwrap();
    drop(fs::remove_dir_all(root));
    let folder = inside(root, &stage.directory);
    fs::create_dir_all(&folder).unwrap();
    // What was compiled for the project need not be compiled again.
    std::os::unix::fs::symlink(project.join("target"), folder.join("target")).unwrap();
    let seen: Vec<&str> = ignored.lines().filter_map(|line| line.strip_prefix('!')).collect();
    for step in &stage.steps {
        let copy = match step {
            Step::Copy(copy) => copy,
            Step::Run(run) => {
                let mut shell = Command::new("sh");
                let environment = stage.environment.iter().cloned();
                done(shell.args(["-c", run]).current_dir(&folder).envs(environment));
                continue;
            }
        };
        assert!(copy.from.is_none(), "{copy:?}");
        for source in &copy.sources {
            let is_seen = seen.iter().any(|seen| Path::new(source).starts_with(seen));
            assert!(is_seen, ".dockerignore hides {source}");
            // Of a folder Docker copies what is in it.
            let from = project.join(source);
            let from = if from.is_dir() { from.join(".") } else { from };
            let to = folder.join(&copy.destination);
            if from.is_dir() || copy.destination.ends_with('/') {
                fs::create_dir_all(&to).unwrap();
            }
            // With their times, so that what is unchanged is not built again.
            done(Command::new("cp").arg("-a").arg(from).arg(to));
        }
    }
}

/// What the last stage is given: it has no shell that could run anything.
fn copied(step: &Step) -> &Copy {
    match step {
        Step::Copy(copy) => copy,
        Step::Run(run) => panic!("nothing can run {run:?} in the image"),
    }
}

/// What distroless takes of Debian for whatever is compiled.
const OF_DEBIAN: &str = "--include=base-files,libc6,libgcc-s1,libstdc++6,netbase,tzdata";

/// The files of a distroless image, which is made of Debian's packages.
fn base(here: &Path, image: &str) -> PathBuf {
    let number = image.strip_prefix("gcr.io/distroless/cc-debian");
    let suite = match number {
        Some("13") => "trixie",
        _ => panic!("teach tests/image what {image} is made of"),
    };
    let archive = here.join(format!("distroless-{suite}.tar"));
    if !archive.exists() {
        let unfinished = here.join(format!("{suite}.unfinished.tar"));
        let mut command = Command::new("mmdebstrap");
        command.args(["--quiet", "--variant=extract", OF_DEBIAN, suite]);
        done(command.arg(&unfinished));
        fs::rename(unfinished, &archive).unwrap();
    }
    let root = here.join("root");
    drop(fs::remove_dir_all(&root));
    fs::create_dir(&root).unwrap();
    // Devices are not for every container that tests run in, and Docker makes its own.
    let mut command = Command::new("tar");
    done(command.args(["--exclude=./dev/*", "-C"]).arg(&root).arg("-xf").arg(archive));
    root
}

/// An absolute path of the image's.
fn inside(root: &Path, path: &str) -> PathBuf {
    root.join(path.strip_prefix('/').unwrap_or_else(|| panic!("{path} is not absolute")))
}

#[track_caller]
fn done(command: &mut Command) {
    let status = command.stdin(Stdio::null()).status();
    let status = status.unwrap_or_else(|error| {
        panic!("{}: {error}; scripts/test-image installs it", command.get_program().display())
    });
    assert!(status.success(), "{command:?}: {status}; the test of the image needs root");
}
