//! Filling cells of the screen.
//!
//! ratatui looks the place of each cell up anew, and asks the tables of Unicode how wide it is when it writes it and whenever it compares
//! it with the frame before. The layout knows both.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A width that is not measured.
const NARROW: CellDiffOption = CellDiffOption::ForcedWidth(NonZeroU16::MIN);

/// The cells of one row from column `x` on, at most `width`; none outside of the buffer.
pub(super) fn cells((x, y): (u16, u16), width: u16, buffer: &mut Buffer) -> &mut [Cell] {
    let inside = Rect { x, y, width, height: 1 }.intersection(buffer.area);
    if inside.is_empty() || inside.x > x {
        return &mut [];
    }
    let start = buffer.index_of(x, y);
    &mut buffer.content[start..start + usize::from(inside.width)]
}

/// Puts a cluster into the cells that it takes.
#[inline]
pub(super) fn show(cluster: &str, cells: &mut [Cell]) {
    let Some((first, covered)) = cells.split_first_mut() else { return };
    // One byte is measured at once.
    let is_measured = cluster.len() == 1 || !covered.is_empty();
    first.set_symbol(cluster).set_diff_option(if is_measured { CellDiffOption::None } else { NARROW });
    // So they differ from every blank that is not covered, which is sent when it comes to stand there.
    for cell in covered {
        cell.reset();
        cell.set_diff_option(NARROW);
    }
}

/// Dresses cells as [`Cell::set_style`] does each, but that it asks only once what the style has.
#[inline]
pub(super) fn dress(style: Style, cells: &mut [Cell]) {
    let Style { fg, bg, add_modifier, sub_modifier, .. } = style;
    if let Some(color) = fg {
        for cell in &mut *cells {
            cell.fg = color;
        }
    }
    if let Some(color) = bg {
        for cell in &mut *cells {
            cell.bg = color;
        }
    }
    if !(add_modifier.is_empty() && sub_modifier.is_empty()) {
        for cell in cells {
            cell.modifier = cell.modifier.union(add_modifier).difference(sub_modifier);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::glyph;
    use crate::text::graphemes;

    const AREA: Rect = Rect { x: 0, y: 0, width: 4, height: 1 };

    fn drawn(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        let mut x = 0;
        for cluster in graphemes(text) {
            let width = glyph(cluster).width;
            show(cluster, cells((x, 0), width, &mut buffer));
            x += width;
        }
        buffer
    }

    /// A row of a terminal on which half of a cluster stays as a ruin when something is written over the other half.
    #[derive(Debug, PartialEq)]
    struct Row(Vec<String>);

    impl Row {
        fn write(&mut self, x: usize, cluster: &str) {
            let Self(cells) = self;
            for at in x..x + usize::from(glyph(cluster).width) {
                if cells[at] == "covered" && at == x {
                    cells[at - 1] = "ruin".to_owned();
                }
                let is_wide = cells.get(at + 1).is_some_and(|next| next == "covered");
                if is_wide {
                    cells[at + 1] = "ruin".to_owned();
                }
                cells[at] = if at == x { cluster } else { "covered" }.to_owned();
            }
        }
    }

    #[test]
    fn nothing_stays_of_a_wide_cluster_whatever_comes_to_stand_there() {
        let texts = ["", " ", "a", "ab", "и\u{306}б", "Ё", "👍", "👍👍", "a👍", "é👍b", "世a", "«👍", "👍  ", "    "];
        for before in texts {
            for after in texts {
                let (old, new) = (drawn(before), drawn(after));
                let blank = || Row(vec![" ".to_owned(); AREA.width.into()]);
                let sent = |row: &mut Row, from: &Buffer, to: &Buffer| {
                    for (x, _, cell) in from.diff_iter(to) {
                        row.write(x.into(), cell.symbol());
                    }
                };
                let (mut row, mut expected) = (blank(), blank());
                sent(&mut row, &Buffer::empty(AREA), &old);
                sent(&mut row, &old, &new);
                sent(&mut expected, &Buffer::empty(AREA), &new);
                assert_eq!(row, expected, "{before:?} to {after:?}");
            }
        }
    }
}
