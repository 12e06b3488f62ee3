use super::*;
use crate::annotation::Origin;
use crate::exchange::{Aim, Draft, Memory, Refusal};

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    crate::exchange::tests::law(&FORMAT);
}

/// The drafts in `page`, beside two texts.
fn drafts(page: &str) -> Vec<Draft> {
    let text = |own: &str| own.as_bytes().to_vec();
    let files =
        [("стр.json", text(page)), ("а\u{301}.txt", text("За\u{301}мок 👍")), ("б.txt", text("Право 👍 за\u{301}мок"))];
    let files = Memory(files.into_iter().map(|(name, content)| (name.to_owned(), content)).collect());
    let mut found = Vec::new();
    (FORMAT.read.unwrap())(&files, &mut |draft| found.push(draft)).unwrap();
    found
}

fn page(annotations: &str) -> String {
    format!("{{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"urn:p\", \"items\": [{annotations}]}}")
}

fn about(source: &str, start: usize, end: usize, words: &str) -> String {
    let selectors = format!(
        "[{{\"type\": \"TextPositionSelector\", \"start\": {start}, \"end\": {end}}}, {{\"type\": \"TextQuoteSelector\", \"exact\": \"{words}\"}}]"
    );
    format!("{{\"source\": \"{source}\", \"selector\": {selectors}}}")
}

#[test]
fn what_is_about_several_texts_goes_to_each_by_its_source() {
    let (first, second) =
        (about("http://example.org/%D0%B0%CC%81.txt", 0, 6, "За\u{301}мок"), about("б", 0, 5, "Право"));
    let both = format!("[{first}, {second}]");
    let items = [first, second, about("нет.txt", 0, 1, "й"), both]
        .map(|target| format!("{{\"body\": {{\"purpose\": \"tagging\", \"value\": \"Тема\"}}, \"target\": {target}}}"));
    let drafts = drafts(&page(&items.join(", ")));
    let found: Vec<_> =
        drafts.iter().map(|own| (own.document.as_deref().unwrap(), own.items.len(), own.text.is_some())).collect();
    assert_eq!(found, [("а\u{301}.txt", 1, true), ("б.txt", 1, true), ("нет.txt", 1, false)]);
    assert_eq!(drafts[0].refusals[0].to_string(), "стр.json, annotation 4: its targets are in several texts");
}

#[test]
fn each_tag_is_an_annotation_and_a_body_is_for_what_the_annotation_is() {
    let two = "[{\"purpose\": \"tagging\", \"value\": \"Ёж\"}, {\"purpose\": \"tagging\", \"value\": \"👍\"}]";
    let target = about("б.txt", 0, 5, "Право");
    let items = [
        format!("{{\"body\": {two}, \"target\": {target}}}"),
        format!("{{\"motivation\": \"tagging\", \"body\": {{\"value\": \"и\u{306}\"}}, \"target\": {target}}}"),
        format!("{{\"motivation\": \"commenting\", \"body\": {{\"value\": \"и\u{306}\"}}, \"target\": {target}}}"),
    ];
    let drafts = drafts(&page(&items.join(", ")));
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    assert_eq!(draft.document.as_deref(), Some("б.txt"));
    let found: Vec<_> = draft.items.iter().map(|own| (own.layer.as_deref().unwrap(), own.note.as_deref())).collect();
    assert_eq!(found, [("Ёж", None), ("👍", None), ("и\u{306}", None), ("commenting", Some("и\u{306}"))]);
}

#[test]
fn every_body_in_words_is_noted_and_a_value_that_is_a_number_or_yes_is_words() {
    let bodies = r#"["и́", "👍", {"purpose": "tagging", "value": "Ёж"}, {"value": true}, {"value": 7}]"#;
    let target = about("б.txt", 0, 5, "Право");
    let drafts = drafts(&page(&format!("{{\"body\": {bodies}, \"target\": {target}}}")));
    assert_eq!(drafts[0].items[0].note.as_deref(), Some("и\u{301}\n👍\ntrue\n7"));
    assert_eq!(drafts[0].refusals, []);
}

#[test]
fn what_each_creator_says_is_theirs() {
    let target = about("б.txt", 0, 5, "Право");
    let item = |creator: &str, tag: &str| {
        format!("{{{creator}\"body\": {{\"purpose\": \"tagging\", \"value\": \"{tag}\"}}, \"target\": {target}}}")
    };
    let items = [
        item("\"creator\": {\"name\": \"А\u{301}ня\"}, ", "Ёж"),
        item("\"creator\": \"urn:👍\", ", "👍"),
        item("\"creator\": {\"name\": \"А\u{301}ня\"}, ", "й"),
        item("", "ж"),
    ];
    let drafts = drafts(&page(&items.join(", ")));
    let found: Vec<_> = drafts.iter().map(|own| (own.annotator.as_deref(), own.items.len())).collect();
    assert_eq!(found, [(Some("А\u{301}ня"), 2), (Some("👍"), 1), (None, 1)]);
    assert!(drafts.iter().all(|own| own.document.as_deref() == Some("б.txt")));
}

