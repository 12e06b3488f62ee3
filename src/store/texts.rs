//! The texts that annotators worked on, kept so that annotations can follow when a transcript is changed.
//!
//! A text stands in `annotations/.texts/` under its digest, once for all annotators.

use std::fs;
use std::path::Path;

use super::bounds::read_if_there;
use super::{StoreError, bounds, write_whole};
use crate::document::Digest;
use crate::text::Text;

/// Keeps `text` at `path`, below `root`, unless it is there already. A file of another length is none of ours any more.
pub(super) fn keep(root: &Path, path: &Path, text: &Text) -> Result<(), StoreError> {
    let length = text.as_str().len() as u64;
    if fs::metadata(path).is_ok_and(|there| there.len() == length) {
        return Ok(());
    }
    bounds::stay_within(root, path)?;
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(StoreError::io(path, "write it"))?;
    write_whole(path, |out| out.write_all(text.as_str().as_bytes()))
}

/// The text at `path`, if it is there and has this digest.
pub(super) fn find(path: &Path, digest: &Digest) -> Option<Text> {
    let content = String::from_utf8(read_if_there(path).ok()??).ok()?;
    Text::new(content).ok().filter(|text| Digest::of(text) == *digest)
}
