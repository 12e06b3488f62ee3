//! [`Linear`]: takes lines.

use jiff::Timestamp;

use super::doing::help;
use super::resolve::{Asked, resolve};
use super::words::Verb;
use super::{asking, telling};
use crate::annotation::AnnotationId;
use crate::app::{App, Effect, Message, Mode, Request, Selection, update};
use crate::command::{Command, Group, entry_of};
use crate::keymap::{Action, Key, KeyCode};

/// Performs an effect on the annotator's file, and tells the app how that went.
pub(super) type Perform<'a> = &'a mut dyn FnMut(&App, &Effect) -> Vec<Message>;

/// What a line led to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// What changed, and what was asked for.
    pub(super) lines: Vec<String>,
    /// Why it was not done.
    pub(super) fault: Option<String>,
    /// What comes next.
    pub(super) next: Next,
}

impl Said {
    /// Adds the notices of `app` behind the first `told`.
    fn note(&mut self, app: &App, told: usize) {
        for notice in app.notices.iter().skip(told) {
            if notice.fault {
                // Of several the last is the cause to stop, and the others are to be read too.
                self.lines.extend(self.fault.replace(notice.text.clone()));
            } else {
                self.lines.push(notice.text.clone());
            }
        }
    }
}

/// What comes next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Next {
    /// Another line.
    #[default]
    Line,
    /// The list of transcripts, then another line.
    List,
    /// Another transcript.
    Open(String),
    /// The same transcript anew.
    Reopen,
    /// The end.
    Leave,
}

/// An app that is asked by lines.
#[derive(Debug)]
pub(super) struct Linear {
    pub(super) app: App,
    /// The annotations at the cursor as they were told last.
    here: Vec<AnnotationId>,
}

impl Linear {
    pub(super) fn new(app: App) -> Self {
        Self { app, here: Vec::new() }
    }

    /// Takes what the annotator's file holds.
    pub(super) fn open(&mut self, opened: Vec<Message>) -> Said {
        let heard = self.hear(opened);
        let lines = std::iter::once(telling::heading(&self.app)).chain(heard.lines).chain(heard.fault);
        Said { lines: lines.chain(asking::lines(&self.app)).collect(), ..Said::default() }
    }

    /// Takes what the edge has to say.
    pub(super) fn hear(&mut self, messages: Vec<Message>) -> Said {
        let told = self.app.notices.len();
        for message in messages {
            update(&mut self.app, Timestamp::UNIX_EPOCH, message);
        }
        let mut said = Said::default();
        said.note(&self.app, told);
        said
    }

    /// Takes a line.
    pub(super) fn take(&mut self, now: Timestamp, line: &str, perform: Perform<'_>) -> Said {
        let mut turn = Turn { now, perform, said: Said::default(), changed: false, after: None, is_told: true };
        let before = self.app.selection;
        let resolved = resolve(&self.app, line);
        let is_reply = matches!(resolved, Ok(Asked::Nothing | Asked::Answer(_) | Asked::Word(Verb::No, _)));
        let open = self.unanswered().filter(|_| !is_reply);
        let done = resolved.and_then(|asked| self.answer(asked, &mut turn));
        if let Err(reason) = done {
            turn.said.fault = Some(reason);
        }
        if open.is_some() && (self.unanswered() != open || turn.said.next != Next::Line) {
            turn.said.lines.extend(turn.said.fault.take());
            turn.said.fault = open;
        }
        self.tell(before, &mut turn);
        turn.said
    }

    /// What is to be told if the question that is open is left so: whoever began it counts on it.
    pub(super) fn unanswered(&self) -> Option<String> {
        match &self.app.mode {
            Mode::Ask(ask) if ask.series.is_none() => Some(format!("{}: not answered, so nothing was done", ask.title)),
            _ => None,
        }
    }

