//! Names a value in the file by the keys that lead to it, such as `brands.shoes.hosts[1]`.

use std::{fmt, sync::Arc};

use super::sensitive;

/// The keys and indices from the top of the file to one value.
///
/// Every path shares the part before its last step with the path it was made from, so that one per
/// host of a large file costs next to nothing.
#[derive(Clone, Default, Eq, PartialEq)]
pub(crate) struct Path(Option<Arc<Link>>);

#[derive(Eq, PartialEq)]
struct Link {
    parent: Path,
    step: PathStep,
}

/// One step of a path.
#[derive(Eq, PartialEq)]
pub(in crate::config) enum PathStep {
    Key(Box<str>),
    /// A key that may itself be a misplaced secret: it leads to its value but is never shown.
    HiddenKey(Box<str>),
    Index(usize),
}

impl Path {
    /// The whole file.
    pub(crate) const fn root() -> Self {
        Self(None)
    }

    /// The value under `key` in the mapping at this path.
    pub(crate) fn key(&self, key: &str) -> Self {
        self.then(PathStep::Key(key.into()))
    }

    /// The entry with this number, from zero, in the list at this path.
    pub(crate) fn index(&self, index: usize) -> Self {
        self.then(PathStep::Index(index))
    }

    /// The value under a key that nobody may see.
    pub(in crate::config) fn hidden_key(&self, key: &str) -> Self {
        self.then(PathStep::HiddenKey(key.into()))
    }

    /// The steps from the top of the file on.
    pub(in crate::config) fn steps(&self) -> Vec<&PathStep> {
        let mut steps = Vec::new();
        let mut path = self;
        while let Some(link) = &path.0 {
            steps.push(&link.step);
            path = &link.parent;
        }
        steps.reverse();
        steps
    }

    /// Whether a key on the way names what holds a secret, so that what lies here must not be shown.
    pub(in crate::config) fn is_sensitive(&self) -> bool {
        self.steps().into_iter().any(|step| match step {
            PathStep::Key(key) => sensitive::holds_secret(key),
            PathStep::HiddenKey(_) => true,
            PathStep::Index(_) => false,
        })
    }

    /// Whether `text`, which stands here, may be seen whatever words are in it and in the path.
    pub(in crate::config) fn is_public(&self, text: &str) -> bool {
        let steps = self.steps();
        let is_hidden = steps.iter().any(|step| matches!(step, PathStep::HiddenKey(_)));
        let key = steps.last().and_then(|step| match step {
            PathStep::Key(key) => Some(key),
            PathStep::HiddenKey(_) | PathStep::Index(_) => None,
        });
        !is_hidden && key.is_some_and(|key| sensitive::is_public(key, text))
    }

    /// Whether its own key must not be shown.
    pub(in crate::config) fn ends_hidden(&self) -> bool {
        self.0.as_ref().is_some_and(|link| matches!(link.step, PathStep::HiddenKey(_)))
    }

    fn then(&self, step: PathStep) -> Self {
        Self(Some(Arc::new(Link { parent: self.clone(), step })))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps().into_iter().enumerate() {
            match step {
                PathStep::Index(index) => write!(f, "[{index}]")?,
                PathStep::Key(key) if sensitive::is_nameable(key) && key.contains('.') => {
                    write!(f, "[\"{key}\"]")?;
                }
                PathStep::Key(_) | PathStep::HiddenKey(_) => {
                    if position > 0 {
                        f.write_str(".")?;
                    }
                    f.write_str(match step {
                        PathStep::Key(key) if sensitive::is_nameable(key) => key,
                        _ => "…",
                    })?;
                }
            }
        }
        Ok(())
    }
}

/// As displayed, because a derived form would print hidden keys.
impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{self}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_like_an_expression() {
        let brand = Path::root().key("brands").key("shoes");
        let cases = [
            (Path::root(), ""),
            (Path::root().key("version"), "version"),
            (brand.key("hosts").index(1), "brands.shoes.hosts[1]"),
            (Path::root().key("brands").key("help.acme").key("name"), "brands[\"help.acme\"].name"),
            (brand.hidden_key("hunter2").key("x"), "brands.shoes.….x"),
            (brand.key("secret:hunter2"), "brands.shoes.…"),
        ];
        for (path, expected) in cases {
            assert_eq!(path.to_string(), expected);
            assert_eq!(format!("{path:?}"), format!("`{expected}`"));
        }
    }

    #[test]
    fn a_path_through_the_name_of_a_secret_is_sensitive() {
        let zendesk = Path::root().key("zendesk");
        assert!(!zendesk.key("account").is_sensitive());
        assert!(zendesk.key("shared_secret").key("file").is_sensitive());
        assert!(zendesk.key("shraed_secert").index(0).is_sensitive());
        assert!(zendesk.hidden_key("x").is_sensitive());
    }
}
