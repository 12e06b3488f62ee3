//! Linear mode: annotating by lines, for screen readers, plain terminals and scripts.
//!
//! A third reader of the same [`App`]: a line becomes a message, `update` takes it, and what changed is printed
//! as lines below. Nothing is redrawn, so a screen reader says each line once, and a script is a file of such lines.
//!
//! ```text
//! line ──resolve──▶ Asked ──Linear::take──▶ Message ──update──▶ Effect ──▶ store
//!                                │
//!                                └──▶ telling ──▶ lines
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `words` | the table of what is asked for in words; the commands of the keys need none |
//! | `resolve` | a line → what it asks for |
//! | `reader` | [`Linear`]: takes lines |
//! | `doing` | what each word does |
//! | `asking` | lists and questions, and their answers |
//! | `telling` | where the cursor is and what stands there, in words |
//! | `input` | lines, signals and results as they arrive |
//! | `listened` | an output that nobody has to read |

mod asking;
mod doing;
mod input;
mod listened;
mod reader;
mod resolve;
mod telling;
mod words;

use std::io::Write;
use std::time::Duration;

pub(super) use words::section;

use super::console::Console;
use super::failure::unwritten;
use super::interface::{Subject, UiRequest};
use crate::app::{App, Effect, Message, Request, Selection};
use crate::config::Config;
use crate::document::{Document, DocumentId};
use crate::outcome::{Failure, Outcome};
use crate::schema::Schema;
use crate::show::visible;
use crate::store::{self, StoreError};
use crate::work::{Work, Worker, now};
use input::{Arrival, Input};
use listened::Listened;
use reader::{Linear, Next, Said};

/// How lines are taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// Whether somebody sits at a terminal: then there is a prompt, and a mistake is told and forgotten.
    pub(super) is_interactive: bool,
    /// Whether the first command that fails is the last.
    pub(super) is_strict: bool,
}

/// Annotates by the lines of standard input until they end, also where nobody reads what they led to any more.
pub(super) fn run(request: &UiRequest, manner: Manner, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let console = &mut Console { out: &mut Listened::new(console.out), messages: console.messages };
    let input = Input::listen().map_err(|error| Failure::system("the input cannot be read").because(error))?;
    let (schema, config) = (request.schema.clone(), request.config.clone());
    let mut talk = Talk { request, schema, config, selection: None, manner, input, line: 0, outcome: Outcome::Done };
    let mut document = match &request.subject {
        Subject::Transcript(document) => Some(document.clone().with_turns()),
        Subject::Directory { documents, .. } => talk.choose(documents, console)?,
    };
    while let Some(own) = document {
        document = talk.work(own, console)?;
    }
    console.out.flush().map_err(unwritten("the output"))?;
    Ok(talk.outcome)
}

/// How work on a document ended.
enum Ending {
    /// The annotator left it, perhaps for another.
    Asked(Option<Document>),
    /// The same document is to be opened anew, by a schema that was read again.
    Reopen,
    /// There were no more lines, or one failed that must not.
    End,
}

/// The lines as they come, and how it went so far.
struct Talk<'a> {
    request: &'a UiRequest,
    /// The schema in force.
    schema: Schema,
    /// The config in force.
    config: Config,
    /// What was selected in the document that is opened anew.
    selection: Option<Selection>,
    manner: Manner,
    input: Input,
    /// The number of the last line taken, from 1.
    line: usize,
    outcome: Outcome,
}

