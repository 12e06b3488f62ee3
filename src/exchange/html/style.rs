//! How the page looks: a lane beneath the words for each label.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::annotation::Annotation;
use crate::schema::{LabelId, LayerId, LayerKind, Schema};

/// What every page has.
const BASE: &str = "\
:root{color-scheme:light;--ink:#1a1a1a}
body{font:17px/1.5 Georgia,'PT Serif','Noto Serif',serif;color:var(--ink);max-width:46em;margin:2em auto;padding:0 1em}
h1{font-size:1.3em}h2{font-size:1.05em;margin-top:2.5em}
#legend label{margin-right:1.2em;white-space:nowrap;cursor:pointer}
#legend i{display:inline-block;width:1.6em;height:.35em;margin:0 .3em .15em 0}
#text{white-space:pre-wrap;overflow-wrap:anywhere;margin-top:1.5em}
#text span{background-repeat:no-repeat;-webkit-box-decoration-break:clone;box-decoration-break:clone;\
print-color-adjust:exact;-webkit-print-color-adjust:exact}
#text span[data-t]::before{content:attr(data-t);font:600 .55em/1 system-ui,sans-serif;vertical-align:super;color:#555;\
margin-right:.15em;white-space:nowrap}
#text span:target{outline:2px solid #1a1a1a}
ul{list-style:none;padding:0}li{margin:.6em 0;padding-left:.7em;border-left:.3em solid var(--c,#888)}
li b{font:600 .85em system-ui,sans-serif}li q{quotes:none}dl{margin:.1em 0 0;font-size:.9em;color:#444}
dt{float:left;clear:left;margin-right:.5em}dt::after{content:':'}dd{margin:0;white-space:pre-wrap}
footer{margin-top:3em;font-size:.85em;color:#555;overflow-wrap:anywhere}
@media print{body{max-width:none;margin:0}#legend input{display:none}h2{break-after:avoid}li{break-inside:avoid}}
";

/// Thickness of a lane, and from one to the next, in pixels.
const THICK: usize = 3;
const STEP: usize = 4;

/// A label with its lane.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// What people call it.
    pub(super) title: String,
    /// `#56B4E9`.
    pub(super) color: String,
}

/// The labels of the text's annotations, each with its lane, in the order of the schema; unknown ones follow.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    pub(super) lanes: Vec<Lane>,
    numbers: BTreeMap<(LayerId, LabelId), usize>,
}

impl Lanes {
    /// Lanes for `annotations`.
    pub(super) fn of<'a>(schema: &Schema, annotations: impl Iterator<Item = &'a Annotation>) -> Self {
        let mut lanes = Self::default();
        for (layer, label) in schema.labels().filter(|(layer, _)| layer.kind == LayerKind::Span) {
            let color = label.color.map(|own| format!("#{:02X}{:02X}{:02X}", own.red, own.green, own.blue));
            let title = label.title.in_language("en").to_owned();
            lanes.add((layer.id.clone(), label.id.clone()), title, color);
        }
        for own in annotations {
            let name = (own.layer.clone(), own.label.clone());
            if !lanes.numbers.contains_key(&name) {
                lanes.add(name, own.label.to_string(), None);
            }
        }
        lanes
    }

    fn add(&mut self, name: (LayerId, LabelId), title: String, color: Option<String>) {
        self.numbers.insert(name, self.lanes.len());
        self.lanes.push(Lane { title, color: color.unwrap_or_else(|| "#888888".to_owned()) });
    }

    /// The number of an annotation's lane.
    pub(super) fn of_annotation(&self, own: &Annotation) -> Option<usize> {
        self.numbers.get(&(own.layer.clone(), own.label.clone())).copied()
    }

    /// The style sheet, with a class for each of these combinations of lanes.
    pub(super) fn sheet(&self, combinations: &BTreeMap<Vec<usize>, usize>) -> String {
        let mut sheet = BASE.to_owned();
        // Writing to a string cannot fail.
        let height = self.lanes.len() * STEP;
        writeln!(sheet, "#text{{line-height:calc(1.45em + {height}px)}}#text span{{padding-bottom:{height}px}}").ok();
        for (number, Lane { color, .. }) in self.lanes.iter().enumerate() {
            writeln!(sheet, ":root{{--l{number}:{color}}}").ok();
            writeln!(sheet, "body:has(#f{number}:not(:checked)){{--l{number}:transparent}}").ok();
            writeln!(sheet, "body:has(#f{number}:not(:checked)) li.l{number}{{display:none}}").ok();
            writeln!(sheet, "li.l{number}{{--c:var(--l{number})}}").ok();
        }
        for (lanes, class) in combinations {
            let images: Vec<String> =
                lanes.iter().map(|lane| format!("linear-gradient(var(--l{lane}),var(--l{lane}))")).collect();
            let places: Vec<String> =
                lanes.iter().map(|lane| format!("0 calc(100% - {}px)", (self.lanes.len() - 1 - lane) * STEP)).collect();
            writeln!(
                sheet,
                ".k{class}{{background-image:{};background-position:{};background-size:100% {THICK}px}}",
                images.join(","),
                places.join(",")
            )
            .ok();
        }
        sheet
    }
}
