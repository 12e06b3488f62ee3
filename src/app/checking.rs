//! What `check` finds in the open document, as a list.

use jiff::Timestamp;

use super::picker::{Choice, Item, Purpose};
use super::{App, Effect, Mode, Picker, plural};
use crate::annotation::Annotation;
use crate::check::{self, Diagnostic, Severity};

impl App {
    /// Checks the document and lists what looks wrong.
    pub(super) fn list_findings(&mut self) {
        let items = self.finding_items();
        if items.is_empty() {
            self.tell("check finds nothing wrong");
            return;
        }
        let title = format!("check: {}", plural(items.len(), "finding"));
        self.mode = Mode::Picker(Picker::new(title, Purpose::Check, items));
    }

    pub(super) fn finding_items(&self) -> Vec<Item> {
        let found = check::check(&self.document, &self.schema, self.session.set());
        let found = found.into_iter().filter(|finding| !self.allow.covers(finding, &self.document.id));
        let item = |finding: Diagnostic| {
            let name = finding.annotation.and_then(|id| self.session.set().get(id)).map(Annotation::name);
            // The paragraph, as the margin counts them: lines are of the file.
            let text = &self.document.text;
            let paragraph = finding.span.and_then(|span| text.paragraph_number(text.line_of(span.start())));
            let place = paragraph.map_or_else(String::new, |number| format!("¶{}", number + 1));
            let mark = if finding.severity == Severity::Error { '!' } else { '·' };
            let (code, message) = (finding.code, &finding.message);
            let text = format!("{mark} {place:>7} {:4} {code}: {message}", name.unwrap_or_default());
            Item::new(text, finding.hint.clone(), Choice::Finding(Box::new(finding)))
        };
        found.map(item).collect()
    }

    /// Goes to what was found.
    pub(super) fn go_to_finding(&mut self, finding: &Diagnostic) {
        self.note_jump();
        self.focus = finding.annotation.or(self.focus);
        (self.extent, self.extending) = (None, false);
        if let Some(span) = finding.span {
            self.select(span);
        }
        self.tell(format!("{} — {}", finding.message, finding.hint));
    }

    /// Puts right what was found, where there is one safe remedy.
    pub(super) fn put_right(&mut self, now: Timestamp, finding: &Diagnostic) -> Vec<Effect> {
        let edits = check::fix(&self.document, &self.schema, self.session.set(), |own| own == finding);
        if edits.is_empty() {
            self.refuse(format!("{} has no remedy that is safe: {}", finding.code, finding.hint));
            return Vec::new();
        }
        let effects = self.commit(now, &format!("put right: {}", finding.code), edits);
        if !effects.is_empty() {
            self.tell_done(&format!("put right: {}", finding.message));
        }
        effects
    }
}
