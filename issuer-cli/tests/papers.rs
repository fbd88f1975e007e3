//! Papers of other countries: each list is sealed by the real program, and every line stands in its place when it is read back.
//!
//! `fixtures/papers` has for each a profile, a list, and what the documents say. Facts are invented, shapes are real.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;
use std::path::{Path, PathBuf};

use credential_core::document::{Cell, Column, Date, Heading, Identity, IdentityForm, Line, LineValue, RowKind, Words};
use credential_core::json::report_json;
use credential_core::{Document, Reason, TrustStore, verify};
use office::{Office, documents, sample};

#[test]
fn a_certificate_prints_grades_without_a_scale() {
    seals("certificate", &["diploma"], &[Reason::Genuine]);
}

#[test]
fn a_transcript_has_terms_units_totals_and_two_sittings() {
    seals("licence", &["transcript"], &[Reason::StatesOtherwise, Reason::Genuine, Reason::StatesNotAdmitted]);
}

#[test]
fn a_diploma_has_four_languages_with_holes_and_dates_of_another_calendar() {
    seals("four-languages", &["diploma"], &[Reason::Genuine]);
}

#[test]
fn a_provisional_attestation_has_a_last_day() {
    seals("provisional", &["attestation"], &[Reason::Genuine]);
}

#[test]
fn marks_may_be_below_zero_and_means_above_the_scale() {
    seals("below-zero", &["transcript"], &[Reason::Genuine, Reason::StatesNotAdmitted]);
}

#[test]
fn each_subject_may_have_a_maximum_of_its_own() {
    seals("maxima", &["diploma"], &[Reason::Genuine]);
    seals("maxima", &["transcript"], &[Reason::Genuine, Reason::StatesNotAdmitted, Reason::StatesOtherwise]);
}

#[test]
fn a_results_slip_has_grades_points_and_no_mean() {
    seals("gce", &["diploma"], &[Reason::Genuine]);
    seals("gce", &["transcript"], &[Reason::Genuine, Reason::StatesNotAdmitted]);
}

#[test]
fn a_marks_statement_has_four_mark_columns_and_the_total_in_words() {
    seals("cbse", &["transcript"], &[Reason::Genuine, Reason::StatesOtherwise]);
}

#[test]
fn a_diploma_states_a_percentage_in_figures_and_in_words() {
    seals("exetat", &["diploma"], &[Reason::Genuine]);
}

#[test]
fn a_releve_has_groups_points_and_dispensations() {
    seals("bac-france", &["transcript"], &[Reason::Genuine, Reason::StatesOtherwise, Reason::StatesNotAdmitted]);
}

#[test]
fn a_transcript_by_terms_has_the_totals_of_each() {
    seals("terms", &["transcript"], &[Reason::Genuine]);
}

#[test]
fn a_certificate_has_half_years_beside_the_examination() {
    seals("abitur", &["diploma"], &[Reason::Genuine]);
}

#[test]
fn marks_stand_in_figures_and_in_words() {
    seals("certidao", &["attestation"], &[Reason::Genuine]);
}

#[test]
fn everything_stands_twice_in_two_official_languages() {
    seals("probatoire", &["transcript"], &[Reason::Genuine, Reason::StatesNotAdmitted]);
}

#[test]
fn an_old_certificate_knows_a_year_or_less() {
    seals("primary", &["attestation"], &[Reason::Genuine]);
}

#[test]
fn a_supplement_has_fifteen_lines_of_its_own() {
    seals("supplement", &["transcript"], &[Reason::Genuine]);
}

