//! Reads the command line and runs one front end.
use std::path::Path;
use std::process::ExitCode;
use tribune::store::{AnnotatorName, Corpus};
fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap();
    let path = Path::new(&path);
    let corpus = Corpus::containing(path).unwrap();
    let schema = corpus.schema(None).unwrap();
    let document = if path.is_dir() { None } else { Some(corpus.read_transcript(path).unwrap()) };
    let documents = corpus.documents().unwrap();
    let request = tribune::tui::Request {
        corpus,
        document,
        documents,
        annotator: AnnotatorName::new("alpha").unwrap(),
        schema,
        read_only: false,
        language: "en".into(),
    };
    match tribune::tui::run(request) {
        Ok(o) => o.into(),
        Err(f) => f.report(std::io::stderr()),
    }
}
