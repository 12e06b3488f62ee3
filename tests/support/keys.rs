//! Keys as they are written down, and the bytes a terminal sends for them.

/// The bytes of each key of `notation`: characters as they are, other keys by name, as in `/труд<Enter>v<C-S-Right>aq<C-q>`.
///
/// # Panics
///
/// When a name is not known.
pub(crate) fn keys(notation: &str) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    let mut rest = notation;
    while let Some(first) = rest.chars().next() {
        let name = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, behind)) = name {
            keys.push(named(name));
            rest = behind;
        } else {
            keys.push(first.to_string().into_bytes());
            rest = rest.strip_prefix(first).expect("it starts with its first character");
        }
    }
    keys
}

/// The bytes of the key called `name`, xterm's encoding.
fn named(name: &str) -> Vec<u8> {
    let (held, key) = name.rsplit_once('-').unwrap_or(("", name));
    let weight = |modifier| match modifier {
        "S" => 1,
        "A" => 2,
        "C" => 4,
        "" => 0,
        other => panic!("no modifier is called {other} in <{name}>"),
    };
    let modifiers: u8 = held.split('-').map(weight).sum();
    let cursor = |letter: &str| match modifiers {
        0 => format!("\x1b[{letter}"),
        held => format!("\x1b[1;{}{letter}", held + 1),
    };
    let bytes = match (key, modifiers) {
        ("Enter", 0) => "\r".to_owned(),
        ("Tab", 0) => "\t".to_owned(),
        ("Tab", 1) => "\x1b[Z".to_owned(),
        ("Esc", 0) => "\x1b".to_owned(),
        ("Bksp", 0) => "\x7f".to_owned(),
        ("Space", 0) => " ".to_owned(),
        ("Del", 0) => "\x1b[3~".to_owned(),
        ("PgUp", 0) => "\x1b[5~".to_owned(),
        ("PgDn", 0) => "\x1b[6~".to_owned(),
        ("Up", _) => cursor("A"),
        ("Down", _) => cursor("B"),
        ("Right", _) => cursor("C"),
        ("Left", _) => cursor("D"),
        ("Home", _) => cursor("H"),
        ("End", _) => cursor("F"),
        (letter, 4) if letter.len() == 1 => char::from(letter.as_bytes()[0] & 0x1f).to_string(),
        (letter, 2) => format!("\x1b{letter}"),
        _ => panic!("no key is called <{name}>"),
    };
    bytes.into_bytes()
}
