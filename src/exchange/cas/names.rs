//! Attributes as features, whose names are Java identifiers.

use std::fmt::Write as _;

use super::OWN;

/// `attribute` as the name of a feature: `U` with a code point in hexadecimal and `_` stands for what a name cannot hold.
pub(super) fn feature(attribute: &str) -> String {
    let mut name = String::new();
    let is_taken = OWN.contains(&attribute);
    for (at, c) in attribute.char_indices() {
        let is_plain = c.is_ascii_alphabetic() || (at > 0 && (c.is_ascii_digit() || c == '_'));
        let rest = attribute.get(at..).unwrap_or_default();
        if is_plain && !(is_taken && at == 0) && escape(rest).is_none() {
            name.push(c);
        } else {
            write!(name, "U{:X}_", u32::from(c)).ok();
        }
    }
    name
}

/// The attribute that [`feature`] calls `feature`.
pub(super) fn attribute(feature: &str) -> String {
    let mut name = String::new();
    let mut rest = feature;
    while let Some(c) = rest.chars().next() {
        let (c, behind) = escape(rest).unwrap_or((c, rest.get(c.len_utf8()..).unwrap_or_default()));
        name.push(c);
        rest = behind;
    }
    name
}

/// The escaped character with which `rest` begins, and what is behind it.
fn escape(rest: &str) -> Option<(char, &str)> {
    let (digits, behind) = rest.strip_prefix('U')?.split_once('_')?;
    let is_hex = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_lowercase());
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    is_hex.then_some((c, behind))
}
