use super::*;
use crate::claims::World;
use crate::key::SealingKey;

fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

fn record(languages: &[&str]) -> Legalisation {
    Legalisation {
        document: [7; 32],
        document_serial: Serial::new([1; 8]).unwrap(),
        capacity: Words::one("Chef de service").unwrap(),
        act_number: text("2026/004512"),
        place: Words::one("Rabat").unwrap(),
        date: PartialDate::new(2026, Some(9), Some(14)).unwrap(),
        purpose: Some(Words::one("France").unwrap()),
        languages: languages.iter().map(|tag| Language::new(*tag).unwrap()).collect(),
    }
}

fn both(first: &str, second: &str) -> Words {
    Words::per_language(vec![Some(text(first)), Some(text(second))]).unwrap()
}

fn claims(legalisation: Legalisation) -> LegalisationClaims {
    LegalisationClaims { sealed_at: 1_790_000_000, serial: Serial::new([2; 16]).unwrap(), legalisation }
}

fn written(claims: &LegalisationClaims) -> Vec<u8> {
    write::write(&claims.serial, claims.sealed_at, &write::legalisation_bytes(&claims.legalisation))
}

#[test]
fn what_is_written_reads_back_equal() {
    let mut shortest = record(&[]);
    shortest.purpose = None;
    let mut two = record(&["fr", "ar"]);
    two.place = both("Rabat", "الرباط");
    for legalisation in [record(&[]), record(&["fr"]), shortest, two] {
        assert_eq!(legalisation.check(), Ok(()));
        let claims = claims(legalisation);
        assert_eq!(read::read(&written(&claims)), Ok(claims));
    }
}

#[test]
fn words_have_as_many_texts_as_there_are_languages() {
    let mut none = record(&[]);
    none.place = both("Rabat", "الرباط");
    let mut three = record(&["fr", "ar", "en"]);
    three.purpose = Some(both("France", "فرنسا"));
    let key = SealingKey::from_seed(&[1; 32]);
    for (legalisation, field) in [(none, "place"), (three, "purpose")] {
        let broken = Rule::LanguageCount.of(field);
        assert_eq!(legalisation.check(), Err(broken));
        let sealer = Sealer { authority: "XX-MAE", world: World::Live, key: &key };
        let sealed = legalise(&legalisation, &Serial::new([2; 8]).unwrap(), 1, &sealer);
        assert_eq!(sealed, Err(IssueError::Rule(broken)));
        assert!(read::read(&written(&claims(legalisation))).is_err());
    }
    assert_eq!(record(&["fr", "fr"]).check(), Err(Rule::Language.of("languages")));
}