    fn answer(&mut self, asked: Asked<'_>, turn: &mut Turn<'_>) -> Result<(), String> {
        match asked {
            Asked::Nothing => {}
            Asked::Act(Action::Run(Command::Help), _) => help("", turn),
            Asked::Act(Action::Run(Command::Annotations), _) => self.list("", turn),
            Asked::Act(action, times) => {
                turn.after = Some(action);
                for _ in 0..times {
                    let before = self.app.session.revision();
                    if turn.said.fault.is_none() {
                        self.ask(Request::Act(action), turn);
                    }
                    let travels = matches!(action, Action::Run(Command::Undo | Command::Redo));
                    if travels && self.app.session.revision() == before {
                        break;
                    }
                }
            }
            Asked::Narrow(action, words) => {
                self.ask(Request::Act(action), turn);
                self.send(Message::Paste(words.to_owned()), turn);
                // A prompt takes what follows; a list is narrowed by it, and answered by the next line.
                if matches!(self.app.mode, Mode::Find(_)) {
                    self.press(vec![Key::plain(KeyCode::Enter)], turn);
                }
            }
            Asked::Answer(number) => self.press(asking::keys(&self.app, number)?, turn),
            Asked::Word(verb, argument) => self.word(verb, argument, turn)?,
        }
        Ok(())
    }

    pub(super) fn ask(&mut self, request: Request, turn: &mut Turn<'_>) {
        self.send(Message::Asked(request), turn);
    }

    pub(super) fn press(&mut self, keys: Vec<Key>, turn: &mut Turn<'_>) {
        for key in keys {
            self.send(Message::Key(key), turn);
        }
    }

    /// Sends a message, and has done what comes of it.
    pub(super) fn send(&mut self, message: Message, turn: &mut Turn<'_>) {
        turn.is_told = false;
        let told = self.app.notices.len();
        for effect in update(&mut self.app, turn.now, message) {
            self.perform(effect, turn);
        }
        turn.said.note(&self.app, told);
    }

    fn perform(&mut self, effect: Effect, turn: &mut Turn<'_>) {
        turn.changed |= matches!(effect, Effect::Record(_));
        let mut worked = true;
        for message in (turn.perform)(&self.app, &effect) {
            worked &= !matches!(message, Message::Told(_));
            update(&mut self.app, turn.now, message);
        }
        match effect {
            Effect::Copy(text) => turn.said.lines.push(text),
            Effect::Choose => turn.said.next = Next::List,
            Effect::Quit => turn.said.next = Next::Leave,
            Effect::SaveElsewhere { then: Some(then), .. } if worked => self.perform(*then, turn),
            Effect::Save => turn.said.lines.push(format!("writing revision {}", self.app.session.revision())),
            // Nothing to say, or said by the app; the terminal is not ours here.
            Effect::Record(_)
            | Effect::Seek
            | Effect::Look
            | Effect::Settle { .. }
            | Effect::SaveElsewhere { .. }
            | Effect::Reload
            | Effect::CaptureMouse(_)
            | Effect::Redraw
            | Effect::Suspend => {}
        }
    }

    /// Says where that led: how many annotations there are, where the cursor went, what stands there, what is being asked.
    fn tell(&mut self, before: Selection, turn: &mut Turn<'_>) {
        if turn.is_told {
            return;
        }
        if turn.changed {
            turn.said.lines.extend(telling::focus(&self.app));
            turn.said.lines.push(telling::count(&self.app));
        }
        let moves = |action| match action {
            Action::Run(command) => matches!(entry_of(command).group, Group::Move | Group::Select),
            _ => false,
        };
        if turn.said.fault.is_none() && (self.app.selection != before || turn.after.is_some_and(moves)) {
            turn.said.lines.push(telling::cursor(&self.app, turn.after));
        }
        let here: Vec<AnnotationId> = self.app.annotations_here().iter().map(|own| own.id).collect();
        if here != self.here && !turn.changed {
            turn.said.lines.extend(telling::here(&self.app));
        }
        self.here = here;
        turn.said.lines.extend(asking::lines(&self.app));
        if matches!(self.app.mode, Mode::Form(_)) {
            self.press(vec![Key::plain(KeyCode::Esc)], turn);
        }
    }
}

/// What is done and said while one line is taken.
pub(super) struct Turn<'a> {
    now: Timestamp,
    perform: Perform<'a>,
    pub(super) said: Said,
    /// Whether annotations were changed.
    changed: bool,
    /// The command of the keys that was asked for.
    after: Option<Action>,
    /// Whether all there is to say is said: nothing happened.
    is_told: bool,
}
