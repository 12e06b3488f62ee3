//! Some of the annotations of a set.

use super::args::Filter;
use crate::annotation::{Annotation, AnnotationSet, Edit, Target};

impl Filter {
    /// The annotations of `set` that are asked for, and the relations between those; all when nothing is asked for. The register
    /// stays.
    pub(super) fn apply(&self, set: &AnnotationSet) -> AnnotationSet {
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
        let is_relation = |own: &Annotation| matches!(own.target, Target::Relation { .. });
        let kept = remove(set, &|own| !is_relation(own) && !self.takes(set, own));
        let is_loose = |own: &Annotation| match own.target {
            Target::Relation { from, to } => {
                set.get(from).is_some() != kept.get(from).is_some() || set.get(to).is_some() != kept.get(to).is_some()
            }
            Target::Text(_) | Target::Document => false,
        };
        remove(&kept, &is_loose)
    }

    fn takes(&self, set: &AnnotationSet, own: &Annotation) -> bool {
        let among = |names: &[String], name: &str| names.is_empty() || names.iter().any(|own| own == name);
        let speaker = own.speaker().and_then(|id| set.speaker(id)).map_or("", |speaker| speaker.name.as_str());
        among(&self.layers, own.layer.as_str())
            && among(&self.labels, own.label.as_str())
            && among(&self.speakers, speaker)
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::exchange::fixture::Fixture;

    fn names(layers: &[&str], labels: &[&str], speakers: &[&str]) -> Vec<String> {
        let [layers, labels, speakers] =
            [layers, labels, speakers].map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let set = Filter { layers, labels, speakers }.apply(&Fixture::new().set);
        set.iter().map(crate::annotation::Annotation::name).collect()
    }

    #[test]
    fn what_is_asked_for_is_kept_with_the_relations_between_it() {
        assert_eq!(names(&[], &[], &[]).len(), 7);
        assert_eq!(names(&["theme"], &[], &[]), ["T3", "T4"]);
        assert_eq!(names(&["theme", "жест"], &["labour", "laugh"], &[]), ["T4", "Ж5"]);
        assert_eq!(names(&["quote", "claim"], &[], &[]), ["Q1", "C2", "L6"]);
        assert_eq!(names(&[], &[], &["Ермаганбет Булекпаев"]), ["Q1"]);
        assert_eq!(names(&["e\u{301}👍"], &[], &[]), [""; 0]);
    }
}
