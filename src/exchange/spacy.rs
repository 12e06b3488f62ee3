//! spaCy: a line for each transcript and annotator, as `Doc.to_json()` writes it and `Doc.from_json()` reads it.
//!
//! ```python
//! docs = [Doc(nlp.vocab).from_json(json.loads(line), validate=True) for line in open("speech.spacy.jsonl", encoding="utf-8")]
//! DocBin(docs=docs, store_user_data=True).to_disk("speech.spacy")
//! ```
//!
//! Annotations are the span group `sc`, since entities may not overlap; `kb_id` is our name for each, so the fragments of one annotation
//! share it. Offsets are code points. Tokens are cut where annotations start and end, for spaCy takes no
//! others; white space at those ends is left out, since spaCy says itself how it is cut. What spans have no
//! place for is in `tribune`, beside what spaCy reads: as an extension (`_`) it would have to be registered before a file can be read.

use std::io;

use serde::{Serialize, Serializer};

use super::aside::{Aside, Piece};
use super::contents::write_line;
use super::tokens::{Token, tokens};
use super::{Exporter, Format, Losses, Ruler, Shape, Shipped, Sink, Source, Unit, rows};
use crate::text::{Span, Text};

/// The format.
pub const FORMAT: Format = Format {
    name: "spacy",
    aliases: &[],
    about: "A line of JSON per transcript and annotator for spaCy (Doc.from_json)",
    shape: Shape::Stream,
    beside: &[],
    units: &[Unit::CodePoints],
    start: |_| Box::new(Lines),
    read: Some(|files, visit| rows::read(files, Unit::CodePoints, visit)),
    sniff: |name, head| name.contains("spacy") || rows::is_of_spacy(head),
};

#[derive(Serialize)]
struct Doc<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    spans: Spans,
    tribune: Aside,
}

/// A row for each token, made when it is written.
struct Tokens<'a> {
    text: &'a Text,
    tokens: Vec<Token>,
}

impl Serialize for Tokens<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.tokens.iter().enumerate().map(|(id, own)| {
            let start = self.text.code_point(own.start);
            TokenRow { id, start, end: start + self.text.between(own.start, own.end).chars().count() }
        }))
    }
}

#[derive(Serialize)]
struct TokenRow {
    id: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Spans {
    sc: Vec<SpanRow>,
}

#[derive(Serialize)]
struct SpanRow {
    start: usize,
    end: usize,
    label: String,
    kb_id: String,
}

#[derive(Debug)]
struct Lines;

impl Exporter for Lines {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let text = shipped.text();
        let ruler = Ruler::new(Unit::CodePoints, text);
        let (aside, pieces) = Aside::of(source, &shipped, Unit::CodePoints, true, losses);
        let spans: Vec<Span> = pieces.iter().map(|own| own.span).collect();
        let span = |Piece { id, span, tag, .. }: Piece| {
            let range = ruler.range(span);
            SpanRow { start: range.start, end: range.end, label: tag, kb_id: source.handle(id) }
        };
        let doc = Doc {
            text: text.as_str(),
            tokens: Tokens { text, tokens: joined(tokens(text, &spans)) },
            spans: Spans { sc: pieces.into_iter().map(span).collect() },
            tribune: aside,
        };
        write_line(sink, "spacy.jsonl", &doc)
    }
}

/// `tokens` with white space in a row as one, as spaCy has it.
fn joined(mut tokens: Vec<Token>) -> Vec<Token> {
    tokens.dedup_by(|own, last| {
        let is_one = last.is_blank && own.is_blank;
        if is_one {
            last.end = own.end;
        }
        is_one
    });
    tokens
}

#[cfg(test)]
mod tests {
    use crate::exchange::tests::read;
    use crate::exchange::{FORMATS, Memory};

    #[test]
    fn what_is_written_is_read_back_minus_what_was_told() {
        crate::exchange::tests::law(&super::FORMAT);
    }

