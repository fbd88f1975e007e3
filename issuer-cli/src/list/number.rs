//! Marks and other numbers, years and candidates' numbers.

use super::fault::{FaultKind, shown};
use super::text::Problem;
use crate::profile::{Decimal, Scale};

/// Reads a number on a scale: `12,5` with two decimals is 1250.
pub(super) fn mark(cell: &[u8], decimal: Decimal, scale: Scale) -> Result<i64, Problem> {
    let cell = cell.trim_ascii();
    let unsigned = cell.strip_prefix(b"-").filter(|_| scale.below_zero);
    let Some(value) = scaled(unsigned.unwrap_or(cell), decimal.byte(), scale.decimals) else {
        return Err(not_a_number(cell, decimal, scale));
    };
    let value = if unsigned.is_some() { -value } else { value };
    check_maximum(cell, value, scale.highest(), scale.maximum)?;
    Ok(value)
}

/// Checks that a number is not above a maximum, which is printed as `shown`.
pub(super) fn check_maximum(
    cell: &[u8],
    value: i64,
    highest: Option<i64>,
    maximum: Option<impl std::fmt::Display>,
) -> Result<(), Problem> {
    let (Some(highest), Some(maximum)) = (highest, maximum) else { return Ok(()) };
    if value <= highest {
        return Ok(());
    }
    let message = format!("{} is above the scale's maximum of {maximum}; correct the mark", seen(cell));
    Err(Problem::new(FaultKind::MarkAboveScale, message))
}

/// The one year from 1900 to 2200 that a text such as `2024` or `juin 2024` holds.
pub(super) fn year(text: &str) -> Result<u16, Problem> {
    let runs = text.split(|character: char| !character.is_ascii_digit());
    let mut years = runs
        .filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok())
        .filter(|year| (1900..=2200).contains(year));
    match (years.next(), years.next()) {
        (Some(year), None) => Ok(year),
        _ => Err(Problem::new(
            FaultKind::NotAYear,
            format!("{} does not hold one year from 1900 to 2200; correct it", shown(text)),
        )),
    }
}

/// Checks that a candidate's number was not rewritten by a spreadsheet and has the profile's shape.
pub(super) fn check_shape(number: &str, shape: Option<&str>) -> Result<(), Problem> {
    if is_exponential(number) {
        let message = format!(
            "{} is a number that a spreadsheet has rewritten; format the column as text and export again",
            shown(number)
        );
        return Err(Problem::new(FaultKind::ExcelNumber, message));
    }
    let Some(shape) = shape else { return Ok(()) };
    if fits(number, shape) {
        return Ok(());
    }
    if lost_zeros(number, shape) {
        let message =
            format!("{} lacks leading zeros ({shape}); format the column as text and export again", shown(number));
        return Err(Problem::new(FaultKind::ExcelNumber, message));
    }
    let message =
        format!("{} has not the shape {shape}; correct it, or change number_shape under [list]", shown(number));
    Err(Problem::new(FaultKind::NumberShape, message))
}

fn scaled(cell: &[u8], decimal: u8, decimals: u8) -> Option<i64> {
    let (whole, fraction) = match cell.iter().position(|&byte| byte == decimal) {
        Some(at) => (&cell[..at], &cell[at + 1..]),
        None => (cell, &b"0"[..]),
    };
    let digits = |part: &[u8]| !part.is_empty() && part.len() <= 9 && part.iter().all(u8::is_ascii_digit);
    if !digits(whole) || !digits(fraction) || fraction.iter().skip(decimals.into()).any(|&digit| digit != b'0') {
        return None;
    }
    let padded = fraction.iter().copied().chain(std::iter::repeat(b'0')).take(decimals.into());
    let value = whole.iter().copied().chain(padded).fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    (value < MOST).then_some(value)
}

fn not_a_number(cell: &[u8], decimal: Decimal, scale: Scale) -> Problem {
    let other = if decimal == Decimal::Comma { Decimal::Point } else { Decimal::Comma };
    let sign = char::from(decimal.byte());
    let advice = if scaled(cell, other.byte(), scale.decimals).is_some() {
        format!("the profile says decimal = \"{sign}\"; write it so, or change decimal under [list]")
    } else if scaled(cell, decimal.byte(), 9).is_some() {
        format!("it has more than {} decimals; correct the mark", scale.decimals)
    } else {
        "correct it, or write the word under `words` of its column in the profile".to_owned()
    };
    Problem::new(FaultKind::MarkNotANumber, format!("{} is not a mark: {advice}", seen(cell)))
}

fn seen(cell: &[u8]) -> String {
    shown(&String::from_utf8_lossy(cell))
}

