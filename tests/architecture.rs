//! Who may use whom, and who may touch the world outside: the table of the design, held against the sources.
//!
//! Tests (`tests.rs`, `tests/`, items under `#[cfg(test)]`), comments and the contents of strings do not count.

use std::fs;
use std::path::{Path, PathBuf};

use Uses::{AllAboveBut, Only};

/// What a module may use.
enum Uses {
    Only(&'static [&'static str]),
    AllAboveBut(&'static [&'static str]),
}

/// The modules from the ground up: each may use only what stands above it here, so there are no cycles.
const MODULES: &[(&str, Uses)] = &[
    ("text", Only(&[])),
    ("schema", Only(&[])),
    ("outcome", Only(&[])),
    ("document", Only(&["text"])),
    ("annotation", Only(&["text", "schema"])),
    ("check", Only(&["text", "schema", "document", "annotation"])),
    ("anchor", Only(&["text", "schema", "document", "annotation"])),
    ("motion", Only(&["text", "document", "annotation"])),
    ("session", Only(&["text", "schema", "document", "annotation", "check"])),
    ("audit", Only(&["session"])),
    ("exchange", Only(&["text", "schema", "document", "annotation"])),
    ("show", Only(&["text", "document", "annotation", "exchange"])),
    ("stats", Only(&["text", "schema", "document", "annotation", "exchange", "show"])),
    ("suggest", Only(&["text", "schema", "document", "annotation"])),
    ("agreement", Only(&["text", "schema", "annotation"])),
    ("merge", Only(&["text", "schema", "document", "annotation", "agreement"])),
    ("command", Only(&["text", "schema", "annotation"])),
    ("keymap", Only(&["text", "schema", "annotation", "command"])),
    ("config", Only(&["schema", "command", "keymap"])),
    (
        "store",
        Only(&["text", "schema", "document", "annotation", "check", "session", "audit", "anchor", "outcome", "config"]),
    ),
    ("layout", Only(&["text", "document", "annotation"])),
    ("doctor", Only(&["schema", "command", "keymap", "layout"])),
    ("app", AllAboveBut(&["store", "doctor"])),
    ("work", Only(&["config", "app", "outcome", "session", "store"])),
    ("tui", AllAboveBut(&[])),
    ("cli", AllAboveBut(&["tui"])),
    ("main", Only(&["outcome", "tui", "cli"])),
];

/// What reaches outside the program, and the modules that may.
const POWERS: &[(&[&str], &[&str])] = &[
    (&["std::fs", "tempfile"], &["store", "cli"]),
    (&["ratatui", "crossterm"], &["tui"]),
    (&["std::env", "std::time::SystemTime", "std::time::Instant"], &["main", "cli", "tui", "work"]),
    (&["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now"], &["main", "cli", "tui", "work"]),
    // the exit status is a type of std::process, and a lock names the process that holds it
    (&["std::process"], &["main", "cli", "tui", "outcome", "store", "work"]),
    (&["std::net"], &[]),
    (&["print!", "println!", "eprint!", "eprintln!", "dbg!"], &["main"]),
    (&["unsafe", "async", "static mut", "RefCell", "Mutex", "RwLock"], &[]),
];

