//! The terminal's answer to the question what its background is.
//!
//! `OSC 11 ; ? ST` asks (xterm's control sequences, "Change VT100 text background color"), `OSC 11 ; rgb:1e1e/1e1e/2e2e ST` answers. crossterm
//! knows no such event and delivers the answer as keys: Alt-`]`, its characters, and Alt-`\` or Ctrl-G. Where the link brings the
//! bytes one by one, Esc comes apart from what follows it.
//!
//! [`Listener`] stands between the terminal and the loop and holds keys back as long as they may be the answer; what turns out to
//! be none is passed on as it was typed, in its order. It knows no clock: whoever reads the terminal asks for its
//! [`patience`](Listener::patience).

use std::time::Duration;

use crate::keymap::{Key, KeyCode};
use crate::schema::Rgb;

/// How long a key waits that may begin the answer. Bytes that are sent together do not come further apart.
const UNSURE: Duration = Duration::from_millis(100);

/// How long the answer may pause once it is known for one: nobody types `Alt-] 1 1 ;`.
const SURE: Duration = Duration::from_secs(2);

/// The most keys that an answer has.
const LONGEST: usize = 48;

/// Tells the answer from what is typed.
#[derive(Debug)]
pub(super) struct Listener {
    held: Vec<Key>,
    /// Whether the answer is still to come.
    expects: bool,
    /// Whether Esc alone may begin it: until it was once held back for nothing.
    splits: bool,
}

/// What comes out of the listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Something typed.
    Key(Key),
    /// The answer.
    Background(Rgb),
}

/// What the keys held back are.
enum Verdict {
    Typed,
    Begun { sure: bool },
    Answer(Option<Rgb>),
}

impl Listener {
    /// A listener that waits for an answer, if one is `asked` for.
    pub(super) fn new(asked: bool) -> Self {
        Self { held: Vec::new(), expects: asked, splits: true }
    }

    /// Takes a key; returns what is certain by now.
    pub(super) fn take(&mut self, key: Key) -> Vec<Heard> {
        if !self.expects {
            return vec![Heard::Key(key)];
        }
        self.held.push(key);
        match self.verdict() {
            Verdict::Begun { .. } => Vec::new(),
            Verdict::Answer(color) => {
                self.held.clear();
                self.expects = false;
                color.map(Heard::Background).into_iter().collect()
            }
            // What was held back is no answer, but its last key may begin one.
            Verdict::Typed if self.held.len() > 1 => {
                let last = self.held.pop();
                let mut heard = self.give_up();
                heard.extend(last.into_iter().flat_map(|key| self.take(key)));
                heard
            }
            Verdict::Typed => self.give_up(),
        }
    }

    /// How long to wait for the next key before giving up what is held back; none if nothing is.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.verdict() {
            _ if self.held.is_empty() => None,
            Verdict::Begun { sure: true } => Some(SURE),
            _ => Some(UNSURE),
        }
    }

    /// Returns what was held back: it was typed.
    pub(super) fn give_up(&mut self) -> Vec<Heard> {
        self.splits &= self.held.first() != Some(&Key::plain(KeyCode::Esc));
        std::mem::take(&mut self.held).into_iter().map(Heard::Key).collect()
    }

    fn verdict(&self) -> Verdict {
        let held = self.held.as_slice();
        let rest = match held {
            [first, rest @ ..] if *first == alt(']') => rest,
            [Key { code: KeyCode::Esc, ctrl: false, alt: false, shift: false }] if self.splits => {
                return Verdict::Begun { sure: false };
            }
            [first, second, rest @ ..]
                if self.splits && *first == Key::plain(KeyCode::Esc) && *second == Key::char(']') =>
            {
                rest
            }
            _ => return Verdict::Typed,
        };
        let begin: Vec<Key> = "11;".chars().map(Key::char).collect();
        let Some(color) = rest.strip_prefix(begin.as_slice()) else {
            return if begin.starts_with(rest) { Verdict::Begun { sure: false } } else { Verdict::Typed };
        };
        let words: String = color.iter().map_while(character_of_color).collect();
        let end = color.get(words.len()..).unwrap_or_default();
        let (bell, backslash) = (Key { ctrl: true, ..Key::char('g') }, Key::char('\\'));
        match end {
            [] if held.len() <= LONGEST => Verdict::Begun { sure: true },
            [Key { code: KeyCode::Esc, .. }] => Verdict::Begun { sure: true },
            [key] if *key == bell || *key == alt('\\') => Verdict::Answer(color_of(&words)),
            [Key { code: KeyCode::Esc, .. }, key] if *key == backslash => Verdict::Answer(color_of(&words)),
            _ => Verdict::Typed,
        }
    }
}

fn alt(c: char) -> Key {
    Key { alt: true, ..Key::char(c) }
}

/// The character that `key` types, if it may stand in a colour. All of them are ASCII.
fn character_of_color(key: &Key) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if *key == Key::char(c) => Some(c).filter(|c| c.is_ascii_hexdigit() || "rgba:/".contains(*c)),
        _ => None,
    }
}

