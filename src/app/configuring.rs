//! What the user has set, taken and listed.

use super::picker::{Choice, Item, Purpose};
use super::{App, Edges, Effect, Mode, Notice, Picker};
use crate::config::Config;
use crate::keymap::{Key, Keymap};
use crate::schema::{Rgb, Schema};

/// What the environment and the schema say where the config says nothing.
#[derive(Debug)]
pub(super) struct Given {
    language: String,
    /// The colour of each label.
    colors: Vec<Option<Rgb>>,
}

impl Given {
    pub(super) fn of(schema: &Schema, language: &str) -> Self {
        Self { language: language.to_owned(), colors: schema.labels().map(|(_, label)| label.color).collect() }
    }
}

impl App {
    /// Takes the config. What depends on the annotator, such as snapping, changes only where the config does.
    pub(super) fn configure(&mut self, config: Config) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.config, config);
        let config = &self.config;
        self.keymap = Keymap::with(&self.schema, &config.bindings, &config.keyboard);
        if config.snapping != before.snapping {
            self.edges = if config.snapping { Edges::Words } else { Edges::Characters };
        }
        if config.keyboard != before.keyboard {
            self.cyrillic = config.keyboard.is_foreign();
        }
        self.language.clone_from(config.language.as_ref().unwrap_or(&self.given.language));
        let labels = self.schema.layers.iter_mut().flat_map(|layer| &mut layer.labels);
        for (own, given) in labels.zip(&self.given.colors) {
            own.color = config.colors.get(own.id.as_str()).copied().or(*given);
        }
        self.lay_rails();
        self.pending.clear();
        self.show_cursor();
        let strange = self.config.strange_colors(&self.schema);
        let faults: Vec<String> = self.config.faults.iter().map(ToString::to_string).chain(strange).collect();
        for fault in &faults {
            self.refuse(fault.clone());
        }
        if let [first, _, ..] = faults.as_slice() {
            let text = format!("{first} · and {} more{}", faults.len() - 1, self.keyed(": {notices} lists them"));
            self.notice = Some(Notice { text, fault: true });
        }
        if self.config.mouse == before.mouse {
            return Vec::new();
        }
        self.mouse = self.config.mouse;
        vec![Effect::CaptureMouse(self.mouse)]
    }

    /// The key as the keymap knows it, on the keyboard that the user has set. A Latin letter shows that the layout was changed back.
    pub(super) fn settled(&mut self, key: Key) -> Key {
        let typing =
            matches!(self.mode, Mode::Find(_) | Mode::Goto(_) | Mode::Elsewhere(_) | Mode::Picker(_) | Mode::Form(_));
        let keyboard = &self.config.keyboard;
        let settled =
            if typing { keyboard.settle(key, typing) } else { self.keymap.settle(keyboard, &self.pending, key) };
        let is_latin = !typing && !key.ctrl && !key.alt && key.typed().is_some_and(|c| c.is_ascii_alphabetic());
        self.cyrillic = settled != key || self.cyrillic && !is_latin;
        settled
    }

    /// Lists the options in force.
    pub(super) fn list_options(&mut self) {
        let items = self.config.in_force().map(|(own, value, origin)| {
            // Whoever was named as they started is not the one in the file.
            let is_named = own.name == "annotator" && self.config.annotator.as_ref() != Some(&self.annotator);
            let value = if is_named { format!("\"{}\"", self.annotator) } else { value };
            let origin = if is_named { Some("as the program was started") } else { origin };
            let detail = origin.map_or_else(|| own.help.to_owned(), |origin| format!("{origin} · {}", own.help));
            let set = origin.map_or_else(|| "built in".to_owned(), |origin| format!("set: {origin}"));
            let told = Choice::Text(format!("{} — {set}; {}; it takes {}", own.name, own.help, own.takes));
            Item::new(format!("{:12}{value}", own.name), detail, told)
        });
        self.mode = Mode::Picker(Picker::new("options — set in config.ron", Purpose::Read, items.collect()));
    }
}
