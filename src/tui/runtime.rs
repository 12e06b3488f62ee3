//! The loop: draw, wait, update, perform.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::chooser;
use super::draw::draw;
use super::farewell::{Farewell, Leavings};
use super::performing::{take_some, tell};
use super::stopping::retake;
use super::terminal::{self, Guard, Screen};
use super::theme::Theme;
use super::whereabouts::Whereabouts;
use super::world::{Arrival, World};
use crate::app::{App, Habits, Message, Size, Tutor, update};
use crate::config::Config;
use crate::document::{Document, DocumentId};
use crate::outcome::Failure;
use crate::schema::Schema;
use crate::store::{self, AnnotatorName, ConfigFiles, Corpus, Opening, Places};
use crate::work::{Work, Worker, now};

/// How long the first frame may wait for the annotations, so that small files do not flicker.
const FIRST_FRAME: Duration = Duration::from_millis(40);

/// How long an answer of the terminal is waited for at the end, so that it does not land in the shell.
pub(super) const LATE: Duration = Duration::from_millis(250);

/// How long what arrives is taken without a frame that shows it, while more is waiting: a key held down is seen to move.
const UNSHOWN: Duration = Duration::from_millis(30);

/// Files of more bytes than this, transcript and annotations together, are not waited for.
const SMALL: u64 = 1 << 18;

/// What the terminal front end is asked for.
#[derive(Debug)]
pub struct Request {
    /// The corpus.
    pub corpus: Corpus,
    /// The document to open; none to choose one.
    pub document: Option<Document>,
    /// What to choose from; none for every document of the corpus.
    pub documents: Option<Vec<DocumentId>>,
    /// Who annotates.
    pub annotator: AnnotatorName,
    /// The schema in force.
    pub schema: Schema,
    /// The file that was given for it, if one was.
    pub schema_file: Option<PathBuf>,
    /// Whether nothing may be changed.
    pub read_only: bool,
    /// The language of titles.
    pub language: String,
    /// Where the config is read from.
    pub files: ConfigFiles,
    /// What it says.
    pub config: Config,
    /// Whether the tutor is to be given on the document.
    pub is_tutor: bool,
    /// Where it is kept where somebody is in each document, if it is.
    pub places: Option<Places>,
}

/// How work on a document ended.
pub(super) enum Ending {
    Quit,
    Choose,
    /// The schema is to be read again; nothing ends if it says what it did.
    Reread,
    /// The program is to stop for a while; nothing ends.
    Stop,
    /// The terminal is to be taken anew, whoever had it; nothing ends.
    Retake,
    /// The same document is to be opened anew.
    Reopen,
    /// There is nothing to work on, and why.
    Unopened(Box<Failure>),
    Signal(i32),
    Gone,
}

/// Runs the terminal front end until the annotator leaves.
pub fn run(mut request: Request) -> Result<Farewell, Failure> {
    let theme = Theme::of_environment();
    let asks = theme.may_ask();
    let world = World::listen(asks).map_err(|error| no_terminal(&error))?;
    let guard = Guard::take().map_err(|error| no_terminal(&error))?;
    let mut screen = terminal::screen().map_err(|error| no_terminal(&error))?;
    if asks {
        terminal::ask_for_background().map_err(|error| no_terminal(&error))?;
    }
    let asked = asks.then(Instant::now);
    let mut front =
        Front { world, theme, asked, last: None, habits: None, leavings: Leavings::default(), fault: None, told: None };
    let mut at_start = request.document.is_some();
    let ending = loop {
        let document = match request.document.take() {
            Some(document) => document,
            None => match front.choose(&request, &mut screen) {
                Ok(Ok(document)) => document,
                Ok(Err(ending)) => break Ok(ending),
                Err(failure) => break Err(failure),
            },
        };
        let id = document.id.clone();
        match front.work(&mut request, document, &mut screen) {
            Ok(Ending::Choose) => {}
            Ok(Ending::Reopen) => {
                front.told = front.told.or(Some("nobody else works on it any more: it may be changed"));
                request.document = front.open(&request, &id);
            }
            Ok(Ending::Unopened(failure)) if !at_start => front.note_fault(&request, id, &failure.message),
            Ok(Ending::Unopened(failure)) => break Err(*failure),
            other => break other,
        }
        at_start = false;
    };
    front.hear_out();
    drop(guard);
    match ending? {
        Ending::Signal(signal) => {
            let ended = Failure::signal(u8::try_from(signal).unwrap_or(0));
            Err(front.leavings.found.into_iter().fold(ended, Failure::hint))
        }
        // The terminal was closed: as if its hang-up had been signalled.
        Ending::Gone => Err(Failure::signal(1)),
        _ => Ok(front.leavings.told()),
    }
}

