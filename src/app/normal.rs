//! Keys and commands while reading.

use jiff::Timestamp;

use super::{Access, App, Effect, Find, Lanes, Mode, Picker, plural};
use crate::annotation::{Edit, Status};
use crate::command::Command;
use crate::keymap::{ANNOTATE, Action, Key, KeyCode, RELABEL};
use crate::text::Fragments;

impl App {
    /// Takes a key of a sequence; what completes one is done.
    pub(super) fn normal_key(&mut self, now: Timestamp, key: Key) -> Vec<Effect> {
        let escape = key == Key::plain(KeyCode::Esc);
        if escape && !self.pending.is_empty() {
            self.pending.clear();
            return Vec::new();
        }
        let has_stops = self.config.keyboard.has_stops_at_slash();
        let Some(found) = self.keymap.look_up_typed(&self.pending, key, has_stops) else {
            let keys: Vec<String> = self.pending.drain(..).chain([key]).map(|key| key.to_string()).collect();
            self.cyrillic |= matches!(key.code, KeyCode::Char(c) if c.is_alphabetic() && !c.is_ascii());
            let command = |command| self.keymap.keys_for(Action::Run(command)).first().map(|keys| self.hint_keys(keys));
            // Elsewhere it ends a program, or copies.
            let is_end = key.ctrl && key.readings_include('c');
            let ends = command(Command::Quit).zip(command(Command::Copy)).filter(|_| is_end);
            let instead = ends.map_or_else(
                || self.keyed("press {help} for all keys"),
                |(quit, copy)| format!("{quit} leaves, {copy} copies"),
            );
            self.refuse(format!("no command on {} — {instead}", keys.join(" ")));
            return Vec::new();
        };
        self.cyrillic |= found.key != key && matches!(key.code, KeyCode::Char(c) if !c.is_ascii());
        let Some(action) = found.action else {
            self.pending.push(found.key);
            return Vec::new();
        };
        self.pending.clear();
        self.act_by_key(now, action)
    }

    /// Does what a key asks for, but deletes no second annotation where one was just deleted.
    fn act_by_key(&mut self, now: Timestamp, action: Action) -> Vec<Effect> {
        let deleted_at = self.deleted_at.take();
        if action != Action::Run(Command::Delete) || self.review.is_some() {
            return self.act(now, action);
        }
        let here = Some(self.selection);
        match self.annotation_here() {
            Some(own) if deleted_at == here && !self.acts_on_focus() => {
                let called = self.called(own);
                self.deleted_at = here;
                self.refuse(format!("{called} is here too: choose it with Tab, or move, to delete it"));
                Vec::new()
            }
            _ => {
                let effects = self.act(now, action);
                self.deleted_at = Some(self.selection).filter(|_| !effects.is_empty());
                effects
            }
        }
    }

    /// Does what a key, the mouse or a list asks for.
    pub(super) fn act(&mut self, now: Timestamp, action: Action) -> Vec<Effect> {
        if self.disturbs_adjusting(action) {
            return Vec::new();
        }
        match action {
            Action::Run(command) => self.run(now, command),
            Action::Annotate(label) => self.annotate(now, label),
            Action::Relabel(label) => self.relabel(now, label),
        }
    }

    /// Ends what was begun, else annotates with the last label again.
    fn repeat(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.last_label {
            _ if self.extent.is_some() => self.set_extent(now),
            _ if self.relating.is_some() => self.take_end(now),
            Some(label) => self.annotate(now, label),
            None => {
                if self.may_write() {
                    self.refuse(self.lacks(Command::Repeat));
                }
                Vec::new()
            }
        }
    }

