//! Find and tag: every place of some words, one by one or all at once, as one step of undo.
//!
//! [`Sweep`] holds the places and what was decided at each. Every decision is a transaction, recorded as it is made, and goes on with the
//! step of the one before it. Places that are tagged so already are passed over and counted.

use jiff::Timestamp;

use super::annotating::defaults;
use super::ask::{Answer, Ask, Reply};
use super::find::{Manner, Query};
use super::picker::{Picker, Purpose};
use super::{App, Effect, Find, Mode, Selection, plural};
use crate::annotation::{Annotation, AnnotationId, Attributes, Edit, Origin, Target, Value};
use crate::command::Command;
use crate::keymap::{Action, Key, KeyCode};
use crate::schema::{Label, Layer, Overlap};
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
    /// What was decided at the first of them: what was tagged, if anything.
    pub decided: Vec<Option<AnnotationId>>,
    /// How many places are tagged so already, or must not be.
    pub tagged: usize,
    /// The revision of its last transaction, if it has made one.
    last: Option<u64>,
    values: Attributes,
    origin: (Selection, Offset),
}

impl Sweep {
    /// The place to be decided on.
    pub fn place(&self) -> Option<Span> {
        self.places.get(self.decided.len()).copied()
    }

    /// How many annotations it has made.
    pub fn made(&self) -> usize {
        self.decided.iter().flatten().count()
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
        let words = self.query.as_ref().map_or("", |query| &query.words);
        let title = if all { format!("tag all “{words}” as") } else { format!("tag “{words}” as") };
        let answer = |(number, _, label): (usize, &Layer, &Label)| {
            Some(Answer::new(label.key?, label.title.in_language(&self.language).to_owned(), reply(number)))
        };
        let Some(answers) = self.schema.span_labels().map(answer).collect() else {
            // There are more labels than keys.
            self.mode = Mode::Picker(Picker::new(title, Purpose::Tag(all), self.labels_to_give()));
            return;
        };
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
            self.refuse(self.lacks(Command::SameEverywhere));
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

    fn begin_sweep(&mut self, now: Timestamp, label: usize, values: Attributes, all: bool) -> Vec<Effect> {
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
            self.tell(format!("“{}” is tagged so already: {}", query.words, plural(count, "place")));
            return Vec::new();
        }
        // From where the annotator is, around the end of the text.
        let at = self.selection.start();
        let mut places = places;
        let first = places.partition_point(|place| place.end() <= at) % places.len();
        places.rotate_left(first);
        let origin = (self.selection, self.top);
        let words = query.words;
        let sweep = Sweep { label, words, places, decided: Vec::new(), tagged, last: None, values, origin };
        self.note_jump();
        self.last_label = Some(label);
        if all {
            return self.decide_all(now, sweep);
        }
        self.show_place(sweep);
        Vec::new()
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
    fn show_place(&mut self, mut sweep: Sweep) {
        while sweep.place().is_some_and(|place| !self.may_be_tagged(sweep.label, place)) {
            sweep.decided.push(None);
        }
        if let Some(place) = sweep.place() {
            self.select(place);
            self.focus = None;
            self.mode = Mode::Sweep(sweep);
        } else {
            self.end_sweep(&sweep);
        }
    }

    pub(super) fn sweep_key(&mut self, now: Timestamp, mut sweep: Sweep, key: Key) -> Vec<Effect> {
        let is = |letter: &char| key.typed().is_some() && key.readings_include(*letter);
        let decision = match key.code {
            KeyCode::Enter => Some('y'),
            KeyCode::Backspace => Some('u'),
            KeyCode::Esc => Some('q'),
            _ => ['y', 'n', 'a', 'e', 'u', 'q'].into_iter().find(is),
        };
        let mut effects = Vec::new();
        match decision {
            Some('y') => effects = self.tag_place(now, &mut sweep, None),
            Some('n') => sweep.decided.push(None),
            Some('a') => return self.decide_all(now, sweep),
            Some('u') => effects = self.decide_anew(now, &mut sweep),
            Some('e') => {
                self.adjusting = Some(sweep);
                self.extending = true;
                self.tell(self.keyed(
                    "move this end ({swap-ends} goes to the other), Enter tags what is selected, Esc leaves it",
                ));
                return Vec::new();
            }
            Some(_) => {
                self.end_sweep(&sweep);
                return Vec::new();
            }
            None => {
                let keys = "{=y} tags it, {=n} passes on, {=a} tags all the rest, {=e} moves its edges, {=u} goes back, {=q} ends here";
                self.refuse(self.keyed(keys));
            }
        }
        self.show_place(sweep);
        effects
    }

    /// Tags the place to be decided on, or what it was made into.
    fn tag_place(&mut self, now: Timestamp, sweep: &mut Sweep, moved: Option<Span>) -> Vec<Effect> {
        let Some(span) = moved.or(sweep.place()) else { return Vec::new() };
        let Some(annotation) = self.annotation_of(sweep, span, self.session.set().next_id()) else { return Vec::new() };
        if self.overlap_is_forbidden(&annotation) {
            return Vec::new();
        }
        if !self.may_be_tagged(sweep.label, span) {
            self.refuse("that is tagged so already");
            return Vec::new();
        }
        let id = annotation.id;
        let effects = self.commit_decision(now, sweep, vec![Edit::Insert(annotation)], sweep.made() + 1);
        if !effects.is_empty() {
            sweep.decided.push(Some(id));
        }
        effects
    }

    /// Tags all places that are left.
    fn decide_all(&mut self, now: Timestamp, mut sweep: Sweep) -> Vec<Effect> {
        let mut decided = Vec::new();
        let mut edits = Vec::new();
        let mut id = self.session.set().next_id();
        for place in sweep.places.iter().skip(sweep.decided.len()) {
            let may_be = self.may_be_tagged(sweep.label, *place);
            let annotation = may_be.then(|| self.annotation_of(&sweep, *place, id)).flatten();
            decided.push(annotation.as_ref().map(|own| own.id));
            id = annotation.as_ref().map_or(id, |own| AnnotationId(own.id.0.saturating_add(1)));
            edits.extend(annotation.map(Edit::Insert));
        }
        let made = sweep.made() + edits.len();
        let effects = self.commit_decision(now, &mut sweep, edits, made);
        if !effects.is_empty() {
            sweep.decided.extend(decided);
        }
        self.show_place(sweep);
        effects
    }

    /// Goes back to the place before, and takes back what was done there.
    fn decide_anew(&mut self, now: Timestamp, sweep: &mut Sweep) -> Vec<Effect> {
        // What was passed over by itself would be so again.
        while sweep.decided.last() == Some(&None)
            && sweep.places.get(sweep.decided.len() - 1).is_some_and(|place| !self.may_be_tagged(sweep.label, *place))
        {
            sweep.decided.pop();
        }
        let Some(tagged) = sweep.decided.pop() else {
            self.tell("this is the first place");
            return Vec::new();
        };
        let Some(annotation) = tagged.and_then(|id| self.session.set().get(id)).cloned() else { return Vec::new() };
        if sweep.made() == 0 && sweep.last == Some(self.session.revision()) {
            // Nothing is left of the step, so it is none that `u` would take back.
            sweep.last = None;
            let taken_back = self.session.undo(now);
            return taken_back.map_or_else(Vec::new, |transaction| self.to_record(transaction));
        }
        let effects = self.commit_decision(now, sweep, self.removal(&annotation), sweep.made());
        if effects.is_empty() {
            sweep.decided.push(tagged);
        }
        effects
    }

    /// What a sweep makes of a place.
    fn annotation_of(&self, sweep: &Sweep, place: Span, id: AnnotationId) -> Option<Annotation> {
        let (layer, label) = self.label(sweep.label)?;
        let mut annotation = Annotation {
            id,
            layer: layer.id.clone(),
            label: label.id.clone(),
            target: Target::Text(place.into()),
            attributes: sweep.values.clone(),
            note: None,
            origin: Origin::Manual,
        };
        self.inherit_speaker(&mut annotation);
        Some(annotation)
    }

    /// Makes `edits` a part of the one step that a sweep is; after them it has made so many annotations.
    fn commit_decision(&mut self, now: Timestamp, sweep: &mut Sweep, edits: Vec<Edit>, made: usize) -> Vec<Effect> {
        let label = self.label(sweep.label).map_or("", |(_, label)| label.id.as_str());
        let summary = format!("{label}: {} of “{}”", plural(made, "place"), sweep.words);
        let goes_on = sweep.last == Some(self.session.revision());
        let effects = self.commit_by(|session| {
            if goes_on { session.commit_further(now, &summary, edits) } else { session.commit(now, &summary, edits) }
        });
        if !effects.is_empty() {
            sweep.last = Some(self.session.revision());
        }
        effects
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
        let effects = if take { self.tag_place(now, &mut sweep, selected) } else { Vec::new() };
        self.show_place(sweep);
        effects
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

    /// Ends the sweep, wherever it stands.
    pub(super) fn leave_sweep(&mut self) {
        match std::mem::take(&mut self.mode) {
            Mode::Sweep(sweep) => self.end_sweep(&sweep),
            mode => {
                self.mode = mode;
                if let Some(sweep) = self.adjusting.take() {
                    self.end_sweep(&sweep);
                }
            }
        }
    }

    /// Goes back to where it began, and says what was done.
    fn end_sweep(&mut self, sweep: &Sweep) {
        let label = self.label(sweep.label).map_or("", |(_, label)| label.id.as_str());
        let made = sweep.made();
        let passed = sweep.decided.len() - made;
        let left = sweep.places.len() - sweep.decided.len();
        let mut told = vec![format!("{made} tagged {label}")];
        told.extend((passed > 0).then(|| format!("{passed} passed over")));
        told.extend((left > 0).then(|| format!("{left} not looked at")));
        told.extend((sweep.tagged > 0).then(|| format!("{} so already", sweep.tagged)));
        let told = told.join(", ");
        if made > 0 {
            self.tell_done(&told);
        } else {
            self.tell(told);
        }
        self.extending = false;
        (self.selection, self.top) = sweep.origin;
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
fn values_but_speaker(model: &Annotation) -> Attributes {
    let values = model.attributes.iter().filter(|(_, value)| !matches!(value, Value::Speaker(_)));
    values.map(|(id, value)| (id.clone(), value.clone())).collect()
}
