//! Ids that are the same each time and hold a number of ours.

use sha2::{Digest, Sha256};

/// The GUID of `what`, which has this number: of version 8 (RFC 9562 §5.8), its last 32 bits the number.
pub(super) fn guid(what: &[&str], number: u32) -> String {
    let mut hasher = Sha256::new_with_prefix("tribune");
    for part in what {
        hasher.update(part.len().to_be_bytes());
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    let hex = format!("{:032X}", u128::from_be_bytes(bytes));
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| hex.get(range).unwrap_or_default());
    parts.join("-")
}

/// The number in a GUID of ours.
pub(super) fn number(guid: &str) -> Option<u32> {
    u32::from_str_radix(guid.get(guid.len().checked_sub(8)?..)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_the_same_each_time_and_holds_the_number() {
        let one = guid(&["coding", "речь е\u{301}.txt 👍"], 258);
        assert_eq!(one, guid(&["coding", "речь е\u{301}.txt 👍"], 258));
        assert_ne!(one, guid(&["codingр", "ечь е\u{301}.txt 👍"], 258));
        assert_eq!(one.len(), 36);
        assert_eq!((one.get(14..15), number(&one)), (Some("8"), Some(258)));
        assert_eq!(number("й"), None);
    }
}
