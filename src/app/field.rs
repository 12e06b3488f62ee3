//! A text field: the one place where keys type.

use unicode_segmentation::UnicodeSegmentation;

use crate::keymap::{Key, KeyCode};

/// Text being typed, with a cursor between grapheme clusters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    before: String,
    after: String,
    lines: bool,
}

impl Field {
    /// A field of one line that holds `text`, the cursor at its end.
    pub fn new(text: impl Into<String>) -> Self {
        Self { before: text.into(), ..Self::default() }
    }

    /// A field that may hold several lines.
    pub fn lines(text: impl Into<String>) -> Self {
        Self { before: text.into(), lines: true, ..Self::default() }
    }

    /// What it holds.
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// What stands before the cursor.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// What stands behind the cursor.
    pub fn after(&self) -> &str {
        &self.after
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Takes text as pasted: tabs become blanks, and so do line ends where there is but one line; other control characters are left
    /// out.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let is_kept = |c: char| !c.is_control() || (c == '\n' && self.lines);
        let kept = text.chars().filter_map(|c| if is_kept(c) { Some(c) } else { c.is_whitespace().then_some(' ') });
        self.before.extend(kept);
    }

    /// Takes a key, if it types or edits.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.before.push(c);
            return true;
        }
        let letter = |c: char| key.ctrl && key.readings_include(c);
        match key.code {
            KeyCode::Backspace if key.ctrl || key.alt => self.delete_word(),
            KeyCode::Char(_) if letter('w') => self.delete_word(),
            KeyCode::Char(_) if letter('u') => self.before.clear(),
            KeyCode::Char(_) if letter('k') => self.after.clear(),
            KeyCode::Char(_) if self.lines && letter('j') => self.before.push('\n'),
            KeyCode::Enter if self.lines && (key.alt || key.shift || key.ctrl) => self.before.push('\n'),
            KeyCode::Backspace => {
                pop(&mut self.before);
            }
            KeyCode::Delete => {
                shift(&mut self.after);
            }
            KeyCode::Left => {
                if let Some(grapheme) = pop(&mut self.before) {
                    self.after.insert_str(0, &grapheme);
                }
            }
            KeyCode::Right => {
                if let Some(grapheme) = shift(&mut self.after) {
                    self.before.push_str(&grapheme);
                }
            }
            KeyCode::Home => {
                self.before.push_str(&self.after);
                self.after = std::mem::take(&mut self.before);
            }
            KeyCode::End => {
                self.before.push_str(&self.after);
                self.after.clear();
            }
            _ => return false,
        }
        true
    }

    /// Moves the cursor to the line below or above, if there is one.
    pub fn move_line(&mut self, down: bool) -> bool {
        let text = self.text();
        let lines: Vec<&str> = text.split('\n').collect();
        let own = self.before.matches('\n').count();
        let Some(line) =
            (if down { own.checked_add(1) } else { own.checked_sub(1) }).filter(|line| *line < lines.len())
        else {
            return false;
        };
        let column = self.before.rsplit('\n').next().unwrap_or_default().graphemes(true).count();
        let start: usize = lines.iter().take(line).map(|line| line.len() + 1).sum();
        let within: usize = lines[line].graphemes(true).take(column).map(str::len).sum();
        let mut before = text;
        self.after = before.split_off(start + within);
        self.before = before;
        true
    }

    fn delete_word(&mut self) {
        let kept = self.before.trim_end();
        let start = kept.unicode_word_indices().next_back().map_or(0, |(start, _)| start);
        self.before.truncate(start);
    }
}

/// Takes the last grapheme cluster off.
fn pop(text: &mut String) -> Option<String> {
    let start = text.grapheme_indices(true).next_back()?.0;
    Some(text.split_off(start))
}

/// Takes the first grapheme cluster off.
fn shift(text: &mut String) -> Option<String> {
    let end = text.graphemes(true).next()?.len();
    let rest = text.split_off(end);
    Some(std::mem::replace(text, rest))
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn pasted_white_space_parts_words_and_other_control_characters_are_left_out() {
        let pasted = |mut field: Field| {
            field.paste("тру\u{301}д\tэто\r\n👍\u{b}да\u{1b}[31m");
            field.text()
        };
        assert_eq!(pasted(Field::new("")), "тру\u{301}д это 👍 да[31m");
        assert_eq!(pasted(Field::lines("")), "тру\u{301}д это\n👍 да[31m");
    }
}
