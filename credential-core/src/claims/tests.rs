use proptest::prelude::*;
use proptest::{collection::vec, option::of, sample::select};

use super::fields::ClaimsError;
use super::*;
use crate::cbor::{self, Item};
use crate::date::PartialDate;

fn text() -> impl Strategy<Value = Text> {
    "[A-Zé-ö]([a-zس-ي 0-9./-]{0,20}[a-z])?".prop_map(|text| Text::new(text).unwrap())
}

fn words(languages: usize) -> impl Strategy<Value = Words> {
    let per_language = vec(of(text()), languages);
    let several = per_language.prop_filter_map("only holes", Words::per_language);
    prop_oneof![text().prop_map(Words::from), several]
}

fn date(languages: usize) -> impl Strategy<Value = Date> {
    let known = (1800_u16..=2200, of(1_u8..=12), of(1_u8..=28));
    let partial =
        known.prop_filter_map("a day without a month", |(year, month, day)| PartialDate::new(year, month, day));
    let partial = partial.boxed();
    prop_oneof![
        partial.clone().prop_map(Date::Known),
        (of(partial), words(languages)).prop_map(|(date, words)| Date::Printed(date, words)),
    ]
}

fn value() -> impl Strategy<Value = i64> {
    prop_oneof![-30_i64..3_000, -(1_i64 << 40) + 1..1 << 40]
}

fn number() -> impl Strategy<Value = Number> {
    (value(), 0_u8..=6, of(0_u64..1 << 40)).prop_map(|(value, decimals, maximum)| Number { value, decimals, maximum })
}

fn line(languages: usize) -> impl Strategy<Value = Line> {
    let value = prop_oneof![words(languages).prop_map(LineValue::Words), number().prop_map(LineValue::Number)];
    (words(languages), value).prop_map(|(name, value)| Line { name, value })
}

fn cell(languages: usize) -> impl Strategy<Value = Cell> {
    prop_oneof![value().prop_map(Cell::Number), words(languages).prop_map(Cell::Words), Just(Cell::Empty)]
}

fn column(languages: usize, rows: usize) -> impl Strategy<Value = Column> {
    let role = select(vec![ColumnRole::Result, ColumnRole::Other]);
    (role, words(languages), 0_u8..=6, vec(cell(languages), rows), of(0_u64..1 << 40)).prop_map(
        |(role, heading, decimals, cells, maximum)| Column {
            role,
            heading: Heading::Words(heading),
            decimals,
            cells,
            maximum,
        },
    )
}

fn results(languages: usize) -> impl Strategy<Value = Results> {
    let kind = select(vec![RowKind::Subject, RowKind::Total, RowKind::Heading(Level::new(3).unwrap())]);
    let row = (words(languages), kind).prop_map(|(name, kind)| Row { name, kind });
    vec(row, 1..8).prop_flat_map(move |rows| {
        let columns = vec(column(languages, rows.len()), 0..4);
        let singles = of(vec(value().prop_map(Cell::Number), rows.len()));
        let rest = (of(number()), columns, singles, vec(line(languages), 0..4));
        rest.prop_map(move |(mean, mut columns, coefficients, summaries)| {
            columns.extend(coefficients.map(|cells| Column {
                role: ColumnRole::Coefficient,
                heading: Heading::Usual,
                decimals: 1,
                cells,
                maximum: None,
            }));
            Results { mean, rows: rows.clone(), columns, summaries }
        })
    })
}

