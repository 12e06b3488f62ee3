//! The commands that move the cursor and make selections.

use super::{App, Edges, Selection};
use crate::annotation::{AnnotationId, Target};
use crate::command::Command;
use crate::motion::{self, Object, Unit};
use crate::text::{Offset, segment};

impl App {
    /// Does `command` if it moves or selects.
    pub(super) fn move_or_select(&mut self, command: Command) -> bool {
        if let Some(object) = object_of(command) {
            self.select_object(object);
            return true;
        }
        if let Some((unit, on)) = unit_of(command) {
            self.move_by(unit, on, false);
            return true;
        }
        match command {
            Command::ExtendLeft => self.move_by(Unit::Grapheme, false, true),
            Command::ExtendRight => self.move_by(Unit::Grapheme, true, true),
            Command::ExtendNextWord => self.move_by(Unit::Word, true, true),
            Command::ExtendPreviousWord => self.move_by(Unit::Word, false, true),
            Command::Up => self.move_rows(false, 1, false),
            Command::Down => self.move_rows(true, 1, false),
            Command::ExtendUp => self.move_rows(false, 1, true),
            Command::ExtendDown => self.move_rows(true, 1, true),
            Command::RowStart | Command::RowEnd => {
                self.go(self.row_edge(command == Command::RowEnd), false);
                self.snap();
            }
            Command::ExtendRowStart | Command::ExtendRowEnd => {
                self.go(self.row_edge(command == Command::ExtendRowEnd), true);
                self.snap();
            }
            Command::AnchorNextWord => self.move_anchor(true),
            Command::AnchorPreviousWord => self.move_anchor(false),
            Command::Snapping => self.switch_snapping(),
            Command::PageUp => self.page(false),
            Command::PageDown => self.page(true),
            Command::DocumentStart => self.jump_to(Offset::ZERO),
            Command::DocumentEnd => self.jump_to(self.document.text.end()),
            Command::JumpBack => self.travel_jumps(false),
            Command::JumpForward => self.travel_jumps(true),
            Command::ToggleExtend => self.extending = !self.extending,
            Command::SwapEnds => {
                self.selection = self.selection.swapped();
                self.show_cursor();
            }
            Command::Grow => self.grow(),
            Command::Shrink => self.shrink(),
            Command::NextAnnotation => self.step(true),
            Command::PreviousAnnotation => self.step(false),
            Command::FindNext => self.find_again(true),
            Command::FindPrevious => self.find_again(false),
            _ => return false,
        }
        true
    }

    fn move_by(&mut self, unit: Unit, on: bool, extend: bool) {
        let head = self.selection.head;
        let extend = extend || self.extending;
        // A selection that grows reaches the unit's far edge, so that no blank behind a word gets into an annotation.
        let forward = on && extend && head >= self.selection.anchor;
        let target = match (on, forward) {
            (true, true) => motion::end_of(&self.document, unit, head),
            (true, false) => motion::next(&self.document, unit, head),
            (false, _) if extend && head > self.selection.anchor => self.shrunk(unit),
            (false, _) => motion::previous(&self.document, unit, head),
        };
        if target == head && unit == Unit::Turn && self.document.turns.is_empty() {
            self.tell("the transcript marks no speaker turns");
        }
        self.go(target, extend);
    }

    /// Moves the end that otherwise stays, by a word; where edges are those of words, a word at least stays selected.
    fn move_anchor(&mut self, on: bool) {
        let (before, top) = (self.selection, self.top);
        self.selection = before.swapped();
        self.move_by(Unit::Word, on, true);
        self.selection = self.selection.swapped();
        let has_word = self.selected().is_some_and(|own| segment::is_word(self.document.text.slice(own)));
        if self.edges == Edges::Words && !before.is_empty() && !has_word {
            (self.selection, self.top) = (before, top);
            self.refuse("the last word stays selected");
        }
    }

    /// Widens the selection to whole words, unless edges may lie within them.
    pub(super) fn snap(&mut self) {
        let selected = self.selected().filter(|_| self.edges == Edges::Words);
        if let Some(span) = selected.map(|span| segment::widened(&self.document.text, span)) {
            let forward = self.selection.anchor <= self.selection.head;
            self.selection = if forward { span.into() } else { Selection::from(span).swapped() };
        }
    }

