//! What is asked for in words, where the screen would take several keys: for readers without a screen.

use jiff::Timestamp;

use super::{App, Effect, Mode, Selection};
use crate::annotation::{Annotation, AnnotationId, Edit, Speaker, Value};
use crate::keymap::Action;
use crate::schema::AttributeId;

/// Something asked for by its name. It drops what was being asked or begun by keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// What a key asks for.
    Act(Action),
    /// Have this selected.
    Select(Selection),
    /// Go to this annotation.
    Reach(AnnotationId),
    /// Select the next place of these words.
    Find(String),
    /// Give the annotation here this value, or take it away.
    Attribute(AttributeId, Option<Value>),
    /// Give the annotation here this note, or take it away.
    Note(Option<String>),
    /// Have someone of this name in the register, with what is known of them.
    Register {
        /// The name.
        name: String,
        /// Office or role.
        role: Option<String>,
        /// Other names.
        aliases: Vec<String>,
    },
}

impl App {
    pub(super) fn serve(&mut self, now: Timestamp, request: Request) -> Vec<Effect> {
        self.leave_sweep();
        self.mode = Mode::Normal;
        self.pending.clear();
        self.served(now, request)
    }

    fn served(&mut self, now: Timestamp, request: Request) -> Vec<Effect> {
        match request {
            Request::Act(action) => return self.act(now, action),
            Request::Select(selection) => {
                self.note_jump();
                self.extending = false;
                self.select(selection);
            }
            Request::Reach(id) => self.reach(id),
            Request::Find(words) => self.find_words(&words),
            Request::Attribute(id, value) => return self.set_attribute(now, id, value),
            Request::Note(note) => {
                let Some(before) = self.need_annotation() else { return Vec::new() };
                let after = Annotation { note, ..before.clone() };
                return self.replace(now, Vec::new(), before, after);
            }
            Request::Register { name, role, aliases } => return self.register(now, name, role, aliases),
        }
        Vec::new()
    }

    fn set_attribute(&mut self, now: Timestamp, id: AttributeId, value: Option<Value>) -> Vec<Effect> {
        let Some(before) = self.need_annotation() else { return Vec::new() };
        if self.schema.layer(&before.layer).is_none_or(|layer| layer.attribute(&id).is_none()) {
            self.refuse(format!("“{}” has no {id}", self.label_title(&before)));
            return Vec::new();
        }
        let mut after = before.clone();
        match value {
            Some(value) => after.attributes.insert(id, value),
            None => after.attributes.remove(&id),
        };
        self.replace(now, Vec::new(), before, after)
    }

    fn register(&mut self, now: Timestamp, name: String, role: Option<String>, aliases: Vec<String>) -> Vec<Effect> {
        let set = self.session.set();
        let before = set.speakers().find(|own| own.name == name).cloned();
        let id = before.as_ref().map_or_else(|| set.next_speaker(), |own| own.id);
        let after = Speaker { id, name, role, aliases };
        if before.as_ref() == Some(&after) {
            self.tell(format!("{} is in the register like that", after.name));
            return Vec::new();
        }
        let summary = format!("speaker {}", after.name);
        let effects = self.commit(now, &summary, vec![Edit::Speaker { before, after: Some(after) }]);
        if !effects.is_empty() {
            self.tell(summary);
        }
        effects
    }
}
