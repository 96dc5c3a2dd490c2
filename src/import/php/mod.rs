//! The table of the published router, from `zdlogin.php` and `zdlogout.php`.

mod address;
mod arrays;
mod encoding;
mod flaws;
mod grouped;
mod recognise;
mod router;
mod tokens;

use std::fmt;

use super::draft::Draft;

/// A script as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Script<'a> {
    /// What people know it as.
    pub name: &'a str,
    /// The script's source, in whatever encoding.
    pub bytes: &'a [u8],
}

/// What kept a script from being understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ScriptProblem {
    file: String,
    line: Option<usize>,
    message: String,
}

impl ScriptProblem {
    fn at(line: usize, message: impl Into<String>) -> Self {
        Self { file: String::new(), line: Some(line), message: message.into() }
    }

    fn of_file(message: impl Into<String>) -> Self {
        Self { file: String::new(), line: None, message: message.into() }
    }

    fn in_file(self, name: &str) -> Self {
        Self { file: name.to_owned(), ..self }
    }
}

impl fmt::Display for ScriptProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.file, self.message),
            None => write!(formatter, "{}: {}", self.file, self.message),
        }
    }
}

/// Makes a draft of the tables in `login` and `logout`, with what the scripts get wrong; every
/// problem at once.
pub fn import(login: Script<'_>, logout: Option<Script<'_>>) -> Result<Draft, Vec<ScriptProblem>> {
    let (router, scripts) = router::read(login, logout)?;
    let flaws = flaws::of(&router, &scripts);
    Ok(router.draft(flaws))
}

#[cfg(test)]
mod tests;