    fn run(&mut self, now: Timestamp, command: Command) -> Vec<Effect> {
        if let Some(effects) = self.review_command(now, command) {
            return effects;
        }
        if self.move_or_select(command) {
            return Vec::new();
        }
        match command {
            Command::Repeat | Command::Cancel if self.adjusting.is_some() => {
                return self.adjusted(now, command == Command::Repeat);
            }
            Command::Repeat => return self.repeat(now),
            Command::AnnotateAs => self.list_labels(ANNOTATE),
            Command::RelabelAs => self.list_labels(RELABEL),
            Command::Cancel => self.cancel(),
            Command::Delete => return self.delete(now),
            Command::Edit => self.edit_form(),
            Command::EditExtent => self.edit_extent(),
            Command::AddFragment => return self.toggle_fragment(now),
            Command::Speaker => self.pick_speaker(),
            Command::FindAndTag => self.begin_tagging(),
            Command::SameEverywhere => return self.tag_the_same(now),
            Command::Values => return self.begin_values(now),
            Command::Relate => self.begin_relation(),
            Command::Relations => self.list_relations(),
            Command::DocumentLabels => self.list_document_labels(),
            Command::Waiting => self.follow_up(),
            Command::Check => self.list_findings(),
            Command::Copy => return self.copy(false),
            Command::Cite => return self.copy(true),
            Command::Undo => return self.travel(now, false),
            Command::Redo => return self.travel(now, true),
            Command::Goto => self.ask_where(),
            Command::Find => self.mode = Mode::Find(Find::new(self.selection, self.top)),
            Command::Speakers => self.open_register(),
            Command::Annotations => self.mode = Mode::Picker(Picker::annotations(self)),
            Command::Layers => self.list_layers(),
            Command::Lens => self.switch_lanes(Lanes::Paragraph),
            Command::AllLanes => self.switch_lanes(Lanes::All),
            Command::Help => self.list_now(),
            Command::Palette => self.mode = Mode::Picker(Picker::palette(self)),
            Command::Notices => self.list_notices(),
            Command::Options => self.list_options(),
            Command::Reload => return vec![Effect::Reload],
            Command::ToggleDone => return self.toggle_done(now),
            Command::Documents => return self.leave(Effect::Choose),
            Command::ReleaseMouse => {
                self.mouse = !self.mouse;
                return vec![Effect::CaptureMouse(self.mouse)];
            }
            Command::Save => return self.save(),
            Command::Redraw => return vec![Effect::Redraw],
            Command::Suspend => return vec![Effect::Suspend],
            Command::Quit => return self.leave(Effect::Quit),
            Command::SaveElsewhere => self.ask_elsewhere(),
            _ => {}
        }
        Vec::new()
    }

    /// Leaves the innermost thing that was begun.
    fn cancel(&mut self) {
        if self.extent.take().is_some() {
            self.extending = false;
            self.tell("the extent stays as it was");
        } else if self.relating.take().is_some() {
            self.tell("no relation was made");
        } else if self.extending || !self.selection.is_empty() {
            self.extending = false;
            self.go(self.selection.head, false);
        } else if self.query.take().is_none() && !self.acts_on_focus() {
            self.focus = None;
        }
    }

    fn save(&mut self) -> Vec<Effect> {
        if matches!(self.access, Access::Taken(_)) {
            self.may_write();
            return vec![Effect::Look];
        }
        if self.rival.take().is_some() {
            return vec![Effect::Save];
        }
        let failed = matches!(self.access, Access::Failed(_)) || self.unsaved.is_some();
        if failed {
            self.tell("trying again …");
            return vec![Effect::Save];
        }
        if self.kept.saved == self.session.revision() {
            self.tell("the snapshot holds everything already");
            // But not for others, who may have put another there.
            return vec![Effect::Look];
        }
        if self.may_write() {
            return vec![Effect::Save];
        }
        Vec::new()
    }

    /// Copies the selection or the annotation here; as a citation with speaker, document and offsets.
    fn copy(&mut self, citation: bool) -> Vec<Effect> {
        let text = &self.document.text;
        let annotation = self.annotation_here();
        let fragments =
            self.selected().map(Fragments::from).or_else(|| annotation.and_then(|own| own.fragments().cloned()));
        let Some(fragments) = fragments else {
            self.refuse(self.lacks(Command::Copy));
            return Vec::new();
        };
        let quotes: Vec<&str> = fragments.spans().iter().map(|span| text.slice(*span)).collect();
        let quote = quotes.join(" … ");
        let copied = if citation {
            let ranges = fragments.spans().iter().map(|span| text.code_points(*span));
            let ranges: Vec<String> = ranges.map(|range| format!("{}–{}", range.start, range.end)).collect();
            let speaker = self.speaker_of(&fragments);
            let speaker = speaker.map_or_else(String::new, |speaker| format!("{}, ", speaker.name));
            format!("“{quote}” ({speaker}{}, {})", self.document.id, ranges.join(", "))
        } else {
            quote
        };
        self.tell(format!("copied {}", plural(copied.chars().count(), "character")));
        vec![Effect::Copy(copied)]
    }

    fn toggle_done(&mut self, now: Timestamp) -> Vec<Effect> {
        let before = self.session.set().status();
        let after = match before {
            Status::Open => Status::Done,
            Status::Done => Status::Open,
        };
        let effects = self.commit(now, &format!("document {after}"), vec![Edit::Status { before, after }]);
        if !effects.is_empty() {
            self.tell(format!("the document is {after}"));
        }
        effects
    }
}
