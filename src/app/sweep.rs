//! Find and tag: every place of some words, one by one or all at once, as one step of undo.
//!
//! [`Sweep`] holds the places and what was decided at each; nothing is changed until it ends, also when it is stopped half-way, and
//! also when the program is left. Places that are tagged so already are passed over and counted.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::annotating::defaults;
use super::ask::{Answer, Ask, Reply, distinct_keys};
use super::find::{Manner, Query};
use super::{App, Effect, Find, Mode, Selection};
use crate::annotation::{Annotation, Edit, Origin, Target, Value};
use crate::command::Command;
use crate::keymap::{Action, Key, KeyCode};
use crate::schema::{AttributeId, Overlap};
use crate::text::{Offset, Span, segment};

/// The places of some words, being decided on one after the other.
#[derive(Debug)]
pub struct Sweep {
    /// The label to be given, a number in [`Schema::labels`](crate::schema::Schema::labels).
    pub label: usize,
    /// What is looked for.
    pub words: String,
    /// The places that are not tagged so yet.
    pub places: Vec<Span>,
    /// What was decided at the first of them: what to tag, or nothing.
    pub decided: Vec<Option<Span>>,
    /// How many places are tagged so already, or must not be.
    pub tagged: usize,
    values: BTreeMap<AttributeId, Value>,
    origin: (Selection, Offset),
}

impl Sweep {
    /// The place to be decided on.
    pub fn place(&self) -> Option<Span> {
        self.places.get(self.decided.len()).copied()
    }

    /// What is to be tagged with other edges than its place has.
    fn moved(&self) -> Vec<Span> {
        let decided = self.decided.iter().zip(&self.places);
        decided.filter_map(|(own, place)| own.filter(|own| own != place)).collect()
    }
}

impl App {
    /// Opens the prompt for words to be tagged.
    pub(super) fn begin_tagging(&mut self) {
        if self.may_write() {
            self.extending = false;
            self.mode = Mode::Find(Find::to_tag(self.selection, self.top));
        }
    }

    /// Asks which label the places of what is looked for are to have.
    pub(super) fn ask_for_label(&mut self, all: bool) {
        if !self.may_write() {
            return;
        }
        let reply = |number| if all { Reply::TagAll(number) } else { Reply::Sweep(number) };
        let labels: Vec<(usize, Option<char>, &str)> =
            self.schema.span_labels().map(|(n, _, own)| (n, own.key, own.title.in_language(&self.language))).collect();
        // A label's own key is not lost to the first letter of one before it.
        let with_key = labels.iter().filter(|(_, key, _)| key.is_some());
        let ordered: Vec<_> = with_key.chain(labels.iter().filter(|(_, key, _)| key.is_none())).collect();
        let keys = distinct_keys(ordered.iter().map(|(_, key, title)| (*key, *title)));
        let answer = |(key, (number, _, title)): (char, &&(usize, Option<char>, &str))| {
            Answer::new(key, (*title).to_owned(), reply(*number))
        };
        let answers = keys.into_iter().zip(&ordered).map(answer).collect();
        let words = self.query.as_ref().map_or("", |query| &query.words);
        let title = if all { format!("tag all “{words}” as") } else { format!("tag “{words}” as") };
        let usual = self.last_label.map(reply);
        self.mode = Mode::Ask(Ask { usual, ..Ask::new(title, answers) });
    }

    /// Looks for the selection, or the annotation here, throughout; an annotation's label and values are given everywhere.
    pub(super) fn tag_the_same(&mut self, now: Timestamp) -> Vec<Effect> {
        if !self.may_write() {
            return Vec::new();
        }
        let here = self.annotation_here().cloned();
        let is_it = |own: &Annotation| {
            let fragments = own.fragments().map_or(&[][..], |fragments| fragments.spans());
            self.selected().is_none_or(|selected| fragments == [selected])
        };
        let model = here.filter(is_it);
        let Some(span) = self.selected().or_else(|| model.as_ref().and_then(only_span)) else {
            self.refuse("nothing to look for: select words, or go to an annotation of one stretch");
            return Vec::new();
        };
        let text = &self.document.text;
        let words = text.slice(span).to_owned();
        let whole_words = segment::widened(text, span) == span && words.chars().all(|c| !c.is_control());
        match Query::to_tag(&words, Manner { whole_words, ..Manner::default() }) {
            Ok(query) => self.query = Some(query),
            Err(fault) => {
                self.refuse(fault.to_string());
                return Vec::new();
            }
        }
        self.extending = false;
        let number = model.as_ref().and_then(|model| self.label_number(model));
        if let Some((model, number)) = model.zip(number) {
            return self.begin_sweep(now, number, values_but_speaker(&model), false);
        }
        self.ask_for_label(false);
        Vec::new()
    }

