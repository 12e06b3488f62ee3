//! Some of the annotations of a set.

use std::collections::BTreeSet;
use std::fmt;
use std::iter;

use super::args::Filter;
use crate::annotation::{Annotation, AnnotationId, AnnotationSet, Edit, Target};
use crate::schema::{LayerKind, Schema};

impl Filter {
    /// The annotations of `set` that are asked for, and the relations between those; all when nothing is asked for. Where relations are
    /// asked for by name, they are those, with what they relate. The register stays.
    pub(super) fn apply(&self, set: &AnnotationSet, schema: &Schema) -> AnnotationSet {
        let mut kept = set.clone();
        if self.layers.is_empty() && self.labels.is_empty() && self.speakers.is_empty() {
            return kept;
        }
        let mut remove = |set: &AnnotationSet, is_out: &dyn Fn(&Annotation) -> bool| {
            for own in set.iter().filter(|own| is_out(own)) {
                let fits = kept.apply(&Edit::Remove(own.clone()));
                debug_assert!(fits.is_ok(), "it is in the set");
            }
            kept.clone()
        };
        let names_relations = self.names_relations(schema);
        let related = if names_relations { self.related(set) } else { BTreeSet::new() };
        let stays = |own: &Annotation| match own.target {
            Target::Relation { .. } if !names_relations => true,
            _ => self.takes(set, own) || related.contains(&own.id),
        };
        let kept = remove(set, &|own| !stays(own));
        let is_loose = |own: &Annotation| match own.target {
            Target::Relation { from, to } => {
                set.get(from).is_some() != kept.get(from).is_some() || set.get(to).is_some() != kept.get(to).is_some()
            }
            Target::Text(_) | Target::Document => false,
        };
        remove(&kept, &is_loose)
    }

    /// Whether a layer or a label that is asked for is one of relations.
    fn names_relations(&self, schema: &Schema) -> bool {
        let mut layers = schema.layers.iter().filter(|layer| matches!(layer.kind, LayerKind::Relation { .. }));
        layers.any(|layer| {
            let has = |label: &String| layer.labels.iter().any(|own| own.id.as_str() == label);
            let is_asked = self.layers.iter().any(|own| own == layer.id.as_str());
            if self.layers.is_empty() { self.labels.iter().any(has) } else { is_asked }
        })
    }

    /// What the relations asked for relate, and what is related by a relation among that.
    fn related(&self, set: &AnnotationSet) -> BTreeSet<AnnotationId> {
        let mut related = BTreeSet::new();
        let mut open: Vec<&Annotation> = set.iter().filter(|own| self.takes(set, own)).collect();
        while let Some(own) = open.pop() {
            if let Target::Relation { from, to } = own.target {
                let new = [from, to].into_iter().filter(|end| related.insert(*end));
                open.extend(new.filter_map(|end| set.get(end)));
            }
        }
        related
    }

    /// What is asked for: the option and the name.
    pub(super) fn wanted(&self) -> Vec<Wanted<'_>> {
        let of_each = self.options().into_iter().flat_map(|(option, names, names_of)| {
            names.iter().map(move |name| Wanted { option, name, names_of, others: BTreeSet::new() })
        });
        of_each.collect()
    }

    /// Each option with what is asked for by it, and what annotations are called by it.
    fn options(&self) -> [(&'static str, &[String], NamesOf); 3] {
        [
            ("layer", &self.layers, |_, own| vec![own.layer.as_str()]),
            ("label", &self.labels, |_, own| vec![own.label.as_str()]),
            ("speaker", &self.speakers, speaker_of),
        ]
    }

    fn takes(&self, set: &AnnotationSet, own: &Annotation) -> bool {
        self.options().into_iter().all(|(_, asked, names_of)| {
            asked.is_empty() || names_of(set, own).iter().any(|name| asked.iter().any(|own| own == name))
        })
    }
}

/// The names of whom an annotation quotes, other names last.
fn speaker_of<'a>(set: &'a AnnotationSet, own: &Annotation) -> Vec<&'a str> {
    let speaker = own.speaker().and_then(|id| set.speaker(id));
    speaker.map_or_else(Vec::new, |own| iter::once(&own.name).chain(&own.aliases).map(String::as_str).collect())
}

