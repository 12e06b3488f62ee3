//! Who is quoted and who claims: choosing, guessing, registering.

use jiff::Timestamp;

use super::{App, Effect, Item, Mode, Picker, Purpose};
use crate::annotation::{Annotation, AnnotationId, Edit, Speaker, SpeakerId, Value};
use crate::schema::{Attribute, AttributeKind};
use crate::suggest::{self, Candidate};
use crate::text::{Fragments, Span};

/// Annotations looked at on either side of the cursor to find who was named last.
const NEAR: usize = 200;

/// A speaker as the annotator chose them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Nobody: the narrator, or not known.
    Nobody,
    /// Someone in the register.
    Known(SpeakerId),
    /// Someone to be registered.
    New {
        /// The name.
        name: String,
        /// Office or role, if the text tells.
        role: Option<String>,
    },
}

impl App {
    /// The attribute that names the speaker in annotations of this layer.
    fn speaker_attribute(&self, annotation: &Annotation) -> Option<&Attribute> {
        let layer = self.schema.layer(&annotation.layer)?;
        layer.attributes.iter().find(|own| own.kind == AttributeKind::Speaker)
    }

    /// Gives a fresh annotation the speaker of the annotation around it whose layer demands one: what is claimed within a
    /// quotation is claimed by whoever is quoted.
    pub(super) fn inherit_speaker(&self, annotation: &mut Annotation) {
        let attribute = self.speaker_attribute(annotation).filter(|own| !own.required).map(|own| own.id.clone());
        let span = annotation.fragments().map(Fragments::hull);
        if let Some((attribute, speaker)) = attribute.zip(span.and_then(|span| self.speaker_around(span))) {
            annotation.attributes.insert(attribute, Value::Speaker(speaker));
        }
    }

    /// The speaker of the innermost annotation around `span` whose layer demands one.
    fn speaker_around(&self, span: Span) -> Option<SpeakerId> {
        let around = self.session.set().overlapping(span).filter(|(own, _)| own.covers(span));
        let demanding =
            around.filter(|(_, own)| self.speaker_attribute(own).is_some_and(|attribute| attribute.required));
        demanding.min_by_key(|(own, _)| own.bytes()).and_then(|(_, own)| own.speaker())
    }

    /// Whose words these are, if all are the words of one: each fragment those of whom the innermost annotation around it names that
    /// names a speaker. One that would have to and does not speaks for nobody: what is quoted within a quotation need not be the
    /// words of whoever quotes it.
    pub(super) fn speaker_of(&self, fragments: &Fragments) -> Option<&Speaker> {
        let set = self.session.set();
        let demands = |own: &Annotation| self.speaker_attribute(own).is_some_and(|attribute| attribute.required);
        let mut speakers = fragments.spans().iter().map(|span| {
            let around = set.overlapping(*span).filter(|(own, _)| own.covers(*span));
            let telling = around.filter(|(_, own)| own.speaker().is_some() || demands(own));
            let innermost = telling.min_by_key(|(span, own)| (span.bytes(), own.speaker().is_none()));
            innermost.and_then(|(_, own)| own.speaker())
        });
        let first = speakers.next()??;
        set.speaker(first).filter(|_| speakers.all(|own| own == Some(first)))
    }

    /// Opens the list of speakers for a fresh annotation whose layer demands one.
    pub(super) fn ask_for_speaker(&mut self, id: AnnotationId) {
        let annotation = self.session.set().get(id);
        let missing = annotation.filter(|own| own.speaker().is_none()).and_then(|own| self.speaker_attribute(own));
        if missing.is_some_and(|attribute| attribute.required) {
            self.open_speakers(id);
        }
    }

    /// Opens the list of speakers for the annotation here.
    pub(super) fn pick_speaker(&mut self) {
        let Some(annotation) = self.need_annotation() else { return };
        if !self.may_write() {
            return;
        }
        if self.speaker_attribute(&annotation).is_none() {
            self.refuse(format!("“{}” has no speaker", self.label_title(&annotation)));
            return;
        }
        self.focus = Some(annotation.id);
        self.open_speakers(annotation.id);
    }

    fn open_speakers(&mut self, id: AnnotationId) {
        let Some(annotation) = self.session.set().get(id) else { return };
        let title = format!("{} of {}", self.speaker_title(annotation), annotation.name());
        let items = self.speaker_items(Some(annotation));
        self.mode = Mode::Picker(Picker::new(title, Purpose::Attribute(id), items));
    }

    fn speaker_title(&self, annotation: &Annotation) -> &str {
        self.speaker_attribute(annotation).map_or("speaker", |own| own.title.in_language(&self.language))
    }