#[test]
fn modules_use_only_what_the_table_lets_them_use() {
    let faults: Vec<String> = sources().iter().flat_map(forbidden_uses).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn only_the_edges_touch_the_world() {
    let faults: Vec<String> = sources().iter().flat_map(forbidden_powers).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_table_has_no_cycles() {
    for (at, (module, uses)) in MODULES.iter().enumerate() {
        let (Only(named) | AllAboveBut(named)) = uses;
        for used in *named {
            let above = MODULES.iter().position(|(name, _)| name == used).is_some_and(|place| place < at);
            assert!(above, "`{used}` must stand above `{module}`");
        }
    }
}

#[test]
fn the_test_sees_what_it_should_see() {
    let source = |path: &str, text: &str| Source::new(PathBuf::from(path), text);
    let uses = |path, text| forbidden_uses(&source(path, text)).len();
    assert_eq!(uses("src/check.rs", "use crate::text::Text;\nuse crate::check::Code;"), 0);
    assert_eq!(uses("src/check.rs", "use crate::session::Session;"), 1);
    assert_eq!(uses("src/check/rule.rs", "use crate::{text::{Span, store}, store::Corpus, tui};"), 2);
    assert_eq!(uses("src/check/rule.rs", "use super::store; use super::super::store;"), 1);
    assert_eq!(uses("src/check/rule.rs", "fn f(x: &crate :: store::Corpus) -> mycrate::store {}"), 1);
    assert_eq!(uses("src/check.rs", "use crate::nowhere;"), 1);
    assert_eq!(uses("src/nowhere.rs", ""), 1);
    assert_eq!(uses("src/main.rs", "use tribune::{cli, store};"), 1);
    let hidden = "// crate::tui 👍\n/* й /* */ crate::tui */ \"crate::tui \\\" e\u{301}\" r#\"\"crate::tui\"# 'a' '\"' '\\''\n\
        fn f<'a>() {}\n#[cfg(test)]\nmod tests { fn g() { crate::tui } }\n#[cfg(test)] use crate::tui;";
    assert_eq!(uses("src/text.rs", hidden), 0);
    assert_eq!(uses("src/text.rs", &format!("{hidden} use crate::tui;")), 1);

    let powers = |path, text| forbidden_powers(&source(path, text)).len();
    assert_eq!(powers("src/store/atomic.rs", "use std::fs::File;"), 0);
    assert_eq!(powers("src/text.rs", "use std::fs::File;"), 1);
    assert_eq!(powers("src/text.rs", "use std::{fmt, fs::{self}, env};"), 2);
    assert_eq!(powers("src/layout.rs", "use ratatui::buffer::CellWidth;"), 1);
    assert_eq!(powers("src/session.rs", "fn f(at: jiff::Timestamp) { jiff::Timestamp::now() }"), 1);
    assert_eq!(powers("src/app.rs", "println!(\"{x}\"); writeln!(out)"), 1);
    assert_eq!(powers("src/tui.rs", "async fn f(x: Rc<RefCell<u8>>) { asynchronous() }"), 2);

    let fault = &forbidden_uses(&source("src/check/rule.rs", "\n\nuse crate::tui;"))[0];
    assert_eq!(fault, "src/check/rule.rs:3: `check` may not use `tui`");
}

/// A source file, without what does not count.
struct Source {
    path: PathBuf,
    module: String,
    /// How deep below the crate its items are: 1 for `text.rs`, 2 for `text/lines.rs`.
    depth: usize,
    code: String,
}

impl Source {
    fn new(path: PathBuf, text: &str) -> Self {
        let below: Vec<_> = path.iter().skip_while(|part| *part != "src").skip(1).collect();
        let module = below[0].to_string_lossy().trim_end_matches(".rs").to_owned();
        Self { module, depth: below.len(), code: without_tests(without_comments_and_strings(text)), path }
    }

    fn fault(&self, at: usize, message: &str) -> String {
        let line = 1 + self.code.bytes().take(at).filter(|byte| *byte == b'\n').count();
        format!("{}:{line}: {message}", self.path.display())
    }

    /// The paths that start with `root` with up to `length` segments, and where they stand; groups in braces are resolved.
    fn paths(&self, root: &str, length: usize) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for at in words(&self.code, root) {
            follow(rest(&self.code, at + root.len()), at, root.to_owned(), length - 1, &mut found);
        }
        found
    }
}

/// All sources but tests.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    assert!(files.len() > 10, "the sources are read");
    let read = |file: PathBuf| {
        let text = fs::read_to_string(&file).expect("a source is a readable text");
        Source::new(file.strip_prefix(root).expect("it is below the root").to_owned(), &text)
    };
    files.into_iter().map(read).collect()
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("the sources have directories") {
        let path = entry.expect("the directory stays").path();
        if path.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

/// What the file uses of the crate that its module may not use.
fn forbidden_uses(source: &Source) -> Vec<String> {
    if source.module == "lib" {
        return Vec::new();
    }
    let Some(place) = MODULES.iter().position(|(name, _)| *name == source.module) else {
        return vec![source.fault(0, &format!("`{}` is not in the table of tests/architecture.rs", source.module))];
    };
    let may_use = |used: &str| match MODULES[place].1 {
        Only(named) => named.contains(&used),
        AllAboveBut(named) => MODULES[..place].iter().any(|(name, _)| *name == used) && !named.contains(&used),
    };
    let mut supers = "super::".repeat(source.depth);
    supers.truncate(supers.len() - "::".len());
    let roots = if source.module == "main" { vec!["crate", "tribune"] } else { vec!["crate", supers.as_str()] };
    let mut faults = Vec::new();
    for root in roots {
        for (at, path) in source.paths(root, 2) {
            let used = path.rsplit("::").next().unwrap_or_default();
            if used != source.module && used != root && !may_use(used) {
                faults.push(source.fault(at, &format!("`{}` may not use `{used}`", source.module)));
            }
        }
    }
    faults
}

/// What the file does that only others may do.
fn forbidden_powers(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (powers, modules) in POWERS {
        if modules.contains(&source.module.as_str()) {
            continue;
        }
        for power in *powers {
            let segments = power.split("::").count();
            let places: Vec<usize> = match power.split_once("::") {
                Some(("std", _)) => {
                    let paths = source.paths("std", segments).into_iter();
                    paths.filter(|(_, path)| path == power).map(|(at, _)| at).collect()
                }
                _ => words(&source.code, power).collect(),
            };
            let only = if modules.is_empty() { "nothing".to_owned() } else { format!("only {}", modules.join(", ")) };
            faults.extend(places.iter().map(|at| source.fault(*at, &format!("{only} may use `{power}`"))));
        }
    }
    faults
}

/// Where `word` stands in `code` by itself.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let ends_open = !joins(word.chars().next_back());
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let (before, behind) = (rest_before(code, *at), rest(code, at + word.len()));
        !joins(before.chars().next_back())
            && !before.ends_with("super::")
            && (ends_open || !joins(behind.chars().next()))
    })
}

