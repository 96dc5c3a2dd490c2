//! Secrets: read from where the file says, compared with each other, never printed.

use std::collections::HashMap;
use std::path::{Path as FilePath, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use secrecy::{ExposeSecret as _, SecretString};

use super::raw::RawSecret;
use super::reference;
use crate::config::file;
use crate::config::report::{Code, Path, Problems, hints};

/// Bytes below which a secret can be guessed from one signature (RFC 7518 §3.2).
const GOOD_LENGTH: usize = 32;

/// Whose secret it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) enum Owner {
    /// Zendesk's own shared secret.
    Zendesk,
    /// What seals flows.
    StateKey,
    /// A backend's.
    Backend,
    /// The address of the store, which may hold a password.
    Store,
    /// What signs the tokens of a chat widget.
    Chat,
    /// What signs the tokens of a messaging widget.
    Messaging,
    /// What lets us read Chat's visitors.
    ChatApi,
}

impl Owner {
    /// Whether several of them may be one and the same.
    ///
    /// Zendesk has one chat secret for a whole account, and a messaging key may serve every channel
    /// of it. What one signs is for that widget alone, whatever the brand.
    fn may_be_shared(self) -> bool {
        matches!(self, Self::Chat | Self::Messaging)
    }
}

/// Whether the variables and files that a file names are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum References {
    /// They are: so the service starts.
    Opened,
    /// They are only looked at, so that a file can be checked where its secrets are not.
    Unopened,
}

/// Reads secrets and remembers which were read.
pub(in crate::config) struct Secrets {
    directory: PathBuf,
    mode: References,
    references: HashMap<Reference, (Owner, Path)>,
    values: HashMap<[u8; 32], (Owner, Path)>,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Reference {
    Env(String),
    File(PathBuf),
}

impl Secrets {
    /// Relative files are looked up in `directory`, where `brands.yaml` lies.
    pub(in crate::config) fn new(directory: PathBuf, mode: References) -> Self {
        Self { directory, mode, references: HashMap::new(), values: HashMap::new() }
    }

    /// The secret that `raw` points to. Every problem with it is reported.
    pub(in crate::config) fn read(
        &mut self,
        raw: RawSecret,
        owner: Owner,
        path: &Path,
        problems: &mut Problems,
    ) -> Option<SecretString> {
        let is_opened = self.mode == References::Opened;
        for (key, reference) in [("env", &raw.env), ("file", &raw.file)] {
            if reference.as_ref().is_some_and(|it| it.trim().is_empty()) {
                problems.error(Code::EmptyValue, &path.key(key), format!("`{key}` names nothing"));
                return None;
            }
        }
        let (secret, is_repeated) = match (raw.env, raw.file, raw.value) {
            (Some(name), None, None) => {
                let repeated =
                    self.is_repeated(Reference::Env(name.clone()), owner, path, problems);
                if !is_opened {
                    hint_at_placeholder(hints::variable(&name), path, problems);
                    return Some(unopened(owner));
                }
                (variable(&name, path, problems)?, repeated)
            }
            (None, Some(file), None) => {
                let found = self.directory.join(&file);
                let repeated =
                    self.is_repeated(Reference::File(found.clone()), owner, path, problems);
                if !is_opened {
                    hint_at_placeholder(hints::file(&file), &path.key("file"), problems);
                    return Some(unopened(owner));
                }
                (contents(&found, &file, &path.key("file"), problems)?, repeated)
            }
            (None, None, Some(value)) => {
                problems
                    .warning(
                        Code::SecretInFile,
                        path,
                        "the secret stands in the file, for everybody who can read it",
                    )
                    .with_hint("`{ env: NAME }` or `{ file: PATH }`; `value` is for trying out");
                if hints::is_placeholder(value.expose_secret()) {
                    problems
                        .warning(
                            Code::SecretPlaceholder,
                            path,
                            "this text is the secret itself: nothing is put in its place",
                        )
                        .with_hint("`{ env: NAME }`, with the name alone");
                }
                (value, false)
            }
            _ => {
                problems
                    .error(
                        Code::SecretForm,
                        path,
                        "a secret is exactly one of `env`, `file` and `value`",
                    )
                    .with_hint("such as `{ env: NAME }`");
                return None;
            }
        };
        let secret = trimmed(&secret, path, problems)?;
        if !is_repeated {
            self.compare(&secret, owner, path, problems);
        }
        let length = secret.expose_secret().len();
        if length < GOOD_LENGTH && owner != Owner::Store {
            problems
                .warning(
                    Code::SecretShort,
                    path,
                    format!("the secret has only {length} bytes, and can be guessed"),
                )
                .with_hint("32 bytes or more (RFC 7518 §3.2): `openssl rand -hex 32` makes one");
        }
        Some(secret)
    }

