use super::*;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::written;

fn table(fixtures: &[&Fixture]) -> String {
    let sources: Vec<Source<'_>> = fixtures.iter().map(|own| own.source()).collect();
    String::from_utf8(written(&FORMAT, &sources).0.remove(NAME).unwrap()).unwrap()
}

#[test]
fn a_row_per_fragment_with_exact_offsets_in_three_units() {
    insta::assert_snapshot!(table(&[&Fixture::new()]), @r#"
    doc_id,span_id,fragment,annotator,label,value,start_cp,end_cp,start_utf16,end_utf16,start_byte,end_byte,text,speaker,turn,turn_speaker,paragraph,from,to,note,origin,origin_from,score,attr_speaker,attr_mode,attr_checkable,other_attributes
    речи/аким.txt,Q1,1,alpha,quote,quote,6,14,6,14,10,25,"«За́мок,",Ермаганбет Булекпаев,1,АКИМ,1,,,,manual,,,Ермаганбет Булекпаев,direct,,
    речи/аким.txt,Q1,2,alpha,quote,quote,30,40,30,43,53,78,наш 👩🏽‍🌾!»,Ермаганбет Булекпаев,1,АКИМ,1,,,,manual,,,Ермаганбет Булекпаев,direct,,
    речи/аким.txt,C2,1,alpha,claim,claim,17,33,17,33,30,59,"сказал он, – наш",,1,АКИМ,1,,,,manual,,,,,true,
    речи/аким.txt,T3,1,alpha,theme,rights,30,38,30,41,53,75,наш 👩🏽‍🌾,,1,АКИМ,1,,,,manual,,,,,,
    речи/аким.txt,T4,1,alpha,theme,labour,30,38,30,41,53,75,наш 👩🏽‍🌾,,1,АКИМ,1,,,,suggested,слова 1,0.87,,,,
    речи/аким.txt,Ж5,1,alpha,жест,laugh,50,56,54,60,94,104,[смех],,,,2,,,"он ""смеётся"",
    громко 👍",manual,,,,,,"{""volume"":""\""f\""""}"
    речи/аким.txt,L6,,alpha,link,supports,,,,,,,,,,,,C2,Q1,,manual,,,,,,
    речи/аким.txt,G7,,alpha,genre,speech,,,,,,,,,,,,,,,manual,,,,,,
    "#);
}

#[test]
fn the_header_stands_once_and_always() {
    let (one, other) = (Fixture::new(), Fixture::of("й\u{301} 👍"));
    assert_eq!(table(&[&one, &other, &one]).matches("doc_id").count(), 1);
    assert_eq!(table(&[]).lines().count(), 1);
}

#[test]
fn every_row_reads_back_with_its_slices() {
    let fixture = Fixture::new();
    let content = fixture.document.text.as_str();
    let units: Vec<u16> = content.encode_utf16().collect();
    let table = table(&[&fixture]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let column = |name: &str| COLUMNS.iter().position(|own| *own == name).unwrap();
    let mut seen = 0;
    for row in reader.records().map(Result::unwrap).filter(|row| !row[column("fragment")].is_empty()) {
        let offset = |name| row[column(name)].parse::<usize>().unwrap();
        let quote = &row[column("text")];
        let (start, end) = (offset("start_cp"), offset("end_cp"));
        assert_eq!(content.chars().skip(start).take(end - start).collect::<String>(), quote);
        assert_eq!(String::from_utf16(&units[offset("start_utf16")..offset("end_utf16")]).unwrap(), quote);
        assert_eq!(content.get(offset("start_byte")..offset("end_byte")), Some(quote));
        seen += 1;
    }
    assert_eq!(seen, 6);
}
