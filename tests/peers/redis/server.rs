//! Debian's `redis-server`, as a test needs it.

use std::io::{BufRead as _, BufReader, ErrorKind};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use redis::{Cmd, FromRedisValue};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// One server, which keeps nothing when it ends.
pub(crate) struct Server {
    port: u16,
    args: Vec<String>,
    process: Child,
    _directory: TempDir,
}

impl Server {
    /// Starts one on a free port; `args` come behind its own.
    pub(crate) fn start(args: &[&str]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let own = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"];
        let own = own.iter().copied().chain([directory.path().to_str().unwrap()]);
        let args: Vec<String> = own.chain(args.iter().copied()).map(str::to_owned).collect();
        for port in free_ports().take(20) {
            if let Some(process) = serve(port, &args) {
                return Self { port, args, process, _directory: directory };
            }
        }
        panic!("redis-server starts on no port");
    }

    /// Starts a Sentinel with these settings.
    pub(crate) fn sentinel(settings: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("sentinel.conf");
        std::fs::write(&file, format!("bind 127.0.0.1\n{settings}")).unwrap();
        let args = vec![file.to_str().unwrap().to_owned(), "--sentinel".to_owned()];
        for port in free_ports().take(20) {
            if let Some(process) = serve(port, &args) {
                return Self { port, args, process, _directory: directory };
            }
        }
        panic!("redis-server is a Sentinel on no port");
    }

    /// Starts one that also speaks TLS, on the port that comes with it.
    pub(crate) fn start_with_tls(certificate: &str, key: &str) -> (Self, u16) {
        let port = free_ports().next().unwrap();
        let own = ["--tls-port", &port.to_string(), "--tls-cert-file", certificate];
        let own = own.into_iter().chain(["--tls-key-file", key, "--tls-ca-cert-file", certificate]);
        let args: Vec<&str> = own.chain(["--tls-auth-clients", "no"]).collect();
        (Self::start(&args), port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it anew, with nothing in it.
    pub(crate) fn restart(&mut self) {
        self.process = serve(self.port, &self.args).expect("the port is still ours");
    }

    /// Stops it from doing anything; the system still takes connections for it.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    pub(crate) fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.process), signal).unwrap();
    }

    /// What it answers to an operator.
    pub(crate) fn ask<T: FromRedisValue>(&self, command: &mut Cmd) -> T {
        let client = redis::Client::open(self.url()).unwrap();
        command.query(&mut client.get_connection().unwrap()).unwrap()
    }

    pub(crate) fn empty(&self) {
        self.ask::<()>(&mut redis::cmd("FLUSHALL"));
    }

    /// Takes over what `other` knows, then goes on by itself.
    pub(crate) fn follow(&self, other: &Self) {
        self.ask::<()>(redis::cmd("REPLICAOF").arg("127.0.0.1").arg(other.port));
        patiently("a copy", || {
            let about: String = self.ask(redis::cmd("INFO").arg("replication"));
            about.contains("master_link_status:up").then_some(())
        });
        self.ask::<()>(redis::cmd("REPLICAOF").arg("NO").arg("ONE"));
    }

    /// Every key that is in it.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.ask(redis::cmd("KEYS").arg("*"))
    }

