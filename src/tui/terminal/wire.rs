//! Cells as the terminal gets them.
//!
//! crossterm formats each cell and each change of style by itself, which is a fourth of a page's time; here a change of style is one
//! sequence that says no more than what changes, a move within a row names the column alone, and cells that stand side by side in one
//! style are their symbols. All else is crossterm's.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// ratatui's way to a terminal behind a writer.
#[derive(Debug)]
pub(crate) struct Wire<W: Write>(CrosstermBackend<W>);

impl<W: Write> Wire<W> {
    /// The way to the terminal behind `out`.
    pub(super) fn new(out: W) -> Self {
        Self(CrosstermBackend::new(out))
    }
}

impl<W: Write> Write for Wire<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut bytes = Vec::new();
        let (mut look, mut behind) = (Look::PLAIN, None);
        for (x, y, cell) in content {
            match behind {
                Some(place) if place == (x, y) => {}
                Some((_, row)) if row == y => go_to_column(x, &mut bytes),
                _ => go_to(x, y, &mut bytes),
            }
            // Where the cursor is behind more than one cell is for the terminal to say.
            behind = x.checked_add(1).map(|x| (x, y));
            let own = Look::of(cell);
            if own != look && !(cell.symbol() == " " && own.leaves_blanks_as(look)) {
                own.write_after(look, &mut bytes);
                look = own;
            }
            bytes.extend_from_slice(cell.symbol().as_bytes());
        }
        if look != Look::PLAIN {
            Look::PLAIN.write_after(look, &mut bytes);
        }
        self.0.write_all(&bytes)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

/// What a cell looks like beside its symbol.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    front: Color,
    back: Color,
    modifier: Modifier,
}

impl Look {
    /// How a terminal writes that was told nothing.
    const PLAIN: Self = Self { front: Color::Reset, back: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { front: cell.fg, back: cell.bg, modifier: cell.modifier }
    }

    /// Whether nothing but letters tells them apart.
    fn leaves_blanks_as(self, other: Self) -> bool {
        let seen = Modifier::UNDERLINED | Modifier::REVERSED | Modifier::CROSSED_OUT;
        self.back == other.back && !self.modifier.union(other.modifier).intersects(seen)
    }

    /// Appends the sequence (SGR of ECMA-48, 8.3.117) after which a terminal that wrote as `before` writes so.
    fn write_after(self, before: Self, bytes: &mut Vec<u8>) {
        if self == Self::PLAIN {
            bytes.extend_from_slice(b"\x1b[m");
            return;
        }
        bytes.extend_from_slice(b"\x1b[");
        let keeps_all = before.modifier.difference(self.modifier).is_empty();
        let before = if keeps_all {
            before
        } else {
            bytes.extend_from_slice(b"0;");
            Self::PLAIN
        };
        let added = self.modifier.difference(before.modifier);
        if !added.is_empty() {
            for (_, code) in MODIFIERS.into_iter().filter(|(own, _)| added.contains(*own)) {
                parameter(code, bytes);
            }
        }
        for (own, other, first) in [(self.front, before.front, 30), (self.back, before.back, 40)] {
            if own != other {
                color(own, first, bytes);
            }
        }
        // It stands between parameters.
        bytes.pop_if(|last| *last == b';');
        bytes.push(b'm');
    }
}

const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The colours that terminals have names for, in the order of their codes; the bright ones stand 60 higher than the others.
const NAMED: [[Color; 8]; 2] = [
    [Color::Black, Color::Red, Color::Green, Color::Yellow, Color::Blue, Color::Magenta, Color::Cyan, Color::Gray],
    [
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ],
];

/// Appends the parameters for the colour `color` of the letters if `first` is 30, of what is behind them if it is 40.
fn color(color: Color, first: u8, bytes: &mut Vec<u8>) {
    match color {
        Color::Reset => parameter(first + 9, bytes),
        Color::Indexed(index) => {
            for code in [first + 8, 5, index] {
                parameter(code, bytes);
            }
        }
        Color::Rgb(red, green, blue) => {
            for code in [first + 8, 2, red, green, blue] {
                parameter(code, bytes);
            }
        }
        named => {
            let rows = NAMED.iter().zip([first, first + 60]);
            let mut codes = rows.flat_map(|(row, first)| row.iter().zip(first..));
            if let Some((_, code)) = codes.find(|(own, _)| **own == named) {
                parameter(code, bytes);
            }
        }
    }
}

fn parameter(code: u8, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(itoa::Buffer::new().format(code).as_bytes());
    bytes.push(b';');
}

/// The sequence (CUP) that moves to a cell.
fn go_to(x: u16, y: u16, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"\x1b[");
    bytes.extend_from_slice(itoa::Buffer::new().format(u32::from(y) + 1).as_bytes());
    bytes.push(b';');
    bytes.extend_from_slice(itoa::Buffer::new().format(u32::from(x) + 1).as_bytes());
    bytes.push(b'H');
}

