//! A list of applicants beside the scans: three piles, and what changed since an earlier run.

use credential_core::document::{Decision, Outcome, Words};
use credential_core::lists::Statement;

use super::*;

/// An applicant's row and what becomes of it.
const APPLICANTS: &str = "\
N°;Nom;Naissance;Moyenne;Nom de jeune fille
1;Salma EL IDRISSI;14/05/2007;14,25;
2;EL IDRISSI Salma;14/05/2007;71,25 / 100;
3;Selma EL IDRISSI;14/05/2007;14,25;
4;Salma TAZI;14/05/2007;14,25;El Idrissi
5;Youssef BERRADA;14/05/2007;14,25;
6;Salma EL IDRISSI;14/05/2007;17,5;
7;Salma EL IDRISSI;15/05/2007;14,25;
8;Salma EL IDRISSI;14/05/2007;14,25;
9;Salma EL IDRISSI;14/05/2007;14,25;
10;Amina OUALI;01/02/1988;12;
11;Nobody ELSE;01/02/2003;;
12;Kofi KÉRÉKOU;2006-01-02;;
";

fn university() -> Office {
    let mut world = Setting::new();
    decide(&mut world, 20, Statement::Replaced);
    let office = Office::new(world);
    for number in [1, 2, 3, 4, 5, 6, 7] {
        office.put_scan(&format!("{number}_diploma.png"), &office.text(number, |_| {}));
    }
    office.put_scan("8/page.png", &office.text(1, |_| {}));
    office.put_scan("9/new.png", &office.text(9, |_| {}));
    office.put_scan("9/old.png", &office.text(20, |_| {}));
    office.put("10/old-diploma.png", png(&sheet(&[], 150, 1)));
    let kofi = office.text(12, |document| {
        document.holder = Words::per_language(vec![Some(text("Kofi KEREKOU")), Some(text("كوفي"))]).unwrap();
        document.birth = credential_core::document::PartialDate::new(2006, Some(1), Some(2)).map(Into::into);
    });
    office.put_scan("unnamed.png", &kofi);
    fs::write(office.path("list.csv"), encoding(APPLICANTS)).unwrap();
    office
}

/// As Excel saves it in western Europe.
fn encoding(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect()
}

#[test]
fn applicants_fall_into_three_piles_with_reasons() {
    let office = university();
    let list = office.path("list.csv");
    let (status, records) = office.records(&["--match", &list]);
    let expected = [
        "1 look used-by:8",
        "2 fine name-near:order",
        "3 look name-near:one-letter",
        "4 look name-near:maiden-name",
        "5 look name-none",
        "6 look mean-differs",
        "7 look birth-differs",
        "8 look used-by:1",
        "9 look replaced several-documents",
        "10 missing no-code",
        "11 missing no-file",
        "12 fine name-near:accents",
    ];
    assert_eq!(piles(&records), expected);
    assert_eq!(status, 1);
    assert_eq!(line_of(&records, "unnamed.png")["applicant"]["found_by"], "name-and-birth");
}

#[test]
fn a_transcript_of_somebody_refused_is_looked_at_and_the_run_is_no_success() {
    let office = Office::new(Setting::new());
    let refused = office.text(1, |document| {
        document.kind = credential_core::document::Kind::Attestation;
        document.decision = Some(Decision { outcome: Outcome::NotAdmitted, words: None });
    });
    office.put_scan("1.png", &refused);
    fs::write(office.path("list.csv"), "number;name;birth\n1;Salma EL IDRISSI;14/05/2007\n").unwrap();
    let (status, records) = office.records(&["--match", &office.path("list.csv")]);
    assert_eq!((status, piles(&records)), (1, vec!["1 look states-not-admitted".to_owned()]));
    let csv = office.path("report.csv");
    office.batch(&["--match", &office.path("list.csv"), "--report", &csv]);
    assert!(fs::read_to_string(&csv).unwrap().contains("NOT ADMITTED"));
}

#[test]
fn a_second_run_shows_only_what_changed() {
    let office = university();
    let (list, before, after) = (office.path("list.csv"), office.path("before.jsonl"), office.path("after.jsonl"));
    assert_eq!(office.batch(&["--match", &list, "--report", &before]).status, 1);
    let mut world = Setting::new();
    decide(&mut world, 20, Statement::Replaced);
    decide(&mut world, 2, Statement::Withdrawn);
    fs::write(&office.desk.pack, world.pack_bytes()).unwrap();
    fs::remove_file(office.scans.join("3_diploma.png")).unwrap();
    office.put_scan("11.png", &office.text(11, |_| {}));
    let run = office.batch(&["--match", &list, "--previous", &before, "--report", &after]);
    assert!(run.stdout.contains("6 changes since"), "{run:?}");
    let text = fs::read_to_string(&after).unwrap();
    let changes: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            let key = record["key"].as_str().unwrap();
            let key = key.rsplit_once("scans/").map_or(key, |(_, key)| key).to_owned();
            let now = record["reason"].as_str().or(record["pile"].as_str()).unwrap_or_default().to_owned();
            format!("{} {key}: {} > {now}", record["change"].as_str().unwrap(), record["before"].as_str().unwrap_or(""))
        })
        .collect();
    let expected = [
        "new 11.png#1#1:  > genuine",
        "changed 2_diploma.png#1#1: genuine > withdrawn",
        "changed applicant 2: fine name-near:order > look",
        "changed applicant 3: look name-near:one-letter > missing",
        "changed applicant 11: missing no-file > look",
        "gone 3_diploma.png#1#1: genuine > ",
    ];
    assert_eq!(changes, expected);
}
