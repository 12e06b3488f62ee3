//! The files of a config → [`Config`].

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::options::{Value, background};
use super::{Config, Fault, OPTIONS};
use crate::command::{COMMANDS, Command};
use crate::keymap::{ANNOTATE, Binding, Key, RELABEL};
use crate::schema::{Located, SchemaError, Source, color, unknown};

/// The fields of a struct, or the entries of a map, in the order of the file, none of them read yet.
struct Fields<'a>(Vec<(Word, Located<'a>)>);

/// A field's name or a map's key.
struct Word(String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Own;
        impl Visitor<'_> for Own {
            type Value = Word;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_str<E>(self, word: &str) -> Result<Word, E> {
                Ok(Word(word.to_owned()))
            }
        }
        deserializer.deserialize_identifier(Own)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Own;
        impl<'de> Visitor<'de> for Own {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields in parentheses, such as (annotator: \"alpha\")")
            }
            fn visit_unit<E>(self) -> Result<Fields<'de>, E> {
                Ok(Fields(Vec::new()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_any(Own)
    }
}

/// A config file being read.
struct File<'a> {
    path: &'a str,
    source: Source<'a>,
}

impl<'a> File<'a> {
    fn new(content: &'a str, path: &'a str) -> Self {
        Self { path, source: Source::new(content) }
    }

    fn fault(&self, error: SchemaError) -> Fault {
        let SchemaError { line, column, message } = error;
        Fault { path: self.path.to_owned(), line, column, message }
    }

    /// The fault `message` about `value`.
    fn about(&self, value: Located<'a>, message: impl Into<String>) -> Fault {
        self.fault(value.fault(self.source, message))
    }

    fn place(&self, value: Located<'a>) -> String {
        let SchemaError { line, .. } = value.fault(self.source, "");
        format!("{}:{line}", self.path)
    }
}

impl Config {
    /// Takes the options of the user's `config.ron`.
    pub fn take_options(&mut self, content: &str, path: &str) {
        let file = File::new(content, path);
        match file.source.all().read::<Fields>(file.source) {
            Ok(fields) => self.set_all(&file, &fields, |_| true),
            Err(error) => {
                self.is_unread = true;
                self.faults.push(file.fault(error));
            }
        }
    }

    /// Takes the field `options` of a `corpus.ron`; the other fields are not of this matter.
    pub fn take_corpus(&mut self, content: &str, path: &str) {
        let file = File::new(content, path);
        // What else is wrong with this file, those say who read it for something else.
        let Ok(Fields(fields)) = file.source.all().read::<Fields>(file.source) else { return };
        let Some((_, options)) = fields.into_iter().find(|(word, _)| word.0 == "options") else { return };
        match options.read::<Fields>(file.source) {
            Ok(fields) => {
                self.set_all(&file, &fields, |name| OPTIONS.iter().any(|own| own.name == name && own.of_corpus));
            }
            Err(error) => self.faults.push(file.fault(error)),
        }
    }

    fn set_all(&mut self, file: &File<'_>, fields: &Fields<'_>, may_be_set: impl Fn(&str) -> bool) {
        for (Word(name), value) in &fields.0 {
            let Some(setting) = OPTIONS.iter().find(|own| own.name == name) else {
                let known: Vec<&str> = OPTIONS.iter().map(|own| own.name).collect();
                self.faults.push(file.about(*value, unknown("option", name, &known)));
                continue;
            };
            if !may_be_set(name) {
                self.faults.push(file.about(*value, format!("`{name}` is the user's to set, not the corpus's")));
            } else if value_of(*value, file.source).is_some_and(|value| (setting.set)(self, value)) {
                self.origins.insert(setting.name, file.place(*value));
            } else {
                self.faults.push(file.about(*value, format!("`{name}` takes {}", setting.takes)));
            }
        }
    }

    /// Takes the user's `keymap.ron`: a map of key sequences to names of commands, or to `"none"`.
    pub fn take_keymap(&mut self, content: &str, path: &str) {
        let file = File::new(content, path);
        let bindings: Vec<(Located<'_>, Located<'_>)> = match file.source.all().read::<Pairs>(file.source) {
            Ok(Pairs(pairs)) => pairs,
            Err(error) => return self.faults.push(file.fault(error)),
        };
        let mut places = Vec::new();
        for (keys, command) in bindings {
            match binding(keys, command, &file, &self.bindings) {
                Ok(binding) => {
                    self.bindings.push(binding);
                    places.push(keys);
                }
                Err(fault) => self.faults.push(fault),
            }
        }
        let prices = self.bindings.iter().zip(places).filter_map(|(own, keys)| Some((keys, self.price(own)?)));
        let faults: Vec<Fault> = prices.map(|(keys, price)| file.about(keys, price)).collect();
        self.faults.extend(faults);
    }

