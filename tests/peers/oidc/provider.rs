//! Providers that nobody here wrote, and the certified one among them: npm's `oidc-provider`.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

const WHAT_TO_INSTALL: &str = "`scripts/test` installs it";

/// A provider that ends with the test.
pub(crate) struct Provider {
    process: Child,
    /// Kept open: it has more to say, and ends where nobody listens.
    _output: BufReader<ChildStdout>,
    pub(crate) issuer: String,
}

impl Provider {
    /// Starts the certified one, which knows the brandgate at `sso`.
    pub(crate) fn start(sso: &str) -> Self {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let directory = project.join("tests/peers/oidc-provider");
        let is_there = directory.join("node_modules/oidc-provider").exists();
        assert!(is_there, "the provider is not installed: {WHAT_TO_INSTALL}");
        let mut command = Command::new(project.join("target/peers/venv/bin/node"));
        command.args(["provider.mjs", sso]).current_dir(directory);
        Self::run(command)
    }

    /// Starts one by `command`, which prints its issuer when it is ready.
    pub(crate) fn run(mut command: Command) -> Self {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}: {WHAT_TO_INSTALL}"));
        let mut issuer = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut issuer).unwrap();
        assert!(!issuer.is_empty(), "the provider ended before it began: {WHAT_TO_INSTALL}");
        Self { process, _output: output, issuer: issuer.trim().to_owned() }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
