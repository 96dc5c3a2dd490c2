//! The certified provider: npm's `oidc-provider`.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A provider that ends with the test.
pub(crate) struct Provider {
    process: Child,
    /// Kept open: it has more to say, and ends where nobody listens.
    _output: BufReader<ChildStdout>,
    pub(crate) issuer: String,
}

impl Provider {
    /// Starts one that knows the brandgate at `sso`.
    pub(crate) fn start(sso: &str) -> Self {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/oidc-provider");
        assert!(
            directory.join("node_modules/oidc-provider").exists(),
            "the provider is not installed: run `npm ci` in tests/peers/oidc-provider"
        );
        let mut process = Command::new("node")
            .args(["provider.mjs", sso])
            .current_dir(directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("install Debian's nodejs and npm: `node`: {error}"));
        let mut issuer = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut issuer).unwrap();
        Self { process, _output: output, issuer: issuer.trim().to_owned() }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