    fn switch_snapping(&mut self) {
        self.edges = match self.edges {
            Edges::Words => Edges::Characters,
            Edges::Characters => Edges::Words,
        };
        self.tell(match self.edges {
            Edges::Words => "what is dragged or extended by rows ends where words do",
            Edges::Characters => "what is dragged or extended by rows may end within words",
        });
    }

    /// Where a selection ends that gives up its last unit: behind the one before, without the blank between.
    fn shrunk(&self, unit: Unit) -> Offset {
        let Selection { anchor, head } = self.selection;
        let target = motion::previous(&self.document, unit, head);
        if target <= anchor || unit == Unit::Grapheme {
            return target;
        }
        let kept = self.document.text.between(anchor, target).trim_end();
        Offset::new(anchor.bytes() + kept.len())
    }

    /// The start of the row under the cursor, or its last place.
    fn row_edge(&self, end: bool) -> Offset {
        let text = &self.document.text;
        let row = self.layout().row_at(self.selection.head);
        match end {
            false => row.start,
            true if row.last => row.end,
            true => text.previous_boundary(row.end).unwrap_or(row.start),
        }
    }

    fn select_object(&mut self, object: Object) {
        if object == Object::Annotation {
            let fragment = self.fragment_here();
            match fragment {
                Some((id, span)) => {
                    self.focus = Some(id);
                    self.select(span);
                }
                None => self.refuse(self.lacks(Command::SelectAnnotation)),
            }
            return;
        }
        // All that the selection touches is taken; while it is being extended, what is at the cursor comes to it.
        let (start, end) =
            if self.extending { self.at_cursor() } else { (self.selection.start(), self.selection.end()) };
        let Some(span) = motion::object(&self.document, object, start, end) else {
            let around = |at| motion::object(&self.document, object, at, at);
            let nests = matches!(object, Object::InsideQuotes | Object::WithQuotes) && !self.extending;
            let is_selected = nests && self.selected().is_some_and(|own| around(start) == Some(own));
            self.refuse(if is_selected { "no quotation is around the one that is selected" } else { object.missing() });
            return;
        };
        self.grown.clear();
        let selected = self.selected().filter(|_| self.extending);
        self.select(selected.map_or(span, |selected| selected.hull(span)));
    }

    /// The place of the cursor; behind a selection that ends there, the last character of the selection.
    fn at_cursor(&self) -> (Offset, Offset) {
        let Selection { anchor, head } = self.selection;
        let at = if anchor < head { self.document.text.previous_boundary(head).unwrap_or(head) } else { head };
        (at, at)
    }

    /// The fragment at the cursor of the annotation that commands act on.
    pub(super) fn fragment_here(&self) -> Option<(AnnotationId, crate::text::Span)> {
        let annotation = self.annotation_here()?;
        let spans = annotation.fragments()?.spans();
        let window = self.here();
        let at_cursor = spans.iter().find(|span| window.is_some_and(|window| span.overlaps(window)));
        // The cursor may stand right behind the one that commands act on.
        let fragment = at_cursor.or_else(|| spans.iter().find(|span| span.end() == self.selection.head))?;
        Some((annotation.id, *fragment))
    }

    fn grow(&mut self) {
        let (start, end) = (self.selection.start(), self.selection.end());
        let Some(span) = motion::grow(&self.document, start, end) else {
            self.tell(self.keyed("nothing larger is here: {extend} {next-paragraph} goes on by paragraphs, {select-document} selects the document"));
            return;
        };
        let (before, top) = (self.selection, self.top);
        let mut grown = std::mem::take(&mut self.grown);
        self.select(span);
        grown.push(before);
        self.grown = grown;
        // What is more than a screen leaves the view where the annotator reads.
        if !(self.sees(span.start()) && self.sees(span.end())) {
            self.top = top;
        }
    }

    fn shrink(&mut self) {
        let mut grown = std::mem::take(&mut self.grown);
        match grown.pop() {
            Some(selection) => {
                self.select(selection);
                self.grown = grown;
            }
            None => self.tell(self.keyed("nothing was grown: {grow} grows")),
        }
    }

