//! The columns left of the text: which labels are on each row, by position, letter and colour.

use super::App;
use crate::schema::{Rgb, Schema};

/// More labels than this share columns by layer.
const MOST: usize = 8;

/// Colours for labels that have none: Okabe and Ito's, which the colour-blind can tell apart.
const COLORS: [Rgb; 7] = [
    Rgb { red: 0x56, green: 0xB4, blue: 0xE9 },
    Rgb { red: 0xE6, green: 0x9F, blue: 0x00 },
    Rgb { red: 0x00, green: 0x9E, blue: 0x73 },
    Rgb { red: 0xCC, green: 0x79, blue: 0xA7 },
    Rgb { red: 0xD5, green: 0x5E, blue: 0x00 },
    Rgb { red: 0x00, green: 0x72, blue: 0xB2 },
    Rgb { red: 0xF0, green: 0xE4, blue: 0x42 },
];

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rail {
    /// What stands where an annotation starts.
    pub letter: char,
    /// Its colour.
    pub color: Rgb,
    /// The labels it shows, numbers in [`Schema::labels`]; empty for labels that the schema does not know.
    pub labels: Vec<usize>,
}

impl Rail {
    /// Whether it shows the label of this number, or an unknown one.
    pub fn shows(&self, label: Option<usize>) -> bool {
        label.map_or(self.labels.is_empty(), |label| self.labels.contains(&label))
    }
}

impl App {
    /// Lays the columns anew, with one for unknown labels where there are any.
    pub(super) fn lay_rails(&mut self) {
        let strangers = self.session.set().iter().any(|own| self.label_number(own).is_none());
        self.rails = rails(&self.schema, strangers);
    }
}

/// The columns for `schema`, one a label or, when those are too many, one a layer; and one for unknown labels if asked.
pub fn rails(schema: &Schema, strangers: bool) -> Vec<Rail> {
    let count = schema.span_labels().count();
    let mut rails = Vec::new();
    for (number, layer, label) in schema.span_labels() {
        let color = label.color.unwrap_or(COLORS[number % COLORS.len()]);
        let first = layer.labels.first().is_some_and(|first| first.id == label.id);
        match rails.last_mut() {
            Some(Rail { labels, .. }) if count > MOST && !first => labels.push(number),
            _ => {
                let name = if count > MOST { layer.id.as_str() } else { label.id.as_str() };
                let letter = if count > MOST { None } else { label.key }.or_else(|| name.chars().next()).unwrap_or('?');
                rails.push(Rail { letter: capital(letter), color, labels: vec![number] });
            }
        }
    }
    rails.truncate(MOST);
    if strangers {
        rails.push(Rail { letter: '?', color: Rgb { red: 0x99, green: 0x99, blue: 0x99 }, labels: Vec::new() });
    }
    rails
}

fn capital(letter: char) -> char {
    letter.to_uppercase().next().unwrap_or(letter)
}
