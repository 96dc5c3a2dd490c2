//! Secrets: read from where the file says, compared with each other, never printed.

use std::collections::HashMap;
use std::path::{Component, Path as FilePath, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};
use secrecy::{ExposeSecret as _, SecretString};

use super::reference;
use crate::config::document::{Fields, NodePlace, Read, Reported, SecretReach, Value};
use crate::config::file::inputs::{Inputs, Version};
use crate::config::file::{self, FileError};
use crate::config::report::{Code, hints};
use crate::token;

/// Bytes below which a secret can be guessed from one signature (RFC 7518 §3.2).
const GOOD_LENGTH: usize = 32;

/// Whose secret it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) enum SecretOwner {
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
    /// What makes hashes of those who are denied.
    Deny,
    /// What lets us read Chat's visitors.
    ChatApi,
    /// What hides who people are in the audit log.
    Audit,
    /// What opens the admin page.
    Admin,
    /// What the collector of traces wants to see.
    Traces,
}

impl SecretOwner {
    /// Whether this one and `other` may be one and the same.
    ///
    /// Zendesk has one chat secret for a whole account, and a messaging key may serve every channel
    /// of it. What one signs is for that widget alone, whatever the brand. Whom the audit log names, by a
    /// hash, can be denied by it.
    fn may_be(self, other: Self) -> bool {
        use SecretOwner::{Audit, Chat, Deny, Messaging};
        matches!(
            (self, other),
            (Chat, Chat) | (Messaging, Messaging) | (Audit, Deny) | (Deny, Audit)
        )
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
pub(in crate::config) struct SecretReader {
    directory: PathBuf,
    mode: References,
    references: HashMap<Reference, (SecretOwner, NodePlace)>,
    values: HashMap<[u8; 32], (SecretOwner, NodePlace)>,
    inputs: Inputs,
}

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum Reference {
    Env(String),
    File(PathBuf),
}

impl SecretReader {
    /// Relative files are looked up in `directory`, where `brands.yaml` lies.
    pub(in crate::config) fn new(directory: PathBuf, mode: References) -> Self {
        let (references, values) = (HashMap::new(), HashMap::new());
        Self { directory, mode, references, values, inputs: Inputs::default() }
    }

    /// Whether what the file names is looked at: it is of this machine.
    pub(in crate::config) fn opens(&self) -> bool {
        self.mode == References::Opened
    }

    /// The path of `file`, which is written from the folder of `brands.yaml` on.
    pub(in crate::config) fn beside(&self, file: &str) -> PathBuf {
        self.directory.join(file)
    }

    /// The files that were read.
    pub(in crate::config) fn into_inputs(self) -> Inputs {
        self.inputs
    }

    /// The secret that `value` says where to find. Every problem with it is reported.
    pub(in crate::config) fn read(
        &mut self,
        value: Value<'_>,
        owner: SecretOwner,
    ) -> Read<SecretString> {
        let fields = Fields::of_form(value, "`{ env: NAME }` or `{ file: PATH }`")?;
        let env = fields.optional_with("env", |value| reference(value, "env"));
        let file = fields.optional_with("file", |value| reference(value, "file"));
        let written = fields.optional::<SecretString>("value");
        fields.finish();
        let (secret, is_repeated) = match (env?, file?, written?) {
            (Some(name), None, None) => self.of_variable(&name, value, owner)?,
            (None, Some(file), None) => {
                self.of_file(&file, fields.peek("file").unwrap_or(value), value, owner)?
            }
            (None, None, Some(secret)) => {
                warn_of_text(&secret, value);
                (Some(secret), false)
            }
            (None, None, None) if fields.has_unknown() => return Err(Reported),
            _ => {
                value
                    .error(Code::SecretForm, "a secret is exactly one of `env`, `file` and `value`")
                    .with_hint("such as `{ env: NAME }`");
                return Err(Reported);
            }
        };
        let Some(secret) = secret else { return Ok(unopened(owner)) };
        let secret = trimmed(&secret, value)?;
        if !is_repeated {
            self.compare(&secret, owner, value);
        }
        let length = secret.expose_secret().len();
        if length < GOOD_LENGTH && !matches!(owner, SecretOwner::Store | SecretOwner::Traces) {
            value
                .warning(
                    Code::SecretShort,
                    format!("the secret has only {length} bytes, and can be guessed"),
                )
                .with_hint("32 bytes or more (RFC 7518 §3.2): `openssl rand -hex 32` makes one");
        }
        Ok(secret)
    }

    /// What the variable `name` holds, if it is opened, and whether somebody else names it too.
    fn of_variable(
        &mut self,
        name: &str,
        value: Value<'_>,
        owner: SecretOwner,
    ) -> Read<(Option<SecretString>, bool)> {
        within_reach(value, |prefix, _| prefix.is_some_and(|it| name.starts_with(it)))?;
        let is_repeated = self.is_repeated(Reference::Env(name.to_owned()), owner, value);
        if self.mode == References::Opened {
            return Ok((Some(variable_of(value, name)?), is_repeated));
        }
        hint_at_placeholder(hints::variable(name), value);
        Ok((None, is_repeated))
    }

    /// The same of `file`, which is written at `place`.
    fn of_file(
        &mut self,
        file: &str,
        place: Value<'_>,
        value: Value<'_>,
        owner: SecretOwner,
    ) -> Read<(Option<SecretString>, bool)> {
        let found = self.directory.join(file);
        within_reach(place, |_, folder| folder.is_some_and(|it| self.is_beneath(it, &found)))?;
        let is_repeated = self.is_repeated(Reference::File(found.clone()), owner, value);
        if self.mode == References::Opened {
            let contents = self.contents(&found, file, place, Code::SecretUnreadable)?;
            return Ok((Some(contents), is_repeated));
        }
        hint_at_placeholder(hints::file(file), place);
        Ok((None, is_repeated))
    }

    /// Whether `found` lies beneath `folder`, wherever links lead.
    fn is_beneath(&self, folder: &FilePath, found: &FilePath) -> bool {
        let folder = self.directory.join(folder);
        let leads_up = found.components().any(|part| part == Component::ParentDir);
        // What does not exist is told as that.
        let real = found.canonicalize().ok().zip(folder.canonicalize().ok());
        found.starts_with(&folder)
            && !leads_up
            && real.is_none_or(|(found, folder)| found.starts_with(folder))
    }

    /// Reads the secrets of a backend: one, or a list of them.
    pub(in crate::config) fn read_all(&mut self, value: Value<'_>) -> Read<token::Secrets> {
        let all = value.one_or_each(|value| self.read(value, SecretOwner::Backend))?;
        if all.is_empty() {
            value.error(Code::SecretNone, "there is no secret");
        }
        token::Secrets::new(&all).map_err(|_| Reported)
    }

    /// The text of the file that `value`, which stands under `key`, names; `None` where none is opened. A
    /// problem with it has this code.
    pub(super) fn text_of(
        &mut self,
        value: Value<'_>,
        key: &str,
        code: Code,
    ) -> Read<Option<SecretString>> {
        let file = reference(value, key)?;
        if self.mode == References::Unopened {
            hint_at_placeholder(hints::file(&file), value);
            return Ok(None);
        }
        let found = self.beside(&file);
        self.contents(&found, &file, value, code).map(Some)
    }

    fn contents(
        &mut self,
        found: &FilePath,
        written: &str,
        value: Value<'_>,
        code: Code,
    ) -> Read<SecretString> {
        let version = Version::of(found);
        let read = file::read(found, file::MAX_SECRET).map(SecretString::from);
        let text = read.as_ref().ok().map(SecretString::expose_secret);
        self.inputs.push(found.to_owned(), version, text);
        read.map_err(|error| {
            let (named, place) = reference::file(written, found);
            let whose = match code {
                Code::CertificateInvalid => "certificate",
                Code::CertificateKey => "key",
                _ => "secret",
            };
            let is_pem = matches!(code, Code::CertificateInvalid | Code::CertificateKey);
            let is_binary = is_pem && matches!(error, FileError::NotText { .. });
            let why = if is_binary { "it is not PEM".to_owned() } else { error.to_string() };
            let message = format!("the {whose}'s file {named} cannot be read: {why}; {place}");
            let mut problem = value.error(code, message);
            let binary = is_binary.then_some(
                "PEM is text: `openssl x509 -inform der -in FILE` makes it of a certificate in DER, \
                 `openssl pkey` of a key",
            );
            if let Some(hint) = binary.or(hints::file(written)) {
                problem.with_hint(hint);
            }
            Reported
        })
    }

    fn is_repeated(&mut self, reference: Reference, owner: SecretOwner, value: Value<'_>) -> bool {
        if let Some((other, first)) = self.references.get(&reference) {
            if owner.may_be(*other) {
                return true;
            }
            let first = value.told(*first);
            value
                .error(Code::SecretTwice, format!("the same secret is already used as {first}"))
                .with_hint("give every backend a secret of its own");
            return true;
        }
        self.references.insert(reference, (owner, value.place()));
        false
    }

    fn compare(&mut self, secret: &SecretString, owner: SecretOwner, value: Value<'_>) {
        let hash = digest(&SHA256, secret.expose_secret().as_bytes());
        let Ok(hash) = <[u8; 32]>::try_from(hash.as_ref()) else { return };
        let Some((other, first)) = self.values.get(&hash) else {
            self.values.insert(hash, (owner, value.place()));
            return;
        };
        if owner.may_be(*other) {
            return;
        }
        let first = value.told(*first);
        let with_zendesk = [*other, owner].contains(&SecretOwner::Zendesk);
        if with_zendesk && [*other, owner].contains(&SecretOwner::Backend) {
            value
                .warning(
                    Code::SecretZendesks,
                    format!(
                        "the same value as {first}: this site can still sign in anyone by itself"
                    ),
                )
                .with_hint("give it a secret of its own, then reset Zendesk's");
        } else {
            value
                .error(Code::SecretSameValue, format!("the same value as {first}"))
                .with_hint("whoever knows one of them could speak for the other");
        }
    }
}

/// Reports a secret that an included file may not read; `may` says whether it may, of what it may.
fn within_reach(
    value: Value<'_>,
    may: impl FnOnce(Option<&str>, Option<&FilePath>) -> bool,
) -> Read<()> {
    let Some(SecretReach::Within { env_prefix, files }) = value.reach().map(|it| &it.secrets)
    else {
        return Ok(());
    };
    if may(env_prefix.as_deref(), files.as_deref()) {
        return Ok(());
    }
    let variables = env_prefix.as_ref().map(|it| format!("variables that begin with `{it}`"));
    let files = files.as_ref().map(|it| format!("files beneath `{}`", it.display()));
    let hint = match (variables, files) {
        (None, None) => "`env_prefix` or `secret_files` in its `limits` says which".to_owned(),
        (one, other) => one.into_iter().chain(other).collect::<Vec<_>>().join(", "),
    };
    value.error(Code::LimitExceeded, "an included file may not read this secret").with_hint(hint);
    Err(Reported)
}

/// The name of a variable or the path of a file.
fn reference(value: Value<'_>, key: &str) -> Read<String> {
    let text = value.text()?;
    if text.trim().is_empty() {
        value.error(Code::EmptyValue, format!("`{key}` names nothing"));
        return Err(Reported);
    }
    Ok(text.to_owned())
}

/// Warns of a secret that stands in the file itself.
fn warn_of_text(secret: &SecretString, value: Value<'_>) {
    value
        .warning(Code::SecretInFile, "the secret stands in the file, for everybody who can read it")
        .with_hint("`{ env: NAME }` or `{ file: PATH }`; `value` is for trying out");
    if hints::is_placeholder(secret.expose_secret()) {
        value
            .warning(
                Code::SecretPlaceholder,
                "this text is the secret itself: nothing is put in its place",
            )
            .with_hint("`{ env: NAME }`, with the name alone");
    }
}

/// Warns of a reference that could not be opened as it is written.
fn hint_at_placeholder(hint: Option<&'static str>, value: Value<'_>) {
    if let Some(hint) = hint {
        let message = "nothing is put in the place of a part of this reference";
        value.warning(Code::SecretPlaceholder, message).with_hint(hint);
    }
}

/// What stands for a secret that is not opened: good enough to go on with, and never served with.
fn unopened(owner: SecretOwner) -> SecretString {
    match owner {
        SecretOwner::Store => "rediss://unopened.invalid/0".into(),
        SecretOwner::Traces => "unopened=unopened".into(),
        _ => "unopened".repeat(GOOD_LENGTH).into(),
    }
}

/// What the environment variable `name` holds.
pub fn variable(name: &str) -> Option<SecretString> {
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the environment")]
    std::env::var(name).ok().map(Into::into)
}

fn variable_of(value: Value<'_>, name: &str) -> Read<SecretString> {
    variable(name).ok_or_else(|| {
        let named = reference::variable(name);
        let message = format!("the environment variable {named} is not set");
        let mut problem = value.error(Code::SecretNotSet, message);
        if let Some(hint) = hints::variable(name) {
            problem.with_hint(hint);
        }
        Reported
    })
}

/// Cuts one trailing line break; any other white space at either end is a mistake of somebody's.
fn trimmed(secret: &SecretString, value: Value<'_>) -> Read<SecretString> {
    let text = secret.expose_secret();
    let text = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if text.is_empty() {
        value.error(Code::SecretEmpty, "the secret is empty");
        return Err(Reported);
    }
    if text.trim().len() != text.len() {
        value.error(Code::SecretBlank, "the secret begins or ends with white space");
        return Err(Reported);
    }
    let ends: String = text.chars().next().into_iter().chain(text.chars().next_back()).collect();
    if hints::unseen(&ends).is_some() {
        value
            .error(Code::SecretBlank, "the secret begins or ends with a mark that nobody sees")
            .with_hint("write it anew, as UTF-8 without a byte order mark");
        return Err(Reported);
    }
    if matches!(ends.as_str(), "\"\"" | "''") && text.len() > 1 {
        value
            .warning(Code::SecretQuotes, "the quotes around the secret are a part of it")
            .with_hint("where they are not meant, write it without: nothing takes them away");
    }
    Ok(text.into())
}
