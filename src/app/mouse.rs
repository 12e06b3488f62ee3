//! Clicks, drags and the wheel, resolved by the same rectangles that drawing uses.

use super::{App, Button, Effect, Mode, Mouse, MouseKind, Screen, Selection};
use crate::motion::{self, Object};
use crate::text::Offset;

/// Rows that one notch of the wheel scrolls.
const NOTCH: usize = 3;

impl App {
    /// Takes what the mouse did.
    pub(super) fn mouse_event(&mut self, mouse: Mouse) -> Vec<Effect> {
        if let Mode::Picker(picker) = &mut self.mode {
            match mouse.kind {
                MouseKind::WheelUp => picker.step(false, 1),
                MouseKind::WheelDown => picker.step(true, 1),
                _ => {}
            }
            return Vec::new();
        }
        if !matches!(self.mode, Mode::Normal) {
            return Vec::new();
        }
        let screen = Screen::of(self);
        match mouse.kind {
            MouseKind::WheelUp => self.scroll(false, NOTCH),
            MouseKind::WheelDown => self.scroll(true, NOTCH),
            MouseKind::Down(Button::Left) => {
                self.pending.clear();
                if screen.text.contains(mouse.x, mouse.y) {
                    self.press(mouse);
                } else if screen.rails.contains(mouse.x, mouse.y) {
                    self.press_rail(mouse);
                } else if screen.list.contains(mouse.x, mouse.y) {
                    let row = usize::from(mouse.y - screen.list.y);
                    if let Some(id) = row.checked_sub(1).and_then(|row| self.listed(screen.list).get(row).copied()) {
                        self.reach(id);
                    }
                } else if screen.here.contains(mouse.x, mouse.y) {
                    let row = usize::from(mouse.y - screen.here.y);
                    let id = row.checked_sub(1).and_then(|row| self.annotations_here().get(row).map(|own| own.id));
                    self.focus = id.or(self.focus);
                }
            }
            MouseKind::Drag => self.drag(mouse),
            MouseKind::Down(Button::Right | Button::Middle) | MouseKind::Up => {}
        }
        Vec::new()
    }

    /// The offset drawn at a cell; above and below the text that of the nearest row.
    fn offset_under(&self, x: u16, y: u16) -> Option<Offset> {
        let area = Screen::of(self).text;
        let rows = self.rows();
        let place = usize::from(y.saturating_sub(area.y)).min(rows.len().checked_sub(1)?);
        Some(rows[place].offset_at(&self.document.text, x.saturating_sub(area.x)))
    }

    /// A press in the text: the cursor, the second in a row the word, the third the sentence, the fourth the paragraph.
    fn press(&mut self, mouse: Mouse) {
        let Some(offset) = self.offset_under(mouse.x, mouse.y) else { return };
        let count = match self.clicks {
            Some((before, count)) if before == offset => count % 4 + 1,
            _ => 1,
        };
        self.clicks = Some((offset, count));
        let object = match count {
            2 => Object::Word,
            3 => Object::WholeSentence,
            4 => Object::Paragraph,
            _ => {
                self.extending &= mouse.shift;
                self.go(offset, mouse.shift);
                if !mouse.shift {
                    self.focus_next_here();
                }
                return;
            }
        };
        if let Some(span) = motion::object(&self.document, object, offset, offset) {
            self.select(span);
        }
    }

    /// Focuses the innermost annotation here; if that has the focus, the next one outward.
    fn focus_next_here(&mut self) {
        let before = self.focus.take();
        let here: Vec<_> = self.annotations_here().iter().map(|own| own.id).collect();
        let place = before.and_then(|before| here.iter().position(|id| *id == before));
        self.focus = match place {
            Some(place) => here.get((place + 1) % here.len()).copied(),
            None => here.first().copied().or(before),
        };
    }

    fn drag(&mut self, mouse: Mouse) {
        let (Some((start, _)), area) = (self.clicks, Screen::of(self).text) else { return };
        if mouse.y < area.y {
            self.scroll(false, 1);
        } else if mouse.y >= area.y + area.height {
            self.scroll(true, 1);
        }
        if let Some(head) = self.offset_under(mouse.x, mouse.y) {
            self.selection = Selection { anchor: start, head };
        }
    }

    /// A press on a rail focuses what it shows on that row.
    fn press_rail(&mut self, mouse: Mouse) {
        let area = Screen::of(self).rails;
        let rail = self.rails.get(usize::from(mouse.x - area.x));
        let row = self.rows().get(usize::from(mouse.y - area.y)).copied();
        let (Some(rail), Some(row)) = (rail, row) else { return };
        let Ok(window) = self.document.text.span(row.start, row.end) else { return };
        let on_rail = self.session.set().overlapping(window).filter(|(_, own)| rail.shows(self.label_number(own)));
        let found = on_rail.min_by_key(|(span, _)| (span.start(), span.end())).map(|(_, own)| own.id);
        if let Some(id) = found {
            self.reach(id);
        }
    }
}
