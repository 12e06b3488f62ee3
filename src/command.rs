//! What can be done, in one table.
//!
//! [`COMMANDS`] is the only place that knows a command's name, keys and explanation. The key trie, the hints, the help, the
//! README's key table and the man page are made from it. What a command is called in Russian and Kazakh stands in `titles`.

mod titles;

/// Something that a key, the mouse or a name can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is explained by its row in COMMANDS")]
pub enum Command {
    Left,
    Right,
    Up,
    Down,
    ExtendLeft,
    ExtendRight,
    ExtendUp,
    ExtendDown,
    NextWord,
    PreviousWord,
    ExtendNextWord,
    ExtendPreviousWord,
    NextSentence,
    PreviousSentence,
    NextParagraph,
    PreviousParagraph,
    NextTurn,
    PreviousTurn,
    RowStart,
    RowEnd,
    ExtendRowStart,
    ExtendRowEnd,
    PageUp,
    PageDown,
    DocumentStart,
    DocumentEnd,
    ToggleExtend,
    SwapEnds,
    Cancel,
    AnchorNextWord,
    AnchorPreviousWord,
    Snapping,
    SelectWord,
    SelectSentence,
    SelectWholeSentence,
    SelectParagraph,
    SelectTurn,
    SelectClause,
    SelectInsideQuotes,
    SelectWithQuotes,
    SelectAnnotation,
    SelectDocument,
    Grow,
    Shrink,
    Repeat,
    AnnotateAs,
    RelabelAs,
    NextAnnotation,
    PreviousAnnotation,
    Delete,
    Edit,
    Values,
    EditExtent,
    AddFragment,
    Speaker,
    FindAndTag,
    SameEverywhere,
    Relate,
    Relations,
    DocumentLabels,
    Waiting,
    Check,
    Copy,
    Cite,
    Undo,
    Redo,
    Find,
    Goto,
    FindNext,
    FindPrevious,
    JumpBack,
    JumpForward,
    Speakers,
    Annotations,
    Layers,
    Lens,
    AllLanes,
    Documents,
    ToggleDone,
    ReleaseMouse,
    Save,
    SaveElsewhere,
    Notices,
    Options,
    Reload,
    Help,
    Palette,
    Quit,
    Redraw,
    Suspend,
}

/// What a command is for; the help lists them so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Moving the cursor.
    Move,
    /// Making a selection.
    Select,
    /// Changing annotations.
    Annotate,
    /// Finding places.
    Go,
    /// The program itself.
    Program,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Self; 5] = [Self::Move, Self::Select, Self::Annotate, Self::Go, Self::Program];

    /// What the help calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Moving",
            Self::Select => "Selecting",
            Self::Annotate => "Annotating",
            Self::Go => "Finding",
            Self::Program => "Program",
        }
    }
}

/// A row of the command table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What it does.
    pub command: Command,
    /// Its name, for people who type it.
    pub name: &'static str,
    /// Its keys on a US keyboard: each a sequence of keys with blanks between, the first the one that hints show.
    pub keys: &'static [&'static str],
    /// What it is for.
    pub group: Group,
    /// What it does, in a few words.
    pub help: &'static str,
}

const fn entry(
    command: Command,
    name: &'static str,
    keys: &'static [&'static str],
    group: Group,
    help: &'static str,
) -> Entry {
    Entry { command, name, keys, group, help }
}

