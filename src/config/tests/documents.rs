//! That every piece of a `brands.yaml` in the documents is read as it stands.

use std::path::Path;

use super::told::errors;

/// What a piece lacks that is none of it.
const AROUND: [&str; 8] = [
    "version",
    "server",
    "zendesk",
    "backends",
    "brands",
    "public_url",
    "account",
    "shared_secret",
];

/// The first keys of other programs' files.
const OTHERS: [&str; 1] = ["scrape_configs"];

/// The file that `piece` is a part of, by its first key; nothing if that is another program's.
fn framed(piece: &str) -> Option<String> {
    let first = piece.trim_start().split(':').next().unwrap();
    let indented = |by: &str| format!("{by}{}", piece.replace('\n', &format!("\n{by}")));
    if OTHERS.contains(&first) {
        return None;
    }
    Some(match first {
        "claims" => {
            let pool = "type: cognito\n    region: eu-west-1\n    client_id: a\n";
            format!("backends:\n  pool:\n    {pool}{}", indented("    "))
        }
        "store" => format!("server:\n  state_key: {{ env: KEY }}\n{piece}"),
        // The files are not there.
        "include" => format!(
            "{piece}backends: {{ a: {{ type: zendesk }} }}\n\
             brands: {{ a: {{ hosts: [a.zendesk.com], backend: a }} }}\n"
        ),
        "version" | "server" | "zendesk" | "backends" => piece.to_owned(),
        _ => format!("backends:\n{}", indented("  ")),
    })
}

fn pieces(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let blocks = text.split("```yaml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn each_piece_in_the_documents_is_read_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = std::fs::read_dir(root.join("docs")).unwrap().map(|it| it.unwrap().path());
    let documents = documents.chain([root.join("README.md"), root.join("CHANGELOG.md")]);
    let mut read = 0;
    for document in documents.filter(|it| it.extension().is_some_and(|end| end == "md")) {
        for piece in pieces(&document) {
            let Some(file) = framed(&piece) else { continue };
            let mut wrong = errors(&file);
            wrong.retain(|it| !AROUND.iter().any(|key| it.message == format!("missing `{key}`")));
            assert!(wrong.is_empty(), "{}: {piece}{wrong:#?}", document.display());
            read += 1;
        }
    }
    assert!(read >= 7, "{read}");
}
