//! Finding words: the prompt, and going from hit to hit.
//!
//! | file | holds |
//! |---|---|
//! | `query` | [`Query`]: what is looked for, and where it is |
//! | `loose` | patterns that find a letter however it was written |
//! | `alike` | [`Alphabet`](alike::Alphabet): letters of one that look like those of the other |

mod alike;
mod loose;
mod query;
#[cfg(test)]
mod tests;

pub use query::{Manner, PatternFault, Query};

use super::{App, Effect, Field, Mode, Notice, Selection};
use crate::command::Command;
use crate::keymap::{Key, KeyCode, on_each_layout};
use crate::text::{Offset, Span, Text, segment};

/// The find prompt.
#[derive(Debug)]
pub struct Find {
    /// What is being typed.
    pub field: Field,
    /// If what is found is to be tagged: how it is looked for.
    pub manner: Option<Manner>,
    /// Where the annotator was, to return to.
    origin: (Selection, Offset),
    /// Whether what is typed has been looked for already.
    is_found: bool,
}

impl Find {
    /// An empty prompt, opened at `selection` with the view at `top`.
    pub fn new(selection: Selection, top: Offset) -> Self {
        Self { field: Field::default(), manner: None, origin: (selection, top), is_found: true }
    }

    /// An empty prompt for words to be tagged.
    pub(super) fn to_tag(selection: Selection, top: Offset) -> Self {
        Self { manner: Some(Manner::default()), ..Self::new(selection, top) }
    }

    /// The query for what is typed, counted; none for nothing. What is nowhere in `text` may have been typed on another layout than was
    /// meant.
    fn query(&self, text: &Text) -> Result<Option<Query>, PatternFault> {
        let [typed, others @ ..] = on_each_layout(&self.field.text());
        let is_there = |query: &Query| query.next(text, Offset::ZERO).is_some();
        let query_for = |words: &String| Ok(self.query_for(words)?.map(|query| query.counted(text)));
        let query = query_for(&typed)?;
        if query.as_ref().is_none_or(is_there) || self.manner.is_some_and(|manner| manner.regex) {
            return Ok(query);
        }
        let others = others.iter().filter(|words| **words != typed).filter_map(|words| query_for(words).ok()?);
        Ok(others.into_iter().find(is_there).or(query))
    }

    fn query_for(&self, words: &str) -> Result<Option<Query>, PatternFault> {
        match self.manner {
            None => Ok(Query::new(words)),
            Some(_) if words.is_empty() => Ok(None),
            Some(manner) => Query::to_tag(words, manner).map(Some),
        }
    }

    /// Takes a key that changes how words to be tagged are looked for.
    fn switch(&mut self, key: Key) -> bool {
        let Some(manner) = self.manner.as_mut().filter(|_| key.ctrl) else { return false };
        let switches = [('r', &mut manner.regex), ('b', &mut manner.whole_words), ('e', &mut manner.exact)];
        let found = switches.into_iter().find(|(letter, _)| key.readings_include(*letter));
        found.map(|(_, switch)| *switch = !*switch).is_some()
    }
}

impl App {
    /// Takes a key; what is typed is looked for when no key is waiting behind it.
    pub(super) fn find_key(&mut self, mut find: Find, key: Key) -> Vec<Effect> {
        let tags_all = matches!(key.code, KeyCode::Char(_)) && key.ctrl && key.readings_include('a');
        if key.code == KeyCode::Esc {
            (self.selection, self.top) = find.origin;
            self.query = None;
        } else if key.code == KeyCode::Enter || tags_all {
            self.mode = Mode::Find(find);
            self.catch_up();
            if let Mode::Find(find) = std::mem::take(&mut self.mode) {
                self.accept_find(find, tags_all);
            }
        } else {
            let before = find.field.text();
            let switched = find.switch(key);
            let used = switched || find.field.key(key);
            find.is_found &= !(switched || used && find.field.text() != before);
            self.mode = Mode::Find(find);
        }
        Vec::new()
    }

