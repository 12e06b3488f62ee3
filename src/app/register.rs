//! The register of speakers: adding, renaming, making two one, deleting. Each is one step of undo, whatever it changes.

use jiff::Timestamp;

use super::picker::{Choice, Item, Purpose};
use super::{App, Chosen, Effect, Form, Mode, Picker, plural};
use crate::annotation::{Annotation, Edit, Speaker, SpeakerId, Value};

impl App {
    /// Opens the register; a selection that looks like a name is offered as a new one.
    pub(super) fn open_register(&mut self) {
        const MOST_WORDS: usize = 4;
        let mut picker = Picker::new("speakers", Purpose::Register, self.register_items());
        let selected = self.selected().map(|span| self.document.text.slice(span));
        let is_name = |words: &&str| {
            let mut words = words.split_whitespace();
            words.clone().count() <= MOST_WORDS && words.all(|word| word.chars().next().is_some_and(char::is_uppercase))
        };
        if let Some(name) = selected.filter(is_name) {
            picker.filter.paste(name);
        }
        self.extending = false;
        self.mode = Mode::Picker(picker);
    }

    /// Everyone in the register, each with what is known of them and how many annotations name them.
    pub(super) fn register_items(&self) -> Vec<Item> {
        let item = |speaker: &Speaker| {
            let count = self.naming(speaker.id).count();
            let count = format!("{count} annotation{}", if count == 1 { "" } else { "s" });
            let more = speaker.role.iter().chain(&speaker.aliases).cloned();
            let detail: Vec<String> = std::iter::once(count).chain(more).collect();
            Item::known_speaker(speaker, detail.join(" · "))
        };
        self.session.set().speakers().map(item).collect()
    }

    /// The annotations that name a speaker.
    fn naming(&self, speaker: SpeakerId) -> impl Iterator<Item = &Annotation> {
        let names = move |own: &&Annotation| own.attributes.values().any(|value| *value == Value::Speaker(speaker));
        self.session.set().iter().filter(names)
    }

    /// Registers a speaker, or opens the form of one who is registered.
    pub(super) fn edit_register(&mut self, now: Timestamp, chosen: &Chosen) -> Vec<Effect> {
        if !self.may_write() {
            self.open_register();
            return Vec::new();
        }
        let mut edits: Vec<Edit> = Vec::new();
        let Some(id) = self.resolve(chosen, &mut edits) else { return Vec::new() };
        let is_new = !edits.is_empty();
        let twins = self.twins_in(&edits);
        let effects = if is_new { self.commit(now, "register a speaker", edits) } else { Vec::new() };
        if let Some(form) = Form::of_speaker(self, id, is_new) {
            self.mode = Mode::Form(form);
        }
        if let Some(twins) = twins.filter(|_| !effects.is_empty()) {
            self.tell(twins);
        }
        effects
    }

    /// Takes over what the form says of a speaker.
    pub(super) fn accept_speaker(&mut self, now: Timestamp, form: &Form, id: SpeakerId) -> Vec<Effect> {
        let Some(before) = self.session.set().speaker(id).cloned() else { return Vec::new() };
        let (name, role) = (form.text(0), form.text(1));
        if name.is_empty() {
            self.refuse("a speaker needs a name");
            return Vec::new();
        }
        if self.namesake(id, &name).is_some() && before.name != name {
            self.refuse(format!("there is a {name} already: Ctrl-T in the register makes two speakers one"));
            return Vec::new();
        }
        let aliases = form.text(2);
        let aliases = aliases.split(';').map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
        let after = Speaker { id, name, role: (!role.is_empty()).then_some(role), aliases };
        if after == before {
            return Vec::new();
        }
        let summary = change_of_speaker(&before, &after);
        let effects = self.commit(now, &summary, vec![Edit::Speaker { before: Some(before), after: Some(after) }]);
        if !effects.is_empty() {
            self.tell(summary);
        }
        effects
    }

