//! The main states of the program, whole, at the sizes that people use, each with its styles.
//!
//! A snapshot shows the screen once, for colours do not change what is written. Below stand the styles, in true colour and without
//! colour: a letter for each cell in a row that has any but the plain one, then what the letters mean.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::{PLAIN, frame, row, whole};
use crate::annotation::{AnnotationId, Value};
use crate::app::tests::Stage;
use crate::app::{App, Message};
use crate::tui::theme::{Depth, Theme};

const SIZES: [(u16, u16); 4] = [(60, 20), (80, 24), (120, 40), (200, 60)];

/// A report with four layers over one phrase, crossing and interrupted annotations, a combining mark and emoji.
fn report() -> Stage {
    let mut stage = Stage::new(
        "Круглый стол в Караганде 👩🏽\u{200d}🌾\n\n\
        Аким откры\u{301}л заседание: {quote:«{claim:В проекте новой Конституции закрепляется {rights:{labour:пра[|]во человека на труд}}}. \
        {claim:Это более широкая категория, которая означает {labour:{rights:свободу выбора профессии}}, но и признание труда}»,} – \
        отметил он, – {+quote:«и {youth:молодёжь} это знает»}.\n\n\
        Қазақстан жастары {youth:{claim:ждут} работы} и {rights:верят в закон} 👍.\n",
    );
    let speaker = stage.register("Серик Беркамалов");
    stage.set_value(1, "speaker", Value::Speaker(speaker));
    stage.set_value(2, "kind", Value::Choice("factual".to_owned()));
    stage.app.focus = Some(AnnotationId(4));
    stage
}

/// `app` drawn, with its styles.
fn shot(app: &App) -> String {
    let (colored, plain) = (frame(app, Theme::new(Depth::True, false)), frame(app, PLAIN));
    let text = |buffer: &Buffer| -> Vec<String> {
        (0..app.size.height).map(|y| row(buffer, whole(app), y).trim_end().to_owned()).collect()
    };
    assert_eq!(text(&colored), text(&plain), "without colour the same is written");
    let mut shot = text(&plain).join("\n");
    for (name, buffer) in [("true colour", &colored), ("no colour", &plain)] {
        write!(shot, "\n\n{name}\n{}", styles(buffer, app.size.width)).unwrap();
    }
    shot
}

/// The rows that have styles, a letter a cell, and what the letters mean.
fn styles(buffer: &Buffer, width: u16) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut known: Vec<String> = Vec::new();
    let mut letter = |cell: &Cell| {
        let style = style(cell);
        if style.is_empty() {
            return '·';
        }
        let place = known.iter().position(|own| *own == style).unwrap_or_else(|| {
            known.push(style);
            known.len() - 1
        });
        char::from(LETTERS[place])
    };
    let mut written = String::new();
    for (y, cells) in buffer.content.chunks(usize::from(width)).enumerate() {
        let row: String = cells.iter().map(&mut letter).collect();
        let row = row.trim_end_matches('·');
        if !row.is_empty() {
            writeln!(written, "{:>2} {row}", y + 1).unwrap();
        }
    }
    for (letter, style) in LETTERS.iter().zip(known) {
        writeln!(written, "{} = {style}", char::from(*letter)).unwrap();
    }
    written
}

/// What a cell looks like in words; nothing for a plain one. The colour of a blank is not seen, unless it is reversed or underlined.
fn style(cell: &Cell) -> String {
    let seen = cell.symbol() != " " || cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
    let color = |color: Color| match color {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        other => Some(format!("{other:?}").to_lowercase()),
    };
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ];
    let modifiers = modifiers.into_iter().filter(|(own, _)| seen && cell.modifier.contains(*own));
    let words = color(cell.fg).filter(|_| seen).into_iter();
    let words = words.chain(color(cell.bg).map(|own| format!("on {own}")));
    words.chain(modifiers.map(|(_, word)| word.to_owned())).collect::<Vec<_>>().join(" ")
}

/// Takes a shot of `stage` at every size, after `keys`.
fn shots(name: &str, make: fn() -> Stage, keys: &str) {
    for (width, height) in SIZES {
        let mut stage = make();
        stage.resize(width, height).press(keys).send(Message::Rested);
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), shot(&stage.app));
    }
}

#[test]
fn reading_four_layers() {
    shots("reading", report, "");
}

#[test]
fn the_lens() {
    shots("lens", report, "Space l");
}

#[test]
fn a_picker() {
    shots("speakers", report, "g g Tab q");
}

#[test]
fn a_form() {
    shots("form", report, "g g Tab Tab e");
}

#[test]
fn the_keys_that_go_on() {
    shots("keys", report, "m w a");
}

#[test]
fn help() {
    shots("help", report, "?");
}

#[test]
fn an_empty_document() {
    shots("empty", || Stage::new(""), "");
}

#[test]
fn a_narrow_terminal() {
    let mut stage = report();
    stage.resize(28, 12).press("Space l");
    insta::assert_snapshot!("narrow_28x12", shot(&stage.app));
}
