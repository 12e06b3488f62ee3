//! Keys → commands.
//!
//! Keys are positions on the keyboard, not letters: an annotator who types Russian or Kazakh presses the same keys.
//! A key is resolved in this order: a binding of the character as typed; the position that the keyboard in use gives it
//! ([`Keymap::settle`]); the position of a Cyrillic letter (also under Ctrl and Alt); the meaning of an ASCII mark
//! ([`Keymap::look_up`]). Text fields are asked before any of that.
//!
//! | file | holds |
//! |---|---|
//! | `key` | [`Key`], read from and written as `C-s`, `S-Left`, `g` |
//! | `keyboard` | [`Keyboard`]: the layout in use, where it needs to be told |
//! | `label_keys` | a key for every label |
//! | `positions` | Cyrillic letters → the US key at their position |

mod key;
mod keyboard;
mod label_keys;
mod positions;

use std::collections::{BTreeMap, HashMap};

pub use key::{Key, KeyCode};
pub use keyboard::{KEYBOARDS, Keyboard};
pub use label_keys::with_keys;
pub use positions::{local_letter, on_each_layout, us_position};

use crate::command::{COMMANDS, Command, entry_of};
use crate::schema::Schema;

/// What a sequence of keys asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// Annotate the selection with the label of this number in [`Schema::labels`].
    Annotate(usize),
    /// Give the annotation here that label.
    Relabel(usize),
}

/// The keys that start a sequence which ends with a label's key.
pub const ANNOTATE: &str = "a";
/// See [`ANNOTATE`].
pub const RELABEL: &str = "c";

/// A key trie: every sequence leads to an action.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    root: Node,
    /// The sequences that lead to each action: the default ones first, in the order of the command table.
    spelled: HashMap<Action, Vec<String>>,
    /// Whether a letter is only what it says.
    is_literal: bool,
}

/// A key sequence of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The keys, as a US keyboard has them; at least one.
    pub keys: Vec<Key>,
    /// What they ask for; nothing, if they are to ask for nothing.
    pub command: Option<Command>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    action: Option<Action>,
    below: BTreeMap<Key, Self>,
}

/// What a key means after the keys before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The binding's own key: that on a US keyboard.
    pub key: Key,
    /// What the sequence asks for; none when more keys must follow.
    pub action: Option<Action>,
}

/// A key that goes on a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The key.
    pub key: Key,
    /// What it asks for; none when more keys must follow.
    pub action: Option<Action>,
}

impl Keymap {
    /// The default keys and those of the schema's labels.
    pub fn new(schema: &Schema) -> Self {
        let mut keymap = Self::default();
        for entry in COMMANDS {
            for keys in entry.keys {
                keymap.bind(keys, Action::Run(entry.command));
            }
        }
        for (number, _, label) in schema.span_labels() {
            if let Some(key) = label.key {
                keymap.bind(&format!("{ANNOTATE} {key}"), Action::Annotate(number));
                keymap.bind(&format!("{RELABEL} {key}"), Action::Relabel(number));
            }
        }
        keymap.spelled = keymap.root.spelled();
        keymap
    }

    /// The default keys and those of the labels, with the user's `bindings` in place of what stands in their way, for a `keyboard`.
    pub fn with(schema: &Schema, bindings: &[Binding], keyboard: &Keyboard) -> Self {
        let mut keymap = Self { is_literal: *keyboard == Keyboard::Us, ..Self::new(schema) };
        for binding in bindings {
            let Some((last, begin)) = binding.keys.split_last() else { continue };
            let mut node = &mut keymap.root;
            for key in begin {
                node = node.below.entry(*key).or_default();
                node.action = None;
            }
            match binding.command {
                None => drop(node.below.remove(last)),
                Some(command) => {
                    let own = Node { action: Some(Action::Run(command)), below: BTreeMap::new() };
                    node.below.insert(*last, own);
                }
            }
        }
        keymap.spelled = keymap.root.spelled();
        keymap
    }

    /// The key sequences in force for `action`: the default ones first, in the order of the command table.
    pub fn keys_for(&self, action: Action) -> &[String] {
        self.spelled.get(&action).map_or(&[], Vec::as_slice)
    }

    fn bind(&mut self, keys: &str, action: Action) {
        let keys = keys.split(' ').filter_map(Key::parse);
        let node = keys.fold(&mut self.root, |node, key| node.below.entry(key).or_default());
        node.action = Some(action);
    }

    /// What `key` means after `before`, or nothing when no binding goes on so.
    pub fn look_up(&self, before: &[Key], key: Key) -> Option<Found> {
        let below = &self.after(before)?.below;
        let may_mean = |reading: &Key| !self.is_literal || key.is_same_letter(*reading);
        let key = key.readings().find(|reading| below.contains_key(reading) && may_mean(reading))?;
        below.get(&key).map(|node| Found { key, action: node.action })
    }

    /// The key as [`Keymap::look_up`] is asked for it on `keyboard`: a letter that the user has bound means itself after `before`,
    /// wherever it stands.
    #[must_use]
    pub fn settle(&self, keyboard: &Keyboard, before: &[Key], key: Key) -> Key {
        let is_letter = matches!(key.code, KeyCode::Char(c) if !c.is_ascii());
        let is_bound = is_letter && self.after(before).is_some_and(|node| node.below.contains_key(&key));
        if is_bound { key } else { keyboard.settle(key, false) }
    }

    /// The same where text is read. On a Russian keyboard the keys for find and help type a full stop and a comma, which mean nothing
    /// else there; `has_stops` says that this may be such a keyboard, of which nothing else may have been typed yet.
    pub fn look_up_typed(&self, before: &[Key], key: Key, has_stops: bool) -> Option<Found> {
        let slash = match key.typed().filter(|_| has_stops) {
            Some('.') => Key::char('/'),
            Some(',') => Key::char('?'),
            _ => return self.look_up(before, key),
        };
        self.look_up(before, key).or_else(|| self.look_up(before, slash))
    }

    /// The keys that go on after `before`.
    pub fn continuations(&self, before: &[Key]) -> impl Iterator<Item = Continuation> {
        let below = self.after(before).into_iter().flat_map(|node| &node.below);
        below.map(|(key, node)| Continuation { key: *key, action: node.action })
    }

    fn after(&self, keys: &[Key]) -> Option<&Node> {
        keys.iter().try_fold(&self.root, |node, key| node.below.get(key))
    }
}

impl Node {
    /// The sequences below, by what they lead to.
    fn spelled(&self) -> HashMap<Action, Vec<String>> {
        let mut found: HashMap<Action, Vec<String>> = HashMap::new();
        self.collect("", &mut found);
        for (action, sequences) in &mut found {
            if let Action::Run(command) = action {
                let defaults = entry_of(*command).keys;
                sequences.sort_by_key(|keys| defaults.iter().position(|own| own == keys).unwrap_or(usize::MAX));
            }
        }
        found
    }

    fn collect(&self, before: &str, found: &mut HashMap<Action, Vec<String>>) {
        for (key, node) in &self.below {
            let keys = if before.is_empty() { key.to_string() } else { format!("{before} {key}") };
            node.collect(&keys, found);
            if let Some(action) = node.action {
                found.entry(action).or_default().push(keys);
            }
        }
    }
}

#[cfg(test)]
mod tests;