/// Follows a path whose beginning is `path` into `code`, up to `length` more segments; groups in braces branch.
fn follow(code: &str, at: usize, path: String, length: usize, found: &mut Vec<(usize, String)>) {
    let next = code.trim_start().strip_prefix("::").map(str::trim_start);
    let Some(next) = next.filter(|_| length > 0) else {
        found.push((at, path));
        return;
    };
    for branch in branches(next) {
        let name: String = branch.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        follow(rest(branch, name.len()), at, format!("{path}::{name}"), length - 1, found);
    }
}

/// What a path goes on with: `code` itself, or each member of the group in braces that it starts with.
fn branches(code: &str) -> Vec<&str> {
    let Some(group) = code.strip_prefix('{') else { return vec![code] };
    let (mut members, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                members.push(rest(rest_before(group, at), start).trim());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    members.retain(|member| !member.is_empty());
    members
}

/// `text` with blanks for comments and for what stands in strings and character literals; lines stay.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut left = text;
    while let Some(first) = left.chars().next() {
        let after_name = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let length = match first {
            '/' if left.starts_with("//") => left.find('\n').unwrap_or(left.len()),
            '/' if left.starts_with("/*") => block_comment(left),
            '"' => string(left),
            'r' if !after_name && left.trim_start_matches('r').trim_start_matches('#').starts_with('"') => {
                raw_string(left)
            }
            '\'' => character(left),
            _ => 0,
        };
        if length == 0 {
            code.push(first);
            left = rest(left, first.len_utf8());
        } else {
            code.extend(blank(rest_before(left, length)));
            left = rest(left, length);
        }
    }
    code
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let left = rest(text, at);
        match () {
            () if left.starts_with("/*") => (depth, at) = (depth + 1, at + 2),
            () if left.starts_with("*/") => (depth, at) = (depth - 1, at + 2),
            () => at += left.chars().next().map_or(1, char::len_utf8),
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str) -> usize {
    let hashes: String = text.chars().skip(1).take_while(|c| *c == '#').collect();
    let open = 1 + hashes.len() + 1;
    rest(text, open).find(&format!("\"{hashes}")).map_or(text.len(), |end| open + end + 1 + hashes.len())
}

/// The length of a character literal; 0 for a lifetime.
fn character(text: &str) -> usize {
    let inside = rest(text, 1);
    if let Some(escape) = inside.strip_prefix('\\') {
        let skipped = escape.chars().next().map_or(0, char::len_utf8);
        return rest(escape, skipped).find('\'').map_or(0, |end| 2 + skipped + end + 1);
    }
    let length = inside.chars().next().map_or(0, char::len_utf8);
    if rest(inside, length).starts_with('\'') { 1 + length + 1 } else { 0 }
}

/// `code` with blanks for items under `#[cfg(test)]`.
fn without_tests(mut code: String) -> String {
    while let Some(start) = code.find("#[cfg(test)]") {
        let mut depth = 0_usize;
        let mut end = code.len();
        for (at, c) in code.char_indices().skip_while(|(at, _)| *at < start) {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && matches!(c, ';' | '}') {
                end = at + 1;
                break;
            }
        }
        let blanks: String = blank(rest(rest_before(&code, end), start)).collect();
        code = [rest_before(&code, start), &blanks, rest(&code, end)].concat();
    }
    code
}

/// Blanks for `text`; lines stay.
fn blank(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| if c == '\n' { c } else { ' ' })
}

/// `text` from byte `at` on.
fn rest(text: &str, at: usize) -> &str {
    text.split_at(at).1
}

/// `text` up to byte `at`.
fn rest_before(text: &str, at: usize) -> &str {
    text.split_at(at).0
}
