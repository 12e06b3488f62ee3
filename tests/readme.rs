//! The README is true: its key table is the command table.

use tribune::command::{COMMANDS, Group};

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
            rows.push("| `a` then a label's key | annotate the selection |".to_owned());
            rows.push("| `c` then a label's key | change the label of the annotation here |".to_owned());
        }
    }
    rows.join("\n") + "\n"
}

#[test]
fn the_readme_lists_the_keys_of_the_command_table() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let table = key_table();
    assert!(readme.contains(&table), "the key table of README.md is to read:\n\n{table}");
}
