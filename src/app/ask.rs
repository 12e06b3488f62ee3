//! A question that one key answers.

use jiff::Timestamp;

use super::{App, Effect, Mode, Proposal, Series};
use crate::annotation::Value;
use crate::keymap::{Key, KeyCode, us_position};

/// A question with its answers, each of which has a key.
#[derive(Debug)]
pub struct Ask {
    /// What is asked.
    pub title: String,
    /// What can be answered, in order; no two with the same key.
    pub answers: Vec<Answer>,
    /// If it is one of several about an annotation's values: those.
    pub series: Option<Series>,
    /// What Enter answers.
    pub(super) usual: Option<Reply>,
}

/// One answer.
#[derive(Debug)]
pub struct Answer {
    /// The key that gives it: on a US keyboard, or a letter of its own.
    pub key: char,
    /// What it says.
    pub text: String,
    /// What it does.
    reply: Reply,
}

/// What an answer does.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// Makes a relation.
    Relate(Proposal),
    /// Looks at every place found, to give it the label of this number.
    Sweep(usize),
    /// Gives every place found the label of this number.
    TagAll(usize),
    /// Is a value of the annotation that the series is about.
    Value(Value),
}

impl Answer {
    pub(super) fn new(key: char, text: String, reply: Reply) -> Self {
        Self { key, text, reply }
    }
}

impl Ask {
    pub(super) fn new(title: String, answers: Vec<Answer>) -> Self {
        Self { title, answers, series: None, usual: None }
    }

    /// Whether Enter answers it.
    pub fn has_usual(&self) -> bool {
        self.usual.is_some()
    }

    /// The answer that `key` gives, by its character or its position.
    pub(super) fn answered(&self, key: Key) -> Option<Reply> {
        let typed = key.typed()?;
        let at_position = |own: char| us_position(own).is_some_and(|us| us == typed) || us_position(typed) == Some(own);
        let exactly = self.answers.iter().find(|own| own.key == typed);
        exactly.or_else(|| self.answers.iter().find(|own| at_position(own.key))).map(|own| own.reply.clone())
    }
}

/// A key for each of `words`: the one it wishes for, else its first letter that no other has, else any that is free.
pub(super) fn distinct_keys<'a>(words: impl IntoIterator<Item = (Option<char>, &'a str)>) -> Vec<char> {
    let mut taken: Vec<char> = Vec::new();
    for (wish, word) in words {
        let letters = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
        let key = wish
            .into_iter()
            .chain(letters)
            .chain('a'..='z')
            .chain('A'..='Z')
            .find(|key| !taken.contains(key))
            .unwrap_or('?');
        taken.push(key);
    }
    taken
}

impl App {
    pub(super) fn ask_key(&mut self, now: Timestamp, mut ask: Ask, key: Key) -> Vec<Effect> {
        if let Some(series) = ask.series.take() {
            return self.value_key(now, ask, series, key);
        }
        let usual = ask.usual.clone().filter(|_| key.code == KeyCode::Enter);
        match ask.answered(key).or(usual) {
            Some(reply) => self.reply(now, &reply),
            None if key.code == KeyCode::Esc => Vec::new(),
            None => {
                self.refuse_answer(&ask);
                self.mode = Mode::Ask(ask);
                Vec::new()
            }
        }
    }

    /// Says what could be answered.
    pub(super) fn refuse_answer(&mut self, ask: &Ask) {
        let keys: Vec<String> = ask.answers.iter().map(|own| own.key.to_string()).collect();
        self.refuse(format!("press one of {}; Esc leaves", keys.join(" ")));
    }

    fn reply(&mut self, now: Timestamp, reply: &Reply) -> Vec<Effect> {
        match reply {
            Reply::Relate(proposal) => self.make_relation(now, proposal),
            Reply::Sweep(label) => self.sweep(now, *label, false),
            Reply::TagAll(label) => self.sweep(now, *label, true),
            Reply::Value(_) => Vec::new(),
        }
    }
}
