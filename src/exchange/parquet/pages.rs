//! The cells of a column, from its pages.
//!
//! Read here and not by the crate that writes them, since a file may be anybody's: the crate asserts what a page says of itself, sets aside
//! as much memory as a header asks for, and follows a schema as deep as the stack goes. Here all that is damaged is an error, and
//! what is taken is paid for from a [`Budget`].

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use ruzstd::decoding::StreamingDecoder;

use super::cursor::{array, take};
use super::footer::{Chunk, Kind, Leaf};
use super::hybrid::Hybrid;
use super::thrift::Fields;

const DAMAGED: &str = "a page is damaged";

/// Ways to write values: one after the other; runs; places in a dictionary, and what these were called before.
const PLAIN: i64 = 0;
const RUNS: i64 = 3;
const PLACES: i64 = 8;
const OLD_PLACES: i64 = 2;

/// What a file may still be unpacked to, in bytes: a few of them can say that there are a thousand million rows.
pub(super) struct Budget(usize);

/// A column as words.
#[derive(Debug, Default)]
pub(super) struct Column {
    cells: Vec<String>,
    /// Where the cells of each row begin.
    starts: Vec<usize>,
}

/// A page of a column.
struct Page<'a> {
    is_dictionary: bool,
    /// How many cells there are, or words in a dictionary.
    count: usize,
    encoding: i64,
    /// The levels and the values, unpacked.
    body: Cow<'a, [u8]>,
    /// Where in the body it says how cells are repeated, and how deep they are defined; the values are behind.
    repeated: Range<usize>,
    defined: Range<usize>,
}

/// The values in a page.
enum Values<'a> {
    Plain(Kind, &'a [u8]),
    Flags(Hybrid<'a>),
    Dictionary(&'a [String], Hybrid<'a>),
}

impl Budget {
    /// Half a gigabyte: ten times what a hundred thousand annotations of 10 MB take.
    pub(super) fn new() -> Self {
        Self(512 << 20)
    }

    /// Takes `bytes` off.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), String> {
        self.0 = self.0.checked_sub(bytes).ok_or("there is more in it than is taken: over 512 MB")?;
        Ok(())
    }
}

impl Column {
    /// The column `leaf` of `file`.
    pub(super) fn read(file: &[u8], leaf: &Leaf<'_>, chunks: &[Chunk], budget: &mut Budget) -> Result<Self, String> {
        let mut column = Self::default();
        for chunk in chunks {
            let mut rest = file.get(chunk.start..).ok_or(DAMAGED)?;
            let mut dictionary = Vec::new();
            let mut left = chunk.count;
            while left > 0 {
                let Some(page) = Page::read(&mut rest, chunk.codec, leaf, budget)? else { continue };
                if page.is_dictionary {
                    dictionary = words(&page, leaf.kind, budget)?;
                } else {
                    left = left.saturating_sub(page.count);
                    column.take(&page, leaf, &dictionary, budget)?;
                }
            }
        }
        Ok(column)
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// What is in a row: one cell, or those of a list.
    pub(super) fn row(&self, number: usize) -> &[String] {
        let start = self.starts.get(number).copied().unwrap_or(self.cells.len());
        let end = self.starts.get(number + 1).copied().unwrap_or(self.cells.len());
        &self.cells[start..end]
    }

    fn take(
        &mut self,
        page: &Page<'_>,
        leaf: &Leaf<'_>,
        dictionary: &[String],
        budget: &mut Budget,
    ) -> Result<(), String> {
        let mut repeated = page.levels(&page.repeated, leaf.repeated).ok_or(DAMAGED)?;
        let mut defined = page.levels(&page.defined, leaf.defined).ok_or(DAMAGED)?;
        let mut values = Values::of(page, leaf.kind, dictionary)?;
        for _ in 0..page.count {
            let (repeats, depth) = repeated.next().zip(defined.next()).ok_or(DAMAGED)?;
            if repeats == 0 {
                budget.spend(size_of::<usize>())?;
                self.starts.push(self.cells.len());
            }
            let cell = if depth == u32::from(leaf.defined) {
                values.next().ok_or(DAMAGED)?
            } else if leaf.repeated == 0 || depth >= u32::from(leaf.member) {
                String::new()
            } else {
                continue;
            };
            budget.spend(size_of::<String>() + cell.len())?;
            self.cells.push(cell);
        }
        Ok(())
    }
}

impl<'a> Page<'a> {
    /// The page that `rest` begins with, which is taken from it; none if it is of no kind that has values.
    fn read(rest: &mut &'a [u8], codec: i64, leaf: &Leaf<'_>, budget: &mut Budget) -> Result<Option<Self>, String> {
        let head = Fields::read(rest).ok_or(DAMAGED)?;
        let packed = head.count(3).and_then(|length| take(rest, length)).ok_or(DAMAGED)?;
        let length = head.count(2).ok_or(DAMAGED)?;
        match head.number(1) {
            Some(0) => Self::first(&head, unpacked(codec, packed, length, budget)?, leaf).map(Some),
            Some(2) => Self::dictionary(&head, unpacked(codec, packed, length, budget)?).map(Some),
            Some(3) => Self::second(&head, codec, packed, length, budget).map(Some),
            _ => Ok(None),
        }
    }

