//! Files that are not in UTF-8: those that say that they are in UTF-16 are read all the same, of others it is told what they seem to be in.

use std::ops::RangeInclusive;

/// `bytes` as UTF-8 where a byte-order mark says that they are UTF-16, as Excel writes "Unicode text"; else as they are.
///
/// ```
/// use tribune::exchange::in_utf8;
///
/// assert_eq!(in_utf8(b"\xff\xfe\x39\x04\x3d\xd8\x4d\xdc".to_vec()), "й👍".as_bytes());
/// assert_eq!(in_utf8(b"\xff\xfe\x39".to_vec()), b"\xff\xfe\x39");
/// ```
pub fn in_utf8(bytes: Vec<u8>) -> Vec<u8> {
    let pair: Option<fn([u8; 2]) -> u16> = match bytes.get(..2) {
        Some(b"\xff\xfe") => Some(u16::from_le_bytes),
        Some(b"\xfe\xff") => Some(u16::from_be_bytes),
        _ => None,
    };
    let Some(pair) = pair.filter(|_| bytes.len().is_multiple_of(2)) else { return bytes };
    let units = bytes[2..].chunks_exact(2).map(|own| pair([own[0], own[1]]));
    let decoded: Result<String, _> = char::decode_utf16(units).collect();
    decoded.map_or(bytes, String::into_bytes)
}

/// What text that is no UTF-8 seems to be in, as `iconv` calls it; none for what seems to be no text.
pub(super) fn seeming(bytes: &[u8]) -> Option<&'static str> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|own| **own == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > bytes.len() / 10 {
        // Blanks and line ends, at least, have a zero in them.
        return match (even, odd) {
            (0, _) => Some("utf-16le"),
            (_, 0) => Some("utf-16be"),
            _ => None,
        };
    }
    let is_control = |own: &u8| *own < b' ' && !own.is_ascii_whitespace();
    if bytes.iter().any(is_control) {
        return None;
    }
    let count = |range: RangeInclusive<u8>| bytes.iter().filter(|own| range.contains(own)).count();
    // Most letters are small ones, which have places of their own in each; in Latin letters few have marks.
    let (first, last) = (count(0xC0..=0xDF), count(0xE0..=0xFF));
    let latin = bytes.iter().filter(|own| own.is_ascii_alphabetic()).count();
    let dos = count(0xA0..=0xAF);
    let in_a_row = bytes.windows(2).filter(|own| own.iter().all(|byte| *byte >= 0x80)).count();
    let is_latin = latin > 0 && in_a_row * 2 <= first + last + dos;
    Some(if is_latin {
        "cp1252"
    } else if dos > first.max(last) {
        "cp866"
    } else if first > last {
        "koi8-r"
    } else {
        "cp1251"
    })
}

/// What is found in `bytes`, which are no UTF-8, for a message that expected it.
pub(super) fn found(bytes: &[u8]) -> String {
    let beyond_ascii = |bytes: &[u8]| bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let valid = bytes.utf8_chunks().map(|own| beyond_ascii(own.valid().as_bytes())).sum::<usize>();
    let stray = beyond_ascii(bytes) - valid;
    if valid > stray {
        let is = if stray == 1 { "one byte that is none" } else { "bytes that are none" };
        return format!("{is} in what else is UTF-8");
    }
    seeming(bytes).map_or_else(
        || "another byte".to_owned(),
        |name| format!("what seems to be {name} (iconv -f {name} -t utf-8 brings it into UTF-8)"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf_8_is_told_as_what_it_seems_to_be() {
        // «Привет, мир: е́» without its accent, for none of these has one.
        for (bytes, name) in [
            (b"start,\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0: \xe5".as_slice(), Some("cp1251")),
            (b"start,\xf0\xd2\xc9\xd7\xc5\xd4, \xcd\xc9\xd2: \xc5", Some("koi8-r")),
            (b"start,\x8f\xe0\xa8\xa2\xa5\xe2, \xac\xa8\xe0: \xa5", Some("cp866")),
            (b"caf\xe9 au lait, na\xefve", Some("cp1252")),
            (b"a\0,\0\x1f\x04\x40\x04\n\0", Some("utf-16le")),
            (b"\0a\0,\x04\x1f\x04\x40\0\n", Some("utf-16be")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\x0d", None),
        ] {
            assert_eq!(seeming(bytes), name, "{bytes:?}");
        }
    }

    #[test]
    fn a_stray_byte_in_utf_8_makes_it_no_other_encoding() {
        let bytes = [b"\xff".as_slice(), "е\u{301} 👍 Привет, мир".as_bytes()].concat();
        assert_eq!(found(&bytes), "one byte that is none in what else is UTF-8");
        assert!(found(b"start,\xcf\xf0\xe8\xe2\xe5\xf2").contains("cp1251"));
    }

    #[test]
    fn utf_16_with_a_mark_is_read_in_both_orders_and_anything_else_stands() {
        let text = "й,e\u{301} 👍\n";
        let little = [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        let big = [b"\xfe\xff".to_vec(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat();
        assert_eq!([in_utf8(little), in_utf8(big)], [text.as_bytes(), text.as_bytes()]);
        for bytes in [text.as_bytes(), b"\xff\xfe\x00\xd8", b"\xff\xfe", b""] {
            let expected = if bytes == b"\xff\xfe" { b"" } else { bytes };
            assert_eq!(in_utf8(bytes.to_vec()), expected);
        }
    }
}
