//! Canonical lines as an auditor reads them: credential-core writes lines, so that a line is canonical if it writes the same.

use credential_core::{Decision, Mark, MinutesClaims, MinutesLine, MinutesSalt, PartialDate, Text, Words};

/// Whether the lines are canonical, in order, and have this root.
pub(crate) fn hold(lines: &[&[u8]], salt: [u8; 32], root: &[u8]) -> bool {
    let lines: Option<Vec<_>> = lines.iter().map(|line| canonical(line)).collect();
    let Ok(session) = Text::new("Juin 2026") else { return false };
    let claims = lines.and_then(|lines| MinutesClaims::over(&lines, &MinutesSalt::new(salt), 1, session, 0).ok());
    claims.is_some_and(|claims| claims.root[..] == *root)
}

fn canonical(bytes: &[u8]) -> Option<MinutesLine> {
    let Some((Item::Array(items), [])) = item(bytes) else { return None };
    let [line, number, holder, birth, series, decision, mean, marks] = items.try_into().ok()?;
    let line = MinutesLine {
        line: line.uint()?,
        number: number.text()?,
        holder: words(holder)?,
        birth: birth.or_none(0, date)?,
        series: series.or_none(0, Item::text)?,
        decision: match decision.uint()? {
            0 => Decision::NotAdmitted,
            1 => Decision::Admitted,
            _ => return None,
        },
        mean: mean.or_none(-1, |mean| mean.uint()?.try_into().ok())?,
        marks: marks.array()?.into_iter().map(mark).collect::<Option<_>>()?,
    };
    (line.to_bytes() == bytes).then_some(line)
}

fn words(item: Item) -> Option<Words> {
    match item {
        Item::Array(texts) => Words::per_language(texts.into_iter().map(Item::text).collect::<Option<_>>()?),
        one => Words::per_language(vec![one.text()?]),
    }
}

fn date(item: Item) -> Option<PartialDate> {
    let number = item.uint()?;
    let part = |value: u64| (value > 0).then_some(value as u8);
    PartialDate::new(u16::try_from(number / 10_000).ok()?, part(number / 100 % 100), part(number % 100))
}

fn mark(item: Item) -> Option<Mark> {
    match item {
        Item::Int(mark) => Some(Mark::Number(mark.try_into().ok()?)),
        word => word.text().filter(|word| word.as_str().chars().count() <= 8).map(Mark::Word),
    }
}

/// The few shapes that a line has, in any encoding: `canonical` compares the bytes.
enum Item {
    Int(i64),
    Text(String),
    Array(Vec<Item>),
}

impl Item {
    fn uint(self) -> Option<u64> {
        if let Self::Int(value) = self { value.try_into().ok() } else { None }
    }

    fn text(self) -> Option<Text> {
        if let Self::Text(text) = self { Text::new(text).ok() } else { None }
    }

    fn array(self) -> Option<Vec<Self>> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// `None` for an integer that stands for nothing; outer `None` for what `read` refuses.
    fn or_none<T>(self, nothing: i64, read: impl FnOnce(Self) -> Option<T>) -> Option<Option<T>> {
        match self {
            Self::Int(value) if value == nothing => Some(None),
            item => read(item).map(Some),
        }
    }
}

fn item(bytes: &[u8]) -> Option<(Item, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let width = match first & 31 {
        0..24 => 0,
        info @ 24..28 => 1 << (info - 24),
        _ => return None,
    };
    let (argument, rest) = rest.split_at_checked(width)?;
    let short = if width == 0 { u64::from(first & 31) } else { 0 };
    let argument = argument.iter().fold(short, |value, byte| value << 8 | u64::from(*byte));
    match first >> 5 {
        0 => Some((Item::Int(argument.try_into().ok()?), rest)),
        1 => Some((Item::Int(-1 - i64::try_from(argument).ok()?), rest)),
        3 => {
            let (text, rest) = rest.split_at_checked(argument.try_into().ok()?)?;
            Some((Item::Text(String::from_utf8(text.to_vec()).ok()?), rest))
        }
        4 => items(argument, rest),
        _ => None,
    }
}

fn items(count: u64, mut rest: &[u8]) -> Option<(Item, &[u8])> {
    let mut out = Vec::new();
    for _ in 0..count {
        let (next, behind) = item(rest)?;
        out.push(next);
        rest = behind;
    }
    Some((Item::Array(out), rest))
}
