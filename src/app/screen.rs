//! Where the panels are. Drawing and the mouse both ask here, so they cannot drift apart.

use super::App;

/// Where the margin would leave less than this for the text, there is no margin.
const LEAST_WIDTH: u16 = 20;
/// From this width on the inspector stands beside the text.
const SIDE_FROM: u16 = 100;

/// The rows of a lesson, with its heading.
const LESSON: u16 = 6;

/// The size of the terminal in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of cells; may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether the cell at `x`, `y` lies inside.
    pub fn contains(self, x: u16, y: u16) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }
}

/// The rectangles of all panels; those that do not fit are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Document, annotator, how far the disk is.
    pub title: Area,
    /// Paragraph numbers.
    pub numbers: Area,
    /// A column for each label.
    pub rails: Area,
    /// The text.
    pub text: Area,
    /// Annotations at the cursor.
    pub here: Area,
    /// All annotations; only beside the text.
    pub list: Area,
    /// Labels and their keys; only beside the text.
    pub labels: Area,
    /// What the tutor says, if this is it.
    pub lesson: Area,
    /// What can be done.
    pub hints: Area,
    /// Where the cursor is, what was done, what is being typed.
    pub status: Area,
}

impl Screen {
    /// The panels of `app` on its terminal.
    pub fn of(app: &App) -> Self {
        let Size { width, height } = app.size;
        let full = |y: u16, height: u16| Area { x: 0, y, width, height };
        let status = u16::from(height >= 1);
        let title = u16::from(height >= 8);
        let hints = u16::from(height >= 6);
        let whole = height - status - hints - title;
        let lesson = if app.tutor.is_some() { LESSON.min(whole / 3) } else { 0 };
        let body = Area { y: title, ..full(0, whole - lesson) };
        let side = app.config.inspector && width >= SIDE_FROM && body.height >= 14;
        let below = if side { 0 } else { height_below(body.height) };
        let digits = app.document.text.paragraph_count().max(1).ilog10() + 1;
        let numbers = u16::try_from(digits).unwrap_or(9).max(3) + 1;
        let rails = u16::try_from(app.rails.len()).unwrap_or(8);
        // Numbers, a blank, rails, a rule, a blank.
        let margin = (numbers + 1 + rails + 2).min(width.saturating_sub(1));
        let side_width = if side { (width - margin).saturating_sub(app.config.wrap + 1).max(36) } else { 0 };
        let text_width = (width - margin - side_width - u16::from(side)).min(app.config.wrap);
        let rows = body.height - below;
        let at = |x: u16, width: u16| Area { x, y: body.y, width, height: rows };
        // On a narrow terminal the text needs all there is.
        let has_margin = margin == numbers + 1 + rails + 2 && text_width >= LEAST_WIDTH;
        let mut screen = Self {
            title: full(0, title),
            numbers: if has_margin { at(0, numbers) } else { Area::default() },
            rails: if has_margin { at(numbers + 1, rails) } else { Area::default() },
            text: at(if has_margin { margin } else { 0 }, if has_margin { text_width } else { width }),
            here: full(body.y + rows, below),
            list: Area::default(),
            labels: Area::default(),
            lesson: full(height - status - hints - lesson, lesson),
            hints: full(height - status - hints, hints),
            status: full(height - status, status),
        };
        if side {
            screen.place_side(app, Area { x: width - side_width, width: side_width, ..body });
        }
        screen
    }

    /// Divides the panel beside the text: annotations at the cursor, all annotations, labels.
    fn place_side(&mut self, app: &App, side: Area) {
        let labels = u16::try_from(app.schema.span_labels().count().div_ceil(2)).unwrap_or(u16::MAX).saturating_add(1);
        let labels = labels.min(side.height / 4);
        let here = (side.height * 2 / 5).clamp(6, 16);
        let list = side.height - here - labels;
        self.here = Area { height: here, ..side };
        self.list = Area { y: side.y + here, height: list, ..side };
        self.labels = Area { y: side.y + here + list, height: labels, ..side };
    }
}

/// The rows below the text for annotations at the cursor.
fn height_below(body: u16) -> u16 {
    match body {
        0..=9 => 0,
        10..=17 => 3,
        18..=25 => 5,
        _ => 8,
    }
}
