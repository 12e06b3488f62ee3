//! Thrift's compact protocol, in which Parquet has its headers: any bytes are fields or nothing, at a cost that they pay for.

use super::cursor::take;

/// How deep values may lie in each other: deeper than any header has them, and far less than the stack bears.
const DEEPEST: usize = 16;

/// A value in a header.
#[derive(Debug)]
enum Value<'a> {
    /// A number, or a flag as 0 or 1.
    Number(i64),
    Bytes(&'a [u8]),
    List(Vec<Self>),
    Fields(Fields<'a>),
    /// What no header of ours needs.
    Other,
}

/// The fields of a structure, by their ids.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(Vec<(i64, Value<'a>)>);

impl<'a> Fields<'a> {
    /// The structure that `rest` begins with, which is taken from it.
    pub(super) fn read(rest: &mut &'a [u8]) -> Option<Self> {
        fields(rest, 0)
    }

    fn get(&self, id: i64) -> Option<&Value<'a>> {
        self.0.iter().find(|(own, _)| *own == id).map(|(_, value)| value)
    }

    pub(super) fn number(&self, id: i64) -> Option<i64> {
        if let Some(Value::Number(number)) = self.get(id) { Some(*number) } else { None }
    }

    /// A number that counts something.
    pub(super) fn count(&self, id: i64) -> Option<usize> {
        self.number(id).and_then(|number| usize::try_from(number).ok())
    }

    pub(super) fn words(&self, id: i64) -> Option<&'a str> {
        if let Some(Value::Bytes(bytes)) = self.get(id) { str::from_utf8(bytes).ok() } else { None }
    }

    pub(super) fn fields(&self, id: i64) -> Option<&Self> {
        if let Some(Value::Fields(fields)) = self.get(id) { Some(fields) } else { None }
    }

    /// The structures in a list.
    pub(super) fn list(&self, id: i64) -> impl Iterator<Item = &Self> {
        let list = if let Some(Value::List(list)) = self.get(id) { list.as_slice() } else { &[] };
        list.iter().filter_map(|own| if let Value::Fields(fields) = own { Some(fields) } else { None })
    }
}

fn fields<'a>(rest: &mut &'a [u8], depth: usize) -> Option<Fields<'a>> {
    let (mut fields, mut id) = (Vec::new(), 0_i64);
    loop {
        let head = byte(rest)?;
        if head == 0 {
            return Some(Fields(fields));
        }
        id = if head >> 4 == 0 { signed(rest)? } else { id.checked_add(i64::from(head >> 4))? };
        let value = match head & 15 {
            kind @ (1 | 2) => Value::Number(i64::from(kind == 1)),
            kind => value(rest, kind, depth)?,
        };
        fields.push((id, value));
    }
}

fn value<'a>(rest: &mut &'a [u8], kind: u8, depth: usize) -> Option<Value<'a>> {
    if depth == DEEPEST {
        return None;
    }
    Some(match kind {
        1..=3 => {
            byte(rest)?;
            Value::Other
        }
        4..=6 => Value::Number(signed(rest)?),
        7 => {
            take(rest, 8)?;
            Value::Other
        }
        8 => {
            let length = usize::try_from(unsigned(rest)?).ok()?;
            Value::Bytes(take(rest, length)?)
        }
        9 | 10 => {
            let head = byte(rest)?;
            let length = if head >> 4 == 15 { unsigned(rest)? } else { u64::from(head >> 4) };
            // Not more than there are bytes, for each value takes one.
            Value::List((0..length).map(|_| value(rest, head & 15, depth + 1)).collect::<Option<_>>()?)
        }
        12 => Value::Fields(fields(rest, depth + 1)?),
        _ => return None,
    })
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    take(rest, 1).map(|own| own[0])
}

/// A number in seven bits a byte, the lowest first.
pub(super) fn unsigned(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let own = byte(rest)?;
        number |= u64::from(own & 127) << shift;
        if own < 128 {
            return Some(number);
        }
    }
    None
}

/// The same with the sign in the lowest bit.
fn signed(rest: &mut &[u8]) -> Option<i64> {
    let number = unsigned(rest)?;
    Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
}
