//! `deploy/Dockerfile`, read as far as this project uses the language.

/// One stage: what a `FROM` begins.
#[derive(Debug, Default)]
pub(crate) struct Stage {
    /// The image it stands on, such as `debian:bookworm-slim`.
    pub(crate) from: String,
    /// What other stages call it.
    pub(crate) name: Option<String>,
    pub(crate) environment: Vec<(String, String)>,
    /// Where commands run and relative paths begin.
    pub(crate) directory: String,
    pub(crate) copies: Vec<Copy>,
    /// Shell commands.
    pub(crate) runs: Vec<String>,
    /// `uid:gid`.
    pub(crate) user: String,
    pub(crate) entrypoint: Vec<String>,
    pub(crate) command: Vec<String>,
    /// What says whether a container is well, within it.
    pub(crate) health: Vec<String>,
}

/// What a stage is given.
#[derive(Debug)]
pub(crate) struct Copy {
    /// The stage it comes out of; none is the project's folder.
    pub(crate) from: Option<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) destination: String,
}

/// The stages, in their order. What is not understood ends the test: it would not be tested.
pub(crate) fn stages(text: &str) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let text = text.replace("\\\n", " ");
    let lines = text.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (instruction, rest) = line.split_once(' ').expect("an instruction says something");
        let words: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
        if instruction == "FROM" {
            let name = (words.get(1).map(String::as_str) == Some("AS")).then(|| words[2].clone());
            stages.push(Stage { from: words[0].clone(), name, ..Stage::default() });
            continue;
        }
        let stage = stages.last_mut().expect("a Dockerfile begins with FROM");
        match instruction {
            "ENV" => {
                let (name, value) = rest.split_once('=').expect("ENV NAME=VALUE");
                stage.environment.push((name.to_owned(), value.to_owned()));
            }
            "WORKDIR" => rest.clone_into(&mut stage.directory),
            "COPY" => stage.copies.push(copy(words)),
            "RUN" => stage.runs.push(rest.to_owned()),
            "USER" => rest.clone_into(&mut stage.user),
            "ENTRYPOINT" => stage.entrypoint = serde_json::from_str(rest).unwrap(),
            "CMD" => stage.command = serde_json::from_str(rest).unwrap(),
            "HEALTHCHECK" => {
                let (_, command) = rest.split_once("CMD ").expect("HEALTHCHECK … CMD […]");
                stage.health = serde_json::from_str(command).unwrap();
            }
            "EXPOSE" => {}
            _ => panic!("tests/image does not know {line:?} of deploy/Dockerfile: teach it"),
        }
    }
    stages
}

fn copy(mut words: Vec<String>) -> Copy {
    let destination = words.pop().unwrap();
    let from = words.first().and_then(|word| word.strip_prefix("--from=").map(str::to_owned));
    if from.is_some() {
        words.remove(0);
    }
    assert!(words.iter().all(|word| !word.starts_with("--")), "teach tests/image {words:?}");
    Copy { from, sources: words, destination }
}