/// The sequence (CHA) that moves to a column of the same row. It names the place and no distance: how far a terminal moved for what
/// it wrote last is not always known.
fn go_to_column(x: u16, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"\x1b[");
    bytes.extend_from_slice(itoa::Buffer::new().format(u32::from(x) + 1).as_bytes());
    bytes.push(b'G');
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;
    use std::num::NonZeroU16;

    use super::*;

    /// The screen of a terminal that got these cells through `backend`.
    fn screen(backend: &mut impl Backend<Error = io::Error>, cells: &[(u16, u16, Cell)]) {
        backend.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell))).unwrap();
    }

    fn count(count: u16) -> NonZeroU16 {
        NonZeroU16::new(count).unwrap()
    }

    fn same_for_a_terminal(cells: &[(u16, u16, Cell)]) {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        screen(&mut Wire::new(&mut ours), cells);
        screen(&mut CrosstermBackend::new(&mut theirs), cells);
        let [mut own, mut other] = [(); 2].map(|()| vt100::Parser::new(count(4), count(40), 0));
        own.process(&ours);
        other.process(&theirs);
        for (row, column) in (0..4).flat_map(|row| (0..40).map(move |column| (row, column))) {
            let [own, other] = [&own, &other].map(|terminal| seen(terminal.screen().cell(row, column).unwrap()));
            assert_eq!(own, other, "{row}, {column}: {cells:?}");
        }
        assert!(ours.len() <= theirs.len(), "{ours:?} is longer than {theirs:?}");
    }

    /// What is to be seen of a cell: of a blank not how letters would be written, unless it is reversed or under a line.
    fn seen(cell: &vt100::Cell) -> impl PartialEq + Debug + use<> {
        let is_blank = cell.contents().trim().is_empty() && !cell.underline() && !cell.inverse();
        let letters = (cell.contents().to_owned(), cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
        (cell.bgcolor(), cell.underline(), cell.inverse(), (!is_blank).then_some(letters))
    }

    #[test]
    fn a_terminal_shows_the_cells_that_crossterm_would_show() {
        let symbols = ["Ё", "и\u{306}", "👍", "a", " "];
        let other = [Color::Reset, Color::Indexed(208), Color::Rgb(1, 20, 255)];
        let colors: Vec<Color> = NAMED.into_iter().flatten().chain(other).collect();
        for (number, front) in colors.iter().copied().enumerate() {
            let back = colors[number * 7 % colors.len()];
            let cells: Vec<_> = (0..12_u16)
                .map(|at| {
                    let mut cell = Cell::default();
                    cell.set_symbol(symbols[usize::from(at) % symbols.len()]);
                    if at % 3 > 0 {
                        cell.set_fg(front);
                    }
                    if at % 4 > 1 {
                        cell.set_bg(back);
                    }
                    cell.modifier =
                        Modifier::from_bits_truncate(1 << ((usize::from(at) + number) % 9)) & shown_by_vt100();
                    (at * 2 + at / 7, at % 3, cell)
                })
                .collect();
            same_for_a_terminal(&cells);
        }
    }

    #[test]
    fn a_blank_between_letters_of_two_colors_takes_no_sequence_of_its_own() {
        let cells = ["Ё", " ", "и\u{306}", " ", "👍"].into_iter().zip(0..).map(|(symbol, x)| {
            let mut cell = Cell::default();
            cell.set_symbol(symbol);
            if x == 2 {
                cell.set_fg(Color::Indexed(208));
            }
            (x, 0, cell)
        });
        let cells: Vec<_> = cells.collect();
        let mut bytes = Vec::new();
        screen(&mut Wire::new(&mut bytes), &cells);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b[1;1HЁ \x1b[38;5;208mи\u{306} \x1b[m👍");
    }

    #[test]
    fn what_stands_side_by_side_in_one_style_is_sent_without_a_word_between() {
        let cell = |symbol: &str| {
            let mut cell = Cell::default();
            cell.set_symbol(symbol).set_fg(Color::Indexed(208));
            cell.modifier = Modifier::BOLD;
            cell
        };
        let cells = [(3, 1, cell("Ё")), (4, 1, cell("и\u{306}")), (5, 1, cell("👍"))];
        let mut bytes = Vec::new();
        screen(&mut Wire::new(&mut bytes), &cells);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b[2;4H\x1b[1;38;5;208mЁи\u{306}👍\x1b[m");
    }

    /// The modifiers that the terminal of these tests keeps.
    fn shown_by_vt100() -> Modifier {
        Modifier::BOLD | Modifier::DIM | Modifier::ITALIC | Modifier::UNDERLINED | Modifier::REVERSED
    }
}
