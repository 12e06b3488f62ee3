//! Random keys on random text, drawn after every key.

use proptest::prelude::*;
use proptest::sample::Index;

use super::{PLAIN, frame, frame_of, is_colorless};
use crate::annotation::tests::generators::{draft, text as any_text};
use crate::annotation::{AnnotationSet, Edit};
use crate::app::tests::Stage;
use crate::app::{Button, Message, Mouse, MouseKind, Size};
use crate::command::COMMANDS;
use crate::keymap::{Key, KeyCode, local_letter};
use crate::schema::Schema;
use crate::text::Text;
use crate::tui::theme::{Depth, Theme};

/// Something that reaches the app.
#[derive(Clone, Debug)]
enum Act {
    Key(Key),
    Keys(Vec<Key>),
    Mouse(MouseKind, Index, Index, bool),
    Paste(String),
    Resize(u16, u16),
    Fail,
}

fn key() -> impl Strategy<Value = Key> {
    let named = [
        "Enter",
        "Tab",
        "S-Tab",
        "Esc",
        "Bksp",
        "Del",
        "Left",
        "Right",
        "Up",
        "Down",
        "Home",
        "End",
        "PgUp",
        "PgDn",
        "S-Left",
        "S-Right",
        "S-Up",
        "S-Down",
        "C-S-Right",
        "C-Home",
        "C-End",
        "A-Enter",
        "F1",
        "F5",
        "C-f",
        "C-w",
    ];
    let named = prop::sample::select(named.map(|key| Key::parse(key).unwrap()).to_vec());
    let letter = prop::sample::select(
        "abcdefghilmnopqrstuvwxyAELNPQSU/? йцукенгшщзфывапролдячсмитьЙУФӘқ👍\u{301}".chars().collect::<Vec<_>>(),
    );
    prop_oneof![2 => named, 3 => letter.prop_map(Key::char), 1 => any::<char>().prop_map(Key::char)]
}

/// A command's keys as a whole, so that more than movements come up; on either layout.
fn binding() -> impl Strategy<Value = Vec<Key>> {
    let labels = ["a q", "a c", "a r", "a y", "a l", "c q", "c c", "c r"];
    let bindings: Vec<Vec<Key>> = COMMANDS
        .iter()
        .flat_map(|entry| entry.keys)
        .copied()
        .chain(labels)
        .map(|keys| keys.split(' ').map(|key| Key::parse(key).unwrap()).collect())
        .collect();
    let local = |key: Key| match key.code {
        KeyCode::Char(c) => Key { code: KeyCode::Char(local_letter(c).unwrap_or(c)), ..key },
        _ => key,
    };
    (prop::sample::select(bindings), any::<bool>())
        .prop_map(move |(keys, moved)| if moved { keys.into_iter().map(local).collect() } else { keys })
}

fn act() -> impl Strategy<Value = Act> {
    let kinds = [
        MouseKind::Down(Button::Left),
        MouseKind::Drag,
        MouseKind::Up,
        MouseKind::WheelUp,
        MouseKind::WheelDown,
        MouseKind::Down(Button::Right),
    ];
    let kind = prop::sample::select(kinds.to_vec());
    let size = |most: u16| prop_oneof![1 => 1..=6_u16, 2 => 1..=most];
    prop_oneof![
        8 => key().prop_map(Act::Key),
        12 => binding().prop_map(Act::Keys),
        4 => (kind, any::<Index>(), any::<Index>(), any::<bool>()).prop_map(|(kind, x, y, shift)| Act::Mouse(kind, x, y, shift)),
        1 => prop_oneof![Just("за\u{301}мок\r\n👍\u{1b}[31m".to_owned()), ".{0,8}"].prop_map(Act::Paste),
        2 => (size(130), size(45)).prop_map(|(width, height)| Act::Resize(width, height)),
        1 => Just(Act::Fail),
    ]
}

/// Mixed texts, and anything at all.
fn text() -> impl Strategy<Value = Text> {
    let speech = prop::collection::vec(
        prop::sample::select(vec![
            "СЕРІК: ",
            "Право и\u{306} ",
            "«труд» ",
            "👩🏽\u{200d}🌾",
            ". ",
            "\n",
            "\r\n\r\n",
            "\t",
            "字字字",
            "\u{202e}",
            "\u{1b}",
        ]),
        0..80,
    );
    prop_oneof![
        2 => any_text(),
        2 => speech.prop_map(|pieces| Text::new(pieces.concat()).unwrap()),
        1 => any::<String>().prop_map(|text| Text::new(text).unwrap()),
    ]
}

fn play(stage: &mut Stage, act: &Act) {
    let Size { width, height } = stage.app.size;
    match act {
        Act::Key(key) => drop(stage.send(Message::Key(*key))),
        Act::Keys(keys) => {
            for key in keys {
                stage.send(Message::Key(*key));
                frame(&stage.app, PLAIN);
            }
        }
        Act::Mouse(kind, x, y, shift) => {
            let cell = |pick: &Index, limit: u16| u16::try_from(pick.index(usize::from(limit) + 2)).unwrap();
            let mouse = Mouse { kind: *kind, x: cell(x, width), y: cell(y, height), shift: *shift };
            stage.send(Message::Mouse(mouse));
        }
        Act::Paste(text) => drop(stage.paste(text)),
        Act::Resize(width, height) => {
            // The terminal may be drawn to before the app hears of its size.
            frame_of(&stage.app, PLAIN, (*width, *height));
            stage.resize(*width, *height);
        }
        Act::Fail => drop(stage.send(Message::Told("и\u{306} 👍 \u{1b}".to_owned()))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_key_on_any_text_at_any_size_panics_or_breaks_a_law(
        text in text(),
        drafts in prop::collection::vec(draft(), 0..6),
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut stage = Stage::on(text, Schema::builtin());
        let drafts = if stage.app.document.text.is_empty() { Vec::new() } else { drafts };
        for draft in drafts {
            let none = AnnotationSet::default();
            let id = stage.app.session.set().next_id();
            let annotation = draft.annotation(id, &stage.app.document.text, &none);
            stage.give(Edit::Insert(annotation));
        }
        frame(&stage.app, PLAIN);
        for act in &acts {
            play(&mut stage, act);
            prop_assert!(is_colorless(&frame(&stage.app, PLAIN)));
            frame(&stage.app, Theme::new(Depth::True, true));
        }
    }
}
