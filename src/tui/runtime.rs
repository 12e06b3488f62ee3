//! The loop: draw, wait, update, perform.

use std::io;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;

use super::chooser;
use super::draw::draw;
use super::terminal::{self, Guard, Screen};
use super::theme::Theme;
use super::world::{Arrival, Worker, World};
use crate::app::{Access, App, Effect, Message, Opened, Size, update};
use crate::document::{Document, DocumentId};
use crate::outcome::{Failure, Outcome};
use crate::schema::Schema;
use crate::session::Session;
use crate::store::{self, AnnotatorName, Corpus, Desk, Kept, Opening, StoreError};

/// Quiet time after a change before the snapshot is written.
const QUIET: Duration = Duration::from_secs(2);

/// How long the first frame may wait for the annotations, so that small files do not flicker.
const FIRST_FRAME: Duration = Duration::from_millis(40);

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
    /// Whether nothing may be changed.
    pub read_only: bool,
    /// The language of titles.
    pub language: String,
}

/// How work on a document ended.
enum Ending {
    Quit,
    Choose,
    Signal(i32),
    Gone,
}

/// Runs the terminal front end until the annotator leaves.
pub fn run(mut request: Request) -> Result<Outcome, Failure> {
    let world = World::listen().map_err(|error| no_terminal(&error))?;
    let guard = Guard::take().map_err(|error| no_terminal(&error))?;
    let mut screen = terminal::screen().map_err(|error| no_terminal(&error))?;
    let mut front = Front { world, theme: Theme::of_environment(), last: None };
    let ending = loop {
        let document = match request.document.take() {
            Some(document) => document,
            None => match front.choose(&request, &mut screen) {
                Ok(Ok(document)) => document,
                Ok(Err(ending)) => break Ok(ending),
                Err(failure) => break Err(failure),
            },
        };
        match front.work(&request, document, &mut screen) {
            Ok(Ending::Choose) => {}
            other => break other,
        }
    };
    drop(guard);
    match ending? {
        Ending::Quit | Ending::Choose => Ok(Outcome::Done),
        Ending::Signal(signal) => Err(Failure::signal(u8::try_from(signal).unwrap_or(0))),
        // The terminal was closed: as if its hang-up had been signalled.
        Ending::Gone => Err(Failure::signal(1)),
    }
}

fn no_terminal(error: &io::Error) -> Failure {
    Failure::system(format!("the terminal cannot be used: {error}"))
}

/// What stays while documents come and go.
pub(super) struct Front {
    pub(super) world: World,
    pub(super) theme: Theme,
    /// The document worked on last.
    pub(super) last: Option<DocumentId>,
}

impl Front {
    /// Lets the annotator choose a document.
    fn choose(&mut self, request: &Request, screen: &mut Screen) -> Result<Result<Document, Ending>, Failure> {
        let documents = match &request.documents {
            Some(documents) => documents.clone(),
            None => request.corpus.documents()?,
        };
        let chosen = chooser::run(request, documents, self, screen).map_err(|error| no_terminal(&error))?;
        Ok(match chosen {
            chooser::Chosen::Document(id) => Ok(request.corpus.read_document(&id)?),
            chooser::Chosen::Quit => Err(Ending::Quit),
            chooser::Chosen::Signal(signal) => Err(Ending::Signal(signal)),
            chooser::Chosen::Gone => Err(Ending::Gone),
        })
    }

    /// Works on one document until its annotator leaves it; everything is saved on the way out.
    fn work(&mut self, request: &Request, document: Document, screen: &mut Screen) -> Result<Ending, Failure> {
        self.last = Some(document.id.clone());
        let annotator = request.annotator.as_str().to_owned();
        let mut app = App::new(document, request.schema.clone(), annotator, request.language.clone());
        app.size = size(screen).map_err(|error| no_terminal(&error))?;
        let opening = open_aside(request, &app.document, self.world.sender());
        let worker = Worker::start(self.world.sender()).map_err(|error| no_terminal(&error))?;
        let mut work = Work { desk: None, worker, unsaved: false };
        let mut first = Some(FIRST_FRAME);
        let ending = loop {
            if first.is_none()
                && let Err(error) = terminal::show(screen, |frame| draw(&app, self.theme, frame))
            {
                break Err(no_terminal(&error));
            }
            let limit = first.take().or(work.unsaved.then_some(QUIET));
            let arrivals = self.world.wait(limit);
            if arrivals.is_empty() && work.unsaved {
                work.save(&app.session);
            }
            match work.take_all(&mut app, arrivals, screen) {
                Ok(None) => {}
                Ok(Some(ending)) => break Ok(ending),
                Err(failure) => break Err(failure),
            }
        };
        // An opening still under way holds the lock, and must not be taken for that of the next document.
        drop(opening.join());
        let last = if work.desk.is_none() { self.world.forget() } else { None };
        work.leave(&app.session)?;
        match last {
            Some(Arrival::Signal(signal)) => Ok(Ending::Signal(signal)),
            Some(Arrival::Gone) => Ok(Ending::Gone),
            _ => ending,
        }
    }
}

