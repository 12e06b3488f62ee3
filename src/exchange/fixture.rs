//! A small annotated document with everything in it that exporters trip over.

use super::Source;
use crate::annotation::{
    Annotation, AnnotationId, AnnotationSet, Edit, Origin, Speaker, SpeakerId, Status, Target, Value,
};
use crate::document::{Digest, Document, DocumentId, Turn};
use crate::schema::{
    Attribute, AttributeId, AttributeKind, Label, LabelId, Layer, LayerId, LayerKind, Overlap, Schema, Title,
};
use crate::text::{Fragments, Offset, Span, Text};

/// A combining accent, emoji beyond the basic plane, one of them joined, CR LF, brackets.
pub(crate) const TEXT: &str = "АКИМ: «За\u{301}мок, – сказал он, – наш 👩🏽‍🌾!»\r\n\r\nЗал 😀 [смех].\r\n";

/// What a [`Source`] borrows from.
pub(crate) struct Fixture {
    pub(crate) document: Document,
    pub(crate) digest: Digest,
    pub(crate) schema: Schema,
    pub(crate) set: AnnotationSet,
}

impl Fixture {
    /// An interrupted quote, a claim that crosses it, two themes on one span in it, a label that the schema does not know, a
    /// relation and a label for the whole document.
    pub(crate) fn new() -> Self {
        let mut fixture = Self::of(TEXT);
        let hull = fixture.find("АКИМ: «За\u{301}мок, – сказал он, – наш 👩🏽‍🌾!»");
        fixture.document.turns = [Turn { span: hull, speech: hull.start(), speaker: Some("АКИМ".to_owned()) }].into();
        fixture.edit(&Edit::Speaker { before: None, after: Some(akim()) });
        fixture.edit(&Edit::Status { before: Status::Open, after: Status::Done });
        let akim = || ("speaker", Value::Speaker(SpeakerId(1)));
        let quote = vec![fixture.find("«За\u{301}мок,"), fixture.find("наш 👩🏽‍🌾!»")];
        fixture.add("quote", "quote", text(quote), &[("mode", Value::Choice("direct".to_owned())), akim()]);
        let claim = text(vec![fixture.find("сказал он, – наш")]);
        fixture.add("claim", "claim", claim, &[("checkable", Value::Flag(true))]);
        let place = text(vec![fixture.find("наш 👩🏽‍🌾")]);
        fixture.add("theme", "rights", place.clone(), &[]);
        let mut labour = annotation(4, "theme", "labour", place, &[]);
        labour.origin = Origin::Suggested { engine: "слова 1".to_owned(), score: 870 };
        fixture.edit(&Edit::Insert(labour));
        let laughter = text(vec![fixture.find("[смех]")]);
        let mut laughter = annotation(5, "жест", "laugh", laughter, &[("volume", Value::Text("\"f\"".to_owned()))]);
        laughter.note = Some("он \"смеётся\",\nгромко 👍".to_owned());
        fixture.edit(&Edit::Insert(laughter));
        fixture.add("link", "supports", Target::Relation { from: AnnotationId(2), to: AnnotationId(1) }, &[]);
        fixture.add("genre", "speech", Target::Document, &[]);
        fixture
    }

    /// A document with nothing said about it.
    pub(crate) fn of(content: &str) -> Self {
        let text = Text::new(content.to_owned()).unwrap();
        let digest = Digest::of(&text);
        let document = Document { id: DocumentId::new("речи/аким.txt"), text, turns: [].into() };
        Self { document, digest, schema: schema(), set: AnnotationSet::default() }
    }

    pub(crate) fn source(&self) -> Source<'_> {
        let Self { document, digest, schema, set } = self;
        Source { document, digest, annotator: "alpha", revision: 9, schema, set }
    }

    /// The first place of `needle`.
    pub(crate) fn find(&self, needle: &str) -> Span {
        let at = self.document.text.as_str().find(needle).unwrap();
        self.document.text.span(Offset::new(at), Offset::new(at + needle.len())).unwrap()
    }

    pub(crate) fn add(&mut self, layer: &str, label: &str, target: Target, attributes: &[(&str, Value)]) {
        let annotation = annotation(self.set.next_id().0, layer, label, target, attributes);
        self.edit(&Edit::Insert(annotation));
    }

    fn edit(&mut self, edit: &Edit) {
        self.set.apply(edit).unwrap();
    }
}

pub(crate) fn text(spans: Vec<Span>) -> Target {
    Target::Text(Fragments::new(spans).unwrap())
}

fn annotation(id: u32, layer: &str, label: &str, target: Target, attributes: &[(&str, Value)]) -> Annotation {
    let attributes = attributes.iter().map(|(id, value)| (AttributeId::new(*id), value.clone())).collect();
    let (layer, label) = (LayerId::new(layer), LabelId::new(label));
    Annotation { id: AnnotationId(id), layer, label, target, attributes, note: None, origin: Origin::Manual }
}

fn akim() -> Speaker {
    let role = Some("Аким области".to_owned());
    Speaker {
        id: SpeakerId(1), name: "Ермаганбет Булекпаев".to_owned(), role, aliases: vec!["аким".to_owned()]
    }
}

fn schema() -> Schema {
    let relation = LayerKind::Relation { from: Vec::new(), to: Vec::new() };
    let choice = AttributeKind::Choice(vec!["direct".to_owned()]);
    Schema {
        name: "speeches".to_owned(),
        version: 1,
        layers: vec![
            layer("quote", LayerKind::Span, &["quote"], &[("speaker", AttributeKind::Speaker), ("mode", choice)]),
            layer(
                "claim",
                LayerKind::Span,
                &["claim"],
                &[("speaker", AttributeKind::Speaker), ("checkable", AttributeKind::Flag)],
            ),
            layer("theme", LayerKind::Span, &["rights", "youth", "labour"], &[]),
            layer("link", relation, &["supports"], &[]),
            layer("genre", LayerKind::Document, &["speech"], &[]),
        ],
    }
}

fn layer(id: &str, kind: LayerKind, labels: &[&str], attributes: &[(&str, AttributeKind)]) -> Layer {
    let title = |id: &str| Title::One(id.to_owned());
    let label = |id: &&str| Label {
        id: LabelId::new(*id),
        title: title(id),
        key: None,
        color: None,
        guideline: String::new(),
        aliases: Vec::new(),
    };
    let attribute = |(id, kind): &(&str, AttributeKind)| Attribute {
        id: AttributeId::new(*id),
        title: title(id),
        kind: kind.clone(),
        required: false,
        default: None,
        guideline: String::new(),
    };
    Layer {
        id: LayerId::new(id),
        title: title(id),
        kind,
        overlap: Overlap::Allowed,
        guideline: String::new(),
        labels: labels.iter().map(label).collect(),
        attributes: attributes.iter().map(attribute).collect(),
    }
}
