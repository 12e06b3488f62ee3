use super::*;
use crate::exchange::fixture::{Fixture, text};

fn table(stats: &Stats) -> String {
    let mut out = Vec::new();
    stats.table(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn tally(stats: &Stats, group: &Group) -> Tally {
    stats.annotators["alpha"].groups.iter().find(|(own, _)| own == group).unwrap().1
}

#[test]
fn every_layer_label_and_speaker_has_a_row_and_columns_align() {
    insta::assert_snapshot!(table(&stats(&Fixture::new().source())), @r#"
    alpha: 1 document, 1 done, 59 code points

                                   annotations  fragments  covered
    total    relations included              7          6   62.7 %
    layer    quote                           1          2   30.5 %
             claim                           1          1   27.1 %
             theme                           2          2   13.6 %
             link                            1          0    0.0 %
             genre                           1          0    0.0 %
             жест                            1          1   10.2 %
    label    quote: quote                    1          2   30.5 %
             claim: claim                    1          1   27.1 %
             theme: rights                   1          1   13.6 %
             theme: youth                    0          0    0.0 %
             theme: labour                   1          1   13.6 %
             link: supports                  1          0    0.0 %
             genre: speech                   1          0    0.0 %
             жест: laugh                     1          1   10.2 %
    speaker  (none: the narrator)            1          1   27.1 %
             Ермаганбет Булекпаев            1          2   30.5 %
    "#);
}

#[test]
fn what_is_covered_twice_counts_once() {
    let mut fixture = Fixture::of("й\u{301}👩🏽‍🌾 он"); // 2 + 4 + 3 code points
    for needle in ["й\u{301}👩🏽‍🌾", "👩🏽‍🌾 ", "👩🏽‍🌾"] {
        let target = text(vec![fixture.find(needle)]);
        fixture.add("theme", "rights", target, &[]);
    }
    let stats = stats(&fixture.source());
    let total = tally(&stats, &Group::Total);
    assert_eq!(total, Tally { annotations: 3, fragments: 3, covered: 7 });
    assert!((stats.annotators["alpha"].share(total) - 7.0 / 9.0).abs() < 1e-9);
}

#[test]
fn an_empty_document_has_a_share_of_nothing() {
    let stats = stats(&Fixture::of("").source());
    assert!(table(&stats).contains("0.0 %"));
}

#[test]
fn documents_add_up_by_annotator() {
    let (one, other) = (Fixture::new(), Fixture::of("й\u{301} 👍"));
    let mut sum = stats(&other.source());
    sum.add(stats(&one.source()));
    sum.add(stats(&one.source()));
    sum.add(stats(&crate::exchange::Source { annotator: "beta", ..one.source() }));
    let alpha = &sum.annotators["alpha"];
    assert_eq!((alpha.documents, alpha.done, alpha.code_points), (3, 2, 4 + 2 * 59));
    assert_eq!(tally(&sum, &Group::Total).annotations, 14);
    assert_eq!(sum.annotators.keys().collect::<Vec<_>>(), ["alpha", "beta"]);
    assert_eq!(sum.annotators["beta"], stats(&one.source()).annotators["alpha"]);
}

#[test]
fn json_says_what_the_table_says() {
    let mut out = Vec::new();
    stats(&Fixture::new().source()).json(&mut out).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let groups = json["annotators"][0]["groups"].as_array().unwrap();
    let row = groups.iter().find(|row| row["speaker"] == "Ермаганбет Булекпаев").unwrap();
    assert_eq!((row["annotations"].as_u64(), row["fragments"].as_u64()), (Some(1), Some(2)));
    let unknown = groups.iter().find(|row| row["layer"] == "жест" && row["label"] == "laugh").unwrap();
    assert_eq!(unknown["covered"], 6);
}

#[test]
fn an_escape_sequence_in_a_name_does_not_reach_the_terminal() {
    let mut fixture = Fixture::of("й\u{301} 👍");
    let target = text(vec![fixture.find("👍")]);
    fixture.add("theme", "\u{1b}[2J", target, &[]);
    assert!(table(&stats(&fixture.source())).contains("theme: ␛[2J"));
}
