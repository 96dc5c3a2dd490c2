//! `brands.yaml` in an editor: the language server of Red Hat's extension, which VS Code, Neovim, Emacs and others
//! speak to, with `brands.schema.json`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::tool;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// An editor with one open file, beside its schema.
struct Editor {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    folder: TempDir,
    text: String,
    asked: u64,
    /// What is underlined, as of the last time that the server said so.
    underlined: Option<Value>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

impl Editor {
    /// Opens this text as `brands.yaml`.
    fn open(text: &str) -> Self {
        let program = Path::new(ROOT)
            .join("tests/peers/yaml-language-server/node_modules/yaml-language-server/bin/yaml-language-server");
        assert!(program.exists(), "the server is not installed: `scripts/test` installs it");
        let folder = tempfile::tempdir().unwrap();
        let beside = folder.path().join("brands.schema.json");
        std::fs::copy(format!("{ROOT}/brands.schema.json"), beside).unwrap();
        std::fs::write(folder.path().join("brands.yaml"), text).unwrap();
        let mut command = tool("node");
        command.arg(program).arg("--stdio").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let to = server.stdin.take().unwrap();
        let from = BufReader::new(server.stdout.take().unwrap());
        let text = text.to_owned();
        let mut editor = Self { server, to, from, folder, text, asked: 0, underlined: None };
        let markdown = json!(["markdown", "plaintext"]);
        let capabilities = json!({
            "workspace": { "configuration": true },
            "textDocument": {
                "completion": { "completionItem": { "documentationFormat": markdown } },
                "hover": { "contentFormat": markdown },
            },
        });
        let root = format!("file://{}", editor.folder.path().display());
        let folders = json!([{ "uri": root, "name": "acme" }]);
        editor.ask(
            "initialize",
            &json!({
                "processId": null, "rootUri": root, "workspaceFolders": folders,
                "capabilities": capabilities,
            }),
        );
        editor.say(json!({ "method": "initialized", "params": {} }));
        let document = json!({
            "uri": editor.address(), "languageId": "yaml", "version": 1, "text": editor.text,
        });
        editor.say(
            json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }),
        );
        editor
    }

    fn address(&self) -> String {
        format!("file://{}/brands.yaml", self.folder.path().display())
    }

    fn say(&mut self, mut message: Value) {
        message["jsonrpc"] = "2.0".into();
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.to.flush().unwrap();
    }

    /// The next message of the server's; what it asks about our settings is answered on the way.
    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the server has ended");
            if line == "\r\n" {
                break;
            }
            if let Some(said) = line.strip_prefix("Content-Length: ") {
                length = said.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        let message: Value = serde_json::from_slice(&body).unwrap();
        let method = message["method"].as_str();
        if method == Some("workspace/configuration") {
            // Nothing is fetched from elsewhere: the file itself says where its schema is.
            let of = |item: &Value| match item["section"].as_str() {
                Some("yaml") => json!({
                    "schemaStore": { "enable": false }, "validate": true, "hover": true,
                    "completion": true,
                }),
                _ => json!({}),
            };
            let settings: Vec<_> =
                message["params"]["items"].as_array().unwrap().iter().map(of).collect();
            self.say(json!({ "id": message["id"], "result": settings }));
        } else if method.is_some() && !message["id"].is_null() {
            self.say(json!({ "id": message["id"], "result": null }));
        } else if method == Some("textDocument/publishDiagnostics") {
            self.underlined = Some(message["params"]["diagnostics"].clone());
        }
        message
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.say(json!({ "id": id, "method": method, "params": params }));
        loop {
            let message = self.hear();
            if message["id"] == id && message["method"].is_null() {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    /// Asks about the place behind the first `before` in the file.
    fn ask_at(&mut self, method: &str, before: &str) -> Value {
        let (text, _) = self.text.split_once(before).unwrap_or_else(|| panic!("no {before}"));
        let text = format!("{text}{before}");
        let line = text.matches('\n').count();
        let character = text.rsplit('\n').next().unwrap().chars().count();
        let document = json!({ "uri": self.address() });
        let place = json!({ "line": line, "character": character });
        self.ask(method, &json!({ "textDocument": document, "position": place }))
    }

    /// The names that are offered there, each with its explanation.
    fn offers(&mut self, before: &str) -> Vec<(String, String)> {
        let answer = self.ask_at("textDocument/completion", before);
        let items = answer["items"].as_array().unwrap().iter();
        let text = |item: &Value| {
            let said = &item["documentation"];
            said["value"].as_str().or(said.as_str()).unwrap_or_default().to_owned()
        };
        items.map(|item| (item["label"].as_str().unwrap().to_owned(), text(item))).collect()
    }

    fn hover(&mut self, before: &str) -> String {
        let answer = self.ask_at("textDocument/hover", before);
        // In Markdown, whose own signs are escaped.
        answer["contents"]["value"].as_str().unwrap_or_default().replace('\\', "")
    }

    /// What is underlined, and what is said about it.
    fn mistakes(&mut self) -> Vec<(String, String)> {
        while self.underlined.is_none() {
            self.hear();
        }
        let lines: Vec<&str> = self.text.lines().collect();
        let found = self.underlined.as_ref().unwrap().as_array().unwrap().iter();
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let found = found.map(|it| {
            let [start, end] = ["start", "end"].map(|end| &it["range"][end]);
            let line = lines[number(&start["line"])].chars();
            let from = number(&start["character"]);
            let marked = line.skip(from).take(number(&end["character"]) - from).collect();
            (marked, it["message"].as_str().unwrap().to_owned())
        });
        found.collect()
    }
}

/// The example, with this in the place of that.
fn example(from: &str, to: &str) -> String {
    let text = std::fs::read_to_string(format!("{ROOT}/brands.yaml")).unwrap();
    assert!(text.starts_with("# yaml-language-server: $schema=brands.schema.json\n"));
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn an_editor_underlines_nothing_in_the_example() {
    assert_eq!(Editor::open(&example("", "")).mistakes(), []);
}

#[test]
fn an_editor_underlines_a_wrong_key_and_a_wrong_word() {
    let cases = [
        ("    listed: true\n", "    listd: true\n", "listd", "Property listd is not allowed."),
        ("unknown: ask\n", "unknown: always\n", "always", "\"ask\""),
        ("      algorithm: HS256\n", "      algorithm: RS256\n", "RS256", "HS256"),
        (
            "    type: zendesk\n",
            "    type: zendesk\n    region: x\n",
            "region",
            "Property region is not allowed.",
        ),
    ];
    for (from, to, marked, message) in cases {
        let mistakes = Editor::open(&example(from, to)).mistakes();
        let found = mistakes.iter().any(|(it, said)| it == marked && said.contains(message));
        assert!(found, "{to}: {mistakes:?}");
    }
}

#[test]
fn an_editor_offers_the_keys_that_fit_and_says_what_each_is() {
    let brand = "    backend: coffee-site\n    ";
    let mut editor = Editor::open(&example("    backend: coffee-site\n", &format!("{brand}\n")));
    let offered = editor.offers(brand);
    let explained = |name: &str| {
        let found = offered.iter().find(|it| it.0 == name);
        found.unwrap_or_else(|| panic!("no {name} in {offered:?}")).1.clone()
    };
    assert!(explained("listed").contains("the page that lists the brands"), "{offered:?}");
    for key in ["identity", "routes", "chat", "messaging", "closed"] {
        assert!(!explained(key).is_empty(), "{key}");
    }
    for key in ["backend", "hosts", "type", "login_url"] {
        assert!(
            offered.iter().all(|it| it.0 != key),
            "{key} is there already, or belongs elsewhere"
        );
    }

    let backend = "    type: zendesk\n    ";
    let mut editor = Editor::open(&example("    type: zendesk\n", &format!("{backend}\n")));
    let offered: Vec<_> = editor.offers(backend).into_iter().map(|it| it.0).collect();
    assert_eq!(offered, ["closed"], "Zendesk's own page takes nothing else");

    let mut editor = Editor::open(&example("unknown: ask\n", "unknown: \n"));
    let offered: Vec<_> = editor.offers("\nunknown: ").into_iter().map(|it| it.0).collect();
    assert!(
        offered.contains(&"ask".to_owned()) && offered.contains(&"refuse".to_owned()),
        "{offered:?}"
    );
}

#[test]
fn an_editor_shows_what_the_documents_say_of_a_key() {
    let mut editor = Editor::open(&example("", ""));
    for (key, said) in [
        ("      external_id_pre", "in front of the backend's own ids"),
        ("\nunkn", "neither `return_to` nor `brand_id` names a brand"),
        ("    login_u", "here it sends people"),
    ] {
        let shown = editor.hover(key);
        assert!(shown.contains(said), "{key}: {shown}");
    }
}
