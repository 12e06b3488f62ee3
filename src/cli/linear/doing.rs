//! What each word of the table does.

use super::reader::{Linear, Next, Turn};
use super::resolve::{Candidate, choose};
use super::words::{self, Verb, WORDS};
use super::{asking, telling};
use crate::annotation::Value;
use crate::app::{Counted, Message, Mode, Purpose, Request, Selection, Spot, plural};
use crate::command::Command;
use crate::keymap::{Action, Key, KeyCode, on_each_layout};
use crate::schema::{Attribute, AttributeKind, Title};
use crate::show::brackets;

impl Linear {
    /// Does what the word asks for with what follows it, or says why that cannot be done.
    pub(super) fn word(&mut self, verb: Verb, argument: &str, turn: &mut Turn<'_>) -> Result<(), String> {
        let act = |command| Request::Act(Action::Run(command));
        match verb {
            Verb::Goto => {
                let request = match self.app.spot(argument, Counted::CodePoints)? {
                    Spot::Stretch(stretch) => Request::Select(stretch),
                    Spot::Offset(offset) => Request::Select(Selection::caret(offset)),
                    Spot::Passage(passage) => Request::Select(Selection::caret(passage.start())),
                    Spot::Annotation(id) => Request::Reach(id),
                };
                self.ask(request, turn);
            }
            Verb::Select => self.select(argument, turn)?,
            Verb::Find if argument.is_empty() => self.ask(act(Command::FindNext), turn),
            Verb::Find => self.ask(Request::Find(argument.to_owned()), turn),
            Verb::Annotate => self.ask(Request::Act(Action::Annotate(self.label(argument)?)), turn),
            Verb::Relabel => self.ask(Request::Act(Action::Relabel(self.label(argument)?)), turn),
            Verb::Speaker => self.speaker(argument, turn)?,
            Verb::Attribute => self.attribute(argument, turn)?,
            Verb::Note => {
                let note = Some(argument.replace("\\n", "\n")).filter(|note| !note.is_empty());
                self.ask(Request::Note(note), turn);
            }
            Verb::Relate => self.relate(argument, turn)?,
            Verb::Register => {
                let mut parts = argument.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
                let name = parts.next().ok_or("who? register NAME; ROLE; ALIAS…")?;
                let (role, aliases) = (parts.next(), parts.collect());
                self.ask(Request::Register { name, role, aliases }, turn);
            }
            Verb::Here => self.here(turn),
            Verb::Show => self.show(argument, turn)?,
            Verb::List => self.list(argument, turn),
            Verb::Labels => self.labels(turn),
            Verb::Open if argument.is_empty() => return Err("which one? `documents` lists them".to_owned()),
            Verb::Open => turn.said.next = Next::Open(argument.to_owned()),
            Verb::SaveElsewhere if argument.is_empty() => return Err("where? save-elsewhere DIRECTORY".to_owned()),
            Verb::SaveElsewhere => {
                self.ask(act(Command::SaveElsewhere), turn);
                self.send(Message::Paste(argument.to_owned()), turn);
                self.press(vec![Key::plain(KeyCode::Enter)], turn);
            }
            Verb::Yes => return Err("nothing was asked".to_owned()),
            Verb::No if matches!(self.app.mode, Mode::Sweep(_)) => self.press(vec![Key::char('n')], turn),
            Verb::No => self.press(vec![Key::plain(KeyCode::Esc)], turn),
            Verb::Help => help(argument, turn),
        }
        Ok(())
    }

    fn select(&mut self, argument: &str, turn: &mut Turn<'_>) -> Result<(), String> {
        let words: Vec<&str> =
            argument.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
        let joined = match words[..] {
            [start, end] | [start, "-" | "–", end] if [start, end].iter().all(|own| is_number(own)) => {
                format!("{start}–{end}")
            }
            // A dash before a number may be a minus, and what it was reckoned from is not to be guessed at.
            [_, _] if argument.chars().all(|c| c.is_ascii_digit() || "-–, ".contains(c)) => {
                return Err(format!("{argument} are no two code points, as 5 9 are"));
            }
            _ => argument.to_owned(),
        };
        match self.app.spot(&joined, Counted::CodePoints)? {
            Spot::Offset(_) => return Err(format!("up to where? select {argument} END")),
            Spot::Passage(own) | Spot::Stretch(own) => self.ask(Request::Select(own), turn),
            Spot::Annotation(id) => {
                self.ask(Request::Reach(id), turn);
                self.ask(Request::Act(Action::Run(Command::SelectAnnotation)), turn);
            }
        }
        Ok(())
    }

