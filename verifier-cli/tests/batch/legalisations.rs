//! Legalisation records among the scans: with their document, with another, alone, and beside a list of applicants.

use credential_core::Reason;
use credential_core::sealing::Compactor;

use super::setup::office::Office as Ministry;
use super::setup::records::*;
use super::*;

/// Folders of scans under the packs of a board and a ministry.
fn office(change: impl FnOnce(&mut Ministry)) -> (Ministry, Office) {
    let mut ministry = Ministry::new(0);
    change(&mut ministry);
    let pack = ministry.pack_bytes(&[], &[]);
    (ministry, Office::with_pack(Setting::new(), &pack))
}

/// What is said of the only record of these: with which document it goes.
#[track_caller]
fn matched(records: &[Value]) -> (&str, Vec<&str>) {
    let found: Vec<_> = records.iter().filter(|line| line["object"] == "legalisation").collect();
    let [one] = &*found else { panic!("{found:?}") };
    let see = one["see"].as_array().unwrap().iter().map(|file| file.as_str().unwrap());
    (one["match"].as_str().unwrap(), see.map(|file| file.rsplit_once("scans/").unwrap().1).collect())
}

#[test]
fn with_its_document_on_a_page_or_in_another_file_a_record_is_accepted() {
    let (ministry, together) = office(|_| ());
    let (document, act) = (ministry.text(4), record(&ministry, 4));
    together.put_page("page.png", &[&document, &act]);
    let records = together.expect(&[], &[("page.png", 1, "genuine"), ("page.png", 1, "genuine")], 0);
    assert_eq!(matched(&records), ("same-document", vec![]));
    assert!(records[1..].iter().all(|line| line["notes"].as_array().unwrap().is_empty()), "{records:?}");
    let (_, apart) = office(|_| ());
    apart.put_scan("act.png", &act);
    apart.put_scan("diploma.png", &document);
    let records = apart.expect(&[], &[("act.png", 1, "genuine"), ("diploma.png", 1, "genuine")], 0);
    assert_eq!(matched(&records), ("same-document", vec!["diploma.png"]));
}

#[test]
fn a_record_alone_is_not_accepted_and_no_form_of_the_report_calls_it_a_document() {
    let (ministry, office) = office(|_| ());
    office.put_scan("act.png", &record(&ministry, 4));
    let records = office.expect(&[], &[("act.png", 1, "genuine")], 2);
    assert_eq!(matched(&records), ("undetermined", vec![]));
    assert!(records[1]["document"].is_null() && records[1]["words"].as_str().unwrap().contains("legalised"));
    for (language, headline, said) in [
        ("en", "LEGALISATION, DOCUMENT NOT SHOWN", "A ministry has legalised a document"),
        ("fr", "LÉGALISATION, DOCUMENT NON PRÉSENTÉ", "Un ministère a légalisé un document"),
    ] {
        let [csv, html, xlsx] = ["csv", "html", "xlsx"].map(|form| office.path(&format!("{language}.{form}")));
        let run = office.batch(&["--lang", language, "--report", &csv, "--report", &html, "--report", &xlsx]);
        let read = |path: &str| fs::read_to_string(path).unwrap();
        for text in [read(&csv), read(&html), reports::sheets(Path::new(&xlsx))] {
            assert!(text.contains(headline) && text.contains(said), "{text}");
            assert_nothing_is_called_a_document(&text);
        }
        assert!(run.stdout.contains(said), "{run:?}");
        assert_nothing_is_called_a_document(&run.stdout);
    }
}

