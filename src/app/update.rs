//! The one function that changes the program's state, and which part of it takes what comes in.

use jiff::Timestamp;

use super::{Access, App, Effect, Lanes, Message, Mode, Opened, Progress};
use crate::command::Command;
use crate::keymap::{Action, Key};

/// Takes one message: changes `app`, and returns what the edge is to do.
pub fn update(app: &mut App, now: Timestamp, message: Message) -> Vec<Effect> {
    if matches!(message, Message::Key(_) | Message::KeyAhead(_) | Message::Mouse(_) | Message::Asked(_)) {
        app.notice = None;
    }
    app.sight = (app.lanes != Lanes::Off).then(|| app.sight());
    let by_mouse = matches!(message, Message::Mouse(_));
    let effects = app.take(now, message);
    app.go_on_with_tutor();
    if let Some(sight) = app.sight.take() {
        app.hold(&sight, !by_mouse);
    }
    effects
}

impl App {
    fn take(&mut self, now: Timestamp, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => {
                let effects = self.take(now, Message::KeyAhead(key));
                self.catch_up();
                return effects;
            }
            Message::KeyAhead(key) => {
                let effects = self.key(now, key);
                self.rested &= !self.pending.is_empty();
                return effects;
            }
            Message::Rested => self.rested = !self.pending.is_empty(),
            Message::Mouse(mouse) => return self.mouse_event(now, mouse),
            Message::Asked(request) => return self.serve(now, request),
            Message::Focus => return vec![Effect::Look],
            Message::Paste(text) => self.paste(&text),
            Message::Resize(size) => self.resize(size),
            Message::Turns(turns) => self.document.turns = turns,
            Message::Placed(place) => self.return_to(&place),
            Message::Opened(opened) => self.open(*opened),
            Message::Sought(places) => self.places.extend(places),
            Message::Recorded(revision) => self.recorded(revision),
            Message::Synced(revision) => self.kept.synced = self.kept.synced.max(revision),
            Message::Saved(revision) => self.saved(revision),
            Message::Failed(reason) => self.not_recorded(reason),
            Message::Unsaved(reason) => self.not_saved(reason),
            Message::Rival(rival) => self.meet(*rival),
            Message::NoRival => self.rival = None,
            Message::Configured(config) => return self.configure(*config),
            Message::Noted(text) => self.tell(text),
            Message::Told(text) => self.refuse(text),
        }
        Vec::new()
    }

    fn open(&mut self, opened: Opened) {
        self.session = opened.session;
        self.access = opened.access;
        self.places = opened.places;
        self.allow = opened.allow;
        let revision = self.session.revision();
        self.kept = Progress { recorded: revision, synced: revision, saved: revision };
        self.lay_rails();
        for text in opened.notices {
            self.tell(text);
        }
        if self.access == Access::Changed {
            self.ask_to_follow();
        } else if matches!(self.access, Access::ReadOnly(_) | Access::Taken(_)) {
            self.may_write();
        } else if self.count_waiting() > 0 {
            let title = self.waiting_title();
            let way = self.keyed("{=Space u} goes through them");
            self.tell(format!("{title}: {way}"));
        }
    }

    pub(super) fn key(&mut self, now: Timestamp, key: Key) -> Vec<Effect> {
        let key = self.settled(key);
        // What concerns the program as a whole works everywhere, also in a list or a form.
        let everywhere = [Command::Quit, Command::Suspend, Command::Save, Command::Redraw].map(Action::Run);
        let found = self.keymap.look_up(&[], key).filter(|_| key.ctrl).and_then(|found| found.action);
        if let Some(action) = found.filter(|action| everywhere.contains(action)) {
            return self.act(now, action);
        }
        if self.asks_for_help(key) {
            self.list_now();
            return Vec::new();
        }
        match std::mem::take(&mut self.mode) {
            Mode::Normal => self.normal_key(now, key),
            Mode::Find(find) => self.find_key(find, key),
            Mode::Goto(field) => self.where_key(field, key),
            Mode::Elsewhere(prompt) => self.elsewhere_key(prompt, key),
            Mode::Picker(picker) => self.picker_key(now, picker, key),
            Mode::Form(form) => self.form_key(now, form, key),
            Mode::Ask(ask) => self.ask_key(now, ask, key),
            Mode::Sweep(sweep) => self.sweep_key(now, sweep, key),
        }
    }

    fn paste(&mut self, text: &str) {
        match &mut self.mode {
            Mode::Form(_) => {
                if let Mode::Form(form) = std::mem::take(&mut self.mode) {
                    self.paste_into(form, text);
                }
            }
            Mode::Normal | Mode::Ask(_) | Mode::Sweep(_) => {
                self.refuse("the transcript cannot be edited; nothing was pasted");
            }
            Mode::Find(find) => {
                find.field.paste(text);
                self.find_typed();
            }
            Mode::Goto(field) => field.paste(text),
            Mode::Elsewhere(prompt) => prompt.field.paste(text),
            Mode::Picker(picker) => picker.type_in(|field| field.paste(text)),
        }
    }
}