fn no_terminal(error: &io::Error) -> Failure {
    Failure::system(format!("the terminal cannot be used: {error}"))
}

/// What stays while documents come and go.
pub(super) struct Front {
    pub(super) world: World,
    pub(super) theme: Theme,
    /// When the terminal was asked for its background, as long as it has not answered.
    asked: Option<Instant>,
    /// The document worked on last.
    pub(super) last: Option<DocumentId>,
    /// How the annotator went on there.
    habits: Option<Habits>,
    leavings: Leavings,
    /// The document that could not be opened, and why, to be told in the list.
    pub(super) fault: Option<(DocumentId, String)>,
    /// What is to be told once the document is open again.
    told: Option<&'static str>,
}

impl Front {
    /// Waits for something to arrive, at most for `limit`; the terminal's background is seen to.
    pub(super) fn wait(&mut self, limit: Option<Duration>) -> VecDeque<Arrival> {
        let mut arrivals = self.world.wait(limit);
        arrivals.retain(|arrival| {
            let Arrival::Background(color) = arrival else { return true };
            self.theme = self.theme.over(*color);
            self.asked = None;
            false
        });
        arrivals
    }

    /// Waits a moment for the terminal's answer, if it may still be under way.
    fn hear_out(&mut self) {
        while let Some(left) = self.asked.and_then(|asked| LATE.checked_sub(asked.elapsed())) {
            if self.wait(Some(left)).iter().any(|arrival| matches!(arrival, Arrival::Gone)) {
                return;
            }
        }
    }

    /// Lets the annotator choose a document.
    fn choose(&mut self, request: &Request, screen: &mut Screen) -> Result<Result<Document, Ending>, Failure> {
        loop {
            let documents = match &request.documents {
                Some(documents) => documents.clone(),
                None => request.corpus.documents()?,
            };
            let chosen = chooser::run(request, documents, self, screen).map_err(|error| no_terminal(&error))?;
            return Ok(match chosen {
                chooser::Chosen::Document(id) => match self.open(request, &id) {
                    Some(document) => Ok(document),
                    None => continue,
                },
                chooser::Chosen::Quit => Err(Ending::Quit),
                chooser::Chosen::Signal(signal) => Err(Ending::Signal(signal)),
                chooser::Chosen::Gone => Err(Ending::Gone),
            });
        }
    }

    /// Whether the terminal's mouse is ours: as it was in the document before, else as the config has it.
    pub(super) fn has_mouse(&self, request: &Request) -> bool {
        self.habits.map_or(request.config.mouse, |habits| habits.mouse)
    }

    /// Reads the transcript `id`; one that cannot be read is told of in the list.
    fn open(&mut self, request: &Request, id: &DocumentId) -> Option<Document> {
        let opened = request.corpus.open_document(id);
        opened.map_err(|error| self.note_fault(request, id.clone(), &error.to_string())).ok()
    }

    /// Takes note that `id` cannot be opened: the list says so, and does not lead back there.
    fn note_fault(&mut self, request: &Request, id: DocumentId, fault: &str) {
        self.last = self.last.take().filter(|last| *last != id);
        self.fault = Some((id, fault.replace(&format!("{}/", request.corpus.root().display()), "")));
    }