/// Opens the annotator's file on a thread of its own: the text is shown meanwhile.
fn open_aside(request: &Request, document: &Document, sender: Sender<Arrival>) -> JoinHandle<()> {
    let (corpus, annotator) = (request.corpus.clone(), request.annotator.clone());
    let (document, schema, read_only) = (document.clone(), request.schema.clone(), request.read_only);
    thread::spawn(move || {
        let opening = store::open(&corpus, &document, &annotator, &schema, read_only);
        drop(sender.send(Arrival::Opened(Box::new(opening))));
    })
}

fn size(screen: &Screen) -> io::Result<Size> {
    let size = screen.size()?;
    Ok(Size { width: size.width, height: size.height })
}

/// A document being worked on: its files and the thread that waits for them.
struct Work {
    desk: Option<Desk>,
    worker: Worker,
    /// Whether the snapshot on disk is behind and no job is under way for it.
    unsaved: bool,
}

impl Work {
    /// Takes everything that arrived; says so when that ends the work.
    fn take_all(
        &mut self,
        app: &mut App,
        arrivals: Vec<Arrival>,
        screen: &mut Screen,
    ) -> Result<Option<Ending>, Failure> {
        for arrival in arrivals {
            let message = match arrival {
                Arrival::Message(message) => message,
                Arrival::Opened(opening) => self.take_over((*opening)?),
                Arrival::Kept(kept) => self.note(kept),
                Arrival::Standing(..) => continue,
                Arrival::Signal(signal) => return Ok(Some(Ending::Signal(signal))),
                Arrival::Gone => return Ok(Some(Ending::Gone)),
            };
            for effect in update(app, Timestamp::now(), message) {
                match effect {
                    Effect::Record(transaction) => {
                        let message = self.record(&transaction);
                        update(app, Timestamp::now(), message);
                    }
                    Effect::Save => self.save(&app.session),
                    Effect::Copy(text) => drop(terminal::copy(&text)),
                    Effect::CaptureMouse(ours) => drop(terminal::capture_mouse(ours)),
                    Effect::Suspend => suspend(app, screen),
                    Effect::Choose => return Ok(Some(Ending::Choose)),
                    Effect::Quit => return Ok(Some(Ending::Quit)),
                }
            }
        }
        Ok(None)
    }

    fn take_over(&mut self, opening: Opening) -> Message {
        let Opening { reading, desk, mut notices } = opening;
        for stray in &reading.strays {
            notices.push(format!("#{} {} is not in the text: {}", stray.id, stray.title, stray.reason));
        }
        let access = match desk {
            Ok(desk) => {
                self.unsaved = desk.save(&reading.session).is_some();
                self.desk = Some(desk);
                Access::Write
            }
            Err(reason) => Access::ReadOnly(reason),
        };
        Message::Opened(Box::new(Opened { session: reading.session, access, notices }))
    }

    fn record(&mut self, transaction: &crate::session::Transaction) -> Message {
        let Some(desk) = &mut self.desk else { return Message::Failed("there is no file to record in".to_owned()) };
        match desk.record(transaction) {
            Ok(()) => {
                self.unsaved = true;
                if let Some(job) = desk.sync(transaction.revision) {
                    self.worker.give(job);
                }
                Message::Recorded(transaction.revision)
            }
            Err(error) => Message::Failed(error.to_string()),
        }
    }

    fn save(&mut self, session: &Session) {
        self.unsaved = false;
        if let Some(job) = self.desk.as_ref().and_then(|desk| desk.save(session)) {
            self.worker.give(job);
        }
    }

    fn note(&mut self, kept: Result<Kept, StoreError>) -> Message {
        match kept {
            Ok(Kept::Synced(revision)) => Message::Synced(revision),
            Ok(Kept::Saved(revision)) => {
                if let Some(desk) = &mut self.desk {
                    desk.note_saved(revision);
                }
                Message::Saved(revision)
            }
            Err(error) => Message::Told(error.to_string()),
        }
    }

    /// Finishes what is under way and writes the snapshot, if it is behind.
    fn leave(self, session: &Session) -> Result<(), Failure> {
        self.worker.finish();
        let Some(desk) = self.desk else { return Ok(()) };
        let sync = desk.sync(session.revision()).filter(|_| desk.save(session).is_some());
        for job in sync.into_iter().chain(desk.save(session)) {
            job.run()?;
        }
        Ok(())
    }
}

/// Stops the program as the shell would, and takes the terminal again when it goes on.
fn suspend(app: &mut App, screen: &mut Screen) {
    #[cfg(unix)]
    {
        terminal::restore();
        drop(signal_hook::low_level::raise(signal_hook::consts::SIGSTOP));
        drop(terminal::enter());
        // A fresh screen knows that nothing of it stands there; ratatui's `clear` would ask where the cursor is, and the answer
        // would come as keys.
        if let Ok(fresh) = terminal::screen() {
            *screen = fresh;
        }
        if let Ok(size) = size(screen) {
            update(app, Timestamp::now(), Message::Resize(size));
        }
    }
    #[cfg(not(unix))]
    drop((app, screen));
}
