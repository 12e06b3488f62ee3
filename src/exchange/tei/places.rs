//! The text of a file, and where in it is what stands in line or is pointed to.
//!
//! Others indent their files, so there a run of white space is one blank and none at the edge of a line, unless `xml:space` says otherwise;
//! what is a paragraph, a line or an utterance begins on a line of its own, with who speaks before it, as a transcript has it. Pointers
//! count the code points of the file as it stands.

use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::Node;

use super::read::{elements_called, first, id_of};
use super::{NAMESPACE, inline};

/// The text, and what is where in it.
#[derive(Default)]
pub(super) struct Places<'a, 'i> {
    pub(super) text: String,
    /// Where the elements with an id begin, in code points of the file, with how many there are before it in `apart`.
    starts: BTreeMap<String, (usize, usize)>,
    /// Before which code points of the file words stand that are not in the text.
    apart: Vec<usize>,
    /// What is marked up in line, and where it begins in the file.
    marked: Vec<(Node<'a, 'i>, usize)>,
    /// The code points of the file that are in the text, each with its place there.
    kept: Vec<(usize, usize)>,
    /// How many code points the file has up to here.
    count: usize,
    /// How many the text has.
    length: usize,
    /// Where the words of this line begin, in bytes.
    line: usize,
    gap: Gap,
    /// Where in the file a word ends to which the next is joined, in bytes.
    joining: Option<usize>,
}

/// What stands between the last word and the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    Nothing,
    Blank,
    /// The end of a line.
    Line,
    /// Nothing, whatever blanks come.
    Joined,
}

impl<'a, 'i> Places<'a, 'i> {
    /// The places in `root`: in the first body, or where `is_foreign` in front, body and back of all texts.
    pub(super) fn of(root: Node<'a, 'i>, is_foreign: bool) -> Self {
        let is_within = |own: &Node<'_, '_>| own.ancestors().skip(1).any(|own| own.has_tag_name((NAMESPACE, "text")));
        let texts: Vec<_> = if is_foreign {
            elements_called(root, "text").filter(|own| !is_within(own)).collect()
        } else {
            first(root, "body").into_iter().collect()
        };
        let parts_words =
            is_foreign && ["w", "pc"].iter().any(|name| elements_called(root, name).any(inline::is_joining));
        let mut places = Self::default();
        for node in texts.into_iter().flat_map(|text| text.descendants()) {
            let is_apart = is_foreign && inline::is_apart(node);
            if is_foreign && !is_apart {
                places.arrange(node, root, parts_words);
            }
            if let Some(id) = id_of(node) {
                places.starts.insert(id.to_owned(), (places.count, places.apart.len()));
            }
            if inline::is_marked(node) {
                places.marked.push((node, places.count));
            }
            match node.text().filter(|_| node.is_text()) {
                None => {}
                Some(_) if is_apart => places.apart.push(places.count),
                Some(words) => places.take(words, !is_foreign || inline::keeps_space(node)),
            }
        }
        places
    }

    /// Begins a line, or parts or joins words, where `node` does so; `parts_words` if words say themselves which are joined.
    fn arrange(&mut self, node: Node<'_, '_>, root: Node<'_, '_>, parts_words: bool) {
        if inline::begins_line(node) {
            self.end_line();
        }
        if self.joining.is_some_and(|end| node.range().start >= end) {
            self.joining = None;
            self.join();
        }
        if let Some(own) = inline::spacing(node) {
            if own.joins_before {
                self.join();
            } else if self.gap == Gap::Nothing && (own.is_apart || parts_words) {
                self.gap = Gap::Blank;
            }
            self.joining = own.joins_behind.then(|| node.range().end);
        }
        if let Some(speaker) = inline::speaker(node, root) {
            self.fill();
            self.begin_line(&format!("{speaker}: "));
        }
    }

    fn end_line(&mut self) {
        let has_words = self.text.len() > self.line && !self.text.ends_with('\n');
        self.gap = if has_words { Gap::Line } else { Gap::Nothing };
    }

    fn join(&mut self) {
        if self.gap != Gap::Line {
            self.gap = Gap::Joined;
        }
    }

    /// Puts in what stands before the next word.
    fn fill(&mut self) {
        match std::mem::take(&mut self.gap) {
            Gap::Line => self.begin_line("\n"),
            Gap::Blank if self.text.len() > self.line && !self.text.ends_with(char::is_whitespace) => self.put(" "),
            Gap::Blank | Gap::Nothing | Gap::Joined => {}
        }
    }

    /// Puts in what stands before the words of a line.
    fn begin_line(&mut self, head: &str) {
        self.put(head);
        self.line = self.text.len();
    }

    /// Puts words into the text that are not in the file.
    fn put(&mut self, words: &str) {
        self.text.push_str(words);
        self.length += words.chars().count();
    }

    /// Takes words of the file, as they stand if `keeps_space`.
    fn take(&mut self, words: &str, keeps_space: bool) {
        for c in words.chars() {
            if !keeps_space && matches!(c, ' ' | '\t' | '\r' | '\n') {
                self.gap = if self.gap == Gap::Nothing { Gap::Blank } else { self.gap };
            } else {
                self.fill();
                self.kept.push((self.count, self.length));
                self.text.push(c);
                self.length += 1;
            }
            self.count += 1;
        }
    }

    /// Where what is between two code points of the file is in the text, without the blanks at its ends that stand for others.
    fn moved(&self, piece: &Range<usize>) -> Range<usize> {
        let before = |at: usize| self.kept.partition_point(|(own, _)| *own < at);
        let (first, behind) = (before(piece.start), before(piece.end));
        let start = self.kept.get(first).map_or(self.length, |(_, place)| *place);
        let last = self.kept.get(first..behind).and_then(<[_]>::last);
        start..last.map_or(start, |(_, place)| place + 1)
    }

    /// What is marked up in line, and where it is in the text.
    pub(super) fn marked(&self) -> impl Iterator<Item = (Node<'a, 'i>, Range<usize>)> {
        self.marked.iter().map(|(element, start)| {
            let texts = element.descendants().filter(|own| own.is_text() && !inline::is_apart(*own));
            let length: usize = texts.filter_map(|own| own.text()).map(|own| own.chars().count()).sum();
            (*element, self.moved(&(*start..start + length)))
        })
    }

    /// The pieces that a pointer such as `#string-range(text,80,19)` names.
    pub(super) fn pieces(&self, pointer: &str) -> Result<Vec<Range<usize>>, String> {
        let wrong = || format!("expected a target such as #string-range(text,80,19), found {pointer}");
        let inside =
            pointer.strip_prefix("#string-range(").and_then(|rest| rest.strip_suffix(')')).ok_or_else(wrong)?;
        let (id, numbers) = inside.split_once(',').ok_or_else(wrong)?;
        let (start, before) = *self.starts.get(id).ok_or_else(|| format!("its target {id} is not there"))?;
        let numbers: Option<Vec<usize>> = numbers.split(',').map(|number| number.trim().parse().ok()).collect();
        let numbers = numbers.ok_or_else(wrong)?;
        let pairs = numbers.chunks(2).map(|pair| match *pair {
            [offset, length] => {
                let start = start.checked_add(offset).ok_or_else(wrong)?;
                let end = start.checked_add(length).ok_or_else(wrong)?;
                // Whether others count what is not in the text cannot be known.
                if self.apart[before..].first().is_some_and(|at| *at < end) {
                    return Err(format!("before the end of its target in {id} stand words that are not in the text"));
                }
                Ok(self.moved(&(start..end)))
            }
            _ => Err(wrong()),
        });
        pairs.collect()
    }
}