    /// What a wish to read the schema again comes to: the document is opened anew if that says something else.
    fn reread(&mut self, request: &mut Request, app: &mut App) -> Option<Ending> {
        match request.corpus.schema(request.schema_file.as_deref()) {
            Ok(schema) if schema == request.schema => None,
            Ok(schema) => {
                request.schema = schema;
                self.told = Some("config and schema were read again");
                Some(Ending::Reopen)
            }
            Err(error) => {
                tell(app, vec![Message::Told(error.to_string())]);
                None
            }
        }
    }

    /// The app for a document, as its annotator has set it and goes on from the one before.
    fn app(&self, request: &Request, document: Document) -> App {
        let annotator = request.annotator.as_str().to_owned();
        let mut app = App::new(document, request.schema.clone(), annotator, request.language.clone());
        app.tutor = request.is_tutor.then(Tutor::default);
        app.mouse = request.config.mouse;
        update(&mut app, now(), Message::Configured(Box::new(request.config.clone())));
        if let Some(habits) = self.habits {
            app.take_along(habits);
        }
        app
    }

    /// Works on one document until its annotator leaves it; everything is saved on the way out.
    fn work(&mut self, request: &mut Request, document: Document, screen: &mut Screen) -> Result<Ending, Failure> {
        self.last = Some(document.id.clone());
        let kept = request.corpus.weight(&document.id, &request.annotator);
        let is_small = kept + u64::try_from(document.text.end().bytes()).unwrap_or(u64::MAX) <= SMALL;
        let mut app = self.app(request, if is_small { document.with_turns() } else { document });
        terminal::capture_mouse(app.mouse).map_err(|error| no_terminal(&error))?;
        app.size = size(screen).map_err(|error| no_terminal(&error))?;
        if !is_small {
            // The text is there before anything else begins to work on it.
            self.show(screen, &app).map_err(|error| no_terminal(&error))?;
        }
        let told = self.told.take();
        let opening = open_aside(request, &app.document, !is_small, told, self.world.sender());
        let kept = self.world.sender();
        let worker =
            Worker::start(move |own| kept.send(Arrival::Kept(own)).is_ok()).map_err(|error| no_terminal(&error))?;
        let mut work = Work::new(worker, request.files.clone());
        let mut first = is_small.then_some(FIRST_FRAME);
        let mut is_drawn = true;
        let mut whereabouts = Whereabouts::default();
        let mut left = VecDeque::new();
        let mut show_by = Instant::now();
        let ending = loop {
            // What waits is taken before the next frame, which shows it all.
            let mut arrived = if is_drawn { VecDeque::new() } else { self.wait(Some(Duration::ZERO)) };
            if (left.is_empty() && arrived.is_empty()) || show_by <= Instant::now() {
                if !std::mem::take(&mut is_drawn)
                    && let Err(error) = self.show(screen, &app)
                {
                    break if terminal::is_gone(&error) { Ok(Ending::Gone) } else { Err(no_terminal(&error)) };
                }
                if left.is_empty() && arrived.is_empty() {
                    arrived = self.await_work(&mut app, &mut work, first.take());
                }
                show_by = Instant::now() + UNSHOWN;
            }
            let due = work.do_what_is_due(&app.session);
            tell(&mut app, due);
            if let Some(opening) = arrived.iter().find_map(opened) {
                let found = whereabouts.find(request, &app, opening);
                tell(&mut app, found);
            }
            left.append(&mut arrived);
            let ending = match take_some(&mut work, &mut app, &mut left, show_by) {
                Some(Ending::Reread) => self.reread(request, &mut app),
                Some(Ending::Stop) => self.stop_at(&mut app, &mut work, &mut left, screen),
                Some(Ending::Retake) => retake(&mut app, screen),
                ending => ending,
            };
            if let Some(ending) = ending {
                break Ok(ending);
            }
        };
        whereabouts.keep(request, &app);
        self.habits = Some(app.habits());
        // It may have been read again.
        request.config.clone_from(&app.config);
        // An opening still under way holds the lock, and must not be taken for that of the next document.
        drop(opening.join());
        self.wind_up(work, &app, left, ending)
    }