/// The colour in `words`: `rgb:` or `rgba:` and one to four hexadecimal digits a channel, as in XParseColor(3).
fn color_of(words: &str) -> Option<Rgb> {
    let (space, channels) = words.split_once(':')?;
    let channel = |digits: &str| {
        let most = (1..=4).contains(&digits.len()).then(|| 16_u32.pow(u32::try_from(digits.len()).unwrap_or(1)) - 1)?;
        u8::try_from(u32::from_str_radix(digits, 16).ok()? * 255 / most).ok()
    };
    let channels: Vec<u8> = channels.split('/').map(channel).collect::<Option<_>>()?;
    match (space, channels.as_slice()) {
        ("rgb", &[red, green, blue]) | ("rgba", &[red, green, blue, _]) => Some(Rgb { red, green, blue }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DARK: Rgb = Rgb { red: 0x1e, green: 0x1e, blue: 0x2e };

    /// The keys that crossterm makes of `bytes` that come together: Esc is Alt on what follows.
    fn together(bytes: &str) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut characters = bytes.chars();
        while let Some(c) = characters.next() {
            keys.push(match c {
                '\x1b' => characters.next().map_or(Key::plain(KeyCode::Esc), alt),
                '\x07' => Key { ctrl: true, ..Key::char('g') },
                c => Key::char(c),
            });
        }
        keys
    }

    /// The same of bytes that come one by one.
    fn apart(bytes: &str) -> Vec<Key> {
        bytes.chars().flat_map(|c| together(&c.to_string())).collect()
    }

    fn typed(keys: &[Key]) -> Vec<Heard> {
        keys.iter().copied().map(Heard::Key).collect()
    }

    fn heard(listener: &mut Listener, keys: &[Key]) -> Vec<Heard> {
        keys.iter().flat_map(|key| listener.take(*key)).collect()
    }

    #[test]
    fn the_answer_is_heard_however_it_ends_and_comes() {
        for end in ["\x1b\\", "\x07"] {
            for (color, expected) in [
                ("rgb:1e1e/1e1e/2e2e", DARK),
                ("rgba:1E/1E/2E/ff", DARK),
                ("rgb:f/f/f", Rgb { red: 255, green: 255, blue: 255 }),
            ] {
                let answer = format!("\x1b]11;{color}{end}");
                for keys in [together(&answer), apart(&answer)] {
                    let mut listener = Listener::new(true);
                    assert_eq!(heard(&mut listener, &keys), [Heard::Background(expected)], "{keys:?}");
                    assert_eq!(listener.patience(), None);
                }
            }
        }
    }

    #[test]
    fn what_is_typed_around_the_answer_is_kept_in_its_order() {
        let mut listener = Listener::new(true);
        let keys = [together("й\u{306}"), apart("\x1b"), together("\x1b]11;rgb:0/0/0\x1b\\👍")].concat();
        let black = Rgb { red: 0, green: 0, blue: 0 };
        let mut expected = typed(&[together("й\u{306}"), apart("\x1b")].concat());
        expected.extend([Heard::Background(black), Heard::Key(Key::char('👍'))]);
        assert_eq!(heard(&mut listener, &keys), expected);
    }

    #[test]
    fn keys_that_only_begin_like_the_answer_are_passed_on() {
        for keys in
            ["\x1b]", "\x1b]j", "\x1b]11;й", "\x1b]1\x1b]", "\x1b\x1b", "\x1b]11;rgb:0/0\x1bx", "\x1b]12;rgb:0/0/0\x07"]
        {
            for keys in [together(keys), apart(keys)] {
                let mut listener = Listener::new(true);
                let mut all = heard(&mut listener, &keys);
                all.extend(listener.give_up());
                assert_eq!(all, typed(&keys));
            }
        }
        let endless = together(&format!("\x1b]11;{}", "a".repeat(100)));
        assert_eq!(heard(&mut Listener::new(true), &endless), typed(&endless));
    }

    #[test]
    fn esc_waits_at_most_once_and_nothing_waits_that_was_not_asked_for() {
        let esc = Key::plain(KeyCode::Esc);
        let mut listener = Listener::new(true);
        assert_eq!(listener.take(esc), []);
        assert_eq!((listener.patience(), listener.give_up()), (Some(UNSURE), typed(&[esc])));
        assert_eq!(listener.take(esc), typed(&[esc]));
        assert_eq!(heard(&mut listener, &together("\x1b]11;rgb:1e/1e/2e\x07")), [Heard::Background(DARK)]);
        assert_eq!(listener.take(alt(']')), typed(&[alt(']')]));
        assert_eq!(Listener::new(false).take(alt(']')), typed(&[alt(']')]));
    }

    #[test]
    fn an_answer_under_way_is_waited_for_longer_and_one_that_is_no_colour_is_swallowed() {
        let mut listener = Listener::new(true);
        assert_eq!(heard(&mut listener, &together("\x1b]11;rg")), []);
        assert_eq!(listener.patience(), Some(SURE));
        assert_eq!(heard(&mut listener, &together("b:0/0\x07")), []);
        assert_eq!(listener.patience(), None);
    }
}
