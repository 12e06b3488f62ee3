//! Bytes of a file → [`Document`], or a clear refusal.

use std::fs;
use std::path::Path;

use super::StoreError;
use crate::document::{Document, DocumentId};
use crate::text::{Text, TooLong};

/// Reads the transcript at `path` verbatim: UTF-8, never normalised, CR and BOM included. Its turns are still to be found.
pub(super) fn read(path: &Path, id: DocumentId) -> Result<Document, StoreError> {
    let data = fs::metadata(path).map_err(StoreError::io(path, "read it"))?;
    let kind = data.file_type();
    if kind.is_dir() {
        return Err(StoreError::Directory(path.to_owned()));
    }
    if !kind.is_file() {
        return Err(StoreError::Special(path.to_owned()));
    }
    let too_long = |source| StoreError::TooLong { path: path.to_owned(), source };
    TooLong::check(data.len()).map_err(too_long)?;
    let bytes = fs::read(path).map_err(StoreError::io(path, "read it"))?;
    if bytes.is_empty() {
        return Err(StoreError::Empty(path.to_owned()));
    }
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if !utf16 && let Some(at) = memchr::memchr(0, &bytes) {
        return Err(StoreError::Binary { path: path.to_owned(), at });
    }
    let content = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let guess = match before.is_ascii() {
            true if utf16 => Some("utf-16"),
            true => Some("windows-1251"),
            false => None,
        };
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        StoreError::NotUtf8 { path: path.to_owned(), line, at, guess }
    })?;
    let text = Text::new(content).map_err(too_long)?;
    Ok(Document::without_turns(id, text))
}