#[test]
fn faults_of_a_table_are_named_at_their_column() {
    for (paper, from, to, column, code) in [
        ("maxima", "72;Physics", "80.5;Physics", "Mark 1", "mark_above_scale"),
        ("maxima", "Absent", "Excused", "Mark 2", "mark_not_a_number"),
        ("maxima", ";80;40;72", ";eighty;40;72", "Max 1", "coefficient_not_a_number"),
        ("maxima", "Physics;60;30;58.5", "Genuine;60;30;58.5", "Subject 2", "reserved_name"),
        ("below-zero", ";-3;", ";-3,5;", "Karakter 2", "mark_not_a_number"),
        ("licence", ";ABI;", ";ABJ;", "Note 3", "mark_not_a_number"),
        ("licence", "MAT101;6,0;", "MAT101;6,05;", "ECTS 1", "coefficient_not_a_number"),
        ("certificate", ";F;NGS", ";;NGS", "Sex", "missing_value"),
        ("provisional", ";14/07/2098;", ";;", "Valable", "missing_value"),
        ("four-languages", "01/07/2026", "31/06/2026", "Jury", "impossible_date"),
        ("four-languages", "سلمى العلمي;ⵙⴰⵍⵎⴰ;", ";ⵙⴰⵍⵎⴰ;", "الاسم", "missing_name"),
    ] {
        let office = office(paper);
        let list = read(paper, "csv").replacen(from, to, 1);
        assert_ne!(list, read(paper, "csv"), "{from}");
        let refused = office.issue(&list, "out", &[]).status(1);
        let errors: Vec<&str> = refused.stdout.lines().filter(|line| line.contains(": error: ")).collect();
        assert_eq!(errors.len(), 1, "{from}: {}", refused.stdout);
        assert!(errors[0].contains(&format!(", column {column}: error: ")), "{}", errors[0]);
        assert!(errors[0].ends_with(&format!("[{code}]")), "{}", errors[0]);
    }
}

#[test]
fn a_list_may_lack_optional_columns_whole_but_not_in_part() {
    let office = office("licence");
    let list = read("licence", "csv");
    let told = office.issue(&list, "out", &["--codes", "none"]).success();
    let left_out = "optional columns that the list does not have, so no paper prints them: Rattrapage {n}";
    assert!(told.stderr.contains(left_out), "{}", told.stderr);
    let part = list.replacen(";Résultat", ";Rattrapage 2;Résultat", 1);
    let refused = office.issue(&part, "other", &[]).status(1);
    for column in ["Rattrapage 1", "Rattrapage 3"] {
        assert!(refused.stdout.contains(&format!("the header has no column “{column}”")), "{}", refused.stdout);
    }
}

#[test]
fn a_last_day_that_has_passed_is_a_fault_of_the_list() {
    let office = office("provisional");
    let list = read("provisional", "csv").replace("14/07/2098", "14/07/2020");
    let refused = office.issue(&list, "out", &[]).status(1);
    assert!(
        refused
            .stdout
            .contains("row 2, column Valable: error: the document would be valid until 2020-07-14, and today")
    );
    assert!(refused.stdout.contains("[past_validity]"), "{}", refused.stdout);
    assert!(!office.path("out").exists());
}

#[test]
fn whoever_would_get_a_document_that_has_passed_is_left_out_with_the_faulty_rows() {
    let office = office("provisional");
    let list = format!("{}000124;Binta FALL;05/06/2007;14/07/2020;jusqu’au\n", read("provisional", "csv"));
    let sealed = office.issue(&list, "out", &["--skip-faulty", "--codes", "none"]).success();
    assert_eq!(sealed.stdout.matches("[past_validity]").count(), 1, "{}", sealed.stdout);
    let numbers: Vec<String> = documents(&office.path("out")).into_iter().map(|row| row.number).collect();
    assert_eq!(numbers, ["000123"]);
}

