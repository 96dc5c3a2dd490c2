//! A `brands.yaml` to begin with: what is known is written, what is not has a comment that asks for it.

use serde_yaml::{Mapping, Value};

use super::names::variable;
use super::yaml::{Entry, Node, YamlError, write};

/// What a first `brands.yaml` says.
#[derive(Debug)]
pub struct Draft {
    /// What it was made of.
    pub origin: String,
    /// What was wrong before, each a sentence.
    pub flaws: Vec<String>,
    /// What to look at, each a sentence.
    pub notes: Vec<String>,
    /// Where people reach brandgate.
    pub public_url: Option<String>,
    /// The account subdomain.
    pub account: Option<String>,
    /// The brand that everybody else was sent to.
    pub unknown: Option<String>,
    /// Who signs people in.
    pub backends: Vec<DraftBackend>,
    /// Every brand, in the order of the file.
    pub brands: Vec<DraftBrand>,
}

/// A backend of the draft.
#[derive(Debug)]
pub struct DraftBackend {
    /// Its key in `brands.yaml`.
    pub name: String,
    /// What is said above it.
    pub comment: String,
    /// Its login page; `None`: Zendesk's own.
    pub login_url: Option<String>,
    /// Its logout page.
    pub logout_url: Option<String>,
}

/// A brand of the draft.
#[derive(Debug)]
pub struct DraftBrand {
    /// Its key in `brands.yaml`.
    pub name: String,
    /// What is said above it.
    pub comment: Vec<String>,
    /// The name that people read.
    pub display_name: String,
    /// Zendesk's number of it.
    pub brand_id: Option<u64>,
    /// Its hosts, the home first.
    pub hosts: Vec<String>,
    /// Which backend signs its people in.
    pub backend: String,
    /// Whether people may choose it; `None`: as is usual.
    pub listed: Option<bool>,
}

impl Draft {
    /// How many hosts it has.
    pub fn hosts(&self) -> usize {
        self.brands.iter().map(|brand| brand.hosts.len()).sum()
    }

    /// The text of a `brands.yaml`, with comments.
    pub fn to_yaml(&self) -> Result<String, YamlError> {
        let server = vec![Entry {
            comment: vec![
                "Where people reach brandgate: an origin of its own, such as https://sso.acme.example."
                    .into(),
                "In Zendesk, the remote login URL is this with /login, the remote logout URL with /logout."
                    .into(),
            ],
            key: "public_url".into(),
            value: self.public_url.as_deref().unwrap_or("<PUBLIC_URL>").into(),
        }];
        let zendesk = vec![
            Entry {
                comment: vec![
                    "The account subdomain: `acme`, if the account is acme.zendesk.com. It is that of the \
                     first brand that the account had."
                        .into(),
                ],
                key: "account".into(),
                value: self.account.as_deref().unwrap_or("<ACCOUNT>").into(),
            },
            Entry {
                comment: vec![
                    "Admin Center → Security → Single sign-on → JSON Web Token. Also `file: PATH`.".into(),
                ],
                key: "shared_secret".into(),
                value: Node::Value(reference("ZENDESK_SHARED_SECRET")),
            },
        ];
        let mut entries = vec![
            plain("version", Node::Value(1.into())),
            plain("server", Node::Entries(server)),
            plain("zendesk", Node::Entries(zendesk)),
        ];
        if let Some(brand) = &self.unknown {
            entries.push(Entry {
                comment: vec!["Where everybody goes whose brand is not known, as before.".into()],
                key: "unknown".into(),
                value: Node::Value(mapping([("brand", brand.as_str().into())])),
            });
        }
        let first = self.backends.iter().position(|it| it.login_url.is_some());
        let backends = self.backends.iter().enumerate();
        let backends = backends.map(|(at, it)| it.entry(Some(at) == first)).collect();
        let first = self.brands.iter().position(|it| it.brand_id.is_none());
        let brands = self.brands.iter().enumerate();
        let brands = brands.map(|(at, it)| it.entry(Some(at) == first)).collect();
        entries.push(plain("backends", Node::Entries(backends)));
        entries.push(Entry {
            comment: vec!["The brands, in the order in which people see them.".into()],
            key: "brands".into(),
            value: Node::Entries(brands),
        });
        write(&self.head(), &entries)
    }

    fn head(&self) -> Vec<String> {
        let mut head = vec![
            format!("Made by brandgate of {}.", self.origin),
            "`brandgate check` says what is still to be filled in, `brandgate route` where an address leads."
                .into(),
        ];
        let lists = [
            ("What was wrong before, and is not with this file:", &self.flaws),
            ("What to look at:", &self.notes),
        ];
        for (title, items) in lists {
            if !items.is_empty() {
                head.extend([String::new(), title.to_owned()]);
                head.extend(items.iter().map(|it| format!("- {it}")));
            }
        }
        head
    }
}

impl DraftBackend {
    /// What stands in the file; with `explained`, also why.
    fn entry(&self, explained: bool) -> Entry {
        let Some(login_url) = &self.login_url else {
            let kind = Node::Value(mapping([("type", "zendesk".into())]));
            return Entry {
                comment: vec![self.comment.clone()],
                key: self.name.clone(),
                value: kind,
            };
        };
        let mut entries =
            vec![plain("type", "redirect".into()), plain("login_url", login_url.as_str().into())];
        if let Some(logout_url) = &self.logout_url {
            entries.push(plain("logout_url", logout_url.as_str().into()));
        }
        let secrets = Value::Sequence(vec![reference(&variable(&self.name))]);
        entries.push(Entry {
            comment: said(
                explained,
                "Until this stands here, the site knows Zendesk's own secret and can sign in anyone. Give \
                 it a secret of its own, and change the host and the secret in it:",
            ),
            key: "assertion".into(),
            value: Node::Proposal(mapping([("algorithm", "HS256".into()), ("secrets", secrets)])),
        });
        Entry {
            comment: vec![self.comment.clone()],
            key: self.name.clone(),
            value: Node::Entries(entries),
        }
    }
}

impl DraftBrand {
    /// What stands in the file; with `explained`, also why.
    fn entry(&self, explained: bool) -> Entry {
        let hosts = self.hosts.iter().map(|it| it.as_str().into()).collect();
        let brand_id = match self.brand_id {
            Some(id) => plain("brand_id", Node::Value(id.into())),
            None => Entry {
                comment: said(
                    explained,
                    "The number at the end of the brand's address in Admin Center. Sign-outs and relative \
                     destinations find the brand by it.",
                ),
                key: "brand_id".into(),
                value: Node::Proposal(360_000_000_001_u64.into()),
            },
        };
        let mut entries = vec![
            plain("name", self.display_name.as_str().into()),
            brand_id,
            plain("hosts", Node::Value(Value::Sequence(hosts))),
            plain("backend", self.backend.as_str().into()),
        ];
        if let Some(listed) = self.listed {
            entries.push(plain("listed", Node::Value(listed.into())));
        }
        Entry {
            comment: self.comment.clone(),
            key: self.name.clone(),
            value: Node::Entries(entries),
        }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

/// A comment, where it is the first of its kind.
fn said(explained: bool, comment: &str) -> Vec<String> {
    if explained { vec![comment.to_owned()] } else { Vec::new() }
}

fn plain(key: &str, value: Node) -> Entry {
    Entry { comment: Vec::new(), key: key.into(), value }
}

fn mapping<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Mapping(entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>())
}

/// A secret in a variable.
fn reference(variable: &str) -> Value {
    mapping([("env", variable.into())])
}
