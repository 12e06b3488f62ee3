//! Named values.

use std::{fmt, iter, mem, slice, vec};

use super::Value;
use crate::schema::AttributeId;

/// Values by name, in the order of the names; each name stands there once.
///
/// Most annotations have one or two, and there are very many annotations: so they lie in one piece that is just as large as it must
/// be, where a map would take 600 bytes for the first of them.
///
/// ```
/// # use tribune::annotation::*;
/// # use tribune::schema::AttributeId;
/// let of = |name: &str, word: &str| (AttributeId::new(name), Value::Text(word.to_owned()));
/// let attributes: Attributes = [of("ә", "и\u{306}"), of("mode", "direct"), of("ә", "👍")].into();
/// assert!(attributes.into_iter().eq([of("mode", "direct"), of("ә", "👍")]));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributes<Name = AttributeId, Said = Value>(Box<[(Name, Said)]>);

impl<Name: Ord, Said> Attributes<Name, Said> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value of this name.
    pub fn get(&self, name: &Name) -> Option<&Said> {
        self.place(name).ok().map(|at| &self.0[at].1)
    }

    /// Whether there is a value of this name.
    pub fn contains_key(&self, name: &Name) -> bool {
        self.place(name).is_ok()
    }

    /// Gives `name` this value; returns the one that it had.
    pub fn insert(&mut self, name: Name, value: Said) -> Option<Said> {
        match self.place(&name) {
            Ok(at) => Some(mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.change(|all| all.insert(at, (name, value)));
                None
            }
        }
    }

    /// Takes the value of this name away and returns it.
    pub fn remove(&mut self, name: &Name) -> Option<Said> {
        let at = self.place(name).ok()?;
        Some(self.change(|all| all.remove(at).1))
    }

    /// The values with their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Name, &Said)> {
        self.into_iter()
    }

    /// The names.
    pub fn keys(&self) -> impl Iterator<Item = &Name> {
        self.0.iter().map(|(name, _)| name)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Said> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Said> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Where `name` stands, or would stand.
    fn place(&self, name: &Name) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.cmp(name))
    }

    fn change<T>(&mut self, change: impl FnOnce(&mut Vec<(Name, Said)>) -> T) -> T {
        let mut all = mem::take(&mut self.0).into_vec();
        let result = change(&mut all);
        self.0 = all.into_boxed_slice();
        result
    }
}

impl<Name, Said> Default for Attributes<Name, Said> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<Name: fmt::Debug, Said: fmt::Debug> fmt::Debug for Attributes<Name, Said> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<Name: Ord, Said> FromIterator<(Name, Said)> for Attributes<Name, Said> {
    /// Of two with one name the later counts.
    fn from_iter<All: IntoIterator<Item = (Name, Said)>>(all: All) -> Self {
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all.dedup_by(|later, kept| {
            let is_again = later.0 == kept.0;
            if is_again {
                mem::swap(later, kept);
            }
            is_again
        });
        Self(all.into_boxed_slice())
    }
}

impl<Name: Ord, Said, const N: usize> From<[(Name, Said); N]> for Attributes<Name, Said> {
    fn from(all: [(Name, Said); N]) -> Self {
        all.into_iter().collect()
    }
}

impl<'a, Name, Said> IntoIterator for &'a Attributes<Name, Said> {
    type Item = (&'a Name, &'a Said);
    type IntoIter = iter::Map<slice::Iter<'a, (Name, Said)>, fn(&'a (Name, Said)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(name, value)| (name, value))
    }
}

impl<Name, Said> IntoIterator for Attributes<Name, Said> {
    type Item = (Name, Said);
    type IntoIter = vec::IntoIter<(Name, Said)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}
