//! Bytes, code points and UTF-16 units: one checkpoint every [`STRIDE`] bytes, and a short walk from there.

use super::Offset;

/// Bytes between checkpoints.
const STRIDE: usize = 128;

/// Maps bytes of a text to code points and UTF-16 units, and code points back.
#[derive(Debug)]
pub(super) struct Units {
    /// What stands before byte `n * STRIDE`, for every `n` up to the end.
    checkpoints: Vec<Count>,
    total: Count,
}

/// How long a stretch of text is, in the units that files count in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    code_points: u32,
    /// Code points beyond the basic plane, which take two UTF-16 units.
    astral: u32,
}

impl Count {
    fn of(bytes: &[u8]) -> Self {
        let mut count = Self::default();
        // So few at a time that a byte holds their number, which lets the compiler count many at once.
        for chunk in bytes.chunks(usize::from(u8::MAX)) {
            let (mut code_points, mut astral) = (0_u8, 0_u8);
            for byte in chunk {
                code_points += u8::from(*byte & 0xC0 != 0x80);
                astral += u8::from(*byte >= 0xF0);
            }
            count = count.plus(Self { code_points: code_points.into(), astral: astral.into() });
        }
        count
    }

    /// The same for fewer bytes than lie between checkpoints, made up to as many with what counts for nothing: how often to go round
    /// is then known beforehand.
    fn of_few(bytes: &[u8]) -> Self {
        let mut block = [0x80; STRIDE];
        block[..bytes.len()].copy_from_slice(bytes);
        Self::of(&block)
    }

    fn utf16(self) -> usize {
        (self.code_points + self.astral) as usize
    }

    fn plus(self, other: Self) -> Self {
        Self { code_points: self.code_points + other.code_points, astral: self.astral + other.astral }
    }
}

impl Units {
    pub(super) fn of(text: &str) -> Self {
        let mut total = Count::default();
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        checkpoints.push(total);
        for chunk in text.as_bytes().chunks(STRIDE) {
            total = total.plus(Count::of(chunk));
            checkpoints.push(total);
        }
        Self { checkpoints, total }
    }

    pub(super) fn code_points(&self) -> usize {
        self.total.code_points as usize
    }

    pub(super) fn utf16(&self) -> usize {
        self.total.utf16()
    }

    fn before(&self, text: &str, offset: Offset) -> Count {
        let block = offset.bytes() / STRIDE;
        self.checkpoints[block].plus(Count::of_few(&text.as_bytes()[block * STRIDE..offset.bytes()]))
    }

    /// The code points and the UTF-16 units before `offset`.
    pub(super) fn both_before(&self, text: &str, offset: Offset) -> (usize, usize) {
        let count = self.before(text, offset);
        (count.code_points as usize, count.utf16())
    }

    /// The code points before `offset`.
    pub(super) fn code_points_before(&self, text: &str, offset: Offset) -> usize {
        self.before(text, offset).code_points as usize
    }

    /// The UTF-16 units before `offset`.
    pub(super) fn utf16_before(&self, text: &str, offset: Offset) -> usize {
        self.before(text, offset).utf16()
    }

    /// Where `code_points` code points have passed, or `None` beyond the end.
    pub(super) fn offset_of(&self, text: &str, code_points: usize) -> Option<Offset> {
        if code_points >= self.code_points() {
            return (code_points == self.code_points()).then(|| Offset::new(text.len()));
        }
        let block = self.checkpoints.partition_point(|count| count.code_points as usize <= code_points) - 1;
        let skip = code_points - self.checkpoints[block].code_points as usize;
        let start = block * STRIDE;
        let is_first_byte = |byte: &u8| byte & 0xC0 != 0x80;
        let (within, _) =
            text.as_bytes()[start..].iter().enumerate().filter(|(_, byte)| is_first_byte(byte)).nth(skip)?;
        Some(Offset::new(start + within))
    }

    /// Where `units` UTF-16 units have passed, or `None` within a code point and beyond the end.
    pub(super) fn offset_of_utf16(&self, text: &str, units: usize) -> Option<Offset> {
        if units >= self.utf16() {
            return (units == self.utf16()).then(|| Offset::new(text.len()));
        }
        let block = self.checkpoints.partition_point(|count| count.utf16() <= units) - 1;
        let mut passed = self.checkpoints[block].utf16();
        for (within, byte) in text.as_bytes()[block * STRIDE..].iter().enumerate() {
            match byte {
                0x80..=0xBF => {}
                _ if passed == units => return Some(Offset::new(block * STRIDE + within)),
                _ if passed > units => return None,
                0xF0.. => passed += 2,
                _ => passed += 1,
            }
        }
        None
    }
}
