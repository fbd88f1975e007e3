//! A declared mean and a sealed one: the same number, whatever the scales and the places after the comma.

use credential_core::document::Results;

/// What came of comparing the means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeanMatch {
    /// The same, as far as the declared number goes.
    Same,
    /// Another number.
    Differs,
    /// The document seals no mean.
    NotSealed,
    /// The list declares none, or no number.
    NotDeclared,
}

/// A decimal number as written: `14,25` is 1425 with 2 places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    places: u32,
}

impl MeanMatch {
    /// Compares a declared mean, `14,25` or `14.25 / 20` or `71 %`, with the one that was sealed.
    pub(crate) fn of(declared: &str, sealed: Option<&Results>) -> Self {
        let Some((value, out_of)) = parse(declared) else { return Self::NotDeclared };
        let Some(mean) = sealed.and_then(|results| results.mean) else { return Self::NotSealed };
        let sealed = Decimal { digits: mean.value.into(), places: mean.decimals.into() };
        // a paper that prints no scale is compared on the scale that the list declares
        let printed = mean.maximum.map(|maximum| Decimal { digits: maximum.into(), places: 0 });
        let maximum = printed.or(out_of).unwrap_or(Decimal { digits: 1, places: 0 });
        if is_same(value, out_of.unwrap_or(maximum), sealed, maximum) { Self::Same } else { Self::Differs }
    }
}

/// Whether `ours / our_maximum` is `theirs / their_maximum`, rounded or cut to the places that ours is written with.
fn is_same(ours: Decimal, our_maximum: Decimal, theirs: Decimal, their_maximum: Decimal) -> bool {
    if our_maximum.digits == 0 || their_maximum.digits == 0 {
        return false;
    }
    let ten = |places: u32| 10_i128.pow(places);
    // theirs brought to our scale is numerator / denominator units of our last place
    let numerator = theirs.digits * our_maximum.digits * ten(ours.places) * ten(their_maximum.places);
    let denominator = their_maximum.digits * ten(theirs.places) * ten(our_maximum.places);
    let cut = numerator / denominator;
    let rounded = (2 * numerator + denominator) / (2 * denominator);
    ours.digits == cut || ours.digits == rounded
}

/// The number, and what it is out of where that is written.
fn parse(text: &str) -> Option<(Decimal, Option<Decimal>)> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        return Some((decimal(percent)?, Some(Decimal { digits: 100, places: 0 })));
    }
    match text.split_once('/') {
        Some((value, maximum)) => Some((decimal(value)?, Some(decimal(maximum)?))),
        None => Some((decimal(text)?, None)),
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    let (whole, part) = text.trim().split_once([',', '.']).unwrap_or((text.trim(), ""));
    let digits = format!("{whole}{part}");
    let is_number =
        !whole.is_empty() && digits.len() <= MOST_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(())?;
    Some(Decimal { digits: digits.parse().ok()?, places: part.len() as u32 })
}

/// Longer numbers are no means.
const MOST_DIGITS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use credential_core::document::Number;

    #[test]
    fn means_are_compared_across_scales_and_places() {
        let results =
            |maximum| Results { mean: Some(Number { value: 1_425, decimals: 2, maximum }), ..Results::default() };
        let sealed = results(Some(20));
        let cases = [
            ("14.25", MeanMatch::Same),
            ("14,25", MeanMatch::Same),
            ("14,250", MeanMatch::Same),
            ("14.25/20", MeanMatch::Same),
            ("71,25 / 100", MeanMatch::Same),
            ("71 %", MeanMatch::Same),
            ("14,3", MeanMatch::Same),
            ("14,2", MeanMatch::Same),
            ("14", MeanMatch::Same),
            ("14,26", MeanMatch::Differs),
            ("14,4", MeanMatch::Differs),
            ("15", MeanMatch::Differs),
            ("15,25", MeanMatch::Differs),
            ("71.25", MeanMatch::Differs),
            ("14.25/0", MeanMatch::Differs),
            ("", MeanMatch::NotDeclared),
            ("Bien", MeanMatch::NotDeclared),
            ("-14", MeanMatch::NotDeclared),
            ("1e3", MeanMatch::NotDeclared),
        ];
        for (declared, expected) in cases {
            assert_eq!(MeanMatch::of(declared, Some(&sealed)), expected, "{declared}");
        }
        let without_scale = results(None);
        for (declared, expected) in
            [("14,25", MeanMatch::Same), ("14,25/20", MeanMatch::Same), ("14,26", MeanMatch::Differs)]
        {
            assert_eq!(MeanMatch::of(declared, Some(&without_scale)), expected, "{declared}");
        }
        let none = Results { mean: None, ..sealed };
        assert_eq!(MeanMatch::of("14", Some(&none)), MeanMatch::NotSealed);
        assert_eq!(MeanMatch::of("14", None), MeanMatch::NotSealed);
    }
}