    /// A page of a dictionary.
    fn dictionary(head: &Fields<'_>, body: Cow<'a, [u8]>) -> Result<Self, String> {
        let own = head.fields(7).ok_or(DAMAGED)?;
        let (count, encoding) = own.count(1).zip(own.number(2)).ok_or(DAMAGED)?;
        Ok(Self { is_dictionary: true, count, encoding, body, repeated: 0..0, defined: 0..0 })
    }

    /// A page of the first version: the levels are packed with the values, after their lengths.
    fn first(head: &Fields<'_>, body: Cow<'a, [u8]>, leaf: &Leaf<'_>) -> Result<Self, String> {
        let own = head.fields(5).ok_or(DAMAGED)?;
        let (count, encoding) = own.count(1).zip(own.number(2)).ok_or(DAMAGED)?;
        let levels = |start: usize, highest: u16, encoding: Option<i64>| {
            if highest == 0 {
                return Ok(start..start);
            }
            if encoding != Some(RUNS) {
                return Err("its levels are packed in a way that is no longer in use");
            }
            let mut rest = body.get(start..).unwrap_or_default();
            let length = array(&mut rest).map(u32::from_le_bytes).and_then(|length| usize::try_from(length).ok());
            let length = length.filter(|length| *length <= rest.len()).ok_or(DAMAGED)?;
            Ok(start + 4..start + 4 + length)
        };
        let repeated = levels(0, leaf.repeated, own.number(4))?;
        let defined = levels(repeated.end, leaf.defined, own.number(3))?;
        Ok(Self { is_dictionary: false, count, encoding, body, repeated, defined })
    }

    /// A page of the second version: the levels are not packed, and their lengths are in the header.
    fn second(
        head: &Fields<'_>,
        codec: i64,
        packed: &'a [u8],
        length: usize,
        budget: &mut Budget,
    ) -> Result<Self, String> {
        let own = head.fields(8).ok_or(DAMAGED)?;
        let (count, encoding) = own.count(1).zip(own.number(4)).ok_or(DAMAGED)?;
        let (repeats, defines) = own.count(6).zip(own.count(5)).ok_or(DAMAGED)?;
        let before = repeats.checked_add(defines).ok_or(DAMAGED)?;
        let (levels, values) = packed.split_at_checked(before).ok_or(DAMAGED)?;
        let body = if own.number(7) == Some(0) || codec == 0 {
            Cow::Borrowed(packed)
        } else {
            let values = unpacked(codec, values, length.checked_sub(before).ok_or(DAMAGED)?, budget)?;
            Cow::Owned([levels, &values].concat())
        };
        Ok(Self { is_dictionary: false, count, encoding, body, repeated: 0..repeats, defined: repeats..before })
    }

