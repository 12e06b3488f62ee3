//! The entities of a sentence of `CoNLL-U`: by tags, by numbers, by brackets.

use std::ops::Range;

use super::read::Tag;

/// A word.
pub(super) struct Word<'a> {
    /// The place of its token.
    pub(super) token: usize,
    /// What MISC and columns of tags say of its entities.
    pub(super) said: Vec<(&'a str, &'a str)>,
    pub(super) line: usize,
}

/// An entity.
pub(super) struct Entity {
    pub(super) tokens: Range<usize>,
    pub(super) name: String,
    /// The line on which it begins.
    pub(super) line: usize,
    /// All that is said of it, where that is more than its name.
    pub(super) whole: Option<String>,
}

impl Entity {
    /// One that begins at `word`.
    fn at(word: &Word<'_>, name: &str, whole: Option<&str>) -> Self {
        let tokens = word.token..word.token + 1;
        Self { tokens, name: name.to_owned(), line: word.line, whole: whole.map(str::to_owned) }
    }
}

/// The entities, and why what is said of some words cannot be taken, by line.
pub(super) fn entities(words: &[Word<'_>], place: usize) -> (Vec<Entity>, Vec<(usize, String)>) {
    let mut found = Found { place, ..Found::default() };
    let mut faults = Vec::new();
    for word in words {
        let on = std::mem::take(&mut found.on);
        for (key, value) in &word.said {
            let taken = if key.eq_ignore_ascii_case("entity") {
                found.brackets(word, value)
            } else if let Some(tag) = Tag::of(value) {
                found.tag(word, key, &tag, &on);
                Ok(())
            } else {
                found
                    .numbered(word, key, value, &on)
                    .map_err(|expected| format!("expected {expected} as its {key}, found {value}"))
            };
            faults.extend(taken.err().map(|reason| (word.line, reason)));
        }
        for number in &found.open {
            found.all[*number].tokens.end = word.token + 1;
        }
    }
    let open = found.open.iter().map(|number| found.all[*number].line);
    faults.extend(open.map(|line| (line, "its Entity is not closed in its sentence".to_owned())));
    (found.all, faults)
}

/// The column that names an entity, its name there, and its number.
type Open = (String, String, usize);

/// The entities of a sentence so far.
#[derive(Default)]
struct Found {
    /// Where the type is among the fields of an `Entity`.
    place: usize,
    all: Vec<Entity>,
    /// The numbers of those that may go on at the next word, by the column and what names them there.
    on: Vec<Open>,
    /// The numbers of those that brackets have opened.
    open: Vec<usize>,
}

impl Found {
    /// Takes a tag; `on` are those that may go on here.
    fn tag(&mut self, word: &Word<'_>, key: &str, tag: &Tag<'_>, on: &[Open]) {
        if tag.letter == 'O' {
            return;
        }
        let before = on.iter().find(|own| "IMLE".contains(tag.letter) && own.0 == key && own.1 == tag.name);
        let number = self.go_on(before, Entity::at(word, tag.name, None));
        if "BIM".contains(tag.letter) {
            self.on.push((key.to_owned(), tag.name.to_owned(), number));
        }
    }

    /// Takes all entities of a word, each with its number; the error is what was expected.
    fn numbered(&mut self, word: &Word<'_>, key: &str, value: &str, on: &[Open]) -> Result<(), &'static str> {
        for one in value.split('-') {
            let name = one.rsplit_once('_').map(|(name, _)| name).filter(|name| !name.is_empty());
            let name = name.ok_or("a tag such as B-PER or per_1")?;
            let before = on.iter().find(|own| own.0 == key && own.1 == one);
            let number = self.go_on(before, Entity::at(word, name, None));
            self.on.push((key.to_owned(), one.to_owned(), number));
        }
        Ok(())
    }

    /// The number of the one that went on `before`, or of a new one, up to where `new` ends.
    fn go_on(&mut self, before: Option<&Open>, new: Entity) -> usize {
        if let Some((.., number)) = before {
            self.all[*number].tokens.end = new.tokens.end;
            return *number;
        }
        self.all.push(new);
        self.all.len() - 1
    }

    /// Takes the brackets that open and close at a word.
    fn brackets(&mut self, word: &Word<'_>, value: &str) -> Result<(), String> {
        let mut rest = value;
        while !rest.is_empty() {
            if let Some(within) = rest.strip_prefix('(') {
                let (whole, behind) = within.split_at(within.find(['(', ')']).unwrap_or(within.len()));
                let name = whole.split('-').nth(self.place).filter(|own| !own.is_empty()).unwrap_or("entity");
                let closed = behind.strip_prefix(')');
                self.open.extend(closed.is_none().then_some(self.all.len()));
                self.all.push(Entity::at(word, name, Some(whole)));
                rest = closed.unwrap_or(behind);
            } else {
                let (id, behind) =
                    rest.split_once(')').ok_or_else(|| format!("expected brackets as its Entity, found {value}"))?;
                let name_of = |number: usize| self.all[number].whole.as_deref().and_then(|own| own.split('-').next());
                let at = self.open.iter().rposition(|number| name_of(*number) == Some(id));
                let at = at.ok_or_else(|| format!("its Entity {id} is closed and was not opened"))?;
                let number = self.open.remove(at);
                self.all[number].tokens.end = word.token + 1;
                rest = behind;
            }
        }
        Ok(())
    }
}