    /// What goes with `binding` that its keys do not say: default keys that go on from it, or that it goes on from. Where the user takes
    /// those away too, they know.
    fn price(&self, binding: &Binding) -> Option<String> {
        binding.command?;
        let written = |keys: &[Key]| keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let keys = &binding.keys;
        let is_given_up = |other: &[Key]| self.bindings.iter().any(|own| own.command.is_none() && own.keys == other);
        let labels = [ANNOTATE, RELABEL].map(|prefix| (format!("{prefix} and a label's key"), prefix));
        let commands = COMMANDS.iter().flat_map(|entry| entry.keys).map(|keys| ((*keys).to_owned(), *keys));
        let is_lost = |default: &str| {
            let default: Vec<Key> = default.split(' ').filter_map(Key::parse).collect();
            let goes_on = default.starts_with(keys) && default.len() > keys.len();
            let is_before = keys.starts_with(&default) && default.len() < keys.len();
            (goes_on && !is_given_up(keys)) || (is_before && !is_given_up(&default))
        };
        let is_prefix = |prefix: &str| written(keys) == prefix && !is_given_up(keys);
        let mut lost: Vec<String> =
            labels.into_iter().filter(|(_, prefix)| is_prefix(prefix)).map(|(shown, _)| shown).collect();
        lost.extend(commands.filter(|(_, default)| is_lost(default)).map(|(shown, _)| shown));
        let (first, more) = (lost.first()?.clone(), lost.len() - 1);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let given_up = if first.starts_with(&written(keys)) { written(keys) } else { first.clone() };
        Some(format!(
            "`{}` takes `{first}`{more} away; if that is meant, say so: {given_up:?}: \"none\"",
            written(keys)
        ))
    }

    /// Takes the user's `theme.ron`: `(background: "dark", labels: {"quote": "#56B4E9"})`.
    pub fn take_theme(&mut self, content: &str, path: &str) {
        let file = File::new(content, path);
        let fields = match file.source.all().read::<Fields>(file.source) {
            Ok(Fields(fields)) => fields,
            Err(error) => return self.faults.push(file.fault(error)),
        };
        for (Word(name), value) in fields {
            match name.as_str() {
                "background" => match value.read::<String>(file.source).ok().and_then(|word| background(&word)) {
                    Some(background) => self.background = background,
                    None => self.faults.push(file.about(value, r#"`background` takes "auto", "dark" or "light""#)),
                },
                "labels" => match value.read::<Pairs>(file.source) {
                    Ok(Pairs(pairs)) => self.take_colors(&file, pairs),
                    Err(error) => self.faults.push(file.fault(error)),
                },
                _ => self.faults.push(file.about(value, unknown("field", &name, &["background", "labels"]))),
            }
        }
    }

    fn take_colors(&mut self, file: &File<'_>, pairs: Vec<(Located<'_>, Located<'_>)>) {
        for (place, value) in pairs {
            let read = place.read::<String>(file.source).and_then(|label| Ok((label, color(file.source, value)?)));
            match read {
                Ok((label, color)) => {
                    self.colored.push((label.clone(), file.about(place, "")));
                    self.colors.insert(label, color);
                }
                Err(error) => self.faults.push(file.fault(error)),
            }
        }
    }
}

/// The entries of a map with keys that may be anything.
struct Pairs<'a>(Vec<(Located<'a>, Located<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Own;
        impl<'de> Visitor<'de> for Own {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map in braces, such as {\"Z\": \"undo\"}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Own)
    }
}

/// Reads a value of any kind that an option takes.
fn value_of(value: Located<'_>, source: Source<'_>) -> Option<Value> {
    #[derive(Deserialize)]
    struct Pair {
        from: String,
        to: String,
    }
    let flag = value.read(source).map(Value::Flag);
    let number = || value.read(source).map(Value::Number);
    let text = || value.read(source).map(Value::Text);
    let pair = || value.read(source).map(|Pair { from, to }| Value::Pairs { from, to });
    flag.or_else(|_| number()).or_else(|_| text()).or_else(|_| pair()).ok()
}

/// Reads a line of the keymap; `before` is what was bound above it.
fn binding(keys: Located<'_>, command: Located<'_>, file: &File<'_>, before: &[Binding]) -> Result<Binding, Fault> {
    let written: String = keys.read(file.source).map_err(|error| file.fault(error))?;
    let sequence: Option<Vec<Key>> = written.split_whitespace().map(Key::parse).collect();
    let sequence = sequence.filter(|keys| !keys.is_empty()).ok_or_else(|| {
        let message = format!("{written:?} is no key sequence: `Space z`, `C-s`, `A-Left`, `F5` are some");
        file.about(keys, message)
    })?;
    let is_in_the_way = |own: &&Binding| own.keys.starts_with(&sequence) || sequence.starts_with(&own.keys);
    if let Some(other) = before.iter().filter(|own| own.command.is_some()).find(is_in_the_way) {
        let other: Vec<String> = other.keys.iter().map(ToString::to_string).collect();
        return Err(file.about(keys, format!("`{written}` is in conflict with `{}` above", other.join(" "))));
    }
    let name: String = command.read(file.source).map_err(|error| file.fault(error))?;
    let command = if name == "none" { None } else { Some(command_called(&name, command, file)?) };
    Ok(Binding { keys: sequence, command })
}

fn command_called(name: &str, place: Located<'_>, file: &File<'_>) -> Result<Command, Fault> {
    let found = COMMANDS.iter().find(|entry| entry.name == name).map(|entry| entry.command);
    let known: Vec<&str> = COMMANDS.iter().map(|entry| entry.name).collect();
    found.ok_or_else(|| file.about(place, unknown("command", name, &known)))
}
