//! A finding as it is printed: a line for people with a hint below, or a JSON object for programs.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::inputs::Annotated;
use crate::annotation::Annotation;
use crate::check::{self, Allow, Diagnostic, Severity};
use crate::show::visible;
use crate::store::Stray;
use crate::text::{Place, Text};

/// Something that looks wrong in what an annotator says about a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    path: String,
    document: String,
    annotator: String,
    place: Option<Place>,
    /// In code points.
    span: Option<Range<usize>>,
    pub(super) severity: Severity,
    code: &'static str,
    /// What people call the annotation, as in `Q1`.
    annotation: Option<String>,
    message: String,
    hint: String,
}

/// Everything to report about `annotated`: what the store found, then what the rules find and `allow` does not cover.
pub(super) fn all(annotated: &Annotated<'_>, allow: &Allow) -> Vec<Finding> {
    let source = &annotated.source;
    let mut findings = mismatches(annotated);
    let found = check::check(source.document, source.schema, source.set);
    let found = found.into_iter().filter(|diagnostic| !allow.covers(diagnostic, &source.document.id));
    findings.extend(found.map(|diagnostic| Finding::of(annotated, diagnostic)));
    findings
}

/// How the file and the text disagree: a changed text, and the annotations that do not stand on it.
pub(super) fn mismatches(annotated: &Annotated<'_>) -> Vec<Finding> {
    let reading = annotated.reading;
    let changed = reading.changed.then(|| Finding::of_changed_text(annotated));
    let strays = reading.strays.iter().map(|stray| Finding::of_stray(annotated, stray));
    changed.into_iter().chain(strays).collect()
}

/// How many annotations have no place in the text, and which, if there are any.
pub(super) fn left_out(annotated: &Annotated<'_>) -> Option<String> {
    let Annotated { path, annotator, reading, .. } = annotated;
    let ids: Vec<_> = reading.strays.iter().map(|stray| stray.id.to_string()).collect();
    let line = || {
        let (count, all) = (ids.len(), ids.len() + reading.session.set().len());
        let ids = ids.join(", ");
        format!(
            "note: {}: {annotator}: {count} of {all} annotations are left out, for they have no place: {ids}",
            path.display()
        )
    };
    (!ids.is_empty()).then(|| visible::line(&line()))
}

impl Finding {
    fn new(annotated: &Annotated<'_>, severity: Severity, code: &'static str, message: String, hint: String) -> Self {
        Self {
            path: annotated.path.display().to_string(),
            document: annotated.source.document.id.to_string(),
            annotator: annotated.source.annotator.to_owned(),
            place: None,
            span: None,
            severity,
            code,
            annotation: None,
            message,
            hint,
        }
    }

    fn of(annotated: &Annotated<'_>, diagnostic: Diagnostic) -> Self {
        let Diagnostic { code, severity, annotation, place, span, message, hint } = diagnostic;
        let text = &annotated.source.document.text;
        let annotation = annotation.and_then(|id| annotated.source.set.get(id)).map(Annotation::name);
        let span = span.map(|span| text.code_points(span));
        Self { place, span, annotation, ..Self::new(annotated, severity, code.name(), message, hint) }
    }

    fn of_changed_text(annotated: &Annotated<'_>) -> Self {
        let strays = annotated.reading.strays.iter().filter(|stray| !stray.is_kept);
        let (kept, lost) = (annotated.reading.session.set().len(), strays.count());
        let message =
            format!("the text is not the one that was annotated: {kept} of {} annotations still match it", kept + lost);
        let hint = "bring back the text that was annotated, or see `tribune reanchor --help`".to_owned();
        Self::new(annotated, Severity::Warning, "changed-text", message, hint)
    }

    fn of_stray(annotated: &Annotated<'_>, stray: &Stray) -> Self {
        let what = if stray.is_kept { "waits for a place" } else { "does not match the text" };
        let message = format!("annotation {} ({}) {what}: {}", stray.id, stray.title, stray.reason);
        let how = if stray.is_kept {
            "give it a place by `Space u` in the program"
        } else {
            "bring back the text or mend the file"
        };
        let hint = format!("it was made for «{}»; {how}", stray.quote);
        let place =
            stray.start.filter(|_| !stray.is_kept).and_then(|start| place_of(&annotated.source.document.text, start));
        Self { place, ..Self::new(annotated, Severity::Error, "stray-annotation", message, hint) }
    }

    /// The finding as a JSON object on one line.
    pub(super) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&Row {
            path: &self.path,
            document: &self.document,
            annotator: &self.annotator,
            line: self.place.map(|place| place.line),
            column: self.place.map(|place| place.column),
            start: self.span.as_ref().map(|span| span.start),
            end: self.span.as_ref().map(|span| span.end),
            severity: self.severity.to_string(),
            code: self.code,
            annotation: self.annotation.as_deref(),
            message: &self.message,
            hint: &self.hint,
        })
    }
}

/// Where code point `number` stands, if the text has one.
fn place_of(text: &Text, number: usize) -> Option<Place> {
    text.offset_of_code_point(number).map(|offset| text.place(offset))
}

/// The keys of the JSON object; all are there, null where there is nothing.
#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    document: &'a str,
    annotator: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    severity: String,
    code: &'static str,
    annotation: Option<&'a str>,
    message: &'a str,
    hint: &'a str,
}

impl fmt::Display for Finding {
    /// `path:line:column: severity[code]: annotator: message`, and the hint on a line of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, annotator, severity, code, message, hint, .. } = self;
        let place = self.place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
        let first = format!("{path}{place}: {severity}[{code}]: {annotator}: {message}");
        write!(f, "{}\n  hint: {}", visible::line(&first), visible::line(hint))
    }
}
