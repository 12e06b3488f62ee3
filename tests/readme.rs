//! The README is true: its key table is the command table.

#![expect(clippy::unwrap_used, reason = "tests")]

use tribune::command::{COMMANDS, Group};

/// The key table in Markdown, a row a command, by group.
fn key_table() -> String {
    let mut table = String::from("| keys | what they do |\n|---|---|\n");
    for group in Group::ALL {
        table += &format!("| **{}** | |\n", group.title());
        for entry in COMMANDS.iter().filter(|entry| entry.group == group) {
            let keys: Vec<String> = entry.keys.iter().map(|keys| format!("`{keys}`")).collect();
            table += &format!("| {} | {} |\n", keys.join(", "), entry.help);
        }
        if group == Group::Annotate {
            table += "| `a` then a label's key | annotate the selection |\n";
            table += "| `c` then a label's key | change the label of the annotation here |\n";
        }
    }
    table
}

#[test]
fn the_readme_lists_the_keys_of_the_command_table() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let table = key_table();
    assert!(readme.contains(&table), "the key table of README.md is to read:\n\n{table}");
}