    /// The number of the label called `name`: by its id, title, alias or key.
    fn label(&self, name: &str) -> Result<usize, String> {
        let labels = self.app.schema.span_labels().map(|(number, _, label)| {
            let key = label.key.map(String::from);
            Candidate::new(label.id.as_str(), number).also(titles(&label.title)).also(label.aliases.clone()).also(key)
        });
        choose(&labels.collect::<Vec<_>>(), name, "label")
    }

    fn speaker(&mut self, name: &str, turn: &mut Turn<'_>) -> Result<(), String> {
        let is_asked = matches!(&self.app.mode, Mode::Picker(own) if matches!(own.purpose, Purpose::Attribute(_)));
        if !is_asked || name.is_empty() {
            self.ask(Request::Act(Action::Run(Command::Speaker)), turn);
        }
        if name.is_empty() || turn.said.fault.is_some() {
            return Ok(());
        }
        self.send(Message::Paste(name.to_owned()), turn);
        let Mode::Picker(picker) = &self.app.mode else { return Ok(()) };
        let answer = asking::named(picker, name).and_then(|number| asking::keys(&self.app, number));
        if answer.is_err() {
            self.press(vec![Key::plain(KeyCode::Esc)], turn);
        }
        self.press(answer?, turn);
        Ok(())
    }

    fn attribute(&mut self, argument: &str, turn: &mut Turn<'_>) -> Result<(), String> {
        let own = self.app.annotation_here().ok_or("there is no annotation here")?;
        let layer = self.app.schema.layer(&own.layer).ok_or("the schema does not know its layer")?;
        let (name, value) = argument.split_once(char::is_whitespace).unwrap_or((argument, ""));
        let value = value.trim();
        let attributes: Vec<Candidate<&Attribute>> =
            layer.attributes.iter().map(|own| Candidate::new(own.id.as_str(), own).also(titles(&own.title))).collect();
        if attributes.is_empty() {
            return Err(format!("a {} has no attributes", self.app.label_title(own)));
        }
        let attribute = choose(&attributes, name, "attribute")?;
        let given = match &attribute.kind {
            AttributeKind::Speaker => return self.speaker(if value.is_empty() { "nobody" } else { value }, turn),
            _ if value.is_empty() => None,
            AttributeKind::Choice(words) => {
                let words: Vec<Candidate<&str>> =
                    words.iter().map(|word| Candidate::new(word, word.as_str())).collect();
                Some(Value::Choice(choose(&words, value, "value")?.to_owned()))
            }
            AttributeKind::Flag => {
                let also = |words: [&str; 3]| words.map(str::to_owned);
                let words = [
                    Candidate::new("yes", true).also(also(["true", "да", "иә"])),
                    Candidate::new("no", false).also(also(["false", "нет", "жоқ"])),
                ];
                Some(Value::Flag(choose(&words, value, "value")?))
            }
            AttributeKind::Text => Some(Value::Text(value.to_owned())),
        };
        let request = Request::Attribute(attribute.id.clone(), given);
        self.ask(request, turn);
        Ok(())
    }

