//! The checksums of lines, by which snapshots and other histories name them.

use crate::store::format::Readable;

/// The checksum that the last of whole `lines` states, if it is no header.
pub(in crate::store) fn end(lines: &[u8]) -> Option<String> {
    let line = lines.strip_suffix(b"\n")?.rsplit(|byte| *byte == b'\n').next()?;
    let checksum = std::str::from_utf8(line).ok()?.split(' ').nth(1)?;
    (!line.starts_with(b"(")).then(|| checksum.to_owned())
}

/// The last revision in whole `lines` whose line is one of those that `names` names.
pub(in crate::store) fn last_named(lines: &[u8], names: &[Readable]) -> Option<u64> {
    let revision_if_so = |line: &[u8]| {
        let mut parts = line.splitn(3, |byte| *byte == b' ');
        let (revision, checksum) = (std::str::from_utf8(parts.next()?).ok()?.parse().ok()?, parts.next()?);
        names.iter().any(|name| name.as_str().as_bytes() == checksum).then_some(revision)
    };
    lines.rsplit(|byte| *byte == b'\n').find_map(revision_if_so)
}
