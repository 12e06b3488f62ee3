//! Taking bytes from the front.

/// The first `length` bytes of `rest`, which are taken from it.
pub(super) fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, others) = rest.split_at_checked(length)?;
    *rest = others;
    Some(taken)
}

/// The next `N` bytes.
pub(super) fn array<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    take(rest, N).and_then(|own| own.try_into().ok())
}