#[test]
fn what_hypothesis_gives_is_taken_by_its_quotes_whatever_its_offsets_count() {
    let row = |id: &str, rest: &str| {
        format!(r#"{{"id": "{id}", "user": "acct:anna@hypothes.is", "uri": "http://ex.org/б.txt", {rest}}}"#)
    };
    // 👍 is two units of UTF-16.
    let quoted = r#""text": "и\u0306", "tags": ["Тема", "Ёж"], "target": [{"source": "http://ex.org/б.txt", "selector": [
        {"type": "RangeSelector", "startOffset": 0}, {"type": "TextPositionSelector", "start": 9, "end": 15},
        {"type": "TextQuoteSelector", "exact": "за\u0301мок"}]}]"#;
    let source = r#""target": [{"source": "http://ex.org/б.txt"}]"#;
    let reply = format!(r#""text": "да", "references": ["A1"], {source}"#);
    let note = format!(r#""text": "о тексте 👍", "tags": ["Хорошо"], {source}"#);
    let page =
        format!(r#"{{"total": 3, "rows": [{}, {}, {}]}}"#, row("A1", quoted), row("A2", &reply), row("A3", &note));
    assert!((FORMAT.sniff)("стр.json", page.as_bytes()));
    let drafts = drafts(&page);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    assert_eq!((draft.document.as_deref(), draft.annotator.as_deref()), (Some("б.txt"), Some("anna@hypothes.is")));
    let found: Vec<_> = draft.items.iter().map(|own| (own.layer.as_deref().unwrap(), own.note.as_deref())).collect();
    assert_eq!(found, [("Тема", Some("и\u{306}")), ("Ёж", None), ("Хорошо", Some("о тексте 👍"))]);
    assert!(matches!(draft.items[2].target, Aim::Document));
    assert!(
        draft.refusals[0].to_string().contains("annotation 2: it has no target, as a reply"),
        "{:?}",
        draft.refusals
    );
    let text = crate::text::Text::new(draft.text.clone().unwrap()).unwrap();
    assert_eq!(crate::exchange::settle(draft.clone(), &text, None, &Origin::Manual).unit, Unit::Utf16);
}

#[test]
fn fragments_of_plain_text_are_places_and_others_are_refused_by_name() {
    let targets = [
        r#""http://ex.org/б.txt#char=6,7;length=14""#,
        r#"{"source": "http://ex.org/б.txt", "selector": {"type": "FragmentSelector", "value": "char=0,5"}}"#,
        r#""http://ex.org/б.txt#xywh=1,2,3,4""#,
        r#"{"source": "http://ex.org/б.txt", "selector": {"type": "XPathSelector", "value": "/p"}}"#,
    ];
    let items =
        targets.map(|target| format!(r#"{{"body": {{"purpose": "tagging", "value": "Ёж"}}, "target": {target}}}"#));
    let drafts = drafts(&page(&items.join(", ")));
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    let placed = |item: &crate::exchange::Item| match &item.target {
        Aim::Text { pieces, .. } => pieces.first().map(|own| (own.start, own.end)),
        _ => None,
    };
    assert_eq!(draft.items.iter().map(placed).collect::<Vec<_>>(), [Some((6, 7)), Some((0, 5))]);
    let refused: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(
        refused,
        [
            "стр.json, annotation 3: expected a fragment like char=10,15, not xywh=1,2,3,4",
            "стр.json, annotation 4: expected a TextPositionSelector, a TextQuoteSelector, or a FragmentSelector with char=",
        ]
    );
}

#[test]
fn a_place_that_is_narrowed_is_the_narrow_one_or_refused() {
    let about = |inner: &str| {
        let quote = format!("{{\"type\": \"TextQuoteSelector\", \"exact\": \"Право 👍\", \"refinedBy\": {inner}}}");
        format!("{{\"bodyValue\": \"и\u{306}\", \"target\": {{\"source\": \"б.txt\", \"selector\": {quote}}}}}")
    };
    let items = [
        about("{\"type\": \"TextPositionSelector\", \"start\": 6, \"end\": 7}"),
        about("{\"type\": \"TextQuoteSelector\", \"exact\": \"аво\"}"),
        about("{\"type\": \"TextPositionSelector\", \"start\": 6, \"end\": 9}"),
        about("{\"type\": \"XPathSelector\", \"value\": \"/p\"}"),
    ];
    let mut drafts = drafts(&page(&items.join(", ")));
    let draft = drafts.remove(0);
    let pieces = draft.items.iter().map(|own| match &own.target {
        Aim::Text { pieces, .. } => pieces[0].clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(pieces.collect::<Vec<_>>(), [6..7, 2..5]);
    let told: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
    let reasons = [
        "3: it is narrowed (refinedBy) to 6 to 9, beyond what it narrows",
        "4: it is narrowed (refinedBy) by a XPathSelector, which cannot be read",
    ];
    assert_eq!(told, reasons.map(|own| format!("стр.json, annotation {own}")));
}

#[test]
fn pages_of_a_collection_that_are_elsewhere_are_told() {
    let item = format!("{{\"bodyValue\": \"👍\", \"target\": {}}}", about("б.txt", 0, 5, "Право"));
    let told = |total: &str| {
        let page = format!("{{\"next\": \"http://example.org/и\u{306}\", \"items\": [{item}]}}");
        let drafts = drafts(&format!("{{\"id\": \"http://www.w3.org/ns/anno\", {total} \"first\": {page}}}"));
        drafts[0].refusals.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(told("\"total\": 42,"), ["стр.json: only 1 of its 42 annotations are in the file"]);
    assert_eq!(told(""), ["стр.json: its next page, http://example.org/и\u{306}, is not in the file"]);
}

#[test]
fn addresses_in_bodies_are_tags_or_ends_and_several_creators_are_told() {
    let target = about("б", 0, 5, "Право");
    let of = |body: &str, rest: &str| format!("{{\"body\": {body}, \"target\": {target}{rest}}}");
    let iris = "[\"http://wd/Q1\", \"urn:й:👍\"]";
    let drafts = drafts(&page(
        &[
            of(iris, ", \"motivation\": \"tagging\", \"creator\": [\"Ә\", \"Б\"]"),
            of(iris, ", \"motivation\": \"linking\""),
            of("\"urn:a\"", ", \"motivation\": \"linking\""),
            of(iris, ", \"creator\": \"Ә\""),
        ]
        .join(", "),
    ));
    let items = drafts.iter().flat_map(|own| &own.items);
    let said: Vec<_> = items.map(|own| (own.layer.as_deref().unwrap(), own.note.as_deref().unwrap_or("-"))).collect();
    let noted = ("annotation", "http://wd/Q1\nurn:й:👍");
    assert_eq!(said, [("http://wd/Q1", "-"), ("urn:й:👍", "-"), noted]);
    let told: Vec<_> = drafts.iter().flat_map(|own| &own.refusals).map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "стр.json, annotation 1: it has other creators too (1): it is taken as by Ә",
            "стр.json, annotation 2: it links from several: expected one body to link from",
            "стр.json, annotation 3: it links from urn:a to what is no annotation",
        ]
    );
}

#[test]
fn what_is_said_beside_body_and_target_is_told_and_who_made_a_body_is_taken() {
    let target = about("б", 0, 5, "Право");
    let of = |body: &str, rest: &str| format!("{{\"body\": {body}, \"target\": {target}{rest}}}");
    let body =
        |creator: &str| format!("{{\"value\": \"и\u{306}\", \"format\": \"text/html\", \"creator\": \"{creator}\"}}");
    let drafts = drafts(&page(
        &[
            of(&body("Ә 👍"), ", \"rights\": \"cc\", \"created\": null"),
            of(
                &format!("[{}, {}]", body("Ә 👍"), body("Ж")),
                ", \"rights\": \"cc\", \"creator\": {\"name\": \"Ә 👍\"}",
            ),
        ]
        .join(", "),
    ));
    assert_eq!(drafts.iter().map(|own| own.annotator.as_deref()).collect::<Vec<_>>(), [Some("Ә 👍")]);
    let told = |all: &[Refusal]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let by_others = "стр.json, annotation 2: it has bodies by others too (Ж): it is taken as by Ә 👍";
    assert_eq!(told(&drafts[0].refusals), [by_others]);
    let beside = "стр.json: what is said beside body and target is not taken (format: 3, rights: 2)";
    assert_eq!(told(&drafts[0].remarks), [beside]);
}

#[test]
fn two_who_have_one_name_are_two_by_their_addresses() {
    let target = about("б.txt", 0, 5, "Право");
    let item =
        |creator: &str| format!(r#"{{"creator": {creator}, "body": {{"value": "й\u0301 👍"}}, "target": {target}}}"#);
    let ann = |id: &str| item(&format!(r#"{{"id": "http://ex.org/{id}", "name": "Аня"}}"#));
    let addresses = ["http://a.org/боб", "http://b.org/боб"].map(|own| item(&format!("\"{own}\"")));
    let items = [&[ann("1"), ann("2"), ann("1")][..], &addresses].concat();
    let found = |drafts: &[Draft]| {
        drafts.iter().map(|own| (own.annotator.clone().unwrap(), own.items.len())).collect::<Vec<_>>()
    };
    let expected = [("Аня", 2), ("Аня", 1), ("боб", 1), ("боб", 1)].map(|(name, count)| (name.to_owned(), count));
    assert_eq!(found(&drafts(&page(&items.join(", ")))), expected);
    let row = |user: &str| {
        format!(
            r#"{{"user": "acct:{user}@hypothes.is", "user_info": {{"display_name": "Аня"}}, "uri": "http://ex.org/б.txt",
            "text": "и\u0306 👍", "target": [{{"source": "http://ex.org/б.txt", "selector": {{"type": "TextPositionSelector",
            "start": 0, "end": 5}}}}]}}"#
        )
    };
    let rows = format!(r#"{{"rows": [{}, {}, {}]}}"#, row("1"), row("2"), row("2"));
    let expected = [("Аня", 1), ("Аня", 2)].map(|(name, count)| (name.to_owned(), count));
    assert_eq!(found(&drafts(&rows)), expected);
}
