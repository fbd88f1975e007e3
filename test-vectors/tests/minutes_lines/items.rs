//! The few shapes that a line has, in any encoding: whether it is canonical is seen when the line is written again.

use credential_core::document::Text;

use super::Fault;

pub(super) enum Item {
    Int(i64),
    Text(String),
    Array(Vec<Item>),
    Map(Vec<(Item, Item)>),
    True,
}

impl Item {
    pub(super) fn int(self) -> Option<i64> {
        if let Self::Int(value) = self { Some(value) } else { None }
    }

    pub(super) fn uint(self) -> Option<u64> {
        self.int()?.try_into().ok()
    }

    pub(super) fn text(self) -> Option<Text> {
        if let Self::Text(text) = self { Text::new(text).ok() } else { None }
    }

    pub(super) fn array(self) -> Option<Vec<Self>> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    pub(super) fn tuple<const N: usize>(self) -> Option<[Self; N]> {
        self.array()?.try_into().ok()
    }

    /// Nothing for a zero, which stands for nothing.
    pub(super) fn unless_zero<T>(self, read: impl FnOnce(Self) -> Result<T, Fault>) -> Result<Option<T>, Fault> {
        match self {
            Self::Int(0) => Ok(None),
            item => read(item).map(Some),
        }
    }
}

/// The one item that these bytes are; integers beyond 2^63 are taken for the largest, since no line has them.
pub(super) fn whole(bytes: &[u8]) -> Option<Item> {
    item(bytes).filter(|(_, rest)| rest.is_empty()).map(|(item, _)| item)
}

/// What was read, and the bytes behind it.
type Read<'b, T> = Option<(T, &'b [u8])>;

fn item(bytes: &[u8]) -> Read<'_, Item> {
    let (&first, rest) = bytes.split_first()?;
    let width = match first & 31 {
        0..24 => 0,
        info @ 24..28 => 1 << (info - 24),
        _ => return None,
    };
    let (argument, rest) = rest.split_at_checked(width)?;
    let short = if width == 0 { u64::from(first & 31) } else { 0 };
    let argument = argument.iter().fold(short, |value, byte| value << 8 | u64::from(*byte));
    let integer = i64::try_from(argument).unwrap_or(i64::MAX);
    match first >> 5 {
        0 => Some((Item::Int(integer), rest)),
        1 => Some((Item::Int(-1 - integer), rest)),
        3 => {
            let (text, rest) = rest.split_at_checked(argument.try_into().ok()?)?;
            Some((Item::Text(String::from_utf8(text.to_vec()).ok()?), rest))
        }
        4 => several(argument, rest, item).map(|(items, rest)| (Item::Array(items), rest)),
        5 => several(argument, rest, pair).map(|(pairs, rest)| (Item::Map(pairs), rest)),
        7 if first == 0xf5 => Some((Item::True, rest)),
        _ => None,
    }
}

fn pair(bytes: &[u8]) -> Read<'_, (Item, Item)> {
    let (key, rest) = item(bytes)?;
    let (value, rest) = item(rest)?;
    Some(((key, value), rest))
}

fn several<T>(count: u64, mut rest: &[u8], read: fn(&[u8]) -> Read<'_, T>) -> Read<'_, Vec<T>> {
    let mut out = Vec::new();
    for _ in 0..count {
        let (next, behind) = read(rest)?;
        out.push(next);
        rest = behind;
    }
    Some((out, rest))
}
