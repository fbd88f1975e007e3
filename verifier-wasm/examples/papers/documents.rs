//! What the papers say: invented facts in shapes that real papers have.

use std::error::Error;

use credential_core::Document;
use credential_core::document::{
    Cell, Column, ColumnRole, Date, Decision, Edition, Heading, Identity, IdentityForm, Kind, Language, Level, Line,
    LineValue, Lines, MinutesReference, Number, Outcome, PartialDate, Results, Row, RowKind, Sheet, Text, Words,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Every paper, by name.
pub(crate) fn all() -> Result<Vec<(&'static str, Document)>> {
    let diploma = diploma()?;
    let transcript = transcript()?;
    let decided = |outcome, words| Decision { outcome, words };
    let attestation = Document {
        kind: Kind::Attestation,
        title: both("Attestation provisoire de réussite", "شهادة مؤقتة بالنجاح")?,
        valid_until: Some(Date::Known(day(2026, 6, 30)?)),
        ..diploma.clone()
    };
    let refused = |document: &Document| -> Result<Document> {
        let words =
            both("Ajournée, peut se présenter à la session de rattrapage", "مؤجلة، يمكنها التقدم للدورة الاستدراكية")?;
        Ok(Document { decision: Some(decided(Outcome::NotAdmitted, Some(words))), ..document.clone() })
    };
    let sheet = |number| -> Result<Document> {
        let mut document = Document { sheet: Some(Sheet { number, of: 2 }), ..transcript.clone() };
        if let Some(results) = &mut document.results {
            results.summaries = vec![line(one("Feuille")?, LineValue::Words(one(&format!("{number} / 2"))?))];
        }
        Ok(document)
    };
    Ok(vec![
        ("genuine", diploma.clone()),
        ("not-admitted", refused(&transcript)?),
        (
            "otherwise",
            Document {
                decision: Some(decided(Outcome::Otherwise, Some(one("Admise sous condition")?))),
                ..transcript.clone()
            },
        ),
        ("valid", Document { valid_until: Some(Date::Known(day(2027, 6, 30)?)), ..attestation.clone() }),
        ("past", attestation.clone()),
        ("sheet-1", sheet(1)?),
        ("sheet-2", sheet(2)?),
        ("withdrawn", refused(&attestation)?),
    ])
}

fn diploma() -> Result<Document> {
    Ok(Document {
        kind: Kind::Diploma,
        languages: ["fr", "ar"].into_iter().filter_map(Language::new).collect(),
        holder: both("Salma EL MITALI", "سلمى المثالي")?,
        birth: Some(Date::Known(day(2008, 3, 14)?)),
        birth_place: Some(both("Tanger", "طنجة")?),
        identity: None,
        number: Some(Text::new("E130026001")?),
        title: both("Baccalauréat", "شهادة البكالوريا")?,
        series: Some(both("Sciences physiques", "علوم فيزيائية")?),
        session: both("Juin 2026", "يونيو 2026")?,
        honours: Some(both("Bien", "حسن")?),
        authority: both("Académie de l'Exemple", "أكاديمية المثال")?,
        centre: Some(both("Lycée des Orangers", "ثانوية البرتقال")?),
        results: None,
        minutes: Some(MinutesReference { minutes: 3, line: 17 }),
        edition: Edition::Original,
        archive: None,
        valid_until: None,
        awarded: Some(Date::Known(day(2026, 7, 1)?)),
        decision: None,
        lines: Lines::default(),
        sheet: None,
    })
}

/// Three columns of marks with scales of their own, headings at two levels, totals, holes, and other lines.
fn transcript() -> Result<Document> {
    let title = both("Relevé de notes du baccalauréat", "بيان نقط البكالوريا")?;
    let identity = Identity { form: IdentityForm::Tail(Text::new("371")?), name: Some(both("CNIE", "ب.و.ت.إ")?) };
    Ok(Document {
        kind: Kind::Transcript,
        title,
        identity: Some(identity),
        honours: None,
        birth: Some(Date::Printed(PartialDate::new(2008, None, None), both("vers 2008", "حوالي 2008")?)),
        results: Some(results()?),
        lines: lines()?,
        ..diploma()?
    })
}

fn results() -> Result<Results> {
    let rows = [
        (
            "Enseignements généraux",
            "المواد العامة",
            RowKind::Heading(level(1)?),
            [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
        ),
        ("Langues", "اللغات", RowKind::Heading(level(2)?), [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]),
        (
            "Langue arabe",
            "اللغة العربية",
            RowKind::Subject,
            [Cell::Number(2), Cell::Number(1525), Cell::Number(31), Cell::Number(78)],
        ),
        (
            "Langue française, expression écrite et orale",
            "اللغة الفرنسية",
            RowKind::Subject,
            [Cell::Number(4), Cell::Number(1375), Cell::Empty, Cell::Number(64)],
        ),
        ("Sciences", "العلوم", RowKind::Heading(level(2)?), [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]),
        (
            "Mathématiques",
            "الرياضيات",
            RowKind::Subject,
            [Cell::Number(7), Cell::Number(825), Cell::Number(17), Cell::Words(both("absente", "غائبة")?)],
        ),
        (
            "Physique et chimie",
            "الفيزياء والكيمياء",
            RowKind::Subject,
            [Cell::Number(7), Cell::Number(950), Cell::Number(22), Cell::Number(41)],
        ),
        (
            "Total des points",
            "مجموع النقط",
            RowKind::Total,
            [Cell::Number(20), Cell::Number(18_500), Cell::Number(70), Cell::Number(183)],
        ),
    ];
    let column = |at: usize, role, heading, decimals, maximum| Column {
        role,
        heading,
        decimals,
        cells: rows.iter().map(|(_, _, _, cells)| cells[at].clone()).collect(),
        maximum,
    };
    let continuous = Heading::Words(both("Contrôle continu", "المراقبة المستمرة")?);
    let regional = Heading::Words(both("Examen régional", "الامتحان الجهوي")?);
    let columns = vec![
        column(0, ColumnRole::Coefficient, Heading::Usual, 0, None),
        column(1, ColumnRole::Result, Heading::Usual, 2, Some(20)),
        column(2, ColumnRole::Result, continuous, 0, Some(40)),
        column(3, ColumnRole::Result, regional, 0, Some(100)),
    ];
    let row = |(french, arabic, kind, _): &(&str, &str, RowKind, [Cell; 4])| {
        Ok(Row { name: both(french, arabic)?, kind: *kind })
    };
    let mean = Number { value: 925, decimals: 2, maximum: Some(20) };
    let place = Number { value: 214, decimals: 0, maximum: Some(1_203) };
    Ok(Results {
        mean: Some(mean),
        rows: rows.iter().map(row).collect::<Result<_>>()?,
        columns,
        summaries: vec![line(both("Classement", "الترتيب")?, LineValue::Number(place))],
    })
}

fn lines() -> Result<Lines> {
    let arabic = |text| Words::per_language(vec![None, Some(Text::new(text).ok()?)]);
    let office = arabic("رقم التسجيل بالمؤسسة").ok_or("words with a hole")?;
    Ok(Lines {
        person: vec![
            line(
                both("Fille de", "ابنة")?,
                LineValue::Words(both("Ahmed et de Khadija BENNANI", "أحمد وخديجة بناني")?),
            ),
            line(office, LineValue::Words(one("2024/0317")?)),
        ],
        award: vec![
            line(
                both("Relevé délivré le", "حرر بتاريخ")?,
                LineValue::Words(both("1er juillet 2026 à Tanger", "فاتح يوليوز 2026 بطنجة")?),
            ),
            line(one("N° d'imprimé")?, LineValue::Words(one("BAC-26 / 004 512")?)),
        ],
    })
}

fn line(name: Words, value: LineValue) -> Line {
    Line { name, value }
}

fn one(text: &str) -> Result<Words> {
    Ok(Words::one(text)?)
}

fn both(french: &str, arabic: &str) -> Result<Words> {
    let texts = vec![Some(Text::new(french)?), Some(Text::new(arabic)?)];
    Words::per_language(texts).ok_or_else(|| "words in two languages".into())
}

fn day(year: u16, month: u8, day: u8) -> Result<PartialDate> {
    PartialDate::new(year, Some(month), Some(day)).ok_or_else(|| "a day that exists".into())
}

fn level(level: u8) -> Result<Level> {
    Level::new(level).ok_or_else(|| "a level from 1 to 4".into())
}
