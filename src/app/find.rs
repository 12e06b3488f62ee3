//! Finding words: the prompt, and going from hit to hit.

use regex::{Regex, RegexBuilder};

use super::{App, Effect, Field, Mode, Selection};
use crate::keymap::{Key, KeyCode};
use crate::text::{Offset, Span, Text};

/// How much text is searched at a time when looking back.
const STRIDE: usize = 1 << 16;

/// The find prompt.
#[derive(Debug)]
pub struct Find {
    /// What is being typed.
    pub field: Field,
    /// Where the annotator was, to return to.
    origin: (Selection, Offset),
}

impl Find {
    /// An empty prompt, opened at `selection` with the view at `top`.
    pub fn new(selection: Selection, top: Offset) -> Self {
        Self { field: Field::default(), origin: (selection, top) }
    }
}

/// Words to look for. Case counts only if there is a capital; «е» finds «ё»; stress marks do not matter.
#[derive(Clone, Debug)]
pub struct Query {
    /// As typed.
    pub words: String,
    pattern: Regex,
}

impl Query {
    /// The query for `words`, unless they are empty.
    ///
    /// ```
    /// use tribune::{app::Query, text::Text};
    ///
    /// let text = Text::new("Всё 👍 за\u{301}мок".to_owned()).unwrap();
    /// let found = |words| Query::new(words).unwrap().in_window(&text, text.whole().unwrap()).count();
    /// assert_eq!((found("все"), found("замок"), found("Замок")), (1, 1, 0));
    /// ```
    pub fn new(words: &str) -> Option<Self> {
        let pattern: String = words.chars().map(loosely).collect();
        let sensitive = words.chars().any(char::is_uppercase);
        let pattern = RegexBuilder::new(&pattern).case_insensitive(!sensitive).build().ok()?;
        (!words.is_empty()).then(|| Self { words: words.to_owned(), pattern })
    }

    /// The first hit from `from` on.
    fn next(&self, text: &Text, from: Offset) -> Option<Span> {
        self.next_before(text, from, text.end())
    }

    /// The first hit from `from` on that ends at `limit` or before it.
    fn next_before(&self, text: &Text, from: Offset, limit: Offset) -> Option<Span> {
        let hit = self.pattern.find_at(text.between(Offset::ZERO, limit), from.bytes());
        hit.and_then(|hit| whole_graphemes(text, hit.start(), hit.end()))
    }

    /// The last hit that starts before `to`.
    fn previous(&self, text: &Text, to: Offset) -> Option<Span> {
        let mut end = to;
        while end > Offset::ZERO {
            let start = text.boundary_at_or_before(end.bytes().saturating_sub(STRIDE));
            // A hit that starts before `end` ends within a stride behind it; nothing farther is searched.
            let limit = text.boundary_at_or_before(end.bytes() + STRIDE);
            let first = self.next_before(text, start, limit);
            let hits = std::iter::successors(first, |hit| self.next_before(text, hit.end(), limit));
            if let Some(hit) = hits.take_while(|hit| hit.start() < end).last() {
                return Some(hit);
            }
            end = start;
        }
        None
    }

    /// The hits in a stretch of text.
    pub fn in_window<'a>(&'a self, text: &'a Text, window: Span) -> impl Iterator<Item = Span> + 'a {
        let start = window.start().bytes();
        let hits = self.pattern.find_iter(text.slice(window));
        hits.filter_map(move |hit| whole_graphemes(text, start + hit.start(), start + hit.end()))
    }
}

/// The span of a hit, widened to whole grapheme clusters.
fn whole_graphemes(text: &Text, start: usize, end: usize) -> Option<Span> {
    let end = Offset::new(end);
    let end = if text.is_boundary(end) { end } else { text.next_boundary(end)? };
    text.span(text.boundary_at_or_before(start), end).ok()
}

/// The pattern that finds `c` with or without stress, and «ё» for «е».
fn loosely(c: char) -> String {
    let letter = match c {
        'е' | 'ё' => "(?:[её]|е\u{308})".to_owned(),
        'Е' | 'Ё' => "(?:[ЕЁ]|Е\u{308})".to_owned(),
        'й' => "(?:й|и\u{306})".to_owned(),
        'Й' => "(?:Й|И\u{306})".to_owned(),
        ' ' => r"\s+".to_owned(),
        c => regex::escape(c.encode_utf8(&mut [0; 4])),
    };
    if c.is_alphabetic() { letter + "[\u{300}\u{301}]?" } else { letter }
}

impl App {
    pub(super) fn find_key(&mut self, mut find: Find, key: Key) -> Vec<Effect> {
        match key.code {
            KeyCode::Esc => {
                (self.selection, self.top) = find.origin;
                self.query = None;
                return Vec::new();
            }
            KeyCode::Enter if find.field.is_empty() => {
                self.find_again(true);
                return Vec::new();
            }
            KeyCode::Enter => {
                let text = &self.document.text;
                if self.query.as_ref().is_none_or(|query| query.next(text, Offset::ZERO).is_none()) {
                    self.refuse(format!("not found: {}", find.field.text()));
                } else {
                    self.note_jump_from(find.origin.0.head);
                }
                return Vec::new();
            }
            _ => {}
        }
        let before = find.field.text();
        let used = find.field.key(key);
        let changed = used && find.field.text() != before;
        self.mode = Mode::Find(find);
        if changed {
            self.find_changed();
        }
        Vec::new()
    }

    /// Goes to the first hit of what the prompt holds.
    pub(super) fn find_changed(&mut self) {
        let Mode::Find(find) = &self.mode else { return };
        let origin = find.origin;
        self.query = Query::new(&find.field.text());
        let text = &self.document.text;
        let from = origin.0.start();
        let hit =
            self.query.as_ref().and_then(|query| query.next(text, from).or_else(|| query.next(text, Offset::ZERO)));
        if let Some(hit) = hit {
            self.select_hit(origin.0, hit);
        } else {
            (self.selection, self.top) = origin;
        }
    }

    /// Selects a hit; while extending, the selection that was begun reaches to its far end.
    fn select_hit(&mut self, begun: Selection, hit: Span) {
        if self.extending {
            let head = if hit.start() < begun.anchor { hit.start() } else { hit.end() };
            self.select(Selection { anchor: begun.anchor, head });
        } else {
            self.select(hit);
        }
    }

    /// Goes to the next or previous hit, around the ends of the text.
    pub(super) fn find_again(&mut self, on: bool) {
        let Some(query) = &self.query else {
            self.tell("nothing to look for yet: / finds words");
            return;
        };
        let text = &self.document.text;
        let hit =
            if on { query.next(text, self.selection.end()) } else { query.previous(text, self.selection.start()) };
        let around = || if on { query.next(text, Offset::ZERO) } else { query.previous(text, text.end()) };
        let words = query.words.clone();
        match hit.map(|hit| (hit, false)).or_else(|| around().map(|hit| (hit, true))) {
            Some((hit, turned)) => {
                self.note_jump();
                self.select_hit(self.selection, hit);
                if turned {
                    self.tell(if on { "from the start again" } else { "from the end again" });
                }
            }
            None => self.refuse(format!("not found: {words}")),
        }
    }
}
