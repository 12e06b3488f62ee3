//! The tasks of a file: a list of them, or one after the other.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::minimal;
use crate::exchange::{Refusal, Spot, Unreadable};

/// The tasks in `content`, which is in the file called `name`, and refusals of lines that are none where each has a line of its own;
/// `choices` are the names of controls for these.
pub(super) fn tasks(
    name: &str,
    content: &str,
    choices: &BTreeSet<String>,
) -> Result<(Vec<Json>, Vec<Refusal>), Unreadable> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let all: Result<Vec<Json>, _> = serde_json::Deserializer::from_str(content).into_iter().collect();
    let (all, refusals) = match all {
        Ok(all) => (all, Vec::new()),
        Err(error) => {
            let (all, refusals) = lines(name, content);
            if all.is_empty() || content.trim_start().starts_with('[') {
                let spot = Spot::new(name, error.line());
                return Err(Unreadable::Content(spot, format!("this is no JSON: {error}")));
            }
            (all, refusals)
        }
    };
    let each = all.into_iter().flat_map(|own| match own {
        Json::Array(tasks) => tasks,
        task => vec![task],
    });
    Ok((minimal::unfolded(each.collect(), choices), refusals))
}

/// The objects that stand on a line each, and why other lines are none.
fn lines(name: &str, content: &str) -> (Vec<Json>, Vec<Refusal>) {
    let (mut all, mut refusals) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(content.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Json>(line) {
            Ok(own) if own.is_object() => all.push(own),
            Ok(_) => refusals.push(Spot::new(name, number).refuse("expected a task of Label Studio")),
            Err(error) => {
                refusals.push(Spot::new(name, number).refuse(format!("this line is no JSON: {error}")));
            }
        }
    }
    (all, refusals)
}
