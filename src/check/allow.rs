//! What a corpus lives with: the rules that it allows to be broken.

use super::{Code, Diagnostic};
use crate::document::DocumentId;

/// Rules, each for one document or for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow(Vec<(Code, Option<DocumentId>)>);

impl Allow {
    /// What `entries` say, each `code`, or `code:document` for one document.
    ///
    /// # Errors
    ///
    /// The name of a rule that there is not: it is likely mistyped.
    ///
    /// ```
    /// use tribune::check::Allow;
    ///
    /// assert!(Allow::of(&["cut-word", "missed-phrase:речь й\u{301}👍.txt"]).is_ok());
    /// assert_eq!(Allow::of(&["cut-wrod"]), Err("cut-wrod".to_owned()));
    /// ```
    pub fn of(entries: &[impl AsRef<str>]) -> Result<Self, String> {
        let rule = |entry: &str| {
            let (name, document) = match entry.split_once(':') {
                Some((name, document)) => (name, Some(DocumentId::new(document.trim()))),
                None => (entry, None),
            };
            let code = Code::named(name.trim()).ok_or_else(|| name.trim().to_owned())?;
            Ok((code, document))
        };
        entries.iter().map(|entry| rule(entry.as_ref())).collect::<Result<_, _>>().map(Self)
    }

    /// Whether `finding` in `document` is lived with.
    pub fn covers(&self, finding: &Diagnostic, document: &DocumentId) -> bool {
        let is_here = |own: &Option<DocumentId>| own.as_ref().is_none_or(|own| own == document);
        self.0.iter().any(|(code, own)| *code == finding.code && is_here(own))
    }
}
