//! What a file seems to be that no reader knows, for people: in JSON, in XML, a table or in another encoding, with the names that stand in
//! it.

use serde_json::Value as Json;

use super::{encoding, xml};

/// What a file seems to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guise {
    /// What was found, with its names as they are written.
    pub found: String,
    /// What files of that kind should have.
    pub expected: &'static str,
    /// The formats of that kind; none where it cannot be told before it is in UTF-8.
    pub formats: &'static [&'static str],
}

impl Guise {
    /// What the file called `name` seems to be; none if that cannot be said.
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(PARQUET) && !cfg!(feature = "parquet") {
            let found = "Parquet, which this build does not read".to_owned();
            return Some(Self { found, expected: "a build with --features parquet", formats: &[] });
        }
        let Ok(content) = std::str::from_utf8(bytes) else { return of_other(bytes) };
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        match content.trim_start().chars().next()? {
            '{' | '[' => of_json(content),
            '<' => of_xml(name, content),
            _ => of_table(name, content),
        }
    }
}

/// How such a file begins: Apache Parquet, "File format".
const PARQUET: &[u8] = b"PAR1";

fn of_other(bytes: &[u8]) -> Option<Guise> {
    encoding::seeming(bytes)?;
    Some(Guise { found: encoding::found(bytes), expected: "UTF-8 text", formats: &[] })
}

fn of_json(content: &str) -> Option<Guise> {
    let first: Json = serde_json::Deserializer::from_str(content).into_iter().next()?.ok()?;
    let (found, object) = match &first {
        Json::Array(list) => ("a list of JSON objects with the keys", list.first()?.as_object()?),
        own => ("a JSON object with the keys", own.as_object()?),
    };
    Some(Guise {
        found: format!("{found} {}", listed(object.keys().map(String::as_str))),
        expected: "a text with spans, entities, labels or annotations",
        formats: &["jsonl", "cas", "spacy", "prodigy", "doccano", "huggingface", "bdocjs", "labelstudio", "w3c"],
    })
}

fn of_xml(name: &str, content: &str) -> Option<Guise> {
    let document = xml::parse(name, content).ok()?;
    let root = document.root_element().tag_name();
    let space = root.namespace().map_or_else(String::new, |own| format!(" of {own}"));
    Some(Guise {
        found: format!("XML with the root {}{space}", root.name()),
        expected: "TEI, or a CAS as XMI",
        formats: &["xmi", "tei"],
    })
}

/// Prose has commas, too: a table has tabs, or a name that says so.
fn of_table(name: &str, content: &str) -> Option<Guise> {
    let header = content.lines().next()?;
    let is_called_so = name.to_lowercase().ends_with(".csv");
    let delimiter = if header.contains('\t') {
        '\t'
    } else {
        [';', ','].into_iter().find(|own| is_called_so && header.contains(*own))?
    };
    let columns = header.split(delimiter).map(|own| own.trim_matches('"'));
    Some(Guise {
        found: format!("a table with the columns {}", listed(columns)),
        expected: "columns for a start, an end and a label, or words with tags",
        formats: &["csv", "tsv", "webanno", "conll"],
    })
}

/// How many names are told.
const MOST: usize = 8;

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.collect();
    let is_cut = names.len() > MOST;
    names.truncate(MOST);
    names.extend(is_cut.then_some("…"));
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_stand_in_a_file_are_told_and_prose_is_nothing() {
        for (name, content, found) in [
            ("й.json", "\u{feff} {\"й\": 1, \"ключ 👍\": \"а\u{301}\"}", "a JSON object with the keys й, ключ 👍"),
            ("й.json", "[{\"а\u{301}\": []}, 1]", "a list of JSON objects with the keys а\u{301}"),
            ("й.jsonl", "{\"й\": 1}\n{\"👍\": 1}", "a JSON object with the keys й"),
            ("й.xml", "<?xml version='1.0'?><й xmlns='ns'>👍</й>", "XML with the root й of ns"),
            ("й.txt", "слово\tа\u{301}\n👍\t1", "a table with the columns слово, а\u{301}"),
            ("й.csv", "\"кто\",\"что 👍\"\n1,2", "a table with the columns кто, что 👍"),
            ("й.csv", "1;2;3;4;5;6;7;8;9", "a table with the columns 1, 2, 3, 4, 5, 6, 7, 8, …"),
        ] {
            assert_eq!(Guise::of(name, content.as_bytes()).map(|own| own.found).as_deref(), Some(found));
        }
        for content in ["За\u{301}мок, 👍", "", "{й", "<й", "[1]", "[]"] {
            assert_eq!(Guise::of("й.txt", content.as_bytes()), None);
        }
        assert_eq!(Guise::of("й", b"\xff\xfe{\x01"), None);
        let found = Guise::of("й", b"\xcf\xf0\xe8\xe2\xe5\xf2").map(|own| own.found);
        assert_eq!(found.as_deref(), Some("what seems to be cp1251 (iconv -f cp1251 -t utf-8 brings it into UTF-8)"));
    }

    #[test]
    fn formats_of_a_kind_can_be_read() {
        for content in ["{\"й\": 1}", "<й/>", "й\t👍 а\u{301}"] {
            for format in Guise::of("й", content.as_bytes()).unwrap().formats {
                let is_there = |own: &crate::exchange::Format| own.name == *format && own.read.is_some();
                assert!(crate::exchange::FORMATS.iter().any(is_there), "{format}");
            }
        }
    }
}
