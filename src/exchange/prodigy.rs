//! Prodigy: a line for each transcript and annotator, for `spans.manual` and `rel.manual`.
//!
//! `token_end` is inclusive, and the ends of a relation are the last tokens of its spans, as Prodigy has it. Tokens are cut where
//! annotations start and end. Offsets are code points. What spans have no place for is in `meta`.

use std::io;

use serde::Serialize;

use super::aside::{Aside, Piece};
use super::contents::write_line;
use super::names::untagged;
use super::tokens::tokens;
use super::{Exporter, Format, Losses, Shape, Shipped, Sink, Source, Unit, rows};
use crate::text::Span;

/// The format.
pub const FORMAT: Format = Format {
    name: "prodigy",
    aliases: &[],
    about: "A line of JSON per transcript and annotator for Prodigy, with tokens and relations",
    shape: Shape::Stream,
    beside: &[],
    units: &[Unit::CodePoints],
    start: |_| Box::new(Lines),
    read: Some(|files, visit| rows::read(files, Unit::CodePoints, visit)),
    sniff: |name, head| name.contains("prodigy") || rows::is_of_prodigy(head),
};

#[derive(Serialize)]
struct Task<'a> {
    text: &'a str,
    tokens: Vec<TokenRow<'a>>,
    spans: Vec<SpanRow>,
    relations: Vec<RelationRow>,
    answer: &'static str,
    meta: Meta,
    #[serde(rename = "_annotator_id")]
    annotator: &'a str,
}

#[derive(Serialize)]
struct TokenRow<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    id: usize,
    ws: bool,
}

#[derive(Clone, Serialize)]
struct SpanRow {
    start: usize,
    end: usize,
    token_start: usize,
    token_end: usize,
    label: String,
}

#[derive(Serialize)]
struct RelationRow {
    head: usize,
    child: usize,
    head_span: SpanRow,
    child_span: SpanRow,
    label: String,
}

#[derive(Serialize)]
struct Meta {
    source: String,
    tribune: Aside,
}

#[derive(Debug)]
struct Lines;

impl Exporter for Lines {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let text = shipped.text();
        let (aside, pieces) = Aside::of(source, &shipped, Unit::CodePoints, false, losses);
        let edges: Vec<Span> = pieces.iter().map(|own| own.span).collect();
        let tokens = tokens(text, &edges);
        let span = |Piece { span, tag, .. }: &Piece| {
            let range = text.code_points(*span);
            let token_start = tokens.partition_point(|own| own.start < span.start());
            let token_end = tokens.partition_point(|own| own.end < span.end());
            SpanRow { start: range.start, end: range.end, token_start, token_end, label: tag.clone() }
        };
        let spans: Vec<SpanRow> = pieces.iter().map(span).collect();
        let row_of = |name: &str| {
            let place = pieces.iter().position(|own| own.number == 0 && source.handle(own.id) == name);
            place.and_then(|place| spans.get(place)).cloned()
        };
        let relations = aside.relations.iter().filter_map(|own| {
            let (head, child) = (row_of(&own.from)?, row_of(&own.to)?);
            let (layer, label) = untagged(&own.label);
            let label = label.unwrap_or(layer);
            Some(RelationRow {
                head: head.token_end,
                child: child.token_end,
                head_span: head,
                child_span: child,
                label,
            })
        });
        let relations = relations.collect();
        let task = Task {
            text: text.as_str(),
            tokens: (0..)
                .zip(&tokens)
                .map(|(id, own)| TokenRow {
                    text: text.between(own.start, own.end),
                    start: text.code_point(own.start),
                    end: text.code_point(own.end),
                    id,
                    ws: own.is_spaced,
                })
                .collect(),
            spans,
            relations,
            answer: "accept",
            meta: Meta { source: source.document.id.to_string(), tribune: aside },
            annotator: source.annotator,
        };
        write_line(sink, "prodigy.jsonl", &task)
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::Memory;
    use crate::exchange::tests::read;

