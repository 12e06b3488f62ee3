//! Looking for the few bytes of a text that cannot stay as they are.
//!
//! Most pieces of a text have none of them, which the compiler finds out for many bytes at once.

/// How many bytes are looked at together, first and where fewer are left, with the one before them.
const MANY: usize = 32 + 1;
const FEW: usize = 8 + 1;

/// Where the bytes are for which `is` holds, given the byte before (0 at the start) and the byte. With both it can be asked for the
/// last bytes of a character, where its first, which a dash shares with a separator, would be found all over a text.
pub(super) fn places(bytes: &[u8], is: impl Fn(u8, u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = next(bytes, from, is)?;
        from = at + 1;
        Some(at)
    })
}

/// The first of them at `from` or behind.
#[inline]
fn next(bytes: &[u8], from: usize, is: impl Fn(u8, u8) -> bool + Copy) -> Option<usize> {
    if from == 0 && is(0, *bytes.first()?) {
        return Some(0);
    }
    let from = skip::<MANY>(bytes, from.max(1), is);
    let from = skip::<FEW>(bytes, from, is);
    let rest = bytes.get(from - 1..).unwrap_or_default();
    rest.windows(2).position(|pair| is(pair[0], pair[1])).map(|at| from + at)
}

/// Where the first piece that may have one of them begins, from `from` on: `SIZE` bytes are asked at once, as long as there are so many.
#[inline]
fn skip<const SIZE: usize>(bytes: &[u8], mut from: usize, is: impl Fn(u8, u8) -> bool + Copy) -> usize {
    // The compiler knows how many there are.
    while let Some(piece) = bytes.get(from - 1..).and_then(<[u8]>::first_chunk::<SIZE>) {
        if (1..SIZE).fold(false, |any, at| any | is(piece[at - 1], piece[at])) {
            break;
        }
        from += SIZE - 1;
    }
    from
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
