//! Where lines start and which of them are paragraphs.

use super::Offset;

/// The lines of a text and the paragraphs among them.
///
/// A line ends after `\n`, `\r\n` or a lone `\r`. A paragraph is a line that is not blank: transcripts come with one paragraph
/// a line, with or without empty lines between. Lines and paragraphs are counted from 0 here and from 1 for people.
#[derive(Debug)]
pub(super) struct Lines {
    /// Where each line starts; the first is 0. A text that ends with a line end has an empty last line.
    starts: Vec<Offset>,
    /// The lines that are paragraphs, ascending.
    paragraphs: Vec<u32>,
}

impl Lines {
    /// Finds the lines of `text` in one pass over its bytes.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![Offset::ZERO];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(Offset::new(at + 1));
            }
        }
        let ends = starts.iter().skip(1).map(|start| start.bytes()).chain([bytes.len()]);
        let paragraphs = starts
            .iter()
            .zip(ends)
            .zip(0..)
            .filter(|((start, end), _)| !is_blank(text, start.bytes(), *end))
            .map(|(_, line)| line)
            .collect();
        Self { starts, paragraphs }
    }

    /// The number of lines, at least 1.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds `offset`.
    pub(super) fn line_of(&self, offset: Offset) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// Where `line` starts, if there is such a line.
    pub(super) fn start(&self, line: usize) -> Option<Offset> {
        self.starts.get(line).copied()
    }

    /// The number of paragraphs.
    pub(super) fn paragraph_count(&self) -> usize {
        self.paragraphs.len()
    }

    /// The number of paragraphs before `line`; with it the paragraph's own number, if the line is one.
    pub(super) fn paragraphs_before(&self, line: usize) -> usize {
        self.paragraphs.partition_point(|own| (*own as usize) < line)
    }

    /// The line that is paragraph `number`.
    pub(super) fn line_of_paragraph(&self, number: usize) -> Option<usize> {
        self.paragraphs.get(number).map(|line| *line as usize)
    }
}

#[expect(clippy::string_slice, reason = "lines start on ASCII bytes' borders")]
fn is_blank(text: &str, start: usize, end: usize) -> bool {
    text[start..end].chars().all(|c| c.is_whitespace() || c == '\u{feff}')
}