    #[test]
    fn an_option_that_is_accepted_by_its_number_is_a_label_of_the_document() {
        let options = r#"[{"id": 0, "text": "нет"}, {"id": 1, "text": "а\u0301 👍"}]"#;
        let content = format!(r#"{{"text": "йод", "options": {options}, "accept": [1], "answer": "accept"}}"#);
        let files = Memory([("й.jsonl".to_owned(), content.into_bytes())].into());
        let draft = read(&super::FORMAT, &files).remove(0);
        assert_eq!(draft.items[0].layer.as_deref(), Some("а\u{301} 👍"));
    }

    #[test]
    fn what_is_accepted_and_is_no_option_is_told() {
        let content = r#"{"text": "йод 👍", "options": [{"id": 0, "text": "а\u0301"}], "accept": [0, 7, "да"], "answer": "accept"}"#;
        let files = Memory([("й.jsonl".to_owned(), content.as_bytes().to_vec())].into());
        let draft = read(&super::FORMAT, &files).remove(0);
        let labels: Vec<_> = draft.items.iter().filter_map(|own| own.layer.as_deref()).collect();
        assert_eq!(labels, ["а\u{301}", "да", "meta"]);
        let told: Vec<_> = draft.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["й.jsonl:1: accept: expected an option by its id, found 7"]);
    }

    #[test]
    fn what_is_written_is_read_back_minus_what_was_told() {
        crate::exchange::tests::law(&super::FORMAT);
    }

    #[test]
    fn spans_as_objects_are_recognised_where_nobody_answered() {
        let line = r#"{"text": "а\u0301 «👍» йод", "spans": [{"label": "Ё", "start": 7, "end": 10, "text": "йод"}]}"#;
        let ours = crate::exchange::FORMATS.iter().find(|own| (own.sniff)("й.jsonl", line.as_bytes()));
        assert_eq!(ours.map(|own| own.name), Some("prodigy"));
        let draft = read(&super::FORMAT, &Memory([("й.jsonl".to_owned(), line.as_bytes().to_vec())].into())).remove(0);
        let text = crate::text::Text::new(draft.text.clone().unwrap()).unwrap();
        let settled = crate::exchange::settle(draft, &text, None, &crate::annotation::Origin::Manual);
        let words = settled.statement.set.iter().map(|own| text.slice(own.fragments().unwrap().hull()));
        assert_eq!(words.collect::<Vec<_>>(), ["йод"]);
        assert_eq!(settled.refusals, []);
    }

    #[test]
    fn relations_find_their_spans_by_offsets_and_a_bare_token_is_refused() {
        let content = r#"{"text": "Й 👍 а\u0301", "spans": [{"start": 0, "end": 1, "token_end": 0, "label": "Ё"}, {"start": 4, "end": 6,
            "token_end": 2, "label": "А"}], "relations": [{"head": 0, "child": 2, "head_span": {"start": 0, "end": 1, "label": "Ё"},
            "child_span": {"start": 4, "end": 6, "label": "А"}, "label": "ПОСЛЕ"}, {"head": 1, "child": 2, "head_span": {"start": 2,
            "end": 3, "label": null}, "child_span": {"start": 4, "end": 6, "label": "А"}, "label": "НЕТ"}], "answer": "accept",
            "_session_id": "Аня"}"#;
        let files = Memory([("й.jsonl".to_owned(), content.replace('\n', " ").into_bytes())].into());
        let draft = read(&super::FORMAT, &files).remove(0);
        assert_eq!(draft.annotator.as_deref(), Some("Аня"));
        let text = crate::text::Text::new(draft.text.clone().unwrap()).unwrap();
        let settled = crate::exchange::settle(draft, &text, None, &crate::annotation::Origin::Manual);
        let joined: Vec<_> =
            settled.statement.set.iter().filter(|own| own.is_relation()).map(|own| own.label.to_string()).collect();
        assert_eq!(joined, ["ПОСЛЕ"]);
        let refused: Vec<_> = settled.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(refused, ["й.jsonl:1: relation 2: expected two of the spans"]);
    }

    #[test]
    fn what_was_not_accepted_is_told_and_not_taken() {
        let rows = ["accept", "reject", "ignore"].map(|answer| {
            format!(
                r#"{{"text": "Й 👍 а\u0301", "spans": [{{"start": 0, "end": 1, "label": "Ё"}}], "answer": "{answer}"}}"#
            )
        });
        let files = Memory([("й.jsonl".to_owned(), rows.join("\n").into_bytes())].into());
        let drafts = read(&super::FORMAT, &files);
        assert_eq!(drafts.iter().map(|own| own.items.len()).collect::<Vec<_>>(), [1, 0, 0]);
        let refusals = drafts.iter().flat_map(|own| &own.refusals).map(ToString::to_string);
        let refused = |line: u8, answer| {
            format!("й.jsonl:{line}: its annotator did not accept it ({answer}): only the text is taken")
        };
        assert_eq!(refusals.collect::<Vec<_>>(), [refused(2, "reject"), refused(3, "ignore")]);
    }
}