    fn is_repeated(
        &mut self,
        reference: Reference,
        owner: Owner,
        path: &Path,
        problems: &mut Problems,
    ) -> bool {
        if let Some((other, first)) = self.references.get(&reference) {
            if *other == owner && owner.may_be_shared() {
                return true;
            }
            problems
                .error(
                    Code::SecretTwice,
                    path,
                    format!("the same secret is already used as `{first}`"),
                )
                .with_hint("give every backend a secret of its own");
            return true;
        }
        self.references.insert(reference, (owner, path.clone()));
        false
    }

    fn compare(
        &mut self,
        secret: &SecretString,
        owner: Owner,
        path: &Path,
        problems: &mut Problems,
    ) {
        let hash = digest(&SHA256, secret.expose_secret().as_bytes());
        let Ok(hash) = <[u8; 32]>::try_from(hash.as_ref()) else { return };
        let Some((other, first)) = self.values.get(&hash) else {
            self.values.insert(hash, (owner, path.clone()));
            return;
        };
        if *other == owner && owner.may_be_shared() {
            return;
        }
        let with_zendesk = [*other, owner].contains(&Owner::Zendesk);
        if with_zendesk && [*other, owner].contains(&Owner::Backend) {
            problems
                .warning(
                    Code::SecretZendesks,
                    path,
                    format!(
                        "the same value as `{first}`: this site can still sign in anyone by itself"
                    ),
                )
                .with_hint("give it a secret of its own, then reset Zendesk's");
        } else {
            problems
                .error(Code::SecretSameValue, path, format!("the same value as `{first}`"))
                .with_hint("whoever knows one of them could speak for the other");
        }
    }
}

/// Warns of a reference that could not be opened as it is written.
fn hint_at_placeholder(hint: Option<&'static str>, path: &Path, problems: &mut Problems) {
    if let Some(hint) = hint {
        let message = "nothing is put in the place of a part of this reference";
        problems.warning(Code::SecretPlaceholder, path, message).with_hint(hint);
    }
}

/// What stands for a secret that is not opened: good enough to go on with, and never served with.
fn unopened(owner: Owner) -> SecretString {
    match owner {
        Owner::Store => "rediss://unopened.invalid/0".into(),
        _ => "unopened".repeat(GOOD_LENGTH).into(),
    }
}

fn variable(name: &str, path: &Path, problems: &mut Problems) -> Option<SecretString> {
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the environment")]
    let value = std::env::var(name);
    if value.is_err() {
        let named = reference::variable(name);
        let message = format!("the environment variable {named} is not set");
        let problem = problems.error(Code::SecretNotSet, path, message);
        if let Some(hint) = hints::variable(name) {
            problem.with_hint(hint);
        }
    }
    value.ok().map(Into::into)
}

fn contents(
    found: &FilePath,
    written: &str,
    path: &Path,
    problems: &mut Problems,
) -> Option<SecretString> {
    match file::read(found, file::MAX_SECRET) {
        Ok(text) => Some(text.into()),
        Err(error) => {
            let (named, place) = reference::file(written, found);
            let message = format!("the secret's file {named} cannot be read: {error}; {place}");
            let problem = problems.error(Code::SecretUnreadable, path, message);
            if let Some(hint) = hints::file(written) {
                problem.with_hint(hint);
            }
            None
        }
    }
}

/// Cuts one trailing line break; any other white space at either end is a mistake of somebody's.
fn trimmed(secret: &SecretString, path: &Path, problems: &mut Problems) -> Option<SecretString> {
    let text = secret.expose_secret();
    let text = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if text.is_empty() {
        problems.error(Code::SecretEmpty, path, "the secret is empty");
        return None;
    }
    if text.trim().len() != text.len() {
        problems.error(Code::SecretBlank, path, "the secret begins or ends with white space");
        return None;
    }
    Some(text.into())
}
