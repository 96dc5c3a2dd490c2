//! Remembers, from one reading of the document to the next, what has been said about it.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    marker::PhantomData,
    mem,
};

use serde::de::{DeserializeOwned, DeserializeSeed};

use super::{placeholder::Placeholder, reading::Reader, tree::Node};
use crate::config::report::{
    code::Code,
    path::Path,
    problem::{At, Problems},
    sensitive,
};

/// How often a document is read at most.
const PASSES: usize = 100;

/// How many values are looked at in all passes at most, so that large files do not take long.
const PATIENCE: usize = 10_000_000;

/// Why a value could not be read.
#[derive(Debug)]
pub(in crate::config) enum Failure {
    /// A type refused what it was given, and this is what it said.
    Invalid(String),
    /// A type refused the kind of what it was given: this says what belongs there, and nothing of
    /// the file.
    Unfit(String),
    /// A struct that was read by way of another type knows only these fields.
    Unknown(&'static [&'static str]),
    /// A struct needs this field.
    Missing(&'static str),
    /// It has been reported, but nothing can stand in for it: what is around it must go as well.
    Irreplaceable,
    /// Enough is known to read the document once more.
    Again,
}

/// What is known about the document from the passes so far.
///
/// Nodes are told apart by their addresses, which are only ever compared.
#[derive(Default)]
pub(in crate::config) struct Ledger {
    problems: RefCell<Problems>,
    /// Nodes of which all has been said: placeholders take their place.
    given_up: RefCell<HashSet<*const ()>>,
    /// Fields, by struct, that were found to be required: serde only says so one at a time.
    required: RefCell<HashSet<(&'static str, &'static str)>>,
    /// Required fields, by mapping, that were reported as missing.
    missing: RefCell<HashSet<(*const (), &'static str)>>,
    looked_at: Cell<usize>,
}

impl Ledger {
    /// Reads `root` as often as it takes. Where something could not be read, a placeholder stands
    /// for it, and nothing more is reported there.
    pub(in crate::config) fn read<T: DeserializeOwned>(
        root: &Node<'_>,
        problems: &mut Problems,
    ) -> Option<T> {
        problems.leave_gaps();
        let ledger = Self { problems: RefCell::new(mem::take(problems)), ..Self::default() };
        let value =
            (0..PASSES).find_map(|_| match ledger.read_seed(PhantomData, root, &Trail::root()) {
                Err(Failure::Again) if ledger.looked_at.get() < PATIENCE => None,
                result => Some(result.ok()),
            });
        *problems = ledger.problems.into_inner();
        problems.leave_gaps();
        value.flatten()
    }

    /// Reads `node` as whatever `seed` makes, and says where it failed if it does.
    pub(in crate::config) fn read_seed<'de, S: DeserializeSeed<'de>>(
        &self,
        seed: S,
        node: &Node<'_>,
        trail: &Trail<'_>,
    ) -> Result<S::Value, Failure> {
        self.looked_at.set(self.looked_at.get() + 1);
        if self.is_given_up(node) {
            return Ledger::replace(seed);
        }
        let reader = Reader { node, trail, ledger: self };
        seed.deserialize(reader).map_err(|failure| match failure {
            Failure::Again => Failure::Again,
            Failure::Unknown(known) if reader.report_unknown(known) => Failure::Again,
            _ if self.is_given_up(node) => Failure::Irreplaceable,
            Failure::Irreplaceable | Failure::Unknown(_) => self.again_without(node),
            Failure::Invalid(reason) => {
                let path = trail.path();
                // A type may repeat what it refuses.
                let is_quiet = path.is_sensitive();
                let reason = if is_quiet { "this is not valid".to_owned() } else { reason };
                self.problems.borrow_mut().error(Code::InvalidValue, &path, reason);
                self.again_without(node)
            }
            Failure::Unfit(reason) => {
                let hint = reader.hint_at_secret(&reason);
                self.report(trail, Code::WrongType, reason, At::Value, hint.map(str::to_owned));
                self.again_without(node)
            }
            Failure::Missing(field) => {
                self.problems.borrow_mut().missing(&trail.path(), field);
                self.again_without(node)
            }
        })
    }

