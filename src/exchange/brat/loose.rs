//! Lines with blanks where tabs belong, as people and language models type them: `T2 ORG 11 15 Acme`.

/// The same line with its tabs, if it is of this kind: an id, and behind it what belongs there.
pub(super) fn with_tabs(line: &str) -> Option<String> {
    let (id, rest) = line.trim_start().split_once(' ').filter(|_| !line.contains('\t'))?;
    let kind = id.trim_end_matches(|c: char| c.is_ascii_digit());
    if kind.len() == id.len() {
        return None;
    }
    let rest = rest.trim_start();
    match kind {
        "T" => {
            let (head, words) = entity(rest)?;
            Some(format!("{id}\t{head}") + &if words.is_empty() { String::new() } else { format!("\t{words}") })
        }
        "R" => {
            let is_end = |own: &str| own.starts_with("Arg") && own.contains(':');
            let parts: Vec<&str> = rest.split_whitespace().collect();
            (parts.len() == 3 && parts[1..].iter().all(|own| is_end(own))).then(|| format!("{id}\t{}", parts.join(" ")))
        }
        "E" => {
            let is_part = |own: &str| own.rsplit_once(':').is_some_and(|(_, id)| is_id(id));
            rest.split_whitespace().all(is_part).then(|| format!("{id}\t{rest}"))
        }
        "A" | "M" => {
            let mut parts = rest.split(' ');
            let of = parts.nth(1).filter(|own| is_id(own))?;
            (!of.is_empty()).then(|| format!("{id}\t{rest}"))
        }
        "#" => {
            let (kind, behind) = rest.split_once(' ')?;
            let (of, words) = behind.split_once(' ').unwrap_or((behind, ""));
            is_id(of).then(|| format!("{id}\t{kind} {of}\t{words}"))
        }
        _ => None,
    }
}

/// Whether `word` is the id of an annotation.
fn is_id(word: &str) -> bool {
    word.strip_prefix(['T', 'E', 'R']).and_then(|own| own.parse::<u32>().ok()).is_some()
}

/// The type with its offsets, and the words behind them.
fn entity(rest: &str) -> Option<(&str, &str)> {
    let mut at = rest.find(' ')?;
    let is_number = |own: &str| !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_digit());
    loop {
        // Two offsets, of which the second may hold the first of the next piece: `11 15;17 20`.
        let (start, behind) = rest.get(at + 1..)?.split_once(' ')?;
        let end = behind.split(' ').next()?;
        let first = start.rsplit(';').next()?;
        let (last, more) = end.split_once(';').map_or((end, false), |(last, _)| (last, true));
        if !is_number(first) || !is_number(last) {
            return None;
        }
        at += 1 + start.len();
        if !more {
            at += 1 + end.len();
            return Some((rest.get(..at)?, rest.get(at..)?.strip_prefix(' ').unwrap_or_default()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_taken_for_tabs_only_where_a_whole_annotation_stands() {
        let lines = [
            ("T2 ORG 11 15 Акме 👍 й\u{301}", Some("T2\tORG 11 15\tАкме 👍 й\u{301}")),
            ("T2 ORG 11 15;17 20;30 31 Акме", Some("T2\tORG 11 15;17 20;30 31\tАкме")),
            ("R1 нанял Arg1:T1 Arg2:T2", Some("R1\tнанял Arg1:T1 Arg2:T2")),
            ("A1 Negation T1", Some("A1\tNegation T1")),
            ("#1 AnnotatorNotes T1 да 👍", Some("#1\tAnnotatorNotes T1\tда 👍")),
            ("E1 Взял:T1 Кто:E2", Some("E1\tВзял:T1 Кто:E2")),
            ("E1 час:10", None),
            ("T2 ORG", None),
            ("A4 листы", None),
            ("T2\tORG 11 15\tАкме", None),
            ("За\u{301}мок 11 15", None),
        ];
        for (line, expected) in lines {
            assert_eq!(with_tabs(line).as_deref(), expected, "{line}");
        }
    }
}
