//! What keys do in a list.

use jiff::Timestamp;

use super::super::{App, Chosen, Effect, Form, Mode, Notice};
use super::{Choice, Picker, Purpose};
use crate::annotation::Target;
use crate::keymap::{Key, KeyCode};

impl App {
    pub(in crate::app) fn picker_key(&mut self, now: Timestamp, mut picker: Picker, key: Key) -> Vec<Effect> {
        match key.code {
            KeyCode::Esc => {
                match picker.purpose {
                    Purpose::Field(form, _) => self.mode = Mode::Form(*form),
                    Purpose::Now(mode) => self.mode = *mode,
                    Purpose::Same(_) => self.open_register(),
                    _ => {}
                }
                return Vec::new();
            }
            KeyCode::Enter => {
                if let Some(item) = picker.chosen_item() {
                    let effects = self.choose(now, picker, item.choice);
                    if let Some(obstacle) = item.obstacle.filter(|_| effects.is_empty() && self.notice.is_none()) {
                        self.refuse(obstacle);
                    }
                    return effects;
                }
            }
            KeyCode::Delete => return self.strike(now, picker),
            KeyCode::Char(_) if key.ctrl && key.readings_include('d') => return self.strike(now, picker),
            KeyCode::Char(_) if key.ctrl && key.readings_include('e') => return self.edit_chosen(now, picker),
            KeyCode::Char(_) if key.ctrl && key.readings_include('t') => {
                if let Some(Choice::Shown(label)) = picker.chosen() {
                    self.choose_shown(label, true);
                    self.renew(picker);
                    return Vec::new();
                }
                if let (Purpose::Register, Some(Choice::Speaker(Chosen::Known(id)))) =
                    (&picker.purpose, picker.chosen())
                    && self.may_write()
                {
                    self.list_the_same(id);
                    if matches!(self.mode, Mode::Picker(_)) {
                        return Vec::new();
                    }
                }
            }
            KeyCode::Char(_) if key.ctrl && key.readings_include('r') => return self.mend(now, picker),
            KeyCode::Up => picker.step(false, 1),
            KeyCode::Down => picker.step(true, 1),
            KeyCode::Tab => picker.step(!key.shift, 1),
            KeyCode::PageUp => picker.step(false, 10),
            KeyCode::PageDown => picker.step(true, 10),
            _ => picker.type_in(|field| {
                field.key(key);
            }),
        }
        self.mode = Mode::Picker(picker);
        Vec::new()
    }

