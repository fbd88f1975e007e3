//! A declared birth date and a sealed one, either of which may be known in part.

use credential_core::document::PartialDate;

/// What came of comparing the birth dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BirthMatch {
    /// The same, as far as both are known.
    Same,
    /// Another date.
    Differs,
    /// One of them is missing or no date.
    Unknown,
}

impl BirthMatch {
    /// Compares a declared date, `14/05/2007`, `2007-05-14` or a part of it, with the one that was sealed.
    pub(crate) fn of(declared: &str, sealed: Option<PartialDate>) -> Self {
        let (Some(ours), Some(theirs)) = (parse(declared), sealed) else { return Self::Unknown };
        let theirs = theirs.to_string();
        let theirs: Vec<u16> = theirs.split('-').filter_map(|part| part.parse().ok()).collect();
        if ours.iter().zip(&theirs).all(|(ours, theirs)| ours == theirs) { Self::Same } else { Self::Differs }
    }
}

/// Year, month, day as far as they are written: the year first, or the day first as papers of most countries do.
fn parse(text: &str) -> Option<Vec<u16>> {
    let day = text.trim().split(['T', ' ']).next()?;
    let mut parts: Vec<u16> = day.split(['-', '/', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    if parts.last().is_some_and(|last| *last > 31) {
        parts.reverse();
    }
    let part = |at: usize| parts.get(at).map(|part| u8::try_from(*part)).transpose().ok();
    PartialDate::new(*parts.first()?, part(1)?, part(2)?).filter(|_| parts.len() <= 3)?;
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_as_far_as_both_are_known() {
        let sealed = PartialDate::new(2007, Some(5), Some(14));
        let cases = [
            ("2007-05-14", BirthMatch::Same),
            ("14/05/2007", BirthMatch::Same),
            ("14.5.2007", BirthMatch::Same),
            ("2007-05-14T00:00:00", BirthMatch::Same),
            ("05/2007", BirthMatch::Same),
            ("2007", BirthMatch::Same),
            ("15/05/2007", BirthMatch::Differs),
            ("2006", BirthMatch::Differs),
            ("05/14/2007", BirthMatch::Unknown),
            ("31/02/2007", BirthMatch::Unknown),
            ("14/05/07", BirthMatch::Unknown),
            ("", BirthMatch::Unknown),
        ];
        for (declared, expected) in cases {
            assert_eq!(BirthMatch::of(declared, sealed), expected, "{declared}");
        }
        assert_eq!(BirthMatch::of("14/05/2007", PartialDate::new(2007, None, None)), BirthMatch::Same);
        assert_eq!(BirthMatch::of("14/05/2007", None), BirthMatch::Unknown);
    }
}