    /// Lets a placeholder stand for something that is missing or was given up.
    pub(in crate::config) fn replace<'de, S: DeserializeSeed<'de>>(
        seed: S,
    ) -> Result<S::Value, Failure> {
        seed.deserialize(Placeholder).map_err(|_| Failure::Irreplaceable)
    }

    pub(in crate::config) fn is_given_up(&self, node: &Node<'_>) -> bool {
        self.given_up.borrow().contains(&address(node))
    }

    /// Leaves `node` out from now on; whether that is new, and so has to be explained.
    pub(in crate::config) fn give_up(&self, node: &Node<'_>) -> bool {
        self.is_first_mention(node)
    }

    /// Whether nothing was said about `node` before.
    pub(in crate::config) fn is_first_mention(&self, node: &Node<'_>) -> bool {
        self.given_up.borrow_mut().insert(address(node))
    }

    /// Says what is wrong with the key of `node`.
    pub(in crate::config) fn blame_key(
        &self,
        node: &Node<'_>,
        trail: &Trail<'_>,
        failure: Failure,
    ) -> Failure {
        let (Failure::Invalid(reason) | Failure::Unfit(reason)) = failure else { return failure };
        self.report(trail, Code::InvalidValue, reason, At::Key, None);
        self.again_without(node)
    }

    fn again_without(&self, node: &Node<'_>) -> Failure {
        self.give_up(node);
        Failure::Again
    }

    /// Notes that the struct called `name` cannot do without `field`.
    pub(in crate::config) fn require(&self, name: &'static str, field: &'static str) -> Failure {
        let is_new = self.required.borrow_mut().insert((name, field));
        // Asked for again although it was given: it is read under another name.
        if is_new { Failure::Again } else { Failure::Missing(field) }
    }

    pub(in crate::config) fn is_required(&self, name: &'static str, field: &'static str) -> bool {
        self.required.borrow().contains(&(name, field))
    }

    /// Says, once, that the mapping `node` lacks `field`.
    pub(in crate::config) fn report_missing(
        &self,
        node: &Node<'_>,
        trail: &Trail<'_>,
        field: &'static str,
    ) {
        if self.missing.borrow_mut().insert((address(node), field)) {
            self.problems.borrow_mut().missing(&trail.path(), field);
        }
    }

    /// Says what is wrong with the value at `trail`.
    pub(in crate::config) fn report(
        &self,
        trail: &Trail<'_>,
        code: Code,
        message: String,
        at: At,
        hint: Option<String>,
    ) {
        let mut problems = self.problems.borrow_mut();
        let problem = problems.error(code, &trail.path(), message).at(at);
        if let Some(hint) = hint {
            problem.with_hint(hint);
        }
    }
}

fn address(node: &Node<'_>) -> *const () {
    std::ptr::from_ref(node).cast()
}

/// What leads to a value, on the stack: a path is only made of it when something is wrong.
#[derive(Clone, Copy)]
pub(in crate::config) struct Trail<'t> {
    parent: Option<&'t Trail<'t>>,
    step: TrailStep<'t>,
}

#[derive(Clone, Copy)]
pub(in crate::config) enum TrailStep<'t> {
    Root,
    Index(usize),
    /// A field of ours: its name may always be seen.
    Field(&'t str),
    /// A key chosen by whoever wrote the file.
    Key(&'t str),
    /// A key that must not be seen.
    HiddenKey(&'t str),
}

impl<'t> Trail<'t> {
    fn root() -> Self {
        Self { parent: None, step: TrailStep::Root }
    }

    pub(in crate::config) fn then(&'t self, step: TrailStep<'t>) -> Self {
        Trail { parent: Some(self), step }
    }

    pub(in crate::config) fn path(&self) -> Path {
        let parent = self.parent.map_or_else(Path::root, Trail::path);
        match self.step {
            TrailStep::Root => parent,
            TrailStep::Index(index) => parent.index(index),
            TrailStep::Field(key) => parent.key(key),
            TrailStep::Key(key) if sensitive::is_nameable(key) && !parent.is_sensitive() => {
                parent.key(key)
            }
            TrailStep::Key(key) | TrailStep::HiddenKey(key) => parent.hidden_key(key),
        }
    }
}
