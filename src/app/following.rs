//! A document whose text was changed, or whose file says other words than stand there: carrying its annotations over, and giving a
//! place to those that wait for one.
//!
//! Nothing is done before the annotator says so. What stands where it stood stays; what is certain to have moved is placed by one
//! change, which can be undone; the rest waits in a list (`Space u`). There each is looked at in turn: the screen goes to where it may
//! belong, and Enter places it on what is selected, be it that or something else.

use jiff::Timestamp;

use super::picker::{Choice, Item, Purpose};
use super::{Access, App, Effect, Mode, Picker, plural};
use crate::anchor::Placement;
use crate::annotation::{AnnotationId, Edit, Waiting};
use crate::command::Command;
use crate::text::Fragments;

/// How many characters of a quote are shown in a line.
const SHORT: usize = 40;

/// The annotation being given a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// Which it is.
    pub id: AnnotationId,
    /// Which of its places is shown.
    place: usize,
}

/// What the annotator is told while an annotation is given a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// `Q3`.
    pub name: String,
    /// How many wait, this one among them.
    pub left: usize,
    /// Which of how many places is shown, from 1, and what speaks for it.
    pub place: Option<(usize, usize, String)>,
    /// The words it was made for.
    pub quote: String,
}

impl App {
    /// The annotations that wait for a place, as they followed each other on the text that is gone.
    fn waiting(&self) -> Vec<&Waiting> {
        let mut waiting: Vec<&Waiting> = self.session.set().waiting().collect();
        waiting.sort_by_key(|own| (own.start(), own.id));
        waiting
    }

    /// How many annotations wait for a place.
    pub fn count_waiting(&self) -> usize {
        self.session.set().waiting().count()
    }

    /// Where an annotation that waits may belong, the likeliest first, each with what speaks for it.
    fn places_of(&self, id: AnnotationId) -> Vec<(&Fragments, String)> {
        match self.places.get(&id) {
            Some(Placement::Exact(fragments) | Placement::Moved(fragments)) => {
                vec![(fragments, "the same words in the same surroundings".to_owned())]
            }
            Some(Placement::Ambiguous(all)) => all.iter().map(|own| (&own.fragments, own.why.to_string())).collect(),
            Some(Placement::Lost) | None => Vec::new(),
        }
    }

    /// Those of whose place there is no doubt.
    fn moved(&self) -> Vec<(&Waiting, &Fragments)> {
        let sure = |own: &Waiting| self.places.get(&own.id)?.fragments();
        self.waiting().into_iter().filter_map(|own| Some((own, sure(own)?))).collect()
    }

    /// Asks what to do about a changed text, or shows what waits for a place.
    pub(super) fn follow_up(&mut self) {
        if self.access == Access::Changed {
            self.ask_to_follow();
        } else if self.waiting().is_empty() {
            self.review = None;
            self.tell("no annotation waits for a place");
        } else {
            self.review = None;
            self.mode = Mode::Picker(Picker::new(self.waiting_title(), Purpose::Waiting, self.waiting_items()));
        }
    }

    /// Asks whether to carry the annotations over, and lists those that move.
    pub(super) fn ask_to_follow(&mut self) {
        let moved = self.moved();
        let waiting = self.waiting().len() - moved.len();
        let stay = self.session.set().iter().filter(|own| own.fragments().is_some()).count();
        let counts = format!("{stay} stay, {} move, {waiting} wait for you", moved.len());
        let item = |text: &str, detail: String, choice| Item::new(text, detail, choice);
        let mut items = vec![
            item("carry them over", counts, Choice::Follow(true)),
            item("only look", "nothing is changed; Space u asks again".to_owned(), Choice::Follow(false)),
        ];
        let text = &self.document.text;
        items.extend(moved.iter().map(|(own, fragments)| {
            let (name, start, quote) = (own.name(), own.start(), short(&own.quote()));
            let moved = format!("{name} {start} → {}  “{quote}”", text.code_point(fragments.start()));
            Item::new(moved, "moves", Choice::Waiting(own.id))
        }));
        let title = "text and annotations do not match: one of them was changed";
        self.mode = Mode::Picker(Picker::new(title, Purpose::Changed, items));
    }

    /// Goes on with the changed text, or leaves everything as it is.
    pub(super) fn follow_text(&mut self, now: Timestamp, yes: bool) -> Vec<Effect> {
        if !yes {
            self.tell(self.keyed("only looking: {=Space u} asks again"));
            return Vec::new();
        }
        let moved = self.moved();
        let count = moved.len();
        let edits: Vec<Edit> = moved.into_iter().flat_map(|(own, fragments)| own.settle(fragments.clone())).collect();
        self.access = Access::Write;
        let effects = self.commit(now, "follow the changed text", edits);
        let waiting = self.waiting().len();
        let rest = if waiting == 0 { String::new() } else { format!("; {waiting} wait: Space u") };
        self.tell_done(&format!("{count} moved with the text{rest}"));
        effects
    }

    pub(super) fn waiting_title(&self) -> String {
        match self.waiting().len() {
            1 => "1 annotation waits for a place".to_owned(),
            count => format!("{count} annotations wait for a place"),
        }
    }