/// Every command.
pub const COMMANDS: &[Entry] = &[
    entry(Command::Left, "left", &["h", "Left"], Group::Move, "one character back"),
    entry(Command::Right, "right", &["l", "Right"], Group::Move, "one character on"),
    entry(Command::Up, "up", &["k", "Up"], Group::Move, "one row up"),
    entry(Command::Down, "down", &["j", "Down"], Group::Move, "one row down"),
    entry(Command::NextWord, "next-word", &["w", "C-Right"], Group::Move, "next word"),
    entry(Command::PreviousWord, "previous-word", &["b", "C-Left"], Group::Move, "previous word"),
    entry(Command::NextSentence, "next-sentence", &["s"], Group::Move, "next sentence"),
    entry(Command::PreviousSentence, "previous-sentence", &["S"], Group::Move, "previous sentence"),
    entry(Command::NextParagraph, "next-paragraph", &["p", "C-Down"], Group::Move, "next paragraph"),
    entry(Command::PreviousParagraph, "previous-paragraph", &["P", "C-Up"], Group::Move, "previous paragraph"),
    entry(Command::NextTurn, "next-turn", &["t"], Group::Move, "next speaker turn"),
    entry(Command::PreviousTurn, "previous-turn", &["T"], Group::Move, "previous speaker turn"),
    entry(Command::RowStart, "row-start", &["Home"], Group::Move, "start of the row"),
    entry(Command::RowEnd, "row-end", &["End"], Group::Move, "end of the row"),
    entry(Command::PageUp, "page-up", &["PgUp"], Group::Move, "one page up"),
    entry(Command::PageDown, "page-down", &["PgDn"], Group::Move, "one page down"),
    entry(Command::DocumentStart, "document-start", &["g g", "C-Home"], Group::Move, "start of the document"),
    entry(Command::DocumentEnd, "document-end", &["g e", "C-End"], Group::Move, "end of the document"),
    entry(Command::ToggleExtend, "extend", &["v"], Group::Select, "extend the selection with every move, on or off"),
    entry(Command::SwapEnds, "swap-ends", &["x"], Group::Select, "go to the other end of the selection"),
    entry(Command::AnchorNextWord, "anchor-next-word", &["A-w"], Group::Select, "move the other end a word on"),
    entry(
        Command::AnchorPreviousWord,
        "anchor-previous-word",
        &["A-b"],
        Group::Select,
        "move the other end a word back",
    ),
    entry(
        Command::Snapping,
        "snapping",
        &["Space x"],
        Group::Select,
        "select parts of words: by mouse and by rows, or not",
    ),
    entry(Command::Cancel, "cancel", &["Esc"], Group::Select, "drop the selection; leave what was begun"),
    entry(Command::SelectWord, "select-word", &["m w"], Group::Select, "the word"),
    entry(Command::SelectSentence, "select-sentence", &["m s"], Group::Select, "the sentence, without its marks"),
    entry(Command::SelectWholeSentence, "select-whole-sentence", &["m S"], Group::Select, "the whole sentence"),
    entry(Command::SelectClause, "select-clause", &["m c"], Group::Select, "the clause"),
    entry(Command::SelectParagraph, "select-paragraph", &["m p"], Group::Select, "the paragraph"),
    entry(Command::SelectTurn, "select-turn", &["m u"], Group::Select, "the speaker's turn"),
    entry(Command::SelectInsideQuotes, "select-inside-quotes", &["m q"], Group::Select, "what is quoted"),
    entry(Command::SelectWithQuotes, "select-with-quotes", &["m Q"], Group::Select, "what is quoted, with the marks"),
    entry(Command::SelectAnnotation, "select-annotation", &["m a"], Group::Select, "the annotation here"),
    entry(Command::SelectDocument, "select-document", &["m d"], Group::Select, "the whole document"),
    entry(Command::Grow, "grow", &["o"], Group::Select, "grow: word, clause, sentence, quotation, paragraph, turn"),
    entry(Command::Shrink, "shrink", &["i"], Group::Select, "shrink again"),
    entry(Command::ExtendLeft, "extend-left", &["S-Left"], Group::Select, "extend by one character back"),
    entry(Command::ExtendRight, "extend-right", &["S-Right"], Group::Select, "extend by one character on"),
    entry(Command::ExtendUp, "extend-up", &["S-Up"], Group::Select, "extend by one row up"),
    entry(Command::ExtendDown, "extend-down", &["S-Down"], Group::Select, "extend by one row down"),
    entry(Command::ExtendNextWord, "extend-next-word", &["C-S-Right"], Group::Select, "extend to the end of the word"),
    entry(
        Command::ExtendPreviousWord,
        "extend-previous-word",
        &["C-S-Left"],
        Group::Select,
        "extend to the start of the word",
    ),
    entry(Command::ExtendRowStart, "extend-row-start", &["S-Home"], Group::Select, "extend to the start of the row"),
    entry(Command::ExtendRowEnd, "extend-row-end", &["S-End"], Group::Select, "extend to the end of the row"),
    entry(Command::Repeat, "repeat", &["Enter"], Group::Annotate, "annotate with the last label again"),
    entry(Command::AnnotateAs, "annotate-as", &["a Enter"], Group::Annotate, "annotate: the label from a list"),
    entry(
        Command::RelabelAs,
        "relabel-as",
        &["c Enter"],
        Group::Annotate,
        "another label for the annotation: from a list",
    ),
    entry(Command::Delete, "delete", &["d", "Del"], Group::Annotate, "delete the annotation here"),
    entry(Command::Edit, "edit", &["e"], Group::Annotate, "label, attributes, speaker and note in one form"),
    entry(Command::Values, "values", &["z"], Group::Annotate, "its values, a key each; Enter: as the one before"),
    entry(Command::EditExtent, "edit-extent", &["E"], Group::Annotate, "move the edges: select anew, Enter sets them"),
    entry(
        Command::AddFragment,
        "fragment",
        &["f"],
        Group::Annotate,
        "add the selection to the focused annotation, or take it out",
    ),
    entry(Command::Speaker, "speaker", &["q"], Group::Annotate, "who is quoted, who claims"),
    entry(Command::Relate, "relate", &["r"], Group::Annotate, "relation to another annotation: go there, Enter"),
    entry(Command::Copy, "copy", &["y"], Group::Go, "copy the selection, or the annotation here"),
    entry(Command::Cite, "cite", &["Y"], Group::Go, "copy it with speaker, document and offsets"),
    entry(Command::JumpBack, "jump-back", &["C-o", "A-Left"], Group::Go, "where you were before the last jump"),
    entry(Command::JumpForward, "jump-forward", &["A-Right"], Group::Go, "forward again"),
    entry(Command::Undo, "undo", &["u"], Group::Annotate, "take the last change back"),
    entry(Command::Redo, "redo", &["U"], Group::Annotate, "do it again"),
    entry(Command::NextAnnotation, "next-annotation", &["Tab"], Group::Go, "next annotation"),
    entry(Command::PreviousAnnotation, "previous-annotation", &["S-Tab"], Group::Go, "previous annotation"),
    entry(Command::Find, "find", &["/", "C-f", "Space f"], Group::Go, "find words"),
    entry(Command::FindNext, "find-next", &["n"], Group::Go, "next place found"),
    entry(Command::FindPrevious, "find-previous", &["N"], Group::Go, "previous place found"),
    entry(
        Command::Goto,
        "goto",
        &["Space j"],
        Group::Go,
        "go to a place: paragraph (9), code point (@828), 828–841, 12:5, Q1",
    ),
    entry(Command::Annotations, "annotations", &["Space a"], Group::Go, "list of all annotations"),
    entry(
        Command::FindAndTag,
        "find-and-tag",
        &["Space r"],
        Group::Annotate,
        "find and tag: words or a pattern, place after place",
    ),
    entry(Command::SameEverywhere, "same-everywhere", &["Space e"], Group::Annotate, "tag the same everywhere"),
    entry(Command::Relations, "relations", &["Space c"], Group::Annotate, "relations here"),
    entry(
        Command::Waiting,
        "waiting",
        &["Space u"],
        Group::Annotate,
        "what waits for a place, as the text has changed",
    ),
    entry(Command::Check, "check", &["Space k"], Group::Annotate, "what looks wrong"),
    entry(Command::DocumentLabels, "document-labels", &["Space g"], Group::Annotate, "labels of the document"),
    entry(Command::Speakers, "speakers", &["Space s"], Group::Annotate, "register of speakers"),
    entry(Command::Layers, "layers", &["Space v"], Group::Go, "labels that are shown: hide one, or all others"),
    entry(Command::Lens, "lens", &["Space l"], Group::Go, "lanes for this paragraph: extents and labels, on or off"),
    entry(Command::AllLanes, "lanes", &["Space L"], Group::Go, "lanes below every row, on or off"),
    entry(Command::Documents, "documents", &["Space d"], Group::Program, "documents of the corpus"),
    entry(Command::ToggleDone, "done", &["Space t"], Group::Program, "call the document done, or open again"),
    entry(Command::ReleaseMouse, "mouse", &["Space m"], Group::Program, "mouse to the terminal, or back"),
    entry(Command::Save, "write", &["C-s", "Space w"], Group::Program, "write the snapshot"),
    entry(
        Command::SaveElsewhere,
        "save-elsewhere",
        &["Space p"],
        Group::Program,
        "save elsewhere: snapshot and history, whole",
    ),
    entry(Command::Notices, "notices", &["Space n"], Group::Program, "everything that was told, in full"),
    entry(Command::Options, "options", &["Space o"], Group::Program, "the options in force, and where they are set"),
    entry(Command::Reload, "reload", &["Space y"], Group::Program, "reread config and schema"),
    entry(
        Command::Help,
        "help",
        &["?", "F1", "Space h"],
        Group::Program,
        "what can be done here; F1 also where something is typed",
    ),
    entry(
        Command::Palette,
        "palette",
        &[":", "C-p"],
        Group::Program,
        "all commands by name: type to filter, Enter does it",
    ),
    entry(Command::Redraw, "redraw", &["C-l"], Group::Program, "draw the screen anew"),
    entry(Command::Suspend, "suspend", &["C-z"], Group::Program, "suspend"),
    entry(Command::Quit, "quit", &["C-q", "Space q"], Group::Program, "quit; everything is saved"),
];

impl Entry {
    /// What it does in a few words, in the language `ru` or `kk`, else in English.
    pub fn title(&self, language: &str) -> &'static str {
        let [english, russian, kazakh] = self.titles();
        match language {
            "ru" => russian,
            "kk" => kazakh,
            _ => english,
        }
    }

    /// What it does in English, Russian and Kazakh.
    pub fn titles(&self) -> [&'static str; 3] {
        let (russian, kazakh) = titles::of(self.command);
        [self.help, russian, kazakh]
    }

    /// What it is found by in lists: its titles, and what others call it.
    pub fn found_by(&self) -> impl Iterator<Item = &'static str> {
        self.titles().into_iter().chain(titles::words_for(self.command))
    }
}

/// The row of `command`.
///
/// # Panics
///
/// Never: a test finds every command in the table.
pub fn entry_of(command: Command) -> &'static Entry {
    COMMANDS.iter().find(|entry| entry.command == command).expect("every command has a row")
}
