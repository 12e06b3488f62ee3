//! What stands at the end of a file: the columns, and where their pages are.

use super::cursor::array;
use super::thrift::Fields;

/// What a file begins and ends with.
pub(super) const MARK: &[u8] = b"PAR1";
/// The longest footer, in bytes: one of ten thousand row groups with twenty columns has half of that.
const LONGEST: usize = 32 << 20;
/// The most groups in each other.
const DEEPEST: usize = 16;

/// The columns of a file.
#[derive(Debug, Default)]
pub(super) struct Footer<'a> {
    pub(super) leaves: Vec<Leaf<'a>>,
    /// The pieces of each column, row group by row group.
    pub(super) chunks: Vec<Vec<Chunk>>,
}

/// A column with values in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf<'a> {
    /// The names of the groups that it is in, and its own.
    pub(super) path: Vec<&'a str>,
    pub(super) kind: Kind,
    /// How deep a value is defined.
    pub(super) defined: u16,
    /// How often it repeats: 0 where there is one in a row, 1 in a list.
    pub(super) repeated: u16,
    /// How deep the innermost list that it is in has a member.
    pub(super) member: u16,
}

/// How values are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Flag,
    Number32,
    Number64,
    Real32,
    Real64,
    Words,
    /// What no text is written in.
    Other,
}

/// The pages of a column in one row group.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) codec: i64,
    /// Where the first page begins.
    pub(super) start: usize,
    /// How many cells there are, empty ones included.
    pub(super) count: usize,
}

impl<'a> Footer<'a> {
    /// The footer of the file with these bytes; none if it is damaged.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let body = file.strip_prefix(MARK)?.strip_suffix(MARK)?;
        let (before, mut length) = body.split_at_checked(body.len().checked_sub(4)?)?;
        let length = usize::try_from(u32::from_le_bytes(array(&mut length)?)).ok()?;
        if length > LONGEST {
            return None;
        }
        let (_, mut rest) = before.split_at_checked(before.len().checked_sub(length)?)?;
        let fields = Fields::read(&mut rest)?;
        let leaves = leaves(&fields)?;
        let mut chunks = vec![Vec::new(); leaves.len()];
        for group in fields.list(4) {
            let mut columns = group.list(1);
            for chunks in &mut chunks {
                chunks.push(chunk(columns.next()?)?);
            }
        }
        Some(Self { leaves, chunks })
    }
}

/// The columns in the tree of the schema, which is given with the number of children after each group.
fn leaves<'a>(fields: &Fields<'a>) -> Option<Vec<Leaf<'a>>> {
    let mut elements = fields.list(2);
    let root = elements.next()?.count(5)?;
    let mut leaves = Vec::new();
    let mut open = vec![Open { path: Vec::new(), left: root, defined: 0, repeated: 0, member: 0 }];
    while let Some(group) = open.last_mut() {
        if group.left == 0 {
            open.pop();
            continue;
        }
        group.left -= 1;
        let own = elements.next()?;
        let mut path = group.path.clone();
        path.push(own.words(4)?);
        let (is_optional, is_list) = (own.number(3) == Some(1), own.number(3) == Some(2));
        let defined = group.defined + u16::from(is_optional || is_list);
        let repeated = group.repeated + u16::from(is_list);
        let member = if is_list { defined } else { group.member };
        match own.count(5).unwrap_or_default() {
            0 => leaves.push(Leaf { path, kind: kind(own.number(1)?), defined, repeated, member }),
            left if open.len() < DEEPEST => open.push(Open { path, left, defined, repeated, member }),
            _ => return None,
        }
    }
    Some(leaves)
}

/// A group some of whose children are still to come.
struct Open<'a> {
    path: Vec<&'a str>,
    left: usize,
    defined: u16,
    repeated: u16,
    member: u16,
}

fn kind(number: i64) -> Kind {
    match number {
        0 => Kind::Flag,
        1 => Kind::Number32,
        2 => Kind::Number64,
        4 => Kind::Real32,
        5 => Kind::Real64,
        6 => Kind::Words,
        _ => Kind::Other,
    }
}

fn chunk(column: &Fields<'_>) -> Option<Chunk> {
    let own = column.fields(3)?;
    let (data, words) = (own.count(9)?, own.count(11).filter(|start| *start > 0));
    Some(Chunk { codec: own.number(4)?, start: words.map_or(data, |words| words.min(data)), count: own.count(5)? })
}
