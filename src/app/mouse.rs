//! Clicks, drags and the wheel, resolved by the same rectangles that drawing uses.

use std::cmp::Ordering;

use jiff::{SignedDuration, Timestamp};

use super::{App, Area, Bar, Button, Effect, Line, Mode, Mouse, MouseKind, Screen, Selection};
use crate::keymap::Action;
use crate::motion::{self, Object};
use crate::text::Offset;

/// Two presses within this time belong together.
const IN_A_ROW: SignedDuration = SignedDuration::from_millis(500);

/// Rows that one notch of the wheel scrolls.
const NOTCH: usize = 3;

impl App {
    /// Takes what the mouse did.
    pub(super) fn mouse_event(&mut self, now: Timestamp, mouse: Mouse) -> Vec<Effect> {
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
                let before = self.clicks.take();
                if screen.text.contains(mouse.x, mouse.y) {
                    // What is under the pointer stays there for the next press.
                    let top = self.top;
                    match self.bar_under(mouse) {
                        Some(bar) => self.press_bar(&bar, mouse.x),
                        None => self.press(now, mouse, before),
                    }
                    self.top = top;
                } else if screen.rails.contains(mouse.x, mouse.y) {
                    self.press_rail(mouse);
                } else if screen.list.contains(mouse.x, mouse.y) {
                    let row = usize::from(mouse.y - screen.list.y);
                    if let Some(id) =
                        row.checked_sub(1).and_then(|row| self.listed(screen.list).get(row).map(|own| own.id))
                    {
                        self.reach(id);
                    }
                } else if let Some(label) = self.label_under(screen.labels, mouse) {
                    return self.act(now, Action::Annotate(label));
                } else if screen.here.contains(mouse.x, mouse.y) {
                    let row = usize::from(mouse.y - screen.here.y);
                    let rows = self.inspected(screen.here).into_iter();
                    let ids: Vec<_> = rows.flat_map(|(own, facts)| vec![own.id; 1 + facts.len()]).collect();
                    let id = row.checked_sub(1).and_then(|row| ids.get(row).copied());
                    self.focus = id.or(self.focus);
                }
            }
            MouseKind::Drag => self.drag(mouse),
            MouseKind::Down(Button::Right | Button::Middle) | MouseKind::Up => {}
        }
        Vec::new()
    }

    /// The label drawn at a cell of the panel of labels: two on a row, below the heading.
    fn label_under(&self, panel: Area, mouse: Mouse) -> Option<usize> {
        let row = mouse.y.checked_sub(panel.y + 1).filter(|_| panel.contains(mouse.x, mouse.y))?;
        let right = mouse.x > panel.x + panel.width / 2;
        self.schema.span_labels().nth(2 * usize::from(row) + usize::from(right)).map(|(number, ..)| number)
    }

    /// The offset drawn at a cell, in a lane that of the cell above it; above and below the text that of the nearest row.
    fn offset_under(&self, x: u16, y: u16) -> Option<Offset> {
        let area = Screen::of(self).text;
        let lines = self.lines();
        let place = usize::from(y.saturating_sub(area.y)).min(lines.len().checked_sub(1)?);
        Some(lines[place].row().offset_at(&self.document.text, x.saturating_sub(area.x)))
    }

    /// The bar drawn at a cell of the text's panel.
    fn bar_under(&self, mouse: Mouse) -> Option<Bar> {
        let area = Screen::of(self).text;
        match self.lines().into_iter().nth(usize::from(mouse.y.checked_sub(area.y)?))? {
            Line::Lane(_, bars) => bars.into_iter().find(|own| own.is_at(mouse.x.saturating_sub(area.x))),
            Line::Text(_) | Line::Rest(..) => None,
        }
    }

    /// A press on a bar goes to where it is pressed and focuses the annotation; where several have this extent, the next of them.
    fn press_bar(&mut self, bar: &Bar, x: u16) {
        let cell = x.saturating_sub(Screen::of(self).text.x);
        let Some(first) = bar.stretches.first() else { return };
        let pressed = bar.stretches.iter().find(|own| own.cells.contains(&cell)).unwrap_or(first);
        let under = self.lines().iter().map(|line| *line.row()).find(|row| row.holds(first.span.start()));
        let offset = under.map(|row| row.offset_at(&self.document.text, cell));
        self.extending = false;
        self.go(offset.filter(|own| pressed.span.contains(*own)).unwrap_or(pressed.span.start()), false);
        let place = self.focus.and_then(|id| bar.ids.iter().position(|own| *own == id));
        self.focus = bar.ids.get(place.map_or(0, |place| (place + 1) % bar.ids.len())).copied();
    }

    /// A press in the text: the cursor, the second in a row the word, the third the sentence, the fourth the paragraph.
    fn press(&mut self, now: Timestamp, mouse: Mouse, before: Option<(Offset, u8, Timestamp)>) {
        let Some(offset) = self.offset_under(mouse.x, mouse.y) else { return };
        let count = match before {
            Some((before, count, at)) if before == offset && now.duration_since(at) <= IN_A_ROW => count % 4 + 1,
            _ => 1,
        };
        self.clicks = Some((offset, count, now));
        let object = match count {
            2 => Object::Word,
            3 => Object::WholeSentence,
            4 => Object::Paragraph,
            _ => {
                self.extending &= mouse.shift;
                self.go(offset, mouse.shift);
                self.snap();
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
        let (Some((start, ..)), area) = (self.clicks, Screen::of(self).text) else { return };
        if mouse.y < area.y {
            self.scroll(false, 1);
        } else if mouse.y >= area.y + area.height {
            self.scroll(true, 1);
        }
        let Some(end) = self.offset_under(mouse.x, mouse.y) else { return };
        let text = &self.document.text;
        let on_line_end = text.line(text.line_of(end)).end == end;
        let behind = text.next_boundary(end).filter(|_| !on_line_end).unwrap_or(end);
        self.grown.clear();
        self.goal = None;
        self.selection = match end.cmp(&start) {
            Ordering::Less => Selection { anchor: start, head: end },
            Ordering::Equal => Selection::caret(start),
            // The character under the pointer is taken too.
            Ordering::Greater => Selection { anchor: start, head: behind },
        };
        self.snap();
    }

    /// A press on a rail focuses what it shows on that row.
    fn press_rail(&mut self, mouse: Mouse) {
        let area = Screen::of(self).rails;
        let rail = self.rails.get(usize::from(mouse.x - area.x));
        let row = self.lines().get(usize::from(mouse.y - area.y)).map(|line| *line.row());
        let (Some(rail), Some(row)) = (rail, row) else { return };
        let Ok(window) = self.document.text.span(row.start, row.end) else { return };
        let shown = |own| self.shows(own) && rail.shows(self.label_number(own));
        let on_rail = self.session.set().overlapping(window).filter(|(_, own)| shown(own));
        let found = on_rail.min_by_key(|(span, _)| (span.start(), span.end())).map(|(_, own)| own.id);
        if let Some(id) = found {
            self.reach(id);
        }
    }
}
