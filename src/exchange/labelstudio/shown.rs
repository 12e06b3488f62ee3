//! Which of the texts in the data of tasks regions are about.
//!
//! The configuration says what `to_name` shows: `<Text name="r" value="$reply"/>`. Without one it may be what the text is called in the
//! data, and else the first name that regions of a file have is that of the text that is taken.

use std::collections::BTreeMap;

use roxmltree::Node;
use serde_json::Value as Json;

use super::data;

/// What the objects of a configuration show: what that is called in the data, by the name of the object.
pub(super) type Objects = BTreeMap<String, String>;

/// The objects of the configuration at `root`.
pub(super) fn objects(root: Node<'_, '_>) -> Objects {
    let object = |own: Node<'_, '_>| {
        Some((own.attribute("name")?.to_owned(), own.attribute("value")?.trim().strip_prefix('$')?.to_owned()))
    };
    root.descendants().filter_map(object).collect()
}

/// What the names of objects in the tasks of a file show.
pub(super) struct Shown {
    objects: Objects,
    /// What the text that is taken is called where that is found nowhere else.
    usual: Option<String>,
}

impl Shown {
    /// What they show in `tasks`, for which a configuration has `objects`.
    pub(super) fn of(objects: Objects, tasks: &[Json]) -> Self {
        let mut shown = Self { objects, usual: None };
        shown.usual = tasks.iter().find_map(|task| shown.first(task)).map(str::to_owned);
        shown
    }

    /// The first name in `task` of what is not known to be another text than the one that is taken.
    fn first<'j>(&self, task: &'j Json) -> Option<&'j str> {
        let data = task.get("data")?;
        let taken = data::taken(data);
        let said =
            ["annotations", "completions", "predictions"].into_iter().filter_map(|key| task.get(key)?.as_array());
        let rows = said.flatten().filter_map(|own| own.get("result")?.as_array()).flatten();
        let regions = rows.filter(|own| own.get("value").is_some_and(|value| value.get("start").is_some()));
        let mut names = regions.filter_map(|own| own.get("to_name")?.as_str());
        names.find(|name| self.member(name, data).is_none_or(|own| Some(own) == taken))
    }

    /// What the object called `name` shows of `data`, if that is known.
    fn member<'s>(&'s self, name: &'s str, data: &Json) -> Option<&'s str> {
        let own = self.objects.get(name).map(String::as_str).filter(|own| data.get(*own).is_some());
        own.or_else(|| data.get(name).is_some_and(Json::is_string).then_some(name))
    }

    /// What `row` is about, where that is something else in `data` than what is called `taken` there.
    pub(super) fn other<'j>(&self, row: &'j Json, data: &Json, taken: &str) -> Option<&'j str> {
        let name = row.get("to_name").and_then(Json::as_str)?;
        let is_taken = match self.member(name, data) {
            Some(own) => own == taken,
            None => self.usual.as_deref().is_none_or(|usual| usual == name),
        };
        (!is_taken).then_some(name)
    }
}