    /// What arrives before something is due: the first frame, after `first` at the latest, what `work` has to do, or help for who rests
    /// in a sequence of keys.
    fn await_work(&mut self, app: &mut App, work: &mut Work, first: Option<Duration>) -> VecDeque<Arrival> {
        let (popup, asked) = (app.popup_after(), self.asked);
        let due = first.or_else(|| work.idle_for());
        let began = Instant::now();
        let mut arrivals = self.wait(due.into_iter().chain(popup).min());
        if first.is_some() && arrivals.is_empty() && self.asked != asked {
            // The terminal's answer alone does not hurry the first frame.
            arrivals = self.wait(first);
        }
        if !arrivals.is_empty() {
            work.stir();
        } else if popup.is_some_and(|delay| delay <= began.elapsed()) {
            update(app, now(), Message::Rested);
        }
        arrivals
    }

    /// Draws.
    fn show(&self, screen: &mut Screen, app: &App) -> io::Result<()> {
        let theme = self.theme.on(app.config.background);
        terminal::show(screen, app.size, |frame| draw(app, theme, frame))
    }

    /// Lets what is under way come to its end, with what arrived after `ending`, and leaves the document.
    fn wind_up(
        &mut self,
        mut work: Work,
        app: &App,
        left: VecDeque<Arrival>,
        mut ending: Result<Ending, Failure>,
    ) -> Result<Ending, Failure> {
        work.finish();
        for arrival in left.into_iter().chain(self.world.rest()) {
            match arrival {
                Arrival::Kept(kept) => drop(work.note(kept, &app.session, app.kept.synced)),
                Arrival::Signal(signal) => ending = Ok(Ending::Signal(signal)),
                Arrival::Gone => ending = Ok(Ending::Gone),
                Arrival::Message(_)
                | Arrival::Opened(_)
                | Arrival::Standing(..)
                | Arrival::LeftBehind(_)
                | Arrival::Background(_)
                | Arrival::Stop
                | Arrival::GoOn => {}
            }
        }
        let is_asked_for = matches!(ending, Ok(Ending::Quit | Ending::Choose | Ending::Reopen));
        let left = work.leave(&app.session, !is_asked_for)?;
        // The tutor's document goes with it.
        self.leavings.note(left, app.session.set().len(), app.tutor.is_some());
        ending
    }
}

/// What was opened, if that is what arrived.
fn opened(arrival: &Arrival) -> Option<&Opening> {
    match arrival {
        Arrival::Opened(opening) => opening.as_ref().as_ref().ok(),
        _ => None,
    }
}

/// Opens the annotator's file on a thread of its own, having found the turns if `turns_too`: the text is shown meanwhile.
/// Once it may be changed, `told` is told.
fn open_aside(
    request: &Request,
    document: &Document,
    turns_too: bool,
    told: Option<&'static str>,
    sender: Sender<Arrival>,
) -> JoinHandle<()> {
    let (corpus, annotator) = (request.corpus.clone(), request.annotator.clone());
    let (document, schema, read_only) = (document.clone(), request.schema.clone(), request.read_only);
    thread::spawn(move || {
        if turns_too {
            let turns = document.clone().with_turns().turns;
            drop(sender.send(Arrival::Message(Message::Turns(turns))));
        }
        let mut opening = store::open(&corpus, &document, &annotator, &schema, read_only);
        if let Ok(opening) = &mut opening {
            opening.notices.extend(told.filter(|_| opening.desk.is_ok()).map(str::to_owned));
        }
        drop(sender.send(Arrival::Opened(Box::new(opening))));
    })
}

pub(super) fn size(screen: &Screen) -> io::Result<Size> {
    let size = screen.size()?;
    Ok(Size { width: size.width, height: size.height })
}
