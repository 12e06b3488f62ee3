//! Looking for the few bytes of a text that cannot stay as they are.
//!
//! Most pieces of a text have none of them, which the compiler finds out for many bytes at once.

/// How many bytes are looked at together.
const PIECE: usize = 32;

/// Where the bytes are for which `is` holds, given the byte before (0 at the start) and the byte. With both it can be asked for the
/// last bytes of a character, where its first, which a dash shares with a separator, would be found all over a text.
pub(super) fn places(bytes: &[u8], is: impl Fn(u8, u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    let first = bytes.first().filter(|own| is(0, **own)).map(|_| 0);
    let behind = bytes.get(1..).unwrap_or_default().chunks(PIECE).zip(bytes.chunks(PIECE));
    let pieces = (1..).step_by(PIECE).zip(behind);
    let suspects = pieces.filter(move |(_, (piece, before))| {
        piece.iter().zip(*before).fold(false, |any, (own, before)| any | is(*before, *own))
    });
    first.into_iter().chain(suspects.flat_map(move |(start, (piece, before))| {
        let pairs = (start..).zip(piece.iter().zip(before));
        pairs.filter(move |(_, (own, before))| is(**before, **own)).map(|(at, _)| at)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_wherever_it_is() {
        let is = |before: u8, own: u8| own == b'\n' || (before == 0x80 && own == 0xA8);
        for at in 0..100 {
            let text = format!("{}\nи\u{306}—👍\u{2028}{}", "ж".repeat(at), "ё\n".repeat(at));
            let bytes = text.as_bytes();
            let by_byte =
                (0..bytes.len()).filter(|own| is(own.checked_sub(1).map_or(0, |own| bytes[own]), bytes[*own]));
            assert!(places(bytes, is).eq(by_byte), "{text:?}");
        }
        assert_eq!(places(b"", is).next(), None);
    }
}