    /// Lets what has an end come so many seconds nearer to it.
    pub(crate) fn pass(&self, seconds: u64) {
        for key in self.keys() {
            let left: i64 = self.ask(redis::cmd("PTTL").arg(&key));
            if left >= 0 {
                let left = left - i64::try_from(seconds * 1000).unwrap();
                self.ask::<()>(redis::cmd("PEXPIRE").arg(&key).arg(left));
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Asks again and again until there is an answer.
pub(crate) fn patiently<T>(what: &str, ask: impl Fn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "there is never {what}");
    }
}

/// Three masters with a third of the slots each, and a replica of the first.
pub(crate) fn cluster() -> Vec<Server> {
    let nodes: Vec<Server> = (0..4)
        .map(|_| {
            let bus = free_ports().next().unwrap().to_string();
            let timeout =
                ["--cluster-node-timeout", "1000", "--cluster-replica-validity-factor", "0"];
            let own = ["--cluster-enabled", "yes", "--cluster-port", &bus];
            Server::start(&[&own[..], &timeout].concat())
        })
        .collect();
    let (replica, masters) = nodes.split_last().unwrap();
    for (number, master) in masters.iter().enumerate() {
        let first = number * 5461;
        let last = if number == 2 { 16_383 } else { first + 5460 };
        master.ask::<()>(redis::cmd("CLUSTER").arg("ADDSLOTSRANGE").arg(first).arg(last));
    }
    for node in &nodes[1..] {
        let bus: Vec<String> = node.ask(redis::cmd("CONFIG").arg("GET").arg("cluster-port"));
        let mut meet = redis::cmd("CLUSTER");
        meet.arg("MEET").arg("127.0.0.1").arg(node.port).arg(&bus[1]);
        nodes[0].ask::<()>(&mut meet);
    }
    let is_known = |node: &Server, what: &str| {
        let about: String = node.ask(redis::cmd("CLUSTER").arg("INFO"));
        about.contains(what)
    };
    patiently("four nodes that know each other", || {
        nodes.iter().all(|node| is_known(node, "cluster_known_nodes:4")).then_some(())
    });
    let id: String = masters[0].ask(redis::cmd("CLUSTER").arg("MYID"));
    replica.ask::<()>(redis::cmd("CLUSTER").arg("REPLICATE").arg(id));
    patiently("a cluster that is whole", || {
        let follows = || {
            let about: String = replica.ask(redis::cmd("INFO").arg("replication"));
            about.contains("master_link_status:up")
        };
        (nodes.iter().all(|node| is_known(node, "cluster_state:ok")) && follows()).then_some(())
    });
    nodes
}

/// A master, its replica, and a Sentinel that watches them under the name `main`.
pub(crate) fn sentinel(args: &[&str]) -> [Server; 3] {
    let master = Server::start(args);
    let port = master.port.to_string();
    let replica = Server::start(&[args, &["--replicaof", "127.0.0.1", &port]].concat());
    patiently("a replica", || {
        let about: String = replica.ask(redis::cmd("INFO").arg("replication"));
        about.contains("master_link_status:up").then_some(())
    });
    let sentinel = Server::sentinel(&format!(
        "sentinel monitor main 127.0.0.1 {port} 1\nsentinel down-after-milliseconds main 500\n\
         sentinel failover-timeout main 3000\n"
    ));
    patiently("a Sentinel that knows the replica", || {
        let mut known = redis::cmd("SENTINEL");
        known.arg("REPLICAS").arg("main");
        (!sentinel.ask::<Vec<redis::Value>>(&mut known).is_empty()).then_some(())
    });
    [master, replica, sentinel]
}

/// Below those that the system gives to whoever asks for any: a server that is started anew finds
/// its own still free.
pub(crate) fn free_ports() -> impl Iterator<Item = u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let first = std::process::id() % 600 * 20;
    (0..12_000)
        .map(move |_| 20_000 + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000)
        .map(|port| u16::try_from(port).unwrap())
        .filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
}

/// Serves, or does not because the port is somebody else's.
fn serve(port: u16, args: &[String]) -> Option<Child> {
    let mut command = Command::new("redis-server");
    // A Sentinel's file comes first, and its settings last.
    let is_file = args.first().is_some_and(|first| !first.starts_with("--"));
    let (file, args) = args.split_at(usize::from(is_file));
    command.args(file).args(["--port", &port.to_string()]).args(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut process = match command.spawn() {
        Ok(process) => process,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            panic!("redis-server is not installed: `apt-get install redis-server` installs it")
        }
        Err(error) => panic!("redis-server does not start: {error}"),
    };
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let is_ready = |line: &str| {
        line.contains("Ready to accept connections") || line.contains("+monitor master")
    };
    if lines.any(|line| is_ready(&line.unwrap())) {
        // It must be able to go on talking.
        std::thread::spawn(move || lines.for_each(drop));
        return Some(process);
    }
    process.wait().unwrap();
    None
}
