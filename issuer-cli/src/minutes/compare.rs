//! What minutes and a list, or a document, say differently of one candidate.

use core::fmt::Display;

use credential_core::{Decision, Document, Kind, Mark, MinutesLine, PartialDate, Scale, Words};

/// The facts that are compared; the outer `None` is for what is not stated at all.
pub struct Facts<'a> {
    /// The candidate's number.
    pub number: &'a str,
    /// The name.
    pub holder: &'a Words,
    /// The birth date.
    pub birth: Option<Option<PartialDate>>,
    /// The series in the document's first language.
    pub series: Option<Option<&'a str>>,
    /// The decision.
    pub decision: Decision,
    /// The mean.
    pub mean: Option<Option<u32>>,
    /// The marks.
    pub marks: Option<Vec<&'a Mark>>,
}

/// One fact on which they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The candidate's number.
    Number(Sides),
    /// The name.
    Holder(Sides),
    /// The birth date.
    Birth(Sides),
    /// The series.
    Series(Sides),
    /// The decision.
    Decision(Sides),
    /// The mean.
    Mean(Sides),
    /// The mark at this place, from 1.
    Mark(usize, Sides),
}

/// What each side says, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The minutes.
    pub minutes: String,
    /// The list, or the document.
    pub found: String,
}

impl<'a> Facts<'a> {
    /// What a sealed document states; what it leaves out contradicts nothing.
    pub fn of_document(document: &'a Document) -> Self {
        let results = document.results.as_ref();
        let marks = || results.map(|results| results.subjects.iter().filter_map(|of| of.mark.as_ref()).collect());
        Self {
            number: document.number.as_ref().map_or("", |number| number.as_str()),
            holder: &document.holder,
            birth: document.birth.map(Some),
            series: document.series.as_ref().map(|series| Some(series.first())),
            decision: Decision::Admitted,
            mean: results.and_then(|results| results.mean).map(Some),
            marks: if document.kind == Kind::Transcript { marks() } else { None },
        }
    }
}

/// Every fact on which they differ, in the order of the line.
pub fn differences(line: &MinutesLine, facts: &Facts<'_>, scale: Scale) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |same: bool, difference: fn(Sides) -> Difference, sides: &dyn Fn() -> Sides| {
        if !same {
            found.push(difference(sides()));
        }
    };
    let series = line.series.as_ref().map(|series| series.as_str());
    compare(line.number.as_str() == facts.number, Difference::Number, &|| sides(&line.number, &facts.number));
    compare(line.holder == *facts.holder, Difference::Holder, &|| Sides {
        minutes: words(&line.holder),
        found: words(facts.holder),
    });
    compare(facts.birth.is_none_or(|birth| birth == line.birth), Difference::Birth, &|| {
        sides(&shown(line.birth), &shown(facts.birth.flatten()))
    });
    compare(facts.series.is_none_or(|of| of == series), Difference::Series, &|| {
        sides(&shown(series), &shown(facts.series.flatten()))
    });
    compare(line.decision == facts.decision, Difference::Decision, &|| {
        sides(&decision(line.decision), &decision(facts.decision))
    });
    let mean = |mean: Option<u32>| shown(mean.map(|mean| scale.show(mean)));
    compare(facts.mean.is_none_or(|of| of == line.mean), Difference::Mean, &|| {
        sides(&mean(line.mean), &mean(facts.mean.flatten()))
    });
    if let Some(marks) = &facts.marks {
        found.extend(marks_that_differ(&line.marks, marks, scale));
    }
    found
}

fn marks_that_differ(minutes: &[Mark], found: &[&Mark], scale: Scale) -> Vec<Difference> {
    let mark = |mark: Option<&Mark>| {
        shown(mark.map(|mark| match mark {
            Mark::Number(number) => scale.show(*number),
            Mark::Word(word) => word.as_str().to_owned(),
        }))
    };
    let places = (0..minutes.len().max(found.len())).map(|at| (at, minutes.get(at), found.get(at).copied()));
    let differ = places.filter(|(_, minutes, found)| minutes != found);
    differ.map(|(at, minutes, found)| Difference::Mark(at + 1, sides(&mark(minutes), &mark(found)))).collect()
}

impl Difference {
    /// What differs, what the minutes say and what the other side says.
    pub fn parts(&self) -> (String, &Sides) {
        match self {
            Self::Number(sides) => ("number".into(), sides),
            Self::Holder(sides) => ("name".into(), sides),
            Self::Birth(sides) => ("birth date".into(), sides),
            Self::Series(sides) => ("series".into(), sides),
            Self::Decision(sides) => ("decision".into(), sides),
            Self::Mean(sides) => ("mean".into(), sides),
            Self::Mark(place, sides) => (format!("mark {place}"), sides),
        }
    }
}

fn words(words: &Words) -> String {
    words.texts().iter().map(|text| text.as_str()).collect::<Vec<_>>().join(" / ")
}

fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Admitted => "admitted",
        Decision::NotAdmitted => "not admitted",
    }
}

fn shown<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| value.to_string())
}

fn sides(minutes: &dyn Display, found: &dyn Display) -> Sides {
    Sides { minutes: minutes.to_string(), found: found.to_string() }
}