    fn relate(&mut self, argument: &str, turn: &mut Turn<'_>) -> Result<(), String> {
        let act = |command| Request::Act(Action::Run(command));
        let (other, label) = argument.split_once(char::is_whitespace).unwrap_or((argument, ""));
        let other = self.app.annotation_called(other)?;
        self.ask(act(Command::Relate), turn);
        if turn.said.fault.is_some() {
            return Ok(());
        }
        // The line that says how it goes on by keys.
        turn.said.lines.clear();
        self.ask(Request::Reach(other), turn);
        self.ask(act(Command::Repeat), turn);
        if let (Mode::Ask(ask), false) = (&self.app.mode, label.trim().is_empty()) {
            // The answers read `C4 supports C7`: the first that has the label so is the one from here.
            let fits = |text: &str| text.split_once(' ').is_some_and(|(_, rest)| rest.starts_with(label.trim()));
            let number = ask.answers.iter().position(|own| fits(&own.text));
            let number = number.ok_or_else(|| format!("nothing relates them as {label}"))?;
            self.press(asking::keys(&self.app, number + 1)?, turn);
        }
        Ok(())
    }

    fn here(&mut self, turn: &mut Turn<'_>) {
        let lines = &mut turn.said.lines;
        lines.push(telling::cursor(&self.app, None));
        let here = self.app.annotations_here();
        lines.push(plural(here.len(), "annotation"));
        lines.extend(here.into_iter().map(|own| telling::annotation(&self.app, own)));
    }

    fn show(&mut self, what: &str, turn: &mut Turn<'_>) -> Result<(), String> {
        let text = &self.app.document.text;
        let line = text.line(text.line_of(self.app.selection.head));
        let window = match what {
            "" => text.span(line.start, line.end).ok(),
            "all" => text.whole(),
            other => match self.app.spot(other, Counted::CodePoints)? {
                Spot::Passage(own) | Spot::Stretch(own) => text.span(own.start(), own.end()).ok(),
                Spot::Offset(_) | Spot::Annotation(_) => return Err("show what? a paragraph (¶9), or all".to_owned()),
            },
        };
        let shown = window.map_or_else(String::new, |window| brackets::passage(text, self.app.session.set(), window));
        turn.said.lines.push(shown);
        Ok(())
    }

    pub(super) fn list(&mut self, words: &str, turn: &mut Turn<'_>) {
        let words = words.to_lowercase();
        let all = self.app.session.set().iter().map(|own| telling::annotation(&self.app, own));
        let found: Vec<String> = all.filter(|line| line.to_lowercase().contains(&words)).collect();
        turn.said.lines.push(plural(found.len(), "annotation"));
        turn.said.lines.extend(found);
    }

    fn labels(&self, turn: &mut Turn<'_>) {
        let language = &self.app.language;
        for layer in &self.app.schema.layers {
            let labels: Vec<&str> = layer.labels.iter().map(|own| own.id.as_str()).collect();
            let attributes = layer.attributes.iter().map(|own| match &own.kind {
                AttributeKind::Choice(words) => format!("{} ({})", own.id, words.join(", ")),
                AttributeKind::Flag => format!("{} (yes, no)", own.id),
                AttributeKind::Speaker | AttributeKind::Text => own.id.to_string(),
            });
            let attributes: Vec<String> = attributes.collect();
            let with = if attributes.is_empty() { String::new() } else { format!("; with {}", attributes.join(", ")) };
            turn.said.lines.push(format!("{}: {}{with}", layer.title.in_language(language), labels.join(", ")));
        }
    }
}

/// The commands that have these words in their name or explanation.
pub(super) fn help(filter: &str, turn: &mut Turn<'_>) {
    let filters = on_each_layout(&filter.to_lowercase());
    let words =
        WORDS.iter().map(|own| format!("{} {}", own.name, own.argument).trim_end().to_owned() + ": " + own.help);
    let commands = words::commands().map(|own| format!("{}: {}; keys: {}", own.name, own.help, own.keys.join(", ")));
    let fits = |line: &String| filters.iter().any(|filter| line.to_lowercase().contains(filter));
    let lines: Vec<String> = words.chain(commands).filter(fits).collect();
    turn.said.lines.push(plural(lines.len(), "command"));
    turn.said.lines.extend(lines);
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A title in every language it has.
fn titles(title: &Title) -> Vec<String> {
    match title {
        Title::One(title) => vec![title.clone()],
        Title::PerLanguage(titles) => titles.values().cloned().collect(),
    }
}