    fn values(&self) -> &[u8] {
        self.body.get(self.defined.end..).unwrap_or_default()
    }

    /// The levels in a part of the body, none of them over `highest`.
    fn levels(&self, place: &Range<usize>, highest: u16) -> Option<Box<dyn Iterator<Item = u32> + '_>> {
        if highest == 0 {
            return Some(Box::new(std::iter::repeat(0)));
        }
        let width = (u16::BITS - highest.leading_zeros()) as usize;
        Some(Box::new(Hybrid::new(width, self.body.get(place.clone())?)?))
    }
}

/// The words of a dictionary.
fn words(page: &Page<'_>, kind: Kind, budget: &mut Budget) -> Result<Vec<String>, String> {
    let mut values = Values::Plain(kind, page.values());
    let mut words = Vec::new();
    for _ in 0..page.count {
        let word = values.next().ok_or(DAMAGED)?;
        budget.spend(size_of::<String>() + word.len())?;
        words.push(word);
    }
    Ok(words)
}

impl<'a> Values<'a> {
    fn of(page: &'a Page<'_>, kind: Kind, dictionary: &'a [String]) -> Result<Self, String> {
        let bytes = page.values();
        match (page.encoding, kind) {
            (PLAIN, Kind::Flag) => Ok(Self::Flags(Hybrid::flags(bytes))),
            (PLAIN, _) => Ok(Self::Plain(kind, bytes)),
            (RUNS, Kind::Flag) => {
                let runs = bytes.get(4..).and_then(|own| Hybrid::new(1, own)).ok_or(DAMAGED)?;
                Ok(Self::Flags(runs))
            }
            (PLACES | OLD_PLACES, _) => {
                let (width, places) = bytes.split_first().unwrap_or((&0, &[]));
                let places = Hybrid::new(usize::from(*width), places).ok_or(DAMAGED)?;
                Ok(Self::Dictionary(dictionary, places))
            }
            (other, _) => Err(format!("its values are written in a way that is not read (encoding {other})")),
        }
    }

    fn next(&mut self) -> Option<String> {
        match self {
            Self::Flags(flags) => flags.next().map(|flag| (flag == 1).to_string()),
            Self::Dictionary(words, places) => words.get(places.next()? as usize).cloned(),
            Self::Plain(kind, rest) => match kind {
                Kind::Number32 => array(rest).map(|own| i32::from_le_bytes(own).to_string()),
                Kind::Number64 => array(rest).map(|own| i64::from_le_bytes(own).to_string()),
                Kind::Real32 => array(rest).map(|own| f32::from_le_bytes(own).to_string()),
                Kind::Real64 => array(rest).map(|own| f64::from_le_bytes(own).to_string()),
                Kind::Words => {
                    let length = usize::try_from(u32::from_le_bytes(array(rest)?)).ok()?;
                    str::from_utf8(take(rest, length)?).ok().map(str::to_owned)
                }
                Kind::Flag | Kind::Other => None,
            },
        }
    }
}

/// `packed` as the `length` bytes that it was.
fn unpacked<'a>(codec: i64, packed: &'a [u8], length: usize, budget: &mut Budget) -> Result<Cow<'a, [u8]>, String> {
    budget.spend(length)?;
    let unpacked = match codec {
        _ if length == 0 => Some(Vec::new()),
        0 => return Ok(Cow::Borrowed(packed)),
        1 if snap::raw::decompress_len(packed) == Ok(length) => snap::raw::Decoder::new().decompress_vec(packed).ok(),
        1 => None,
        2 => whole(flate2::read::MultiGzDecoder::new(packed), length),
        6 => StreamingDecoder::new(packed).ok().and_then(|own| whole(own, length)),
        _ => {
            return Err(
                "it is packed in a way that is not read; write it with snappy, zstd, gzip or nothing".to_owned()
            );
        }
    };
    Ok(unpacked.ok_or(DAMAGED)?.into())
}

/// What `packed` gives, if that is as long as it is said to be.
fn whole(packed: impl Read, length: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    packed.take(length as u64 + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() == length).then_some(bytes)
}
