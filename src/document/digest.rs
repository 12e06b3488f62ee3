//! The SHA-256 of a text, by which a file of annotations recognises it.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::text::Text;

/// The SHA-256 of a text's bytes, as `sha256sum` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest(String);

impl Digest {
    /// Computes the digest of `text`: one pass over its bytes.
    ///
    /// ```
    /// use tribune::{document::Digest, text::Text};
    ///
    /// let text = Text::new("и\u{306} 👍".to_owned()).unwrap();
    /// assert_eq!(Digest::of(&text).as_str(), "831b2b1040419eaaf7fba22b5fe8eaa9ed18cf4c18bba1f8cda683a9a13fe693");
    /// ```
    pub fn of(text: &Text) -> Self {
        let hash = Sha256::digest(text.as_str().as_bytes());
        Self(
            hash.iter()
                .flat_map(|byte| [byte >> 4, byte & 15])
                .filter_map(|digit| char::from_digit(digit.into(), 16))
                .collect(),
        )
    }

    /// A digest as a file states it.
    pub fn stated(hex: impl Into<String>) -> Self {
        Self(hex.into())
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
