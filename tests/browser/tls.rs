//! TLS in front of brandgate, by nginx and a certificate that nobody has signed.

use std::fs;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::webkit::{WHAT_TO_INSTALL, free_port, wait_for};

/// One that is running; it ends with the test.
pub(crate) struct Tls {
    port: u16,
    folder: TempDir,
    process: Option<Child>,
}

impl Tls {
    /// Where it will be.
    pub(crate) fn reserve() -> Self {
        Self { port: free_port(), folder: TempDir::new().unwrap(), process: None }
    }

    /// Starts it in front of whoever listens there.
    pub(crate) fn in_front_of(mut self, behind: u16) -> Self {
        let certified = rcgen::generate_simple_self_signed(["sso.localhost".to_owned()]).unwrap();
        let at = |name: &str| self.folder.path().join(name).to_str().unwrap().to_owned();
        fs::write(at("certificate.pem"), certified.cert.pem()).unwrap();
        fs::write(at("key.pem"), certified.signing_key.serialize_pem()).unwrap();
        let [folder, port] = [at(""), self.port.to_string()];
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("  {name}_temp_path {folder}{name};\n"))
            .concat();
        let configuration = format!(
            "daemon off; master_process off; pid {folder}pid; error_log {folder}error.log;\n\
             events {{ }}\n\
             http {{\n{temporary}  access_log off;\n\
             \x20 server {{\n    listen 127.0.0.1:{port} ssl;\n    listen [::1]:{port} ssl;\n\
             \x20   ssl_certificate {folder}certificate.pem;\n    ssl_certificate_key {folder}key.pem;\n\
             \x20   location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $http_host; }}\n\
             \x20 }}\n}}\n"
        );
        fs::write(at("configuration"), configuration).unwrap();
        let mut command = Command::new("/usr/sbin/nginx");
        command.args(["-e", &at("error.log"), "-c", &at("configuration")]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn();
        let process =
            process.unwrap_or_else(|error| panic!("no nginx: {error}; {WHAT_TO_INSTALL}"));
        self.process = Some(process);
        wait_for(self.port);
        self
    }

    /// Its origin under this name.
    pub(crate) fn origin(&self, host: &str) -> String {
        format!("https://{host}:{}", self.port)
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            drop(process.kill());
            drop(process.wait());
        }
    }
}
