//! What a corpus lives with: the rules of `check` that its `corpus.ron` allows to be broken.

use crate::check::{Code, Diagnostic};
use crate::document::DocumentId;
use crate::outcome::Failure;
use crate::store::{Corpus, Settings};

/// Rules, each for one document or for all.
#[derive(Debug, Default)]
pub(super) struct Allow(Vec<(Code, Option<String>)>);

impl Allow {
    /// What `corpus` allows. A rule that there is not is a failure: it is likely mistyped.
    pub(super) fn of(corpus: &Corpus) -> Result<Self, Failure> {
        let (Settings { allow, .. }, path) = corpus.settings()?;
        let rule = |entry: &String| {
            let (name, document) = match entry.split_once(':') {
                Some((name, document)) => (name, Some(document.trim().to_owned())),
                None => (entry.as_str(), None),
            };
            let code = Code::named(name.trim()).ok_or_else(|| {
                let failure = Failure::data(format!("{}: there is no rule `{}` to allow", path.display(), name.trim()));
                failure.hint(format!("the rules are {}", Code::ALL.map(Code::name).join(", ")))
            })?;
            Ok((code, document))
        };
        allow.iter().map(rule).collect::<Result<_, _>>().map(Self)
    }

    /// Whether `finding` in `document` is lived with.
    pub(super) fn covers(&self, finding: &Diagnostic, document: &DocumentId) -> bool {
        let is_here = |own: &Option<String>| own.as_ref().is_none_or(|own| own == document.as_str());
        self.0.iter().any(|(code, own)| *code == finding.code && is_here(own))
    }
}