    fn choose(&mut self, now: Timestamp, picker: Picker, choice: Choice) -> Vec<Effect> {
        match (picker.purpose, choice) {
            (Purpose::Attribute(id), Choice::Speaker(speaker)) => self.set_speaker(now, id, &speaker),
            (Purpose::Field(form, place), Choice::Speaker(speaker)) => {
                self.mode = Mode::Form(form.with_speaker(self, place, speaker));
                Vec::new()
            }
            (Purpose::Register, Choice::Speaker(speaker)) => self.edit_register(now, &speaker),
            (Purpose::Same(id), Choice::Speaker(Chosen::Known(kept))) => self.make_the_same(now, id, kept),
            (Purpose::Rival, Choice::Decision(decision)) => self.decide(now, decision),
            (Purpose::Leave(effect), Choice::WayOut(way)) => self.take_way_out(way, effect),
            (Purpose::Relate(from), Choice::Annotation(other)) => self.relate(now, from, other),
            (Purpose::Relations(id), Choice::Annotation(relation)) => {
                self.follow(id, relation);
                Vec::new()
            }
            (Purpose::Layers, Choice::Shown(label)) => {
                self.choose_shown(label, false);
                self.renew(Picker { purpose: Purpose::Layers, ..picker });
                Vec::new()
            }
            (Purpose::Tag(all), Choice::Label(number)) => self.sweep(now, number, all),
            (Purpose::Document, Choice::Label(number)) => {
                let effects = self.toggle_document_label(now, number);
                self.renew(Picker { purpose: Purpose::Document, ..picker });
                effects
            }
            (_, Choice::Annotation(id))
                if self.session.set().get(id).is_some_and(|own| own.target == Target::Document) =>
            {
                self.list_document_labels();
                Vec::new()
            }
            (_, Choice::Annotation(id)) => {
                self.reach(id);
                Vec::new()
            }
            (Purpose::Changed, Choice::Follow(yes)) => self.follow_text(now, yes),
            (_, Choice::Waiting(id)) => {
                self.begin_review(id);
                Vec::new()
            }
            (_, Choice::Finding(finding)) => {
                self.go_to_finding(&finding);
                Vec::new()
            }
            (Purpose::Now(mode), Choice::Press(keys)) => {
                self.mode = *mode;
                keys.into_iter().flat_map(|key| self.key(now, key)).collect()
            }
            (_, Choice::Action(action)) => self.act(now, action),
            (_, Choice::Text(text)) => {
                // It was told before: it is not a notice of its own.
                self.notice = Some(Notice { text, fault: false });
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Deletes what is chosen, where that can be deleted, and goes on with the list.
    fn strike(&mut self, now: Timestamp, picker: Picker) -> Vec<Effect> {
        let effects = match (&picker.purpose, picker.chosen()) {
            (Purpose::Go | Purpose::Relations(_), Some(Choice::Annotation(id))) => {
                let annotation = self.session.set().get(id).cloned();
                annotation.map_or_else(Vec::new, |own| self.remove(now, &own))
            }
            (Purpose::Waiting, Some(Choice::Waiting(id))) => self.drop_waiting(now, id),
            (Purpose::Document, Some(Choice::Label(number))) if self.document_has(number) => {
                self.toggle_document_label(now, number)
            }
            (Purpose::Register, Some(Choice::Speaker(Chosen::Known(id)))) => self.strike_speaker(now, id),
            (Purpose::Register, Some(Choice::Speaker(Chosen::New { name, .. }))) => {
                self.refuse(format!("{name} is not in the register"));
                Vec::new()
            }
            (_, None) => {
                self.refuse("there is nothing to delete here");
                Vec::new()
            }
            _ => Vec::new(),
        };
        self.renew(picker);
        effects
    }

    /// Puts right what is chosen, where that can be put right, and goes on with the list.
    fn mend(&mut self, now: Timestamp, picker: Picker) -> Vec<Effect> {
        let effects = match picker.chosen() {
            Some(Choice::Finding(finding)) => self.put_right(now, &finding),
            _ => Vec::new(),
        };
        self.renew(picker);
        effects
    }

    /// Opens the form of what is chosen, where it has one.
    fn edit_chosen(&mut self, now: Timestamp, picker: Picker) -> Vec<Effect> {
        match (&picker.purpose, picker.chosen()) {
            (Purpose::Go | Purpose::Relations(_), Some(Choice::Annotation(id))) if self.may_write() => {
                if let Some(own) = self.session.set().get(id).cloned() {
                    self.mode = Mode::Form(Form::of_annotation(self, &own));
                }
                Vec::new()
            }
            (Purpose::Document, Some(Choice::Label(number))) => self.edit_document_label(now, number),
            (Purpose::Register, Some(Choice::Speaker(speaker))) => self.edit_register(now, &speaker),
            _ => {
                self.mode = Mode::Picker(picker);
                Vec::new()
            }
        }
    }

    /// Shows the list again as things stand now, unless its last line is gone; filter and choice stay.
    fn renew(&mut self, mut picker: Picker) {
        let was_empty = picker.items.is_empty();
        picker.items = match &picker.purpose {
            Purpose::Go => self.session.set().iter().map(|own| self.annotation_item(own.id)).collect(),
            Purpose::Relations(id) => self.relation_items(*id),
            Purpose::Document => self.document_label_items(),
            Purpose::Layers => self.layer_items(),
            Purpose::Register => self.register_items(),
            Purpose::Waiting => self.waiting_items(),
            Purpose::Check => self.finding_items(),
            _ => picker.items,
        };
        picker.step(true, 0);
        if was_empty || !picker.items.is_empty() {
            self.mode = Mode::Picker(picker);
        }
    }
}
