//! A stand-in that answers as it is told: for what moto never says.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use serde_json::{Value, json};

/// What it says to one call.
pub(crate) enum Says {
    /// This, with a status.
    Json(u16, Value),
    /// Any text, with a status and more headers.
    Text(u16, &'static str, String),
    /// Nothing, for as long as the other side waits.
    Nothing,
}

/// What was asked: the operation and its body.
pub(crate) type Asked = (String, Value);

/// A stand-in on a port of its own, which ends when this is dropped.
pub(crate) struct Scripted {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    pub(crate) fn start(script: impl Fn(&str, &Value) -> Says + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, is_over) =
            (Arc::<Mutex<Vec<Asked>>>::default(), Arc::new(AtomicBool::new(false)));
        let (log, over, script) = (asked.clone(), is_over.clone(), Arc::new(script));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    break;
                }
                let (log, script) = (log.clone(), script.clone());
                thread::spawn(move || drop(serve(stream.unwrap(), &log, &*script)));
            }
        });
        Self { port, asked, is_over, thread: Some(thread) }
    }

    /// A backend's settings for it.
    pub(crate) fn settings(&self) -> String {
        format!("endpoint: http://127.0.0.1:{}/\nclient_id: client123\n", self.port)
    }

    /// The calls so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // Wakes it up, so that it sees.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        self.thread.take().map(JoinHandle::join);
    }
}

fn serve(
    stream: TcpStream,
    log: &Mutex<Vec<Asked>>,
    script: &dyn Fn(&str, &Value) -> Says,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut length, mut operation) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(": ") {
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "x-amz-target" => operation.push_str(value.rsplit('.').next().unwrap()),
                _ => {}
            }
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body: Value = serde_json::from_slice(&body).unwrap();
    log.lock().unwrap().push((operation.clone(), body.clone()));
    let (status, headers, text) = match script(&operation, &body) {
        Says::Json(status, json) => (status, "", json.to_string()),
        Says::Text(status, headers, text) => (status, headers, text),
        Says::Nothing => {
            // Until the other side has had enough and closes the connection.
            let mut byte = [0];
            return reader.read(&mut byte).map(drop);
        }
    };
    write!(
        reader.get_mut(),
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{text}",
        text.len()
    )
}

/// A refusal, as Cognito writes it.
pub(crate) fn refusal(kind: &str, message: &str) -> Says {
    Says::Json(400, json!({"__type": kind, "message": message}))
}

/// A challenge, as Cognito writes it.
pub(crate) fn challenge(name: &str, parameters: &Value) -> Says {
    Says::Json(
        200,
        json!({"ChallengeName": name, "Session": "sess10n", "ChallengeParameters": parameters}),
    )
}

/// The end of a sign-in, as Cognito writes it.
pub(crate) fn done() -> Says {
    let result = json!({
        "AccessToken": "t0ken", "IdToken": "x", "RefreshToken": "y", "ExpiresIn": 3600,
        "TokenType": "Bearer",
    });
    Says::Json(200, json!({"AuthenticationResult": result, "ChallengeParameters": {}}))
}

/// A profile, as Cognito writes it.
pub(crate) fn profile(email: &str) -> Says {
    let attributes = json!([
        {"Name": "sub", "Value": "s-1"}, {"Name": "email", "Value": email},
        {"Name": "email_verified", "Value": "true"}, {"Name": "name", "Value": "Carol"},
    ]);
    Says::Json(200, json!({"Username": "u-1", "UserAttributes": attributes}))
}