    /// Goes to the next or previous annotation and focuses it.
    fn step(&mut self, on: bool) {
        let set = self.session.set();
        let head = self.selection.start();
        let focus =
            self.focus.and_then(|id| set.get(id)).filter(|own| own.fragments().is_some_and(|f| f.start() == head));
        let stop = |own: &&crate::annotation::Annotation| self.is_stop(own);
        let next = match (focus, on) {
            (Some(own), true) => set.after(own.id).find(stop),
            (Some(own), false) => set.before(own.id).find(stop),
            (None, true) => set.starting_from(head).find(stop),
            (None, false) => set.starting_before(head).find(stop),
        };
        match next.map(|own| own.id) {
            Some(id) => self.reach(id),
            None if set.is_empty() => {
                self.tell(self.lacks(Command::NextAnnotation));
            }
            None => self.tell(if on { "that was the last annotation" } else { "that was the first annotation" }),
        }
    }

    /// Puts the cursor where annotation `id` starts and focuses it; of a relation, where it starts from.
    pub(super) fn reach(&mut self, id: AnnotationId) {
        let set = self.session.set();
        let id = match set.get(id).map(|own| &own.target) {
            Some(Target::Relation { from, .. }) => *from,
            _ => id,
        };
        let fragments = set.get(id).and_then(|own| own.fragments().cloned());
        self.focus = Some(id);
        self.extent = None;
        self.extending = false;
        if let Some(fragments) = fragments {
            self.note_jump();
            self.show(fragments.end());
            self.go(fragments.start(), false);
        }
    }

    pub(super) fn jump_to(&mut self, offset: Offset) {
        self.note_jump();
        self.go(offset, false);
    }

    /// Remembers the place that is about to be left.
    pub(super) fn note_jump(&mut self) {
        self.note_jump_from(self.selection.head);
    }

    /// Remembers `offset` as a place that was left.
    pub(super) fn note_jump_from(&mut self, offset: Offset) {
        let (jumps, place) = &mut self.jumps;
        jumps.truncate(*place);
        if jumps.last() != Some(&offset) {
            jumps.push(offset);
        }
        *place = jumps.len();
    }

    /// Goes back to where a jump began, or forward again.
    fn travel_jumps(&mut self, forth: bool) {
        let (jumps, place) = &mut self.jumps;
        let head = self.selection.head;
        if !forth && *place == jumps.len() && jumps.last() != Some(&head) {
            jumps.push(head);
        }
        let next = if forth { *place + 1 } else { place.wrapping_sub(1) };
        let Some(target) = jumps.get(next).copied() else {
            self.tell(self.lacks(if forth { Command::JumpForward } else { Command::JumpBack }));
            return;
        };
        *place = next;
        self.go(target, false);
    }
}

fn object_of(command: Command) -> Option<Object> {
    Some(match command {
        Command::SelectWord => Object::Word,
        Command::SelectSentence => Object::Sentence,
        Command::SelectWholeSentence => Object::WholeSentence,
        Command::SelectParagraph => Object::Paragraph,
        Command::SelectTurn => Object::Turn,
        Command::SelectClause => Object::Clause,
        Command::SelectInsideQuotes => Object::InsideQuotes,
        Command::SelectWithQuotes => Object::WithQuotes,
        Command::SelectAnnotation => Object::Annotation,
        Command::SelectDocument => Object::Document,
        _ => return None,
    })
}

fn unit_of(command: Command) -> Option<(Unit, bool)> {
    Some(match command {
        Command::Left => (Unit::Grapheme, false),
        Command::Right => (Unit::Grapheme, true),
        Command::NextWord => (Unit::Word, true),
        Command::PreviousWord => (Unit::Word, false),
        Command::NextSentence => (Unit::Sentence, true),
        Command::PreviousSentence => (Unit::Sentence, false),
        Command::NextParagraph => (Unit::Paragraph, true),
        Command::PreviousParagraph => (Unit::Paragraph, false),
        Command::NextTurn => (Unit::Turn, true),
        Command::PreviousTurn => (Unit::Turn, false),
        _ => return None,
    })
}