#[track_caller]
fn assert_nothing_is_called_a_document(text: &str) {
    for words in
        ["GENUINE", "AUTHENTIQUE", Reason::Genuine.words(), "Délivré par l'autorité", "Délivré par l&#39;autorité"]
    {
        assert!(!text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_record_of_another_document_is_refused_and_its_page_decides() {
    let (ministry, office) = office(|_| ());
    office.put_page("page.png", &[&ministry.text(7), &record(&ministry, 4)]);
    office.put_scan("the-fourth.png", &ministry.text(4));
    let lines = [("page.png", 1, "genuine"), ("page.png", 1, "genuine"), ("the-fourth.png", 1, "genuine")];
    let records = office.expect(&[], &lines, 1);
    assert_eq!(matched(&records), ("other-document", vec![]));
    fs::remove_file(office.scans.join("page.png")).unwrap();
    office.put_scan("act.png", &record(&ministry, 7));
    let records = office.expect(&[], &[("act.png", 1, "genuine"), ("the-fourth.png", 1, "genuine")], 1);
    assert_eq!(matched(&records), ("other-document", vec![]));
}

#[test]
fn of_a_record_with_the_documents_digest_and_another_serial_nothing_is_said() {
    let (ministry, office) = office(|_| ());
    let mut wrong = stated(&ministry.world, 4);
    wrong.document_serial = serial(5);
    let act = sealed_record(&ministry.ministry, &wrong, 4).symbol_text(&Compactor::plain());
    office.put_page("page.png", &[&ministry.text(4), &act]);
    let records = office.expect(&[], &[("page.png", 1, "genuine"), ("page.png", 1, "genuine")], 2);
    assert_eq!(matched(&records), ("undetermined", vec![]));
}

#[test]
fn a_withdrawn_record_is_refused_and_leaves_its_document_as_it_was() {
    let (ministry, office) = office(|ministry| withdraw_record(ministry, 4));
    office.put_scan("act.png", &record(&ministry, 4));
    office.put_scan("diploma.png", &ministry.text(4));
    let records = office.expect(&[], &[("act.png", 1, "withdrawn"), ("diploma.png", 1, "genuine")], 1);
    assert!(records[1]["words"].as_str().unwrap().contains("withdrawn this legalisation"), "{records:?}");
}

#[test]
fn what_a_record_said_before_is_told_as_of_a_record() {
    let (ministry, office) = office(|_| ());
    office.put_scan("act.png", &record(&ministry, 4));
    let before = office.path("before.jsonl");
    assert_eq!(office.batch(&["--report", &before]).status, 2);
    let (status, same) = office.records(&["--previous", &before]);
    assert_eq!((found(&same), status), (vec![], 2));
    office.put_scan("diploma.png", &ministry.text(4));
    let (status, changed) = office.records(&["--previous", &before]);
    assert_eq!((matched(&changed), status), (("same-document", vec!["diploma.png"]), 0));
    let line = line_of(&changed, "act.png");
    assert_eq!((&line["change"], &line["before"]), (&"changed".into(), &"legalisation genuine undetermined".into()));
}

#[test]
fn no_applicant_is_fine_by_a_record_alone_or_over_somebody_elses_document() {
    let (ministry, office) = office(|ministry| withdraw_record(ministry, 5));
    office.put_page("1.png", &[&ministry.text(1), &record(&ministry, 1)]);
    office.put_scan("2.png", &record(&ministry, 1));
    office.put_scan("3/diploma.png", &ministry.text(3));
    office.put_scan("3/act.png", &record(&ministry, 1));
    office.put_scan("4/diploma.png", &ministry.text(4));
    office.put_scan("4/act.png", &record(&ministry, 4));
    office.put_scan("5/diploma.png", &ministry.text(5));
    office.put_scan("5/act.png", &record(&ministry, 5));
    let rows: Vec<_> = (1..=5).map(|number| format!("{number},Salma EL IDRISSI,14/05/2007\n")).collect();
    let list = office.desk.file("list.csv", format!("number,name,birth\n{}", rows.concat()));
    let (status, records) = office.records(&["--match", &list]);
    let expected = [
        "1 fine ",
        "2 look no-document legalisation-undetermined",
        "3 look legalisation-other-document",
        "4 fine ",
        "5 look legalisation-withdrawn",
    ];
    assert_eq!((piles(&records), status), (expected.map(str::to_owned).to_vec(), 1));
    fs::remove_dir_all(office.scans.join("5")).unwrap();
    let csv = office.path("piles.csv");
    let run = office.batch(&["--match", &list, "--report", &csv]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(fs::read_to_string(&csv).unwrap().contains("a legalisation alone is none"));
}