/// `1,23E+11`
fn is_exponential(number: &str) -> bool {
    let Some((mantissa, exponent)) = number.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once([',', '.']) {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => false,
    };
    let exponent_fits = digits(exponent.trim_start_matches(['+', '-']));
    exponent_fits && (mantissa_fits || (exponent.starts_with('+') && digits(mantissa)))
}

fn fits(number: &str, shape: &str) -> bool {
    number.chars().count() == shape.chars().count()
        && number.chars().zip(shape.chars()).all(|(found, wanted)| match wanted {
            '9' => found.is_ascii_digit(),
            'A' => found.is_ascii_uppercase(),
            _ => found == wanted,
        })
}

fn lost_zeros(number: &str, shape: &str) -> bool {
    let digits = |text: &str, digit: fn(u8) -> bool| text.bytes().all(digit);
    digits(shape, |byte| byte == b'9') && digits(number, |byte| byte.is_ascii_digit()) && number.len() < shape.len()
}

/// What no number of a document reaches: 2^40.
const MOST: i64 = 1 << 40;

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { decimals: 2, maximum: Some(20), above_maximum: false, below_zero: false };

    fn outcome(cell: &str) -> Result<i64, FaultKind> {
        mark(cell.as_bytes(), Decimal::Comma, SCALE).map_err(|problem| problem.kind)
    }

    #[test]
    fn a_profile_can_allow_numbers_above_the_maximum_and_below_zero() {
        let read = |cell: &str, scale| mark(cell.as_bytes(), Decimal::Comma, scale).map_err(|problem| problem.kind);
        assert_eq!(read("21,28", Scale { above_maximum: true, ..SCALE }), Ok(2_128));
        assert_eq!(read("21,28", Scale { maximum: None, ..SCALE }), Ok(2_128));
        let danish = Scale { decimals: 0, below_zero: true, ..SCALE };
        assert_eq!([read("-3", danish), read("12", danish), read("-0", danish)], [Ok(-3), Ok(12), Ok(0)]);
        assert_eq!([read("--3", danish), read("-", danish)], [Err(FaultKind::MarkNotANumber); 2]);
    }

    #[test]
    fn no_number_reaches_what_a_document_cannot_hold() {
        let wide = Scale { decimals: 6, maximum: None, ..SCALE };
        let read = |cell: &str| mark(cell.as_bytes(), Decimal::Comma, wide).map_err(|problem| problem.kind);
        assert_eq!(read("1099511,627775"), Ok((1 << 40) - 1));
        assert_eq!(read("1099511,627776"), Err(FaultKind::MarkNotANumber));
    }

    #[test]
    fn reads_marks_on_the_scale() {
        for (cell, value) in
            [("12,50", 1_250), ("12,5", 1_250), ("12", 1_200), ("0", 0), ("20,000", 2_000), (" 07,25 ", 725)]
        {
            assert_eq!(outcome(cell), Ok(value), "{cell}");
        }
    }

    #[test]
    fn refuses_marks_above_the_scale() {
        for cell in ["20,01", "21,50", "999999999"] {
            assert_eq!(outcome(cell), Err(FaultKind::MarkAboveScale), "{cell}");
        }
    }

    #[test]
    fn refuses_what_is_not_a_mark() {
        for cell in ["ABS.", "-5", "+5", "12.50", "12,505", "12,", ",5", "1 2", "1e1", "", "١٢", "9999999999"] {
            assert_eq!(outcome(cell), Err(FaultKind::MarkNotANumber), "{cell}");
        }
    }

    #[test]
    fn finds_the_year_of_a_session() {
        assert_eq!(year("2024"), Ok(2024));
        assert_eq!(year("juin 2024"), Ok(2024));
        for text in ["", "24", "2023-2024", "20245", "1899"] {
            assert_eq!(year(text).unwrap_err().kind, FaultKind::NotAYear, "{text}");
        }
    }

    #[test]
    fn finds_numbers_that_a_spreadsheet_has_rewritten() {
        let outcome = |number, shape| check_shape(number, shape).map_err(|problem| problem.kind);
        for number in ["1,23E+11", "1.2E+10", "5E+10", "1,5e12"] {
            assert_eq!(outcome(number, None), Err(FaultKind::ExcelNumber), "{number}");
        }
        assert_eq!(outcome("123", Some("99999999")), Err(FaultKind::ExcelNumber));
        assert_eq!(outcome("2024-12", Some("9999-9999999")), Err(FaultKind::NumberShape));
        assert_eq!(outcome("a00000001", Some("A99999999")), Err(FaultKind::NumberShape));
        for (number, shape) in
            [("00000001", Some("99999999")), ("E12", None), ("12E3", None), ("2024-0000012", Some("9999-9999999"))]
        {
            assert_eq!(outcome(number, shape), Ok(()), "{number}");
        }
    }
}