    /// Begins to give the places of what is looked for this label.
    pub(super) fn sweep(&mut self, now: Timestamp, number: usize, all: bool) -> Vec<Effect> {
        let Some((layer, _)) = self.label(number) else { return Vec::new() };
        let values = defaults(layer);
        self.begin_sweep(now, number, values, all)
    }

    fn begin_sweep(
        &mut self,
        now: Timestamp,
        label: usize,
        values: BTreeMap<AttributeId, Value>,
        all: bool,
    ) -> Vec<Effect> {
        let Some(query) = self.query.clone() else { return Vec::new() };
        let hits = query.to_be_tagged(&self.document.text, self.edges);
        if hits.is_empty() {
            self.refuse(format!("not found: {}", query.words));
            return Vec::new();
        }
        let count = hits.len();
        let places: Vec<Span> = hits.into_iter().filter(|hit| self.may_be_tagged(label, *hit)).collect();
        let tagged = count - places.len();
        if places.is_empty() {
            self.tell(format!("all {count} places of “{}” are tagged so already", query.words));
            return Vec::new();
        }
        // From where the annotator is, around the end of the text.
        let at = self.selection.start();
        let mut places = places;
        let first = places.partition_point(|place| place.end() <= at) % places.len();
        places.rotate_left(first);
        let origin = (self.selection, self.top);
        let words = query.words;
        let mut sweep = Sweep { label, words, places, decided: Vec::new(), tagged, values, origin };
        self.note_jump();
        self.last_label = Some(label);
        if all {
            sweep.decided = sweep.places.iter().map(|place| Some(*place)).collect();
            return self.end_sweep(now, sweep);
        }
        self.show_place(now, sweep)
    }

    /// Whether a place is not tagged with this label yet, and may be.
    fn may_be_tagged(&self, label: usize, place: Span) -> bool {
        let Some((layer, label)) = self.label(label) else { return false };
        let is_in_the_way = |(span, own): (Span, &Annotation)| {
            own.layer == layer.id
                && (layer.overlap == Overlap::Forbidden || own.label == label.id && span.covers(place))
        };
        !self.session.set().overlapping(place).any(is_in_the_way)
    }

    /// Shows the place that is to be decided on; what a moved edge took in is none.
    fn show_place(&mut self, now: Timestamp, mut sweep: Sweep) -> Vec<Effect> {
        let moved = sweep.moved();
        while sweep.place().is_some_and(|place| moved.iter().any(|own| own.covers(place))) {
            sweep.decided.push(None);
        }
        if sweep.place().is_none() {
            return self.end_sweep(now, sweep);
        }
        if let Some(place) = sweep.place() {
            self.select(place);
            self.focus = None;
        }
        self.mode = Mode::Sweep(sweep);
        Vec::new()
    }

    pub(super) fn sweep_key(&mut self, now: Timestamp, mut sweep: Sweep, key: Key) -> Vec<Effect> {
        let is = |c: char| key.typed().is_some() && key.readings_include(c);
        let place = sweep.place();
        match key.code {
            KeyCode::Enter => sweep.decided.push(place),
            KeyCode::Esc => return self.end_sweep(now, sweep),
            KeyCode::Backspace => {
                if sweep.decided.pop().is_none() {
                    self.tell("this is the first place");
                }
            }
            KeyCode::Char(_) if is('y') => sweep.decided.push(place),
            KeyCode::Char(_) if is('n') => sweep.decided.push(None),
            KeyCode::Char(_) if is('a') => {
                let rest = sweep.places.iter().skip(sweep.decided.len()).map(|place| Some(*place));
                sweep.decided.extend(rest.collect::<Vec<_>>());
            }
            KeyCode::Char(_) if is('q') => return self.end_sweep(now, sweep),
            KeyCode::Char(_) if is('e') => {
                self.adjusting = Some(sweep);
                self.extending = true;
                self.tell("move this end (x goes to the other), Enter tags what is selected, Esc leaves it");
                return Vec::new();
            }
            _ => self.refuse("y tags it, n passes on, a tags all the rest, e moves its edges, q ends here"),
        }
        self.show_place(now, sweep)
    }

