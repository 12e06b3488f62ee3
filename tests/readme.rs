//! What is said of the commands is true: by one table every one is reachable by key on each layout and from the palette, and
//! explained in `?`, the man page and the README.

#[path = "support/layouts.rs"]
mod layouts;

use clap::Parser;
use jiff::Timestamp;
use layouts::{LAYOUTS, Layout};
use tribune::app::{Access, App, Message, Mode, Opened, update};
use tribune::check::Allow;
use tribune::cli::{Args, Console, Environment, plan};
use tribune::command::{COMMANDS, Command, Entry, Group};
use tribune::document::{Document, DocumentId};
use tribune::exchange::FORMATS;
use tribune::keymap::{ANNOTATE, Action, KEYBOARDS, Key, KeyCode, Keymap, RELABEL};
use tribune::schema::Schema;
use tribune::session::Session;
use tribune::text::Text;

/// A transcript of two turns, opened so.
fn app(access: Access) -> App {
    let text = "АСАНОВ: Всё про за\u{301}мок 👍 и труд.\n\nОМАРОВ: «Труд — это право», и труд.\n";
    let document = Document::new(DocumentId::new("речь.txt"), Text::new(text.to_owned()).expect("a text"));
    let mut app = App::new(document, Schema::builtin(), "alpha".to_owned(), "en".to_owned());
    let opened =
        Opened { session: Session::default(), access, places: [].into(), allow: Allow::default(), notices: Vec::new() };
    update(&mut app, Timestamp::UNIX_EPOCH, Message::Opened(Box::new(opened)));
    app
}

fn press(app: &mut App, keys: &str) {
    for key in keys.split(' ') {
        update(app, Timestamp::UNIX_EPOCH, Message::Key(Key::parse(key).expect("a key")));
    }
}

/// What the list that is open has about what was typed.
fn listed(app: &App) -> Vec<String> {
    let Mode::Picker(picker) = &app.mode else { panic!("no list is open") };
    picker.matches().into_iter().map(|item| format!("{} {}", item.text, item.detail)).collect()
}

/// Whether one of the key sequences of `entry` that are letters and keys without a character leads to it on this layout.
fn is_reachable(entry: &Entry, keymap: &Keymap, layout: &Layout) -> bool {
    let (_, keyboard) = KEYBOARDS.into_iter().find(|(own, _)| *own == layout.keyboard).expect("a keyboard");
    // Marks are elsewhere on other layouts, if anywhere.
    let typed = |key: Key| match key.code {
        KeyCode::Char(c) if c == ' ' || c.is_ascii_alphabetic() => {
            Some(Key { code: KeyCode::Char(layout.typed(c)), ..key })
        }
        KeyCode::Char(_) => None,
        _ => Some(key),
    };
    entry.keys.iter().any(|keys| {
        let keys: Option<Vec<Key>> = keys.split(' ').map(|key| typed(Key::parse(key)?)).collect();
        let mut before = Vec::new();
        keys.unwrap_or_default().into_iter().any(|key| {
            let Some(found) = keymap.look_up(&before, keyboard.settle(key, false)) else { return false };
            before.push(found.key);
            found.action == Some(Action::Run(entry.command))
        })
    })
}

#[test]
fn every_command_is_reachable_by_key_on_each_layout_and_from_the_palette_and_explained_everywhere() {
    let mut manual = Vec::new();
    let console = &mut Console { out: &mut manual, messages: &mut std::io::sink() };
    plan(Args::parse_from(["tribune", "man"]), &Environment::default(), console).unwrap();
    // Roff writes hyphens, quotes and backslashes in its own way.
    let plain = |text: &str| text.replace('\\', "").replace("*(Aq", "'").replace("(aq", "'");
    let manual = plain(&String::from_utf8(manual).unwrap());
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let table = key_table();
    let (keymap, help, mut app) = (Keymap::new(&Schema::builtin()), in_help(), app(Access::Write));
    let mut faults = Vec::new();
    for entry in COMMANDS {
        let mut fault = |is_so: bool, what: &str| faults.extend((!is_so).then(|| format!("{}: {what}", entry.name)));
        for layout in &LAYOUTS {
            fault(is_reachable(entry, &keymap, layout), &format!("no key leads to it on {}", layout.name));
        }
        for typed in [entry.name, entry.title("en"), entry.title("ru"), entry.title("kk")] {
            press(&mut app, ":");
            update(&mut app, Timestamp::UNIX_EPOCH, Message::Paste(typed.to_owned()));
            let found = listed(&app).iter().any(|line| line.contains(entry.help) && line.ends_with(entry.name));
            press(&mut app, "Esc");
            fault(!typed.is_empty() && found, &format!("it is not in the palette as {typed:?}"));
        }
        let in_help = help.iter().any(|line| line.ends_with(&format!(" · {}", entry.name)));
        fault(in_help || entry.command == Command::Help, "it is not in the help where it would do something");
        let in_manual = manual.contains(&plain(&format!("{} ({})", entry.help, entry.name)));
        fault(in_manual, "it is not in the man page");
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(readme.contains(&table), "the key table of README.md is to read:\n\n{table}");
}

/// What `?` lists in these situations, between which every command would do something.
fn in_help() -> Vec<String> {
    let situations = [
        (Access::Write, "Esc", "?"),
        (Access::Write, "w w m w a c w m w a c", "F1"),
        (Access::Write, "w w m w a r w m w o", "Space h"),
        (Access::Write, "w w m w a r u", "?"),
        (Access::Write, "/ т р у д Enter g e C-o", "?"),
        (Access::Changed, "Esc", "?"),
    ];
    let in_situation = |(access, before, help)| {
        let mut app = app(access);
        press(&mut app, before);
        press(&mut app, help);
        listed(&app)
    };
    situations.into_iter().flat_map(in_situation).collect()
}

/// The key table in Markdown, a row a command, by group.
fn key_table() -> String {
    let mut rows = vec!["| keys | what they do |".to_owned(), "|---|---|".to_owned()];
    for group in Group::ALL {
        rows.push(format!("| **{}** | |", group.title()));
        for entry in COMMANDS.iter().filter(|entry| entry.group == group) {
            let keys: Vec<String> = entry.keys.iter().map(|keys| format!("`{keys}`")).collect();
            rows.push(format!("| {} | {} |", keys.join(", "), entry.help));
        }
        if group == Group::Annotate {
            rows.push(format!("| `{ANNOTATE}` then a label's key | annotate the selection |"));
            rows.push(format!("| `{RELABEL}` then a label's key | change the label of the annotation here |"));
        }
    }
    rows.join("\n") + "\n"
}

#[test]
fn the_page_of_formats_says_of_each_what_it_holds_and_how_it_is_loaded() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md")).unwrap();
    for format in FORMATS {
        let name = format.name;
        let is_row = |line: &str| {
            line.starts_with('|') && line.split('|').nth(1).is_some_and(|cell| cell.contains(&format!("`{name}`")))
        };
        assert!(page.lines().any(is_row), "what does {name} hold?");
        assert!(page.contains(&format!("`-f {name} -o ")), "how is {name} loaded?");
    }
}