/// What an annotation is called by one of the options, the usual name first.
type NamesOf = for<'a> fn(&'a AnnotationSet, &'a Annotation) -> Vec<&'a str>;

/// A name that is asked for, as long as no annotation was found that has it.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    option: &'static str,
    name: &'a str,
    names_of: NamesOf,
    /// What the annotations have instead.
    others: BTreeSet<String>,
}

impl Wanted<'_> {
    /// Whether no annotation of `set` has it.
    pub(super) fn is_unmet(&mut self, set: &AnnotationSet) -> bool {
        let called: Vec<_> = set.iter().map(|own| (self.names_of)(set, own)).collect();
        self.others.extend(called.iter().filter_map(|own| Some((*own.first()?).to_owned())));
        !called.iter().any(|names| names.contains(&self.name))
    }
}

impl fmt::Display for Wanted<'_> {
    /// `no annotation has the label Theme; there are claim, quote, youth`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 12;
        let Self { option, name, others, .. } = self;
        write!(f, "no annotation has the {option} {name}")?;
        let others: Vec<&str> = others.iter().map(String::as_str).filter(|own| !own.is_empty()).collect();
        match others.len() {
            0 => Ok(()),
            count @ 1..=MOST => write!(f, "; there {} {}", if count == 1 { "is" } else { "are" }, others.join(", ")),
            _ => write!(f, "; there are {}, …", others[..MOST].join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::exchange::fixture::Fixture;

    fn names(layers: &[&str], labels: &[&str], speakers: &[&str]) -> Vec<String> {
        let [layers, labels, speakers] =
            [layers, labels, speakers].map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let fixture = Fixture::new();
        let set = Filter { layers, labels, speakers }.apply(&fixture.set, &fixture.schema);
        set.iter().map(crate::annotation::Annotation::name).collect()
    }

    #[test]
    fn what_is_asked_for_is_kept_with_the_relations_between_it() {
        assert_eq!(names(&[], &[], &[]).len(), 7);
        assert_eq!(names(&["theme"], &[], &[]), ["T3", "T4"]);
        assert_eq!(names(&["theme", "жест"], &["labour", "laugh"], &[]), ["T4", "Ж5"]);
        assert_eq!(names(&["quote", "claim"], &[], &[]), ["Q1", "C2", "L6"]);
        assert_eq!(names(&["link"], &[], &[]), ["Q1", "C2", "L6"], "with what it relates");
        assert_eq!(names(&["link", "theme"], &["supports", "labour"], &[]), ["Q1", "C2", "T4", "L6"]);
        assert_eq!(names(&[], &["supports"], &[]), ["Q1", "C2", "L6"]);
        assert_eq!(names(&["claim"], &["supports"], &[]), [""; 0]);
        assert_eq!(names(&[], &[], &["Ермаганбет Булекпаев"]), ["Q1"]);
        assert_eq!(names(&[], &[], &["аким"]), ["Q1"], "by another name");
        assert_eq!(names(&["e\u{301}👍"], &[], &[]), [""; 0]);
    }

    #[test]
    fn a_name_that_nothing_has_is_told_with_those_that_there_are() {
        let set = Fixture::new().set;
        let filter = Filter {
            layers: vec!["e\u{301}👍".into(), "theme".into()],
            labels: vec!["Труд".into()],
            speakers: vec!["Никто\u{301}".into()],
        };
        let unmet = filter.wanted().into_iter().filter_map(|mut own| own.is_unmet(&set).then(|| own.to_string()));
        assert_eq!(
            unmet.collect::<Vec<_>>(),
            [
                "no annotation has the layer e\u{301}👍; there are claim, genre, link, quote, theme, жест",
                "no annotation has the label Труд; there are claim, labour, laugh, quote, rights, speech, supports",
                "no annotation has the speaker Никто\u{301}; there is Ермаганбет Булекпаев",
            ]
        );
    }
}
