//! nginx, HAProxy and Caddy of Debian's, each with its example of `deploy/proxies`, which is changed only in
//! where files are, what is listened on and which instances there are.

use std::fmt::Write as _;
use std::fs::{self, File, Permissions};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::redis::server::{free_ports, patiently};
use crate::redis::tls::certify;

/// Debian's “nobody”.
const NOBODY: u32 = 65534;

/// Which of them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Nginx,
    Haproxy,
    Caddy,
}

impl Kind {
    /// Its example.
    fn text(self) -> &'static str {
        match self {
            Self::Nginx => include_str!("../../../deploy/proxies/nginx.conf"),
            Self::Haproxy => include_str!("../../../deploy/proxies/haproxy.cfg"),
            Self::Caddy => include_str!("../../../deploy/proxies/Caddyfile"),
        }
    }

    /// What its example says of `server` in `brands.yaml`.
    pub(crate) fn server(self) -> &'static str {
        let line = self.text().lines().find_map(|line| line.strip_prefix("#   server: { "));
        line.unwrap().strip_suffix(" }").unwrap()
    }
}

/// One that is running; it ends with the test.
pub(crate) struct Proxy {
    process: Child,
    pub(crate) http: u16,
    pub(crate) https: u16,
    directory: TempDir,
    /// Whether it reads anew while people come. It closes then what waits for a next request, and browsers send
    /// again; ours come by a connection of its own with each request.
    pub(crate) reads_anew: bool,
}

impl Proxy {
    /// Starts it in front of these instances, of each the address for people and the one for health.
    pub(crate) fn start(kind: Kind, instances: &[[SocketAddr; 2]]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let open = |path: &Path| fs::set_permissions(path, Permissions::from_mode(0o777)).unwrap();
        open(directory.path());
        certify("sso.acme.example", directory.path());
        let at = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
        let pem = ["certificate.pem", "key.pem"].map(|name| fs::read_to_string(at(name)).unwrap());
        fs::write(at("sso.acme.example.pem"), pem.concat()).unwrap();
        fs::write(at("away.html"), include_str!("../../../deploy/proxies/away.html")).unwrap();
        let mut ports = free_ports();
        let [http, https] = [ports.next().unwrap(), ports.next().unwrap()];
        let listen = [http, https].map(|port| format!("127.0.0.1:{port}"));

        let mut text = Text(kind.text().to_owned());
        match kind {
            Kind::Nginx => text.nginx(&at, &listen, instances),
            Kind::Haproxy => text.haproxy(&at, &listen, instances),
            Kind::Caddy => text.caddy(&at, [http, https], instances),
        }
        fs::write(at("configuration"), text.0).unwrap();
        let mut command = match kind {
            Kind::Nginx => Command::new("/usr/sbin/nginx"),
            Kind::Haproxy => Command::new("/usr/sbin/haproxy"),
            Kind::Caddy => Command::new("caddy"),
        };
        match kind {
            Kind::Nginx => command.args(["-e", &at("error.log"), "-c", &at("configuration")]),
            Kind::Haproxy => command.args(["-db", "-f", &at("configuration")]),
            Kind::Caddy => {
                if is_root() {
                    // As systemd does.
                    command.uid(NOBODY).gid(NOBODY);
                }
                command.env("XDG_DATA_HOME", at("data")).env("XDG_CONFIG_HOME", at("data"));
                command.args(["run", "--adapter", "caddyfile", "--config", &at("configuration")])
            }
        };
        let output = File::create(at("output")).unwrap();
        command.stdin(Stdio::null()).stdout(output.try_clone().unwrap()).stderr(output);
        let process = command.spawn().unwrap_or_else(|error| {
            panic!("{kind:?} does not start (apt-get install nginx haproxy caddy): {error}")
        });
        let proxy = Self { process, http, https, directory, reads_anew: false };
        patiently("somebody who listens", || {
            let connects = |port| TcpStream::connect(("127.0.0.1", port)).is_ok();
            [http, https].into_iter().all(connects).then_some(())
        });
        proxy
    }

    /// The certificates of the authorities that people trust: its own is of one of them.
    pub(crate) fn authorities(&self) -> String {
        fs::read_to_string(self.directory.path().join("authority.pem")).unwrap()
    }

    /// Makes so many certificates for it, each of an authority that people trust from now on.
    pub(crate) fn certificates(&mut self, count: usize) -> Vec<TempDir> {
        self.reads_anew = true;
        let new: Vec<_> =
            (0..count).map(|_| tempfile::tempdir_in(self.directory.path()).unwrap()).collect();
        let mut authorities = self.authorities();
        for directory in &new {
            certify("sso.acme.example", directory.path());
            authorities += &fs::read_to_string(directory.path().join("authority.pem")).unwrap();
        }
        fs::write(self.directory.path().join("authority.pem"), authorities).unwrap();
        new
    }