    /// Goes on with the sweep whose place was being adjusted: with what is selected, or with the place as it was.
    pub(super) fn adjusted(&mut self, now: Timestamp, take: bool) -> Vec<Effect> {
        let selected = self.selected();
        if take && selected.is_none() {
            self.refuse("nothing is selected: an annotation needs at least one character");
            return Vec::new();
        }
        let Some(mut sweep) = self.adjusting.take() else { return Vec::new() };
        self.extending = false;
        if take {
            sweep.decided.push(selected);
        }
        self.show_place(now, sweep)
    }

    /// Whether `action` makes sense while a place is being adjusted; says so if not.
    pub(super) fn disturbs_adjusting(&mut self, action: Action) -> bool {
        let changes = match action {
            Action::Run(command) => crate::command::entry_of(command).group == crate::command::Group::Annotate,
            Action::Annotate(_) | Action::Relabel(_) => true,
        };
        let disturbs = self.adjusting.is_some() && changes && action != Action::Run(Command::Repeat);
        if disturbs {
            self.refuse("Enter tags what is selected, Esc leaves it; then other things can be done");
        }
        disturbs
    }

    /// Tags what was decided, wherever the sweep stands.
    pub(super) fn finish_sweep(&mut self, now: Timestamp) -> Vec<Effect> {
        let begun = match std::mem::take(&mut self.mode) {
            Mode::Sweep(sweep) => Some(sweep),
            mode => {
                self.mode = mode;
                self.adjusting.take()
            }
        };
        begun.map_or_else(Vec::new, |sweep| self.end_sweep(now, sweep))
    }

    fn end_sweep(&mut self, now: Timestamp, sweep: Sweep) -> Vec<Effect> {
        let Some((layer, label)) = self.label(sweep.label) else { return Vec::new() };
        let (layer, label, title) =
            (layer.clone(), label.id.clone(), label.title.in_language(&self.language).to_owned());
        let wanted: Vec<Span> = sweep.decided.iter().copied().flatten().collect();
        let mut edits: Vec<Edit> = Vec::with_capacity(wanted.len());
        let first = self.session.set().next_id().0;
        // An edge that was moved may reach into another place, or by now into an annotation.
        let moved = sweep.moved();
        let meets = |own: &Span, span: Span| *own != span && layer.overlap == Overlap::Forbidden && own.overlaps(span);
        for span in wanted {
            if moved.iter().any(|own| meets(own, span)) || !self.may_be_tagged(sweep.label, span) {
                continue;
            }
            let id = crate::annotation::AnnotationId(first + u32::try_from(edits.len()).unwrap_or(0));
            let mut annotation = Annotation {
                id,
                layer: layer.id.clone(),
                label: label.clone(),
                target: Target::Text(span.into()),
                attributes: sweep.values.clone(),
                note: None,
                origin: Origin::Manual,
            };
            self.inherit_speaker(&mut annotation);
            edits.push(Edit::Insert(annotation));
        }
        self.extending = false;
        let made = edits.len();
        let passed = sweep.decided.len() - made;
        let left = sweep.places.len() - sweep.decided.len();
        let mut told = vec![format!("{made} tagged {title}")];
        told.extend((passed > 0).then(|| format!("{passed} passed over")));
        told.extend((left > 0).then(|| format!("{left} not looked at")));
        told.extend((sweep.tagged > 0).then(|| format!("{} were so already", sweep.tagged)));
        if edits.is_empty() {
            (self.selection, self.top) = sweep.origin;
            self.tell(told.join(", "));
            return Vec::new();
        }
        let summary = format!("{title}: {made} places of “{}”", sweep.words);
        let effects = self.commit(now, &summary, edits);
        if effects.is_empty() {
            // It could not be recorded: what was decided is not lost.
            self.mode = Mode::Sweep(sweep);
            return effects;
        }
        (self.selection, self.top) = sweep.origin;
        self.tell(format!("{} — u takes it back", told.join(", ")));
        effects
    }
}

/// The stretch that an annotation is about, if it is one.
fn only_span(annotation: &Annotation) -> Option<Span> {
    match annotation.fragments()?.spans() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The values of an annotation that say nothing of who speaks, for others of its kind.
fn values_but_speaker(model: &Annotation) -> BTreeMap<AttributeId, Value> {
    let values = model.attributes.iter().filter(|(_, value)| !matches!(value, Value::Speaker(_)));
    values.map(|(id, value)| (id.clone(), value.clone())).collect()
}