    #[test]
    fn entities_and_span_groups_of_a_doc_and_pairs_for_training_are_read() {
        let doc = r#"{"text": "И\u0306од 👍 да", "ents": [{"start": 0, "end": 4, "label": "ЙОД"}],
            "spans": {"sc": [{"start": 7, "end": 9, "label": "YES", "kb_id": ""}], "é": []}, "tokens": []}"#;
        let pairs = r#"[["И\u0306од 👍", {"entities": [[0, 4, "ЙОД"], [5, 6, "👍"]]}], ["да", {"entities": []}]]"#;
        for (content, labels) in [(doc, ["YES", "ЙОД"]), (pairs, ["ЙОД", "👍"])] {
            let found = FORMATS.iter().find(|own| (own.sniff)("й.json", content.as_bytes())).map(|own| own.name);
            assert_eq!(found, Some("spacy"));
            let files = Memory([("й.json".to_owned(), content.as_bytes().to_vec())].into());
            let drafts = read(&super::FORMAT, &files);
            let items = drafts.iter().flat_map(|own| &own.items);
            assert_eq!(items.filter_map(|own| own.layer.as_deref()).collect::<Vec<_>>(), labels);
        }
    }

    /// What the annotations of a line of spaCy say, and what is told of it.
    fn taken(content: &str) -> (Vec<String>, Vec<String>) {
        let files = Memory([("й.spacy.jsonl".to_owned(), content.as_bytes().to_vec())].into());
        let drafts = read(&super::FORMAT, &files);
        let said = |own: &crate::exchange::Item| {
            let mut attributes: Vec<_> =
                own.attributes.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
            attributes.sort();
            format!("{} {}", own.layer.as_deref().unwrap_or_default(), attributes.join(" "))
        };
        let items = drafts.iter().flat_map(|own| &own.items).map(said).collect();
        (items, drafts.iter().flat_map(|own| &own.refusals).map(ToString::to_string).collect())
    }

    #[test]
    fn ids_groups_extensions_and_categories_are_attributes() {
        let doc = r#"{"text": "И\u0306од 👍 да", "ents": [{"start": 0, "end": 4, "label": "ЙОД", "kb_id": "Q1", "id": "йод"}],
            "spans": {"sc": [{"start": 7, "end": 9, "label": "YES", "kb_id": "", "id": ""}], "ё": [{"start": 5, "end": 6,
            "label": "👍"}]}, "_": {"source": "и\u0306"}}"#;
        let (said, told) = taken(&doc.replace('\n', " "));
        let words = |words: &str| format!("{words:?}");
        let group = format!("👍 group=Words({})", words("ё"));
        let source = format!("meta source=Words({})", words("и\u{306}"));
        assert_eq!(said, ["YES ", &group, "ЙОД id=Words(\"йод\") kb_id=Words(\"Q1\")", &source]);
        assert_eq!(told, Vec::<String>::new());
        let (said, _) = taken(r#"["И\u0306од 👍", {"entities": [[0, 4, "ЙОД"]], "links": {"(0, 4)": {"Q1": 1}}}]"#);
        assert_eq!(said, ["ЙОД ", r#"meta links=Words("{\"(0, 4)\":{\"Q1\":1}}")"#]);
    }

    #[test]
    fn what_is_said_of_tokens_and_tags_where_spans_are_expected_is_told() {
        let doc = r#"{"text": "И\u0306од 👍", "ents": [], "sents": [{"start": 0, "end": 6}], "tokens": [{"id": 0, "start": 0, "end": 4,
            "tag": "", "lemma": "йод"}, {"id": 1, "start": 5, "end": 6, "pos": "SYM", "ent_type": "👍"}], "_hash": 7}"#;
        let tags = r#"{"text": "И\u0306од 👍", "ents": [], "entities": ["U-ЙОД", "O"]}"#;
        assert_eq!(
            taken(&format!("{}\n{tags}", doc.replace('\n', " "))).1,
            [
                "й.spacy.jsonl:1: what it says of tokens and sentences (ent_type) is not taken",
                "й.spacy.jsonl:2: span 1: expected an object or a list",
                "й.spacy.jsonl:2: span 2: expected an object or a list"
            ]
        );
    }

    #[test]
    fn what_a_program_found_out_or_keeps_for_itself_is_a_remark() {
        let doc = r#"{"text": "И\u0306од 👍", "ents": [], "sents": [{"start": 0, "end": 6}], "_input_hash": 7, "_session_id": "й",
            "tokens": [{"id": 0, "start": 0, "end": 4, "tag": "", "lemma": "йод"}, {"id": 1, "start": 5, "end": 6, "pos": "SYM"}]}"#;
        let files = Memory([("й.spacy.jsonl".to_owned(), doc.replace('\n', " ").into_bytes())].into());
        let draft = read(&super::FORMAT, &files).remove(0);
        let told: Vec<String> = draft.remarks.iter().map(|own| own.reason.clone()).collect();
        let of_tokens = "what it says of tokens and sentences (lemma, pos, sents) is not taken";
        assert_eq!(told, [of_tokens, "what its program keeps for itself is not taken (_input_hash)"]);
        assert_eq!(draft.refusals, []);
    }

    #[test]
    fn a_span_that_another_program_added_to_a_line_of_ours_is_taken_and_what_stands_beside_is_told() {
        let beside = r#"{"document": "ё.txt", "annotator": "А", "unit": "code points", "spans": ["T1"]}"#;
        let span = r#"{"start": 0, "end": 4, "label": "ЙОД"}, {"start": 5, "end": 6, "label": "👍"}"#;
        let (said, told) = taken(&format!(
            r#"{{"text": "И\u0306од 👍", "tokens": [], "spans": {{"sc": [{span}]}}, "tribune": {beside}}}"#
        ));
        assert_eq!(said, ["ЙОД ", "👍 "]);
        let reason = "its spans are no longer those that tribune wrote: what it wrote beside them is not taken";
        assert_eq!(told, [format!("й.spacy.jsonl:1: {reason}")]);
    }
}
