//! A line → what it asks for.
//!
//! In this order: an answer to what was asked; the name of a word or command; keys of the keymap with blanks between; the
//! beginning of a name, if it is the beginning of one only. Names are also taken as they come out when they are typed on a
//! Russian or Kazakh layout by mistake.

use super::asking;
use super::words::{self, Verb, WORDS};
use crate::app::{App, Mode};
use crate::command::{COMMANDS, Command, Group};
use crate::keymap::{Action, Key, on_each_layout};

/// The most times that a command can be asked for at once.
const MOST_TIMES: usize = 10_000;

/// What a line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked<'a> {
    /// Nothing: it is empty, or a comment.
    Nothing,
    /// A command of the keys, so many times.
    Act(Action, usize),
    /// A command of the keys that opens a list, narrowed by words.
    Narrow(Action, &'a str),
    /// The answer of this number, from 1.
    Answer(usize),
    /// A word, with what follows it.
    Word(Verb, &'a str),
}

/// What `line` asks for, or why that cannot be told.
pub(super) fn resolve<'a>(app: &App, line: &'a str) -> Result<Asked<'a>, String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(Asked::Nothing);
    }
    if !matches!(app.mode, Mode::Normal)
        && let Some(answer) = answer(line).or_else(|| asking::number_of(app, line).map(Asked::Answer))
    {
        return Ok(answer);
    }
    let (head, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim_start();
    let named = named(head);
    if let (Err(_) | Ok((_, false)), Some(action)) = (&named, keys(app, line)) {
        return Ok(Asked::Act(action, 1));
    }
    match named?.0 {
        Named::Word(verb) => Ok(Asked::Word(verb, rest)),
        Named::Command(command, _) if rest.is_empty() => Ok(Asked::Act(Action::Run(command), 1)),
        Named::Command(command, group) => {
            let action = Action::Run(command);
            match rest.parse::<usize>() {
                Ok(times) if may_repeat(command, group) => Ok(Asked::Act(action, times.min(MOST_TIMES))),
                _ if opens_list(command) => Ok(Asked::Narrow(action, rest)),
                _ => Err(format!("nothing can follow {head}, but here is {rest}")),
            }
        }
    }
}

/// What a line asks for while no transcript is open.
#[derive(Debug)]
pub(super) enum Opening<'a> {
    Nothing,
    Leave,
    Document(&'a str),
    Other,
}

/// What `line` asks for while no transcript is open; a name or number alone will do.
pub(super) fn opening(line: &str) -> Opening<'_> {
    let line = line.trim();
    let (head, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    match named(head) {
        _ if line.is_empty() || line.starts_with('#') => Opening::Nothing,
        Ok((Named::Word(Verb::Open), _)) if !rest.is_empty() => Opening::Document(rest.trim()),
        Ok((Named::Command(Command::Quit, _), _)) if rest.is_empty() => Opening::Leave,
        _ if line.parse::<usize>().is_ok() => Opening::Document(line),
        _ => Opening::Other,
    }
}

fn answer(line: &str) -> Option<Asked<'static>> {
    match line.to_lowercase().as_str() {
        "y" | "yes" | "да" | "иә" => Some(Asked::Answer(1)),
        "n" | "no" | "нет" | "жоқ" => Some(Asked::Word(Verb::No, "")),
        number => number.parse().ok().map(Asked::Answer),
    }
}

fn is_of_screen(head: &str) -> bool {
    COMMANDS.iter().any(|entry| entry.name == head.to_lowercase() && words::needs_screen(entry.command))
}

#[derive(Clone, Copy)]
enum Named {
    Word(Verb),
    Command(Command, Group),
}

/// What goes by this name, and whether that is all of the name.
fn named(head: &str) -> Result<(Named, bool), String> {
    let words = WORDS.iter().map(|word| Candidate::new(word.name, Named::Word(word.verb)));
    let commands = words::commands().map(|own| Candidate::new(own.name, Named::Command(own.command, own.group)));
    let candidates: Vec<Candidate<Named>> = words.chain(commands).collect();
    let is_whole = on_each_layout(&head.to_lowercase()).iter().any(|typed| candidates.iter().any(|own| own.is(typed)));
    match one_of(&candidates, head) {
        Ok(named) => Ok((named, is_whole)),
        Err(Doubt::None) if is_of_screen(head) => Err(format!("{head} is for the screen: lines have no use for it")),
        Err(Doubt::None) => Err(format!("there is no command {head}: `help` lists all")),
        Err(Doubt::Several(names)) => Err(format!("{head} could be {}", names.join(", "))),
    }
}

/// What the keys named on `line` ask for.
fn keys(app: &App, line: &str) -> Option<Action> {
    let mut before: Vec<Key> = Vec::new();
    let mut action = None;
    for key in line.split_whitespace() {
        let found = app.keymap().look_up(&before, Key::parse(key)?)?;
        before.push(found.key);
        action = found.action;
    }
    action
}

fn may_repeat(command: Command, group: Group) -> bool {
    let moves = matches!(group, Group::Move | Group::Select | Group::Go);
    (moves && !opens_list(command)) || matches!(command, Command::Undo | Command::Redo)
}

fn opens_list(command: Command) -> bool {
    use Command::{DocumentLabels, FindAndTag, Relations, Speakers};
    matches!(command, Speakers | Relations | DocumentLabels | FindAndTag)
}

/// Something with its names, the first of which it is called by.
#[derive(Clone, Debug)]
pub(super) struct Candidate<T> {
    names: Vec<String>,
    value: T,
}

impl<T: Copy> Candidate<T> {
    pub(super) fn new(name: &str, value: T) -> Self {
        Self { names: vec![name.to_owned()], value }
    }

    pub(super) fn also(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.names.extend(names);
        self
    }

    fn is(&self, typed: &str) -> bool {
        self.names.iter().any(|name| name.to_lowercase() == typed)
    }

    fn begins(&self, typed: &str) -> bool {
        self.names.iter().any(|name| name.to_lowercase().starts_with(typed))
    }
}

/// Why no one candidate was meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    None,
    Several(Vec<String>),
}

/// The candidate that is called so, or the only one whose name begins so; on the right layout or the wrong one.
pub(super) fn one_of<T: Copy>(candidates: &[Candidate<T>], typed: &str) -> Result<T, Doubt> {
    let readings = on_each_layout(&typed.to_lowercase());
    let whole = readings.iter().find_map(|typed| candidates.iter().find(|own| own.is(typed)));
    if let Some(found) = whole {
        return Ok(found.value);
    }
    let begun: Vec<&Candidate<T>> =
        candidates.iter().filter(|own| readings.iter().any(|typed| own.begins(typed))).collect();
    match begun[..] {
        [] => Err(Doubt::None),
        [only] => Ok(only.value),
        _ => Err(Doubt::Several(begun.iter().filter_map(|own| own.names.first().cloned()).collect())),
    }
}

/// The same with the doubt in words; `what` is what was to be named.
pub(super) fn choose<T: Copy>(candidates: &[Candidate<T>], typed: &str, what: &str) -> Result<T, String> {
    let names = || candidates.iter().filter_map(|own| own.names.first().cloned()).collect::<Vec<_>>().join(", ");
    if typed.is_empty() {
        return Err(format!("which {what}? {}", names()));
    }
    one_of(candidates, typed).map_err(|doubt| match doubt {
        Doubt::None => format!("there is no {what} {typed}, only {}", names()),
        Doubt::Several(names) => format!("{typed} could be {}", names.join(", ")),
    })
}
