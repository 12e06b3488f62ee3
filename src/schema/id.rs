//! Names of layers, labels and attributes: strings that cannot be taken for one another.

use std::fmt;
use std::marker::PhantomData;

/// A name in files. `Of` says what it names, so that a label is never passed where a layer is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<Of>(String, PhantomData<Of>);

/// What a [`LayerId`] names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfLayer {}
/// What a [`LabelId`] names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfLabel {}
/// What an [`AttributeId`] names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfAttribute {}

/// The name of a layer.
pub type LayerId = Id<OfLayer>;
/// The name of a label within its layer.
pub type LabelId = Id<OfLabel>;
/// The name of an attribute within its layer.
pub type AttributeId = Id<OfAttribute>;

impl<Of> Id<Of> {
    /// The name `name`.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into(), PhantomData)
    }

    /// The name as files have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<Of> fmt::Display for Id<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
