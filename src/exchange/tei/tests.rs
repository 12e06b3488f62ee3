use super::*;
use crate::exchange::{Aim, Item, Memory};

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    crate::exchange::tests::law(&FORMAT);
}

#[test]
fn what_others_mark_up_in_line_is_taken_with_its_speaker() {
    let content = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><person xml:id="A"><persName>Асан
      Қайрат</persName></person></teiHeader><text><body><p>Ол: <q who="#A" xml:id="q1">«За&#x301;мок 👍»</q> — <seg>да,
      <name type="PER" ref="#A">Асан</name></seg> <seg ana="#rights #x">и&#x306;</seg><q/></p></body></text></TEI>"##;
    let files = Memory([("речь.xml".to_owned(), content.as_bytes().to_vec())].into());
    let drafts = crate::exchange::tests::read(&FORMAT, &files);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    let text: Vec<char> = draft.text.as_deref().unwrap().chars().collect();
    let line = |own: &Item| {
        let Aim::Text { pieces, words, .. } = &own.target else { panic!("{own:?}") };
        assert_eq!(text[pieces[0].clone()].iter().collect::<String>(), words[0]);
        let (layer, label) = (own.layer.as_deref().unwrap(), own.label.as_deref().unwrap_or("-"));
        format!("{} {layer} {label} {} {:?}", own.id, words[0], own.attributes)
    };
    let taken: Vec<String> = draft.items.iter().map(line).collect();
    assert_eq!(
        taken,
        [
            "q1 q - «За\u{301}мок 👍» [(\"speaker\", Speaker(\"Асан Қайрат\"))]",
            " name PER Асан [(\"ref\", Words(\"#A\"))]",
            " seg rights x и\u{306} []",
        ]
    );
}
