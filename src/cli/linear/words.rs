//! What is asked for in words. Everything that needs none is in the command table and goes by its name there.

use crate::cli::Section;
use crate::command::{COMMANDS, Command};

/// What a word of the table does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Goto,
    Select,
    Find,
    Annotate,
    Relabel,
    Speaker,
    Attribute,
    Note,
    Relate,
    Register,
    Here,
    Show,
    List,
    Labels,
    Open,
    SaveElsewhere,
    Yes,
    No,
    Help,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) verb: Verb,
    pub(super) name: &'static str,
    /// What follows the name, as help shows it.
    pub(super) argument: &'static str,
    pub(super) help: &'static str,
}

const fn word(verb: Verb, name: &'static str, argument: &'static str, help: &'static str) -> Word {
    Word { verb, name, argument, help }
}

/// Every word. Where a command of the keys has the same name, the word stands for it.
pub(super) const WORDS: &[Word] = &[
    word(
        Verb::Goto,
        "goto",
        "PLACE",
        "go to a code point (828), a paragraph (¶9), a sentence (¶9 s2), a line and column (12:5) or an annotation (Q1)",
    ),
    word(
        Verb::Select,
        "select",
        "START END",
        "select between two code points; `select PLACE` all of a paragraph, sentence or annotation",
    ),
    word(Verb::Find, "find", "[WORDS]", "select the next place of these words, or of the last ones"),
    word(Verb::Annotate, "annotate", "LABEL", "annotate the selection"),
    word(Verb::Relabel, "relabel", "LABEL", "change the label of the annotation here"),
    word(
        Verb::Speaker,
        "speaker",
        "[NAME]",
        "who is quoted, who claims: by a name or alias, part of one, or as a new name; without one, who might be",
    ),
    word(Verb::Attribute, "attribute", "NAME [VALUE]", "give the annotation here a value, or take it away"),
    word(Verb::Note, "note", "[TEXT]", "give the annotation here a note, or take it away; \\n begins a line"),
    word(Verb::Relate, "relate", "PLACE [LABEL]", "relate the annotation here to another"),
    word(Verb::Register, "register", "NAME; ROLE; ALIAS…", "enter somebody in the register of speakers"),
    word(Verb::Here, "here", "", "where the cursor is, and the annotations there with all that is known of them"),
    word(Verb::Show, "show", "[all]", "the paragraph, or everything, with its annotations in brackets"),
    word(Verb::List, "list", "[WORDS]", "all annotations, or those with these words"),
    word(Verb::List, "annotations", "[WORDS]", "the same"),
    word(Verb::Labels, "labels", "", "labels and attributes"),
    word(Verb::Open, "open", "NAME", "open another transcript, by name or by its number in `documents`"),
    word(Verb::SaveElsewhere, "save-elsewhere", "PLACE", "write snapshot and history, whole, to another place"),
    word(Verb::Yes, "yes", "", "answer a question with the first answer; a number gives another"),
    word(Verb::No, "no", "", "leave a question unanswered; so does any other command"),
    word(Verb::Help, "help", "[WORDS]", "all commands, or those with these words"),
];

/// The commands of the keys that go by their names, in the order of their table.
pub(super) fn commands() -> impl Iterator<Item = &'static crate::command::Entry> {
    COMMANDS.iter().filter(|entry| WORDS.iter().all(|word| word.name != entry.name) && !needs_screen(entry.command))
}

/// Whether a command makes no sense without a screen.
pub(super) fn needs_screen(command: Command) -> bool {
    use Command::{AllLanes, Lens, Palette, Redraw, ReleaseMouse, Suspend};
    matches!(command, ReleaseMouse | Redraw | Suspend | Palette | Lens | AllLanes)
}

/// What the man page says of linear mode.
pub(in crate::cli) fn section() -> Section {
    let words = WORDS.iter().map(|word| (format!("{} {}", word.name, word.argument).trim_end().to_owned(), word.help));
    let rules = [
        (
            "COMMAND [NUMBER]",
            "a line is a command: one of these, or one named in brackets under KEYS; those that move, undo and redo may be followed by how often",
        ),
        (
            "COMM",
            "the beginning of a name will do, also typed on a Russian or Kazakh layout, and so do the keys: m s, a q",
        ),
        ("# …", "a comment"),
    ];
    let rules = rules.into_iter().map(|(term, meaning)| (term.to_owned(), meaning));
    let entries = rules.chain(words).map(|(term, meaning)| (term, meaning.to_owned())).collect();
    Section { title: "LINEAR MODE".to_owned(), entries }
}