    /// The speakers to choose from for `annotation`: first whom the text names, then those named nearby, then the rest of the
    /// register, at last nobody.
    pub(super) fn speaker_items(&self, annotation: Option<&Annotation>) -> Vec<Item> {
        let set = self.session.set();
        let span = annotation.and_then(Annotation::fragments).map(Fragments::hull);
        let around = span.and_then(|span| self.speaker_around(span)).and_then(|id| set.speaker(id));
        let mut items: Vec<Item> = around.map(speaker_item).into_iter().collect();
        let speaking = span.and_then(|span| suggest::speaking(&self.document, set, span));
        for guess in span.map_or_else(Vec::new, |span| suggest::speakers(&self.document, set, span)) {
            let is_speaking = speaking.as_ref().is_some_and(|own| own.is_same(&guess));
            let item = match guess.known.and_then(|id| set.speaker(id)) {
                Some(speaker) => speaker_item(speaker),
                None => new_item(guess),
            };
            items.push(if is_speaking { item.detailed("speaking here") } else { item });
        }
        let recent = self.speakers_by_nearness();
        let rank = |speaker: &Speaker| recent.iter().position(|id| *id == speaker.id).unwrap_or(usize::MAX);
        let mut speakers: Vec<&Speaker> = set.speakers().collect();
        speakers.sort_by_key(|speaker| (rank(speaker), speaker.id));
        items.extend(speakers.into_iter().map(speaker_item));
        items.push(Item::speaker("nobody".to_owned(), "the narrator, or not known".to_owned(), Chosen::Nobody));
        each_once(items)
    }

    /// The speakers that annotations around the cursor name, the nearest before it first.
    fn speakers_by_nearness(&self) -> Vec<SpeakerId> {
        let (set, head) = (self.session.set(), self.selection.end());
        let near = set.starting_before(head).take(NEAR).chain(set.starting_from(head).take(NEAR));
        let mut found: Vec<SpeakerId> = Vec::new();
        for speaker in near.filter_map(Annotation::speaker) {
            if !found.contains(&speaker) {
                found.push(speaker);
            }
        }
        found
    }

    /// Gives annotation `id` this speaker, or none.
    pub(super) fn set_speaker(&mut self, now: Timestamp, id: AnnotationId, chosen: &Chosen) -> Vec<Effect> {
        let Some(before) = self.session.set().get(id).cloned() else { return Vec::new() };
        let Some(attribute) = self.speaker_attribute(&before).map(|own| own.id.clone()) else { return Vec::new() };
        let mut edits = Vec::new();
        let mut after = before.clone();
        match self.resolve(chosen, &mut edits) {
            Some(speaker) => after.attributes.insert(attribute, Value::Speaker(speaker)),
            None => after.attributes.remove(&attribute),
        };
        self.replace(now, edits, before, after)
    }

    /// The speaker chosen; one that is not registered yet is registered by an edit.
    pub(super) fn resolve(&self, chosen: &Chosen, edits: &mut Vec<Edit>) -> Option<SpeakerId> {
        match chosen {
            Chosen::Nobody => None,
            Chosen::Known(speaker) => Some(*speaker),
            Chosen::New { name, role } => {
                // The edits so far register speakers too: a form may name several who are new.
                let others = u32::try_from(edits.len()).unwrap_or(0);
                let id = SpeakerId(self.session.set().next_speaker().0 + others);
                let speaker = Speaker { id, name: name.clone(), role: role.clone(), aliases: Vec::new() };
                edits.push(Edit::Speaker { before: None, after: Some(speaker) });
                Some(id)
            }
        }
    }
}

impl App {
    /// That somebody whom `edits` register may be in the register already, and what makes the two one.
    pub(super) fn twins_in(&self, edits: &[Edit]) -> Option<String> {
        edits.iter().find_map(|edit| {
            let Edit::Speaker { before: None, after: Some(new) } = edit else { return None };
            let twin = self.session.set().speakers().find(|own| suggest::may_be_one(&own.name, &new.name))?;
            let way = self.keyed(": Ctrl-T in the register ({speakers}) makes two speakers one");
            Some(format!("{} is new beside {}{way}", new.name, twin.name))
        })
    }
}

/// Everyone once, where they come first: somebody new who is called as one in the register is that one, and two there are two.
fn each_once(items: Vec<Item>) -> Vec<Item> {
    let mut kept: Vec<Item> = Vec::new();
    for item in items {
        let is_same =
            |own: &&mut Item| own.text == item.text && (own.is_new() || item.is_new() || own.choice == item.choice);
        match kept.iter_mut().find(is_same) {
            Some(own) if own.is_new() => *own = item,
            Some(_) => {}
            None => kept.push(item),
        }
    }
    kept
}

fn new_item(guess: Candidate) -> Item {
    let detail = guess.role.clone().unwrap_or_default();
    Item::speaker(guess.name.clone(), detail, Chosen::New { name: guess.name, role: guess.role })
}

fn speaker_item(speaker: &Speaker) -> Item {
    let more: Vec<&str> = speaker.role.iter().chain(&speaker.aliases).map(String::as_str).collect();
    Item::known_speaker(speaker, more.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_new_who_is_called_as_one_in_the_register_is_that_one_and_two_there_are_two() {
        let item = |chosen| Item::speaker("Пётр Ё\u{301} 👍".to_owned(), String::new(), chosen);
        let known = |id| item(Chosen::Known(SpeakerId(id)));
        let new = || item(Chosen::New { name: "Пётр Ё\u{301} 👍".to_owned(), role: None });
        assert_eq!(each_once(vec![new(), known(1), new(), known(2), known(1)]), [known(1), known(2)]);
        assert_eq!(each_once(vec![known(2), new(), known(1)]), [known(2), known(1)]);
        assert_eq!(each_once(vec![new(), new()]), [new()]);
    }
}