#[test]
fn transcripts_of_the_shipped_profiles_print_what_their_papers_print() {
    for country in ["benin", "morocco", "haiti"] {
        let office = Office::new(country);
        office.issue(&sample(country), "out", &["--kind", "transcript", "--codes", "none"]).success();
        let mut store = TrustStore::new();
        store.add(office.pack("out/trust.sceau"));
        let text = &documents(&office.path("out"))[0].text;
        let report = verify(text, &store, office.now());
        export(&format!("{country}-transcript-1.txt"), text.as_bytes());
        export(&format!("{country}-transcript-1.json"), report_json(&report).as_bytes());
        export(&format!("{country}-transcript.sceau"), &fs::read(office.path("out/trust.sceau")).unwrap());
        let path = fixture(&format!("{country}-transcript"), "txt");
        assert_eq!(
            shown(report.document().unwrap()),
            fs::read_to_string(&path).unwrap_or_default(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn codes_in_the_link_form_are_drawn_read_back_and_verified() {
    let office = Office::empty("paper.toml");
    let profile = read("provisional", "toml")
        .replace("pixels_per_module = 3", "pixels_per_module = 3\nlink = \"https://bac.example/v\"");
    set_up(&office, &profile);
    let list = read("provisional", "csv");
    office.issue(&list, "out", &[]).success();
    let row = &documents(&office.path("out"))[0];
    let digits = row.text.strip_prefix("https://bac.example/v#SC1:").unwrap();
    assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
    let picture = fs::read(office.path("out").join(&row.file)).unwrap();
    assert_eq!(issuer::draw::read_back(&picture).unwrap(), row.text);
    let mut store = TrustStore::new();
    store.add(office.pack("out/trust.sceau"));
    assert_eq!(verify(&row.text, &store, office.now()).reason(), Reason::Genuine);

    let told = office.check(&list).success();
    let cost = told.stderr.lines().find(|line| line.starts_with("codes that lead to ")).unwrap();
    let numbers: Vec<usize> = cost.split(' ').filter_map(|word| word.parse().ok()).collect();
    assert_eq!((numbers.len(), numbers[0]), (3, 2), "{cost}");
    let (link, plain) = (numbers[1], numbers[2]);
    assert!(link >= plain && link <= plain + 8, "{cost}");
}

/// Seals the list of a paper and compares verdicts and contents with what is written down.
#[track_caller]
fn seals(paper: &str, kind: &[&str], reasons: &[Reason]) {
    let office = office(paper);
    office.issue(&read(paper, "csv"), "out", &["--kind", kind[0]]).success();
    let mut store = TrustStore::new();
    store.add(office.pack("out/trust.sceau"));
    let mut said = String::new();
    for (at, row) in documents(&office.path("out")).iter().enumerate() {
        let report = verify(&row.text, &store, office.now());
        assert_eq!(report.reason(), reasons[at.min(reasons.len() - 1)], "{paper}, row {}", row.row);
        said.push_str(&shown(report.document().unwrap()));
        export(&format!("{paper}-{}-{}.txt", kind[0], at + 1), row.text.as_bytes());
        export(&format!("{paper}-{}-{}.json", kind[0], at + 1), report_json(&report).as_bytes());
    }
    export(&format!("{paper}-{}.sceau", kind[0]), &fs::read(office.path("out/trust.sceau")).unwrap());
    let path = fixture(&format!("{paper}-{}", kind[0]), "txt");
    if std::env::var_os("SCEAU_WRITE_SAMPLE").is_some() {
        fs::write(&path, &said).unwrap();
    }
    assert_eq!(said, fs::read_to_string(&path).unwrap(), "{}", path.display());
}

/// For the tests of the other surfaces: text, pack and report of each paper, in the folder that `SCEAU_PAPERS` names.
fn export(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("SCEAU_PAPERS") {
        fs::create_dir_all(&folder).unwrap();
        fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}

fn office(paper: &str) -> Office {
    let office = Office::empty("paper.toml");
    set_up(&office, &read(paper, "toml"));
    office
}

fn set_up(office: &Office, profile: &str) {
    fs::write(office.path("paper.toml"), profile).unwrap();
    office.new_keys(&["root.key", "lists.key", "session.key"]);
    office.new_trust(&["--owner", "Tests"]).success();
}

fn read(paper: &str, ending: &str) -> String {
    fs::read_to_string(fixture(paper, ending)).unwrap()
}

fn fixture(paper: &str, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/papers/{paper}.{ending}"))
}

/// All that a document says, line by line.
fn shown(document: &Document) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            out.push_str(&format!("{name}: {value}\n"));
        }
    };
    let of = |document: &Option<Words>| document.as_ref().map(words);
    line("title", Some(words(&document.title)));
    line("holder", Some(words(&document.holder)));
    line("birth", document.birth.as_ref().map(date));
    line("birth place", of(&document.birth_place));
    line("identity", document.identity.as_ref().map(identity));
    line("number", document.number.as_ref().map(ToString::to_string));
    line("series", of(&document.series));
    line("session", Some(words(&document.session)));
    line("honours", of(&document.honours));
    line("authority", Some(words(&document.authority)));
    line("centre", of(&document.centre));
    line("minutes", document.minutes.map(|place| format!("{}, line {}", place.minutes, place.line)));
    line("archives", document.archive.map(|archive| archive.year.to_string()));
    line("awarded", document.awarded.as_ref().map(date));
    line("valid until", document.valid_until.as_ref().map(date));
    let decision = document.decision.as_ref();
    line(
        "decision",
        decision.map(|of| format!("{} {}", of.outcome.code(), of.words.as_ref().map_or(String::new(), words))),
    );
    for (about, lines) in [("person", &document.lines.person), ("award", &document.lines.award)] {
        lines.iter().for_each(|of| line(&format!("{about} | {}", words(&of.name)), Some(value(of))));
    }
    if let Some(results) = &document.results {
        line("mean", results.mean.map(|mean| mean.to_string()));
        let headings: Vec<String> = results.columns.iter().map(heading).collect();
        line("table", (!headings.is_empty()).then(|| headings.join(" | ")));
        for (at, row) in results.rows.iter().enumerate() {
            let kind = match row.kind {
                RowKind::Subject => "subject".to_owned(),
                RowKind::Heading(level) => format!("heading {}", level.get()),
                RowKind::Total => "total".to_owned(),
            };
            let cells: Vec<String> = results.columns.iter().map(|column| cell(column, at)).collect();
            line(&kind, Some(format!("{} | {}", words(&row.name), cells.join(" | "))));
        }
        results.summaries.iter().for_each(|of| line(&format!("summary | {}", words(&of.name)), Some(value(of))));
    }
    out + "\n"
}

fn words(words: &Words) -> String {
    words.texts().iter().map(|text| text.as_ref().map_or("-", |text| text.as_str())).collect::<Vec<_>>().join(" / ")
}

fn date(date: &Date) -> String {
    let day = date.partial().map_or("no day".to_owned(), |day| day.to_string());
    date.words().map_or(day.clone(), |printed| format!("{day}, printed {}", words(printed)))
}

fn identity(identity: &Identity) -> String {
    let form = match &identity.form {
        IdentityForm::Tail(tail) => format!("ends in {tail}"),
        IdentityForm::Digest { work, digest: _ } => format!("digest of work {work}"),
    };
    identity.name.as_ref().map_or(form.clone(), |name| format!("{form}, {}", words(name)))
}

fn value(line: &Line) -> String {
    match &line.value {
        LineValue::Words(value) => words(value),
        LineValue::Number(number) => number.to_string(),
    }
}

fn heading(column: &Column) -> String {
    let heading = match &column.heading {
        Heading::Usual => "usual".to_owned(),
        Heading::Words(heading) => words(heading),
    };
    let maximum = column.maximum.map_or(String::new(), |maximum| format!(" /{maximum}"));
    format!("{} ({}){maximum}", heading, column.role.code())
}

fn cell(column: &Column, row: usize) -> String {
    match &column.cells[row] {
        Cell::Number(value) => column.show(*value),
        Cell::Words(value) => words(value),
        Cell::Empty => String::new(),
    }
}
