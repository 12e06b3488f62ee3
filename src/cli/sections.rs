//! What the man page and the long help say beyond the options: written once, shown in both.

use std::fmt::Write as _;

/// A titled list of terms with what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The title, in capitals.
    pub title: String,
    /// Terms, each with its explanation.
    pub entries: Vec<(String, String)>,
}

impl Section {
    /// The section called `title` with these terms.
    pub fn new<'a>(title: &str, entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = |(term, meaning): (&str, &str)| (term.to_owned(), meaning.to_owned());
        Self { title: title.to_owned(), entries: entries.into_iter().map(owned).collect() }
    }
}

/// The sections that the man page and the long help share.
pub(super) fn sections() -> [Section; 3] {
    [
        Section::new(
            "EXIT STATUS",
            [
                ("0", "done; also when the reader of a pipe has had enough"),
                (
                    "1",
                    "findings of check, conflicts of merge, annotations that do not match the text, a failed line of a script",
                ),
                ("2", "it could not be done"),
                ("128+n", "signal n ended the program"),
            ],
        ),
        Section::new(
            "FILES",
            [
                ("*.txt", "transcripts: UTF-8, never changed"),
                (
                    "corpus.ron",
                    "optional; (allow: [\"cut-word\"]) names rules that check passes over, (options: (…)) sets options for everyone",
                ),
                ("schema.ron", "the corpus's layers and labels; without it the built-in ones"),
                ("annotations/NAME/*.ron", "what an annotator says about a transcript"),
                ("annotations/NAME/*.history", "every change, for undo and recovery"),
                (
                    "~/.config/tribune/config.ron",
                    "the user's options, such as (annotator: \"alpha\"); `tribune config` lists them",
                ),
                (
                    "~/.config/tribune/keymap.ron",
                    "keys of the user's own, by names of commands: {\"Z\": \"undo\", \"u\": \"none\"}",
                ),
                ("~/.config/tribune/theme.ron", "colours: (background: \"dark\", labels: {\"quote\": \"#56B4E9\"})"),
            ],
        ),
        Section::new(
            "ENVIRONMENT",
            [
                ("TRIBUNE_ANNOTATOR", "the annotator's name, unless --annotator gives one"),
                ("TRIBUNE_CONFIG", "the user's config, instead of ~/.config/tribune/config.ron"),
                ("LOGNAME, USER, USERNAME", "the annotator's name, where neither that nor the config gives one"),
                ("XDG_CONFIG_HOME", "where tribune/config.ron lies, instead of ~/.config"),
                ("LC_ALL, LC_MESSAGES, LANG", "the language of the schema's titles: en, ru or kk"),
                ("LANGUAGE", "languages of titles, the best first, instead of the locale's: kk:ru"),
                ("XDG_STATE_HOME", "where tribune/places lies, instead of ~/.local/state"),
            ],
        ),
    ]
}

/// The sections as the long help shows them.
pub(super) fn help() -> String {
    let mut help = String::new();
    for section in sections() {
        let width = section.entries.iter().map(|(term, _)| term.len()).max().unwrap_or_default();
        let gap = if help.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail.
        writeln!(help, "{gap}{}:", section.title).ok();
        for (term, meaning) in &section.entries {
            writeln!(help, "  {term:width$}  {meaning}").ok();
        }
    }
    help.trim_end().to_owned()
}