fn document() -> impl Strategy<Value = Document> {
    select(vec![1_usize, 2, 4]).prop_flat_map(|count| {
        let w = move || words(count);
        let serial = || vec(any::<u8>(), 8..17).prop_map(|bytes| Serial::new(bytes).unwrap());
        let identity = prop_oneof![
            "[0-9]{1,4}".prop_map(|tail| IdentityForm::Tail(Text::up_to(tail, 4).unwrap())),
            (10_u8..=16, any::<[u8; 16]>()).prop_map(|(work, digest)| IdentityForm::Digest { work, digest }),
        ];
        let edition = prop_oneof![
            Just(Edition::Original),
            (2_u8..=99, of(serial())).prop_map(|(number, replaces)| Edition::Duplicate { number, replaces }),
            (2_u8..=99, serial(), of(text())).prop_map(|(number, replaces, decision)| Edition::Correction {
                number,
                replaces,
                decision
            }),
        ];
        let who = (w(), of(date(count)), of(w()), of((identity, of(w()))), of(text()), of(w()));
        let what = (w(), of(w()), w(), of(w()), w(), of(results(count)));
        let where_from = (of(any::<(u64, u64)>()), edition, of((1900_u16..=2200, select(Grade::ALL.to_vec()))));
        let outcome = select(Outcome::ALL.to_vec());
        let rest = (
            of(date(count)),
            of((outcome, of(w()))),
            vec(line(count), 0..4),
            vec(line(count), 0..4),
            of((1_u8..=16, 2_u8..=16)),
        );
        (who, what, where_from, rest).prop_map(move |(who, what, where_from, rest)| {
            let (holder, birth, birth_place, identity, number, centre) = who;
            let (title, series, session, honours, authority, results) = what;
            let (minutes, edition, archive) = where_from;
            let (awarded, decision, person, award, sheet) = rest;
            Document {
                kind: Kind::Attestation,
                languages: ["fr", "ar", "en", "zh-hans2"][..count]
                    .iter()
                    .map(|tag| Language::new(*tag).unwrap())
                    .collect(),
                holder,
                valid_until: birth.clone().filter(|date| date.partial().is_some()),
                birth,
                birth_place,
                identity: identity.map(|(form, name)| Identity { form, name }),
                number,
                title,
                series,
                session,
                honours,
                authority,
                centre,
                results,
                minutes: minutes.map(|(minutes, line)| MinutesReference { minutes, line }),
                edition,
                archive: archive.map(|(year, grade)| Archive { year, grade }),
                awarded,
                decision: decision.map(|(outcome, words)| Decision { outcome, words }),
                lines: Lines { person, award },
                sheet: sheet.map(|(number, of)| Sheet { number: number.min(of), of }),
            }
        })
    })
}

fn sealed(document: &Document) -> Vec<u8> {
    write(document, &Serial::new([7; 8]).unwrap(), 1_790_000_000)
}

proptest! {
    #[test]
    fn every_document_reads_back_as_it_was_written(document in document()) {
        prop_assert_eq!(document.check(), Ok(()));
        let payload = sealed(&document);
        let claims = read(&payload).unwrap();
        prop_assert_eq!(&claims.document, &document);
        // the facts that are digested are the bytes behind the head, and nothing else
        let facts = &payload[facts_at(&claims.serial, claims.sealed_at)..];
        prop_assert!(matches!(cbor::read(facts, 4_096), Ok(Item::Map(_))));
    }

    /// There are no two encodings of one document: else it would have two digests.
    #[test]
    fn what_is_read_is_written_again_to_the_same_bytes(document in document(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut payload = sealed(&document);
        let at = at.index(payload.len());
        payload[at] = byte;
        if let Ok(Claims { sealed_at, serial, document }) = read(&payload) {
            prop_assert_eq!(document.check(), Ok(()));
            prop_assert_eq!(write(&document, &serial, sealed_at), payload);
        }
    }

    /// What an issuer is refused, and what a verifier is, is the same.
    #[test]
    fn issuer_and_verifier_refuse_the_same(mut document in document(), change in 0_usize..8) {
        match change {
            0 => document.kind = Kind::Diploma,
            1 => document.kind = Kind::Transcript,
            2 => document.valid_until = Some(Date::Printed(None, document.title.clone())),
            3 => document.languages.push(Language::new("es").unwrap()),
            4 => document.languages.push(document.languages[0].clone()),
            5 => document.results = Some(Results::default()),
            6 => document.sheet = Some(Sheet { number: 3, of: 2 }),
            _ => document.decision = Some(Decision { outcome: Outcome::NotAdmitted, words: None }),
        }
        let found = read(&sealed(&document)).map(|claims| claims.document);
        match document.check() {
            Ok(()) => prop_assert_eq!(found, Ok(document)),
            Err(broken) => prop_assert!(matches!(found, Err(ClaimsError::Broken(other)) if other.rule == broken.rule), "{broken:?} {found:?}"),
        }
    }
}

#[test]
fn an_original_is_the_first_edition() {
    let old = Serial::new([7; 8]).unwrap();
    let correction = Edition::Correction { number: 99, replaces: old, decision: None };
    let editions = [Edition::Original, Edition::Duplicate { number: 2, replaces: None }, correction];
    assert_eq!(editions.map(|edition| edition.number()), [1, 2, 99]);
}
