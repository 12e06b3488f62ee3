//! `tribune show`: the text with its annotations in brackets.

use std::path::Path;

use super::failure::unwritten;
use super::inputs::Inputs;
use super::{Console, Environment, warn};
use crate::outcome::{Failure, Outcome};
use crate::show::brackets;
use crate::store::AnnotatorName;

/// Prints the transcript at `path`, or each annotated one in that directory, with the annotations of `annotator`, or of whoever else
/// it must be.
pub(super) fn show(
    path: &Path,
    annotator: Option<&str>,
    schema: Option<&Path>,
    environment: &Environment,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let mut inputs = Inputs::find(&[path.to_owned()], annotator.as_slice(), schema)?;
    if inputs.transcripts().is_empty() {
        choose(&[], path, environment)?;
    }
    let chosen = inputs.transcripts().iter().map(|own| choose(&own.annotators, &own.path, environment).cloned());
    let chosen = chosen.collect::<Result<Vec<_>, _>>()?;
    inputs.keep_only(&chosen);
    let (mut outcome, mut is_first) = (Outcome::Done, true);
    inputs.each(|annotated| {
        outcome = outcome.and(warn(annotated, console.messages));
        if !std::mem::take(&mut is_first) {
            writeln!(console.out).map_err(unwritten("the output"))?;
        }
        brackets::write(&annotated.source, &mut *console.out).map_err(unwritten("the output"))
    })?;
    Ok(outcome)
}

/// The only one of `annotators`, else the one that `environment` names, if they are among them.
pub(super) fn choose<'a>(
    annotators: &'a [AnnotatorName],
    path: &Path,
    environment: &Environment,
) -> Result<&'a AnnotatorName, Failure> {
    let path = path.display();
    match annotators {
        [] => Err(Failure::usage(format!("{path}: nobody has annotated it"))
            .hint(format!("`tribune '{path}'` opens it for annotation"))),
        [only] => Ok(only),
        several => {
            let own = environment.annotator(None).ok();
            several.iter().find(|name| own.as_ref() == Some(name)).ok_or_else(|| {
                let names: Vec<_> = several.iter().map(AnnotatorName::as_str).collect();
                Failure::usage(format!("{path}: several have annotated it"))
                    .hint(format!("name one of them with --annotator: {}", names.join(", ")))
            })
        }
    }
}