    pub(super) fn waiting_items(&self) -> Vec<Item> {
        let item = |own: &Waiting| {
            let found = match self.places_of(own.id).len() {
                0 => "no place found".to_owned(),
                count => plural(count, "place"),
            };
            let text = format!("{:5} {:>6} {:10} “{}”", own.name(), own.start(), own.label, short(&own.quote()));
            Item::new(text, found, Choice::Waiting(own.id))
        };
        self.waiting().into_iter().map(item).collect()
    }

    /// Goes to where the annotation `id` may belong.
    pub(super) fn begin_review(&mut self, id: AnnotationId) {
        self.note_jump();
        if self.access == Access::Changed {
            self.show_waiting_place(id, 0);
            return;
        }
        (self.extent, self.relating, self.extending) = (None, None, false);
        self.review = Some(Review { id, place: 0 });
        if !self.show_waiting_place(id, 0) {
            let start = self.session.set().waiting().find(|own| own.id == id).map_or(0, Waiting::start);
            let text = &self.document.text;
            self.go(text.offset_of_code_point(start).unwrap_or_else(|| text.end()), false);
        }
    }

    fn show_waiting_place(&mut self, id: AnnotationId, place: usize) -> bool {
        let hull = self.places_of(id).get(place).map(|(fragments, _)| fragments.hull());
        if let Some(span) = hull {
            self.select(span);
        }
        hull.is_some()
    }

    /// Goes to the next place where the annotation under review may belong.
    fn step_place(&mut self, on: bool) {
        let Some(Review { id, place }) = self.review else { return };
        let count = self.places_of(id).len();
        if count == 0 {
            self.tell("no place was found: select where it belongs, Enter sets it");
            return;
        }
        let place = (if on { place + 1 } else { place + count - 1 }) % count;
        self.review = Some(Review { id, place });
        self.show_waiting_place(id, place);
    }

    /// Does what `command` means while an annotation is under review, if it means something else then.
    pub(super) fn review_command(&mut self, now: Timestamp, command: Command) -> Option<Vec<Effect>> {
        let Review { id, .. } = self.review?;
        match command {
            Command::Repeat => return Some(self.settle_review(now)),
            Command::Delete => return Some(self.drop_waiting(now, id)),
            Command::NextAnnotation | Command::PreviousAnnotation => {
                self.step_place(command == Command::NextAnnotation);
            }
            Command::Cancel => self.follow_up(),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Places the annotation under review on what is selected.
    fn settle_review(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some((review, own)) = self.reviewing() else { return Vec::new() };
        let Some(span) = self.selected() else {
            self.refuse("select where it belongs, or press Tab for a place that was found");
            return Vec::new();
        };
        let shown = self.places_of(review.id).get(review.place).map(|(fragments, _)| (*fragments).clone());
        let fragments = shown.filter(|shown| shown.hull() == span).unwrap_or_else(|| span.into());
        let annotation = own.at(fragments.clone());
        if self.overlap_is_forbidden(&annotation) {
            return Vec::new();
        }
        let effects = self.commit(now, &format!("place {}", own.name()), own.settle(fragments).to_vec());
        if !effects.is_empty() {
            self.focus = Some(own.id);
            self.go_on(&own, "is placed");
        }
        effects
    }

    /// Deletes an annotation that waits for a place.
    pub(super) fn drop_waiting(&mut self, now: Timestamp, id: AnnotationId) -> Vec<Effect> {
        let Some(own) = self.session.set().waiting().find(|own| own.id == id).cloned() else { return Vec::new() };
        let gone = Edit::Wait { before: Some(own.clone()), after: None };
        let effects = self.commit(now, &format!("delete {}", own.name()), vec![gone]);
        if effects.is_empty() {
            return effects;
        }
        if self.review.is_some() {
            self.go_on(&own, "is deleted");
        } else {
            self.tell_done(&format!("{} is deleted", own.name()));
        }
        effects
    }

    /// Goes on to the annotation that waits behind `done`, or the first; tells what became of that.
    fn go_on(&mut self, done: &Waiting, what: &str) {
        let waiting = self.waiting();
        let behind = waiting.iter().find(|own| (own.start(), own.id) > (done.start(), done.id));
        let (next, left) = (behind.or(waiting.first()).map(|own| own.id), waiting.len());
        self.review = None;
        let name = done.name();
        match next {
            Some(next) => {
                self.begin_review(next);
                self.tell_done(&format!("{name} {what}, {left} left"));
            }
            None => self.tell(format!("{name} {what}: nothing waits any more")),
        }
    }

    /// The annotation under review, unless it does not wait any more.
    fn reviewing(&self) -> Option<(Review, Waiting)> {
        let review = self.review?;
        Some((review, self.session.set().waiting().find(|own| own.id == review.id)?.clone()))
    }

    /// What there is to tell of the annotation under review.
    pub fn reviewed(&self) -> Option<Reviewed> {
        let (review, own) = self.reviewing()?;
        let places = self.places_of(own.id);
        let place = places.get(review.place).map(|(_, why)| (review.place + 1, places.len(), why.clone()));
        Some(Reviewed { name: own.name(), left: self.waiting().len(), place, quote: own.quote() })
    }
}

/// The beginning of a quote, on one line.
fn short(quote: &str) -> String {
    let mut chars = quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect::<Vec<_>>();
    let is_long = chars.len() > SHORT;
    chars.truncate(SHORT);
    chars.into_iter().chain(is_long.then_some('…')).collect()
}
