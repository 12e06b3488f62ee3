//! Why a command would do nothing now: said by the command, and in lists before it is tried.

use crate::annotation::Annotation;
use crate::app::App;
use crate::command::{Command, Group, entry_of};

impl App {
    /// Why `command` would do nothing now, while reading, if it would not; `here` is the annotation at the cursor.
    pub(in crate::app) fn obstacle(&self, command: Command, here: Option<&Annotation>) -> Option<String> {
        if command == Command::Help || self.is_busy() || self.applies(command, here) {
            return None;
        }
        let is_in_group = entry_of(command).group == Group::Annotate;
        let changes =
            command == Command::ToggleDone || is_in_group && !matches!(command, Command::Relations | Command::Waiting);
        Some(self.unwritable().filter(|_| changes).unwrap_or_else(|| self.lacks(command)))
    }

    /// What `command` lacks to do something.
    pub(in crate::app) fn lacks(&self, command: Command) -> String {
        let is_first = self.session.set().is_empty();
        let words = match command {
            Command::Undo => "there is nothing to undo",
            Command::Redo => "there is nothing to redo",
            Command::FindNext | Command::FindPrevious => "nothing to look for yet: {find} finds words",
            Command::JumpBack => "there is no jump to go back from",
            Command::JumpForward => "there is no jump to repeat",
            Command::Copy | Command::Cite => "there is nothing to copy: select words, or go to an annotation",
            Command::SameEverywhere => "nothing to look for: select words, or go to an annotation of one stretch",
            Command::Repeat => "there is no last label yet: press {=a}, then a label's key",
            Command::AddFragment if self.selected().is_none() => {
                "nothing is selected: select what {fragment} is to add to the focused annotation"
            }
            Command::AddFragment => {
                "no annotation is focused: go to one with {next-annotation}, then select and press \
                 {fragment}"
            }
            Command::NextAnnotation | Command::PreviousAnnotation | Command::Annotations => {
                "there are no annotations yet: select words, then press {=a} and a label's key"
            }
            Command::Shrink => "nothing was grown: {grow} grows the selection",
            Command::Cancel => "nothing was begun and nothing is selected",
            Command::NextTurn | Command::PreviousTurn | Command::SelectTurn => "the document has no turns",
            Command::Waiting => "nothing waits for a place",
            Command::Notices => "nothing was told yet",
            Command::AnnotateAs | Command::SwapEnds | Command::AnchorNextWord | Command::AnchorPreviousWord => {
                "nothing is selected: {=m} selects by object ({select-sentence} the sentence, {select-with-quotes} the \
                 quotation), {extend} extends by moving"
            }
            Command::Values | Command::Speaker | Command::Relate if self.annotation_here().is_some() => {
                "the schema has nothing of the kind for the annotation here"
            }
            _ if is_first => "there is no annotation here: select words, then {=a} and a label's key",
            _ => "there is no annotation here: {next-annotation} goes to the next one",
        };
        self.keyed(words)
    }
}