    /// Takes a speaker whom no annotation names out of the register.
    pub(super) fn strike_speaker(&mut self, now: Timestamp, id: SpeakerId) -> Vec<Effect> {
        let Some(speaker) = self.session.set().speaker(id).cloned() else { return Vec::new() };
        let count = self.naming(id).count();
        if count > 0 {
            let who = if count == 1 { "an annotation names".to_owned() } else { format!("{count} annotations name") };
            self.refuse(format!("{who} {}: Ctrl-T says whom it is the same as", speaker.name));
            return Vec::new();
        }
        let summary = format!("delete speaker {}", speaker.name);
        let effects = self.commit(now, &summary, vec![Edit::Speaker { before: Some(speaker), after: None }]);
        if !effects.is_empty() {
            self.tell_done(&summary);
        }
        effects
    }

    /// Lists whom a speaker may be the same as.
    pub(super) fn list_the_same(&mut self, id: SpeakerId) {
        let Some(name) = self.session.set().speaker(id).map(|own| own.name.clone()) else { return };
        let others = |item: &Item| item.choice != Choice::Speaker(Chosen::Known(id));
        let items: Vec<Item> = self.register_items().into_iter().filter(others).collect();
        if items.is_empty() {
            self.refuse("there is nobody else in the register");
            return;
        }
        self.mode = Mode::Picker(Picker::new(format!("{name} is the same as"), Purpose::Same(id), items));
    }

    /// Makes two speakers one: what names the first names the second, who goes by the names of both.
    pub(super) fn make_the_same(&mut self, now: Timestamp, id: SpeakerId, kept: SpeakerId) -> Vec<Effect> {
        let set = self.session.set();
        let (Some(gone), Some(before)) = (set.speaker(id).cloned(), set.speaker(kept).cloned()) else {
            return Vec::new();
        };
        let after = Speaker {
            role: before.role.clone().or_else(|| gone.role.clone()),
            aliases: names_of_both(&before, &gone),
            ..before.clone()
        };
        let renamed = |own: &Annotation| {
            let mut after = own.clone();
            for value in after.attributes.values_mut().filter(|value| **value == Value::Speaker(id)) {
                *value = Value::Speaker(kept);
            }
            Edit::Replace { before: own.clone(), after }
        };
        let mut edits: Vec<Edit> = self.naming(id).map(renamed).collect();
        let count = edits.len();
        let summary = format!("{} is {}", gone.name, after.name);
        if after != before {
            edits.push(Edit::Speaker { before: Some(before), after: Some(after) });
        }
        edits.push(Edit::Speaker { before: Some(gone), after: None });
        let effects = self.commit(now, &summary, edits);
        if !effects.is_empty() {
            self.tell_done(&format!("{summary}: {} changed hands", plural(count, "annotation")));
        }
        effects
    }

    /// Somebody else who is registered by this name.
    pub(super) fn namesake(&self, id: SpeakerId, name: &str) -> Option<&Speaker> {
        self.session.set().speakers().find(|own| own.id != id && own.name == name)
    }
}

/// What is changed of a speaker: `rename speaker Закироф to Закиров`, `set role of speaker Закиров`.
fn change_of_speaker(before: &Speaker, after: &Speaker) -> String {
    if before.name != after.name {
        return format!("rename speaker {} to {}", before.name, after.name);
    }
    let role = (before.role != after.role).then_some("role");
    let aliases = (before.aliases != after.aliases).then_some("other names");
    let changed: Vec<&str> = role.into_iter().chain(aliases).collect();
    format!("set {} of speaker {}", changed.join(" and "), after.name)
}

/// The other names of `kept`, and those of `gone` that it does not go by yet.
fn names_of_both(kept: &Speaker, gone: &Speaker) -> Vec<String> {
    let mut names = kept.aliases.clone();
    for name in std::iter::once(&gone.name).chain(&gone.aliases) {
        if *name != kept.name && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
