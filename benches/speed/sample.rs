//! Transcripts and annotations of any size, the same every time.
//!
//! A longer transcript begins with the shorter ones, and the first hundred annotations lie in the first 10 kB. So the screen
//! at the start looks the same at every size, and only what is out of sight differs.

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tribune::annotation::{Annotation, AnnotationId, Edit, Origin, Speaker, SpeakerId, Target, Value};
use tribune::app::{Access, App, Effect, Message, Opened, Size, update};
use tribune::check::Allow;
use tribune::document::{Document, DocumentId};
use tribune::keymap::Key;
use tribune::schema::{AttributeId, Schema};
use tribune::session::Session;
use tribune::text::{Span, Text};
use tribune::tui::draw::draw;
use tribune::tui::{Depth, Theme};

/// What the screen shows at the start, in bytes and annotations.
pub(crate) const KILO: usize = 10_000;
pub(crate) const FEW: usize = 100;

const SENTENCES: [&str; 10] = [
    "Село строит мост через реку, и каждый двор прислал по человеку.",
    "«Сто\u{301}имость известна, — ответил инженер, — а вот сроки зависят от паводка».",
    "Молодые учителя просят жильё: без него, говорят они, школа опустеет к осени.",
    "В 2031 г. на ул. Садовой откроют библиотеку с читальным залом на 40 мест.",
    "Право на отдых записано в договоре, но графиков никто не видел.",
    "Ёлки посадили вдоль дороги 🌲, чтобы снег не заметал въезд.",
    "Кто отвечает за воду — район, область или подрядчик?",
    "Труд пасту\u{301}ха оплачивают по головам; сторожа́ получают за ночь.",
    "Студенты подсчитали: дорога до города съедает два часа и треть стипендии.",
    "Совет решил отложить вопрос до следующего собрания.",
];

const HEADS: [&str; 4] = ["СОЛНЦЕВА: ", "", "Дорохов (старший агроном): ", ""];

/// A transcript of at least `bytes` bytes: speeches in paragraphs of a few sentences.
pub(crate) fn transcript(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 2_000);
    let mut dice = Dice(1);
    while text.len() < bytes {
        text += HEADS[dice.below(HEADS.len())];
        for _ in 0..3 + dice.below(5) {
            text += SENTENCES[dice.below(SENTENCES.len())];
            text.push(' ');
        }
        text += "\n\n";
    }
    text
}

/// A linear congruential generator: Knuth's constants for MMIX.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }
}

/// The transcript as a document.
pub(crate) fn document(bytes: usize) -> Document {
    Document::new(DocumentId::new("речь.txt"), Text::new(transcript(bytes)).expect("not too long"))
}

/// `count` spans: the first hundred in the first 10 kB, the others all over the text; every fiftieth is long.
pub(crate) fn spans(text: &Text, count: usize) -> Vec<Span> {
    let few = FEW.min(count);
    let near = (0..few).map(|place| place * KILO / few);
    let far = (0..count - few).map(|place| place * (text.as_str().len() - 4_000) / (count - few));
    let span = |(number, at): (usize, usize)| {
        let length = 20 + number * 37 % 300 + if number % 50 == 0 { 3_000 } else { 0 };
        text.span(text.boundary_at_or_before(at), text.boundary_at_or_before(at + length)).expect("it has a length")
    };
    near.chain(far).enumerate().map(span).collect()
}

/// A session with `count` annotations of all labels, every quote with its speaker.
pub(crate) fn session(text: &Text, schema: &Schema, count: usize) -> Session {
    let labels: Vec<_> = schema.labels().collect();
    let speaker = Speaker {
        id: SpeakerId(1),
        name: "Анна Солнцева".to_owned(),
        role: Some("учитель".to_owned()),
        aliases: vec![],
    };
    let mut edits = vec![Edit::Speaker { before: None, after: Some(speaker) }];
    for (number, span) in (1..).zip(spans(text, count)) {
        let (layer, label) = labels[number as usize % labels.len()];
        let speaker = AttributeId::new("speaker");
        let attributes = layer.attribute(&speaker).map(|own| (own.id.clone(), Value::Speaker(SpeakerId(1))));
        edits.push(Edit::Insert(Annotation {
            id: AnnotationId(number),
            layer: layer.id.clone(),
            label: label.id.clone(),
            target: Target::Text(span.into()),
            attributes: attributes.into_iter().collect(),
            note: None,
            origin: Origin::Manual,
        }));
    }
    let mut session = Session::default();
    session.commit(Timestamp::UNIX_EPOCH, "a sample", edits).expect("fresh annotations can be inserted");
    session
}

/// The program with a screen of 120×40, without a terminal and files.
pub(crate) struct Desk {
    pub(crate) app: App,
    screen: Terminal<TestBackend>,
}

impl Desk {
    /// A transcript of `bytes` bytes with `count` annotations.
    pub(crate) fn new(bytes: usize, count: usize) -> Self {
        let schema = Schema::builtin();
        let document = document(bytes);
        let session = session(&document.text, &schema, count);
        let mut app = App::new(document, schema, "alpha".to_owned(), "en".to_owned());
        app.size = Size { width: 120, height: 40 };
        let opened =
            Opened { session, access: Access::Write, places: [].into(), allow: Allow::default(), notices: Vec::new() };
        let effects = update(&mut app, Timestamp::UNIX_EPOCH, Message::Opened(Box::new(opened)));
        assert_eq!(effects, []);
        Self { app, screen: Terminal::new(TestBackend::new(120, 40)).expect("a screen in memory") }
    }

    /// Presses keys, written as in the command table, and draws after each.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in keys.split(' ').filter_map(Key::parse) {
            for effect in update(&mut self.app, Timestamp::UNIX_EPOCH, Message::Key(key)) {
                if let Effect::Record(transaction) = effect {
                    let recorded = Message::Recorded(transaction.revision);
                    assert_eq!(update(&mut self.app, Timestamp::UNIX_EPOCH, recorded), []);
                }
            }
            let Self { app, screen } = self;
            screen.draw(|frame| draw(app, Theme::new(Depth::True, false), frame)).expect("drawing in memory works");
        }
    }
}

/// Pairs of keys that lead back to where they began.
pub(crate) const KEYS: [(&str, &str); 5] = [
    ("down", "j k"),
    ("page-down", "PgDn PgUp"),
    ("word", "w b"),
    ("select a sentence", "m s Esc"),
    ("annotate, undo", "m w a r u Esc"),
];