impl Talk<'_> {
    /// Works on one document until it is left; returns the next, if another is asked for. Everything is saved on the way out.
    fn work(&mut self, document: Document, console: &mut Console<'_>) -> Result<Option<Document>, Failure> {
        let UiRequest { corpus, annotator, read_only, language, .. } = self.request;
        let opening = store::open(corpus, &document, annotator, &self.schema, *read_only)?;
        let app = App::new(document, self.schema.clone(), annotator.as_str().to_owned(), (*language).to_owned());
        let config = Message::Configured(Box::new(self.config.clone()));
        let sender = self.input.sender();
        let worker = Worker::start(move |kept| sender.send(Arrival::Kept(kept)).is_ok());
        let mut work = Work::new(
            worker.map_err(|error| Failure::system("no thread can be started").because(error))?,
            self.request.files.clone(),
        );
        let mut linear = Linear::new(app);
        let opened = std::iter::once(config).chain(work.take_over(opening)).chain(self.reopened());
        let said = linear.open(opened.collect());
        let ending = self.converse(&mut linear, &mut work, said, console);
        work.finish();
        for kept in self.input.kept() {
            drop(work.note(kept, &linear.app.session, linear.app.kept.synced));
        }
        let is_asked_for = matches!(ending, Ok(Ending::Asked(_) | Ending::Reopen));
        let left = work.leave(&linear.app.session, !is_asked_for)?;
        for notice in left.notices {
            self.fail(&notice, console);
        }
        // It may have been read again.
        self.config.clone_from(&linear.app.config);
        ending.map(|ending| match ending {
            Ending::Asked(next) => next,
            Ending::Reopen => {
                self.selection = Some(linear.app.selection);
                Some(linear.app.document)
            }
            Ending::End => None,
        })
    }

    /// What there is to say and to do where a document was opened anew.
    fn reopened(&mut self) -> Vec<Message> {
        let Some(selection) = self.selection.take() else { return Vec::new() };
        vec![Message::Asked(Request::Select(selection)), Message::Noted("the schema was read again".to_owned())]
    }

    /// Says what there is to say and takes lines, until the document is to be left.
    fn converse(
        &mut self,
        linear: &mut Linear,
        work: &mut Work,
        mut said: Said,
        console: &mut Console<'_>,
    ) -> Result<Ending, Failure> {
        loop {
            for line in &said.lines {
                writeln!(console.out, "{}", visible::prose(line)).map_err(unwritten("the output"))?;
            }
            if let Some(reason) = &said.fault
                && self.fail(reason, console)
            {
                return Ok(Ending::End);
            }
            match &said.next {
                Next::Line => {}
                Next::Leave => return Ok(Ending::Asked(None)),
                Next::Reopen => return Ok(Ending::Reopen),
                Next::List => tell_documents(&self.documents()?, console)?,
                Next::Open(name) => match self.find(name) {
                    Ok(document) => return Ok(Ending::Asked(Some(document))),
                    Err(failure) if self.fail(&failure.line(), console) => return Ok(Ending::End),
                    Err(_) => {}
                },
            }
            self.prompt(console)?;
            said = loop {
                let messages = match self.arrival(work.idle_for())? {
                    Some(Arrival::Line(line)) => {
                        work.stir();
                        break self.take(&line, linear, work);
                    }
                    Some(Arrival::Kept(kept)) => work.note(kept, &linear.app.session, linear.app.kept.synced),
                    Some(_) => {
                        if let Some(reason) = linear.unanswered() {
                            self.fail(&reason, console);
                        }
                        return Ok(Ending::End);
                    }
                    None => work.do_what_is_due(&linear.app.session),
                };
                let heard = linear.hear(messages);
                if heard != Said::default() {
                    break heard;
                }
            };
        }
    }

    /// Takes a line. A schema that it has read again makes the document be opened anew.
    fn take(&mut self, line: &str, linear: &mut Linear, work: &mut Work) -> Said {
        let mut is_other = false;
        let mut perform = |app: &App, effect: &Effect| {
            let mut messages = work.perform(&app.session, effect);
            if *effect == Effect::Reload {
                match self.reread() {
                    Ok(reread) => is_other |= reread,
                    Err(error) => messages.push(Message::Told(error.to_string())),
                }
            }
            messages
        };
        let said = linear.take(now(), line, &mut perform);
        if is_other { Said { next: Next::Reopen, ..said } } else { said }
    }

    /// Reads the schema again; whether it says something else.
    fn reread(&mut self) -> Result<bool, StoreError> {
        let schema = self.request.corpus.schema(self.request.schema_file.as_deref())?;
        let is_other = schema != self.schema;
        self.schema = schema;
        Ok(is_other)
    }

    /// Lists `documents` and waits until one is chosen.
    fn choose(&mut self, documents: &[DocumentId], console: &mut Console<'_>) -> Result<Option<Document>, Failure> {
        tell_documents(documents, console)?;
        loop {
            self.prompt(console)?;
            let Some(Arrival::Line(line)) = self.arrival(None)? else { return Ok(None) };
            let reason = match resolve::opening(&line) {
                resolve::Opening::Nothing => continue,
                resolve::Opening::Leave => return Ok(None),
                resolve::Opening::Document(name) => match self.find(name) {
                    Ok(document) => return Ok(Some(document)),
                    Err(failure) => failure.line(),
                },
                resolve::Opening::Other => "no transcript is open: `open NAME` or `open NUMBER` opens one".to_owned(),
            };
            if self.fail(&reason, console) {
                return Ok(None);
            }
        }
    }

    /// Asks for a line where somebody waits to be asked, when all is said.
    fn prompt(&mut self, console: &mut Console<'_>) -> Result<(), Failure> {
        if self.manner.is_interactive {
            write!(console.out, "> ").map_err(unwritten("the output"))?;
        }
        console.out.flush().map_err(unwritten("the output"))
    }

    /// What comes next, waiting at most for `limit`: never a signal or a fault, which are the end.
    fn arrival(&mut self, limit: Option<Duration>) -> Result<Option<Arrival>, Failure> {
        let arrival = self.input.wait(limit);
        self.line += usize::from(matches!(arrival, Some(Arrival::Line(_) | Arrival::Fault(_))));
        match arrival {
            Some(Arrival::Signal(signal)) => Err(Failure::signal(u8::try_from(signal).unwrap_or(0))),
            Some(Arrival::Fault(error)) => {
                Err(Failure::data(format!("line {} of the input cannot be read", self.line)).because(error))
            }
            other => Ok(other),
        }
    }

    /// Says why the last line was not done; whether that is the end.
    fn fail(&mut self, reason: &str, console: &mut Console<'_>) -> bool {
        // What was said before comes first, also where both go to one terminal.
        console.out.flush().ok();
        if self.manner.is_interactive {
            console.tell(reason);
            return false;
        }
        self.outcome = Outcome::Findings;
        let place = if self.line == 0 { String::new() } else { format!("line {}: ", self.line) };
        console.tell(&format!("{place}{reason}"));
        self.manner.is_strict
    }

    /// The transcripts to choose from.
    fn documents(&self) -> Result<Vec<DocumentId>, Failure> {
        Ok(match &self.request.subject {
            Subject::Directory { documents, .. } => documents.clone(),
            Subject::Transcript(_) => self.request.corpus.documents()?,
        })
    }

    /// The transcript called `name`, or with that number in the list.
    fn find(&self, name: &str) -> Result<Document, Failure> {
        let documents = self.documents()?;
        let by_number = name.parse().ok().and_then(|number: usize| documents.get(number.checked_sub(1)?));
        let found = documents.iter().find(|id| id.as_str() == name).or(by_number);
        let id =
            found.ok_or_else(|| Failure::usage(format!("there is no transcript {name}: `documents` lists them")))?;
        Ok(self.request.corpus.read_document(id)?)
    }
}

fn tell_documents(documents: &[DocumentId], console: &mut Console<'_>) -> Result<(), Failure> {
    let out = &mut console.out;
    let heading = writeln!(out, "transcripts: {}; `open NUMBER` or `open NAME` opens one", documents.len());
    let mut numbered = (1..).zip(documents);
    let lines = numbered.try_for_each(|(number, id)| writeln!(out, "{number} {}", visible::line(id.as_str())));
    heading.and(lines).map_err(unwritten("the output"))
}

#[cfg(test)]
mod tests;
