//! `deploy/Dockerfile`, read as far as this project uses the language.

/// One stage: what a `FROM` begins.
#[derive(Debug, Default)]
pub(crate) struct Stage {
    /// The image it stands on, such as `gcr.io/distroless/cc-debian13`.
    pub(crate) from: String,
    /// What other stages call it.
    pub(crate) name: Option<String>,
    pub(crate) environment: Vec<(String, String)>,
    /// Where commands run and relative paths begin.
    pub(crate) directory: String,
    /// In their order.
    pub(crate) steps: Vec<Step>,
    pub(crate) labels: Vec<(String, String)>,
    /// `uid:gid`.
    pub(crate) user: String,
    pub(crate) entrypoint: Vec<String>,
    pub(crate) command: Vec<String>,
    /// What says whether a container is well, within it.
    pub(crate) health: Vec<String>,
}

/// What makes a stage what it is.
#[derive(Debug)]
pub(crate) enum Step {
    Copy(Copy),
    /// A shell command.
    Run(String),
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
    // What may be said otherwise by whoever builds, ahead of all stages.
    let mut arguments: Vec<(String, String)> = Vec::new();
    let text = text.replace("\\\n", " ");
    let lines = text.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (instruction, rest) = line.split_once(' ').expect("an instruction says something");
        let words: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
        if instruction == "FROM" {
            let name = (words.get(1).map(String::as_str) == Some("AS")).then(|| words[2].clone());
            let mut from = words[0].clone();
            for (argument, value) in &arguments {
                from = from.replace(&format!("${{{argument}}}"), value);
            }
            stages.push(Stage { from, name, ..Stage::default() });
            continue;
        }
        if instruction == "ARG" && stages.is_empty() {
            arguments.push(assignment(rest));
            continue;
        }
        let stage = stages.last_mut().expect("a Dockerfile begins with FROM");
        match instruction {
            "ENV" => stage.environment.push(assignment(rest)),
            "LABEL" => {
                // In quotes, one behind the other.
                let labels = rest.split_inclusive("\" ").map(str::trim);
                stage.labels.extend(labels.filter(|it| !it.is_empty()).map(assignment));
            }
            "WORKDIR" => rest.clone_into(&mut stage.directory),
            "COPY" => stage.steps.push(Step::Copy(copy(words))),
            "RUN" => {
                // A cache says how soon it is done, not what comes of it.
                let command = match rest.strip_prefix("--mount=type=cache,") {
                    Some(mounted) => mounted.split_once(' ').expect("RUN --mount=… COMMAND").1,
                    None => rest,
                };
                assert!(!command.starts_with("--"), "teach tests/image {line:?}");
                stage.steps.push(Step::Run(command.to_owned()));
            }
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

/// `NAME=VALUE`, or `NAME="VALUE"`.
fn assignment(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').expect("NAME=VALUE");
    (name.to_owned(), value.trim_matches('"').to_owned())
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
