//! What others call their types and features: `DKPro`, and `INCEpTION` with it.

use super::META;

/// Features that hold the label in the types of `DKPro` and others, the best first.
pub(super) const LABELS: [&str; 7] =
    ["value", "PosValue", "DependencyType", "label", "identifier", "referenceType", "type"];

/// Types of which nothing is taken: they cut the text into pieces, or describe it.
pub(super) const SEGMENTS: [&str; 6] = [
    "uima.tcas.DocumentAnnotation",
    META,
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.TagsetDescription",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata",
];