    /// Puts this certificate and its key in the place of its own, as an operator of nginx does, whose old
    /// processes finish what they have begun.
    pub(crate) fn change_certificate(&self, new: &TempDir) {
        for name in ["certificate.pem", "key.pem"] {
            fs::rename(new.path().join(name), self.directory.path().join(name)).unwrap();
        }
        kill_process(Pid::from_child(&self.process), Signal::HUP).unwrap();
    }

    /// From now on, only the authority that came last is trusted by whoever comes.
    pub(crate) fn trust_the_last_alone(&self) {
        let all = self.authorities();
        let last = all.rfind("-----BEGIN").unwrap();
        fs::write(self.directory.path().join("authority.pem"), &all[last..]).unwrap();
    }

    /// All that it has logged.
    pub(crate) fn log(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.directory.path().join(name));
        ["output", "access.log", "error.log"].map(|name| read(name).unwrap_or_default()).concat()
    }

    /// Of whom those of its processes are that serve people.
    pub(crate) fn users(&self) -> Vec<u32> {
        let pid = self.process.id();
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        let mut serving: Vec<String> = children.split_whitespace().map(str::to_owned).collect();
        if serving.is_empty() {
            serving.push(pid.to_string());
        }
        let user = |pid: &String| {
            let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        };
        serving.iter().map(user).collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // nginx ends its workers itself, when it is asked to.
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
        if std::thread::panicking() {
            #[expect(clippy::print_stderr, reason = "why it did so is in there")]
            {
                eprintln!("{}", self.log());
            }
        }
    }
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// An example, as it is changed.
struct Text(String);

impl Text {
    fn change(&mut self, from: &str, to: &str) {
        assert!(self.0.contains(from), "{from}");
        self.0 = self.0.replace(from, to);
    }

    fn nginx(
        &mut self,
        at: &dyn Fn(&str) -> String,
        listen: &[String; 2],
        instances: &[[SocketAddr; 2]],
    ) {
        let mut paths = String::from("http {\n");
        for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
            writeln!(paths, "    {name}_temp_path {};", at(name)).unwrap();
        }
        self.change("http {\n", &paths);
        self.change("pid /run/nginx.pid;", &format!("daemon off; pid {};", at("pid")));
        if !is_root() {
            self.change("user www-data;", "");
        }
        self.change("/var/log/nginx/brandgate-error.log", &at("error.log"));
        self.change("/var/log/nginx/brandgate.log", &at("access.log"));
        self.change("/etc/ssl/certs/sso.acme.example.pem", &at("certificate.pem"));
        self.change("/etc/ssl/private/sso.acme.example.key", &at("key.pem"));
        self.change("root /etc/nginx/brandgate;", &format!("root {};", at("")));
        self.change("listen 80;", &format!("listen {};", listen[0]));
        self.change("listen [::]:80;", "");
        self.change("listen 443 ssl http2;", &format!("listen {} ssl http2;", listen[1]));
        self.change("listen [::]:443 ssl http2;", "");
        let each = |it: &[SocketAddr; 2]| format!("server {} max_fails=0;", it[0]);
        let servers: Vec<_> = instances.iter().map(each).collect();
        self.change("server 127.0.0.1:8080 max_fails=0;", &servers.join("\n"));
    }

    fn haproxy(
        &mut self,
        at: &dyn Fn(&str) -> String,
        listen: &[String; 2],
        instances: &[[SocketAddr; 2]],
    ) {
        if !is_root() {
            for line in ["user haproxy", "group haproxy", "chroot /var/lib/haproxy"] {
                self.change(line, "");
            }
        }
        self.change("/etc/haproxy/", &at(""));
        self.change("bind :::80 v4v6", &format!("bind {}", listen[0]));
        self.change("bind :::443 v4v6", &format!("bind {}", listen[1]));
        let each = |it: &[SocketAddr; 2]| format!("server i{0} {0} port {1}", it[0], it[1].port());
        let servers: Vec<_> = instances.iter().map(each).collect();
        self.change("server one 127.0.0.1:8080 port 9090", &servers.join("\n    "));
    }

    fn caddy(
        &mut self,
        at: &dyn Fn(&str) -> String,
        [http, https]: [u16; 2],
        instances: &[[SocketAddr; 2]],
    ) {
        let own = format!(
            "\n{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {http}\n\thttps_port {https}\n"
        );
        self.change("\n{\n", &own);
        let tls = format!("tls {} {}", at("certificate.pem"), at("key.pem"));
        self.change("sso.acme.example {\n", &format!("sso.acme.example {{\n\t{tls}\n"));
        self.change("root /etc/caddy/brandgate", &format!("root {}", at("")));
        let [instance] = instances else { panic!("its instances have one port for health") };
        let proxied = format!("reverse_proxy {} {{", instance[0]);
        self.change("reverse_proxy 127.0.0.1:8080 {", &proxied);
        self.change("health_port 9090", &format!("health_port {}", instance[1].port()));
    }
}