    /// Goes where the words are, which have been looked for, or goes on to tag them; `all` tags every place at once.
    fn accept_find(&mut self, find: Find, all: bool) {
        if find.field.is_empty() && find.manner.is_none() && !all {
            self.find_again(true);
            return;
        }
        // What was looked for last is taken again where nothing was typed; where no pattern was typed, it is told again.
        if self.query.is_none()
            && let Err(fault) = find.query(&self.document.text)
        {
            self.refuse(fault.to_string());
            self.mode = Mode::Find(find);
            return;
        }
        let text = &self.document.text;
        match &self.query {
            Some(query) if query.next(text, Offset::ZERO).is_some() => {}
            Some(query) => {
                let words = query.words.clone();
                self.refuse(format!("not found: {words}"));
                self.mode = Mode::Find(find);
                return;
            }
            None => {
                self.refuse("nothing to look for yet");
                self.mode = Mode::Find(find);
                return;
            }
        }
        self.note_jump_from(find.origin.0.head);
        if all || find.manner.is_some() {
            (self.selection, self.top) = find.origin;
            self.extending = false;
            self.ask_for_label(all);
        } else {
            self.widen_hit();
        }
    }

    /// Goes to the first hit of what the prompt holds, unless it is there.
    pub(super) fn catch_up(&mut self) {
        if matches!(&self.mode, Mode::Find(find) if !find.is_found) {
            self.find_typed();
        }
    }

    /// Goes to the first hit of what the prompt holds.
    pub(super) fn find_typed(&mut self) {
        let Mode::Find(find) = &mut self.mode else { return };
        find.is_found = true;
        let origin = find.origin;
        let typed = find.field.text();
        let (query, fault) = match find.query(&self.document.text) {
            Ok(query) => (query, None),
            Err(fault) => (None, Some(fault.to_string())),
        };
        self.query = query;
        let hit = self.query.as_ref().and_then(|query| query.around(&self.document.text, origin.0.start(), true));
        if let Some((hit, _)) = hit {
            self.select_hit(origin.0, hit);
        } else {
            (self.selection, self.top) = origin;
        }
        if let Some(fault) = fault {
            self.refuse(fault);
        } else if let Some(query) = self.query.as_ref().filter(|query| query.words != typed) {
            self.tell(another_layout(query));
        } else if hit.is_some_and(|(_, turned)| turned) {
            // With every letter again: nothing to be listed among what was told.
            self.notice = Some(Notice { text: turned(true).to_owned(), fault: false });
        }
    }

    /// Goes to the next place of `words`.
    pub(super) fn find_words(&mut self, words: &str) {
        let find = Find { field: Field::new(words), ..Find::new(self.selection, self.top) };
        let Ok(Some(query)) = find.query(&self.document.text) else {
            self.refuse("there is nothing to look for");
            return;
        };
        if query.words != words {
            self.tell(another_layout(&query));
        }
        self.query = Some(query);
        self.find_again(true);
    }

    /// Which of the places found is selected, as it is or as the word that it is in, from 1; and how many there are, where they were
    /// counted.
    pub fn place_found(&self) -> Option<(usize, usize)> {
        let (text, places) = (&self.document.text, self.query.as_ref()?.places()?);
        let selected = self.selected()?;
        let before = places.partition_point(|place| place.start() < selected.start());
        let is_it = |place: &&Span| **place == selected || segment::widened(text, **place) == selected;
        places.get(before).filter(is_it).map(|_| (before + 1, places.len()))
    }

    /// Selects a hit; while extending, the selection that was begun reaches to its far end.
    fn select_hit(&mut self, begun: Selection, hit: Span) {
        if self.extending {
            let head = if hit.start() < begun.anchor { hit.start() } else { hit.end() };
            self.select(Selection { anchor: begun.anchor, head });
            self.snap();
        } else {
            self.select(hit);
        }
    }

    /// Makes a hit within a word the whole word, as which it would be tagged; a pattern finds what it says.
    fn widen_hit(&mut self) {
        if self.query.as_ref().is_some_and(Query::widens) {
            self.snap();
        }
    }

    /// Goes to the next or previous hit, around the ends of the text.
    pub(super) fn find_again(&mut self, on: bool) {
        let Some(query) = &self.query else {
            self.tell(self.lacks(Command::FindNext));
            return;
        };
        let from = if on { self.selection.end() } else { self.selection.start() };
        let Some((hit, has_turned)) = query.around(&self.document.text, from, on) else {
            let words = query.words.clone();
            self.refuse(format!("not found: {words}"));
            return;
        };
        self.note_jump();
        self.select_hit(self.selection, hit);
        self.widen_hit();
        if has_turned {
            self.tell(turned(on));
        }
    }
}

/// What is told where a hit stands beyond an end of the text.
fn turned(on: bool) -> &'static str {
    if on { "from the start again" } else { "from the end again" }
}

fn another_layout(query: &Query) -> String {
    format!("“{}”, for the layout was another", query.words)
}
