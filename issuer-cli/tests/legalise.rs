//! A ministry legalises diplomas: through the real program, from the picture to the code beside it.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;
use std::path::Path;
use std::process::Command;

use credential_core::document::{Serial, Sheet, World};
use credential_core::legalisation::{LegalisationMatch, match_legalisation, verify_legalisation};
use credential_core::sealing::{CodeKind, Compactor, Sealer, issue};
use credential_core::time::rfc3339;
use credential_core::{Document, Reason, verify};
use image::{GrayImage, ImageBuffer, Luma, imageops};
use office::counter::Counter;
use office::{documents, sample};
use qr_reader::{Effort, Picture, read};

/// Both pictures side by side on one page, written to `page`.
fn on_one_page(pictures: &[&Path], page_file: &Path) -> Vec<String> {
    let pictures: Vec<_> = pictures.iter().map(|path| image::open(path).unwrap().into_luma8()).collect();
    let width = pictures.iter().map(|one| one.width() + 40).sum();
    let height = pictures.iter().map(|one| one.height() + 40).max().unwrap();
    let mut page: GrayImage = ImageBuffer::from_pixel(width, height, Luma([255]));
    let mut left = 20;
    for picture in &pictures {
        imageops::replace(&mut page, picture, left, 20);
        left += i64::from(picture.width()) + 40;
    }
    page.save(page_file).unwrap();
    let picture = Picture::from_grey(page.into_raw(), width, height).unwrap();
    read(&picture, Effort::Thorough).into_iter().map(|code| String::from_utf8(code).unwrap()).collect()
}

#[test]
fn both_codes_of_one_page_are_one_story() {
    let counter = Counter::new();
    let done = counter.legalise(&counter.picture(0), "2026-000001", &["--purpose", "haiti"]).success();
    let page = counter.path("page.png");
    let texts = on_one_page(&[&counter.path(&counter.picture(0)), &counter.path(done.stdout.trim())], &page);
    let of = |kind| texts.iter().find(|text| CodeKind::of(text) == Some(kind)).unwrap();
    let (store, now) = (counter.store("pack.sceau"), counter.sealed.office.now());
    let document = verify(of(CodeKind::Document), &store, now);
    let record = verify_legalisation(of(CodeKind::Legalisation), &store, now);
    assert_eq!((document.reason(), record.reason()), (Reason::Genuine, Reason::Genuine));
    assert_eq!(match_legalisation(&document, &record), LegalisationMatch::SameDocument);
    let other = verify(&counter.sealed.texts[1], &store, now);
    assert_eq!(match_legalisation(&other, &record), LegalisationMatch::OtherDocument);
    let stated = record.record().unwrap().legalisation();
    assert_eq!((stated.act_number.as_str(), &*stated.date.to_string()), ("2026-000001", &rfc3339(now)[..10]));
    assert_eq!((stated.capacity.texts().len(), stated.place.texts().len()), (2, 1));
    assert_eq!(stated.purpose.as_ref().unwrap().first(), "Pour Haïti");
    assert!(of(CodeKind::Legalisation).len() <= 311, "fits version 10 at level M");
    assert!(done.stderr.contains("act 2026-000001"), "{}", done.stderr);
    let sealed = document.credential().unwrap();
    assert_eq!((stated.document, &stated.document_serial), (sealed.digest(), sealed.serial()));
    let svg = fs::read_to_string(counter.path(done.stdout.trim()).with_extension("svg")).unwrap();
    assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"));
}

#[test]
fn the_verifiers_own_program_tells_the_page_as_one_story() {
    let counter = Counter::new();
    let done = counter.legalise(&counter.picture(0), "2026-000001", &["--purpose", "haiti"]).success();
    let (page, code) = (counter.path("page.png"), counter.path(done.stdout.trim()));
    on_one_page(&[&code, &counter.path(&counter.picture(0))], &page);
    let program = office::verifier::program();
    let judged = |inputs: &[&Path]| {
        let mut verifier = Command::new(&program);
        verifier.args(["verify", "--trust"]).arg(counter.path("pack.sceau")).args(inputs);
        let output = verifier.output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, told) = judged(&[&page]);
    assert_eq!(status, 0, "{told}");
    assert!(told.starts_with("GENUINE  ") && told.contains("has legalised this same document"), "{told}");
    assert!(told.contains("Pour Haïti (fr)") && told.contains("For Haiti (en)"), "{told}");
    assert_eq!(judged(&[&code]).0, 2, "a record alone");
    assert_eq!(judged(&[&code, &counter.path(&counter.picture(1))]).0, 1, "a record of another document");
}

#[test]
fn without_a_profile_few_words_fit_and_many_are_refused_with_the_way_out() {
    let counter = Counter::new();
    let plain = ["--capacity", "Chef", "--place", "Cotonou"];
    let text = counter.text(&counter.legalise(&counter.picture(0), "1", &plain).success());
    assert_eq!(counter.reason("pack.sceau", &text), Reason::Genuine);
    let long =
        "Directeur des affaires juridiques et consulaires, ministère des affaires étrangères et de la coopération";
    let refused = counter.legalise(&counter.picture(0), "2", &["--capacity", long, "--place", long]).status(2);
    assert!(refused.stderr.contains("use fewer words") && refused.stderr.contains("act 2"), "{}", refused.stderr);
    assert_eq!(counter.codes("codes").len(), 3);
}

#[test]
fn the_same_act_gives_the_same_bytes_and_another_under_its_number_is_refused() {
    let counter = Counter::new();
    let first = counter.legalise("old.txt", "7", &[]).success();
    let codes = counter.codes("codes");
    fs::remove_dir_all(counter.path("codes")).unwrap();
    let again = counter.legalise("old.txt", "7", &[]).success();
    assert!(again.stderr.contains("as before"));
    assert_eq!((counter.codes("codes"), again.stdout), (codes.clone(), first.stdout));
    let other = counter.picture(1);
    for (document, more) in [
        (&*other, &[][..]),
        ("old.txt", &["--place", "Porto-Novo"]),
        ("old.txt", &["--date", "2026-09-15"]),
        ("old.txt", &["--purpose", "haiti"]),
    ] {
        let refused = counter.legalise(document, "7", more).status(2);
        assert!(refused.stderr.contains("the number was given on"), "{}", refused.stderr);
    }
    assert_eq!(counter.codes("codes"), codes);
    let second = counter.legalise("old.txt", "8", &[]).success();
    assert!(second.stderr.contains("legalised before, by act 7"), "{}", second.stderr);
}

#[test]
fn a_killed_run_is_finished_by_the_same_command_and_a_changed_code_is_not_overwritten() {
    let counter = Counter::new();
    let run = || counter.legalise_all(&[(&counter.picture(0), "1"), (&counter.picture(1), "2")], &[]);
    run().success();
    let codes = counter.codes("codes");
    assert_eq!(codes.len(), 6);
    for (name, _) in &codes {
        fs::remove_file(counter.path("codes").join(name)).unwrap();
        run().success();
        assert_eq!(counter.codes("codes"), codes);
    }
    fs::write(counter.path("codes").join(&codes[0].0), "changed").unwrap();
    assert!(run().status(2).stderr.contains("nothing is overwritten"));
    assert_eq!(fs::read(counter.path("codes").join(&codes[0].0)).unwrap(), b"changed");
}

#[test]
fn what_is_not_genuine_and_in_force_is_not_legalised_and_all_reasons_are_given() {
    let counter = Counter::new();
    counter.sealed.status("withdraw", &[1], "Decision 3", "pack.sceau", "pack-2.sceau").success();
    let mut altered = counter.sealed.texts[2].clone();
    altered.replace_range(60..61, if &altered[60..61] == "A" { "B" } else { "A" });
    fs::write(counter.path("altered.txt"), &altered).unwrap();
    let (zero, one) = (counter.picture(0), counter.picture(1));
    let all = [(&*zero, "1"), (&*one, "2"), ("altered.txt", "3"), ("none.png", "4"), ("pack.sceau", "5")];
    let refused = counter.legalise_all(&all, &["--trust", "pack-2.sceau"]).status(1);
    for said in ["withdrawn", "altered.txt", "none.png: it cannot be read", "neither a PNG or JPEG picture", "4 of 5"] {
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
    }
    assert_eq!((counter.codes("codes").len(), refused.stdout.as_str()), (0, ""));
    assert!(counter.sealed.office.events(&["act"]).is_empty());
    counter.legalise("altered.txt", "3", &[]).status(2);
    counter.legalise(&one, "2", &["--trust", "pack-2.sceau"]).status(1);
    counter.legalise(&one, "2", &[]).success(); // the ministry's pack does not know of it yet
}

#[test]
fn a_transcript_of_somebody_who_failed_is_legalised_only_where_that_is_said() {
    let counter = Counter::new();
    let office = &counter.sealed.office;
    office.issue(&sample("benin"), "transcripts", &["--kind", "transcript"]).success();
    let judged = |text: &str| verify(text, &counter.store("pack.sceau"), office.now());
    let rows = documents(&office.path("transcripts"));
    let failed = rows.iter().find(|row| judged(&row.text).reason() == Reason::StatesNotAdmitted).unwrap();
    let picture = format!("transcripts/{}", failed.file);
    let refused = counter.legalise(&picture, "1", &[]).status(1);
    let said = "states-not-admitted: Genuine. It states that the candidate was NOT admitted.";
    assert!(refused.stderr.contains(said), "{}", refused.stderr);
    assert!(refused.stderr.contains("say so with --whatever-it-states"), "{}", refused.stderr);
    let done = counter.legalise(&picture, "1", &["--whatever-it-states"]).success();
    let record = verify_legalisation(&counter.text(&done), &counter.store("pack.sceau"), office.now());
    assert_eq!(record.reason(), Reason::Genuine);
    assert_eq!(match_legalisation(&judged(&failed.text), &record), LegalisationMatch::SameDocument);
    // the flag opens nothing else
    counter.sealed.status("withdraw", &[1], "Decision 3", "pack.sceau", "pack-2.sceau").success();
    let withdrawn = ["--trust", "pack-2.sceau", "--whatever-it-states"];
    let refused = counter.legalise(&counter.picture(1), "2", &withdrawn).status(1);
    assert!(refused.stderr.contains("withdrawn: "), "{}", refused.stderr);
}

#[test]
fn a_paper_in_several_codes_is_legalised_sheet_by_sheet_and_never_in_part() {
    let counter = Counter::new();
    let (office, key) = (&counter.sealed.office, counter.sealed.office.opened_key("session.key"));
    let report = counter.sealed.report(&counter.sealed.texts[0], "pack.sceau");
    let sealer = Sealer { authority: "BJ-OB", world: World::Live, key: &key };
    for number in [1, 2] {
        let sheet = Document { sheet: Some(Sheet { number, of: 2 }), ..report.document().unwrap().clone() };
        let sealed = issue(&sheet, &Serial::new([number; 8]).unwrap(), office.now(), &sealer).unwrap();
        fs::write(counter.path(&format!("{number}.txt")), sealed.symbol_text(&Compactor::plain())).unwrap();
    }
    let refused = counter.legalise("1.txt", "1", &["--whatever-it-states"]).status(2);
    assert!(refused.stderr.contains("1.txt: it is one sheet of several, and not all of them are here"));
    assert_eq!(counter.codes("codes").len(), 0);
    let both = counter.legalise_all(&[("1.txt", "1"), ("2.txt", "2")], &[]).success();
    let reasons: Vec<_> = counter.texts(&both).iter().map(|text| counter.reason("pack.sceau", text)).collect();
    assert_eq!(reasons, [Reason::Genuine; 2]);
}

#[test]
fn a_key_that_is_not_the_ministrys_seals_nothing() {
    let counter = Counter::new();
    for (key, said) in [
        ("other.key", "no trust pack names the key"),
        ("session.key", "not one of a ministry"),
        ("acts-lists.key", "not one of a ministry"),
    ] {
        let refused = counter.legalise(&counter.picture(0), "1", &["--key", key]).status(2);
        assert!(refused.stderr.contains(said), "{key}: {}", refused.stderr);
    }
    counter.add_ministry("none.sceau", &["--no-status-list"], &[]);
    let without_list = counter.legalise(&counter.picture(0), "1", &["--trust", "none.sceau"]).status(2);
    assert!(without_list.stderr.contains("names no status list for the key"), "{}", without_list.stderr);
    counter.add_ministry("test.sceau", &["--test"], &["--test"]);
    let test = counter.legalise(&counter.picture(0), "1", &["--trust", "test.sceau"]).status(2);
    assert!(test.stderr.contains("legalises specimens only"), "{}", test.stderr);
    assert_eq!(counter.codes("codes").len(), 0);
}

#[test]
fn an_act_before_the_day_of_sealing_is_refused_with_both_days() {
    let counter = Counter::new();
    let refused = counter.legalise("old.txt", "1", &["--date", "2026-08-30"]).status(2);
    let said = "the act is dated 2026-08-30, but the document says that it was sealed on 2026-09-01";
    assert!(refused.stderr.contains(said), "{}", refused.stderr);
    assert_eq!(counter.codes("codes").len(), 0);
    // where the day begins last it was still the day before
    counter.legalise("old.txt", "1", &["--date", "2026-08-31"]).success();
}

#[test]
fn every_refused_file_is_named_even_if_it_starts_as_a_code_does() {
    let counter = Counter::new();
    let altered = counter.sealed.texts[2].replacen('A', "B", 1);
    for name in ["SCAN0001.png", "SC2.png"] {
        fs::write(counter.path(name), "no picture").unwrap();
    }
    let all = [("SCAN0001.png", "1"), ("SC2.png", "2"), (&*altered, "3")];
    let refused = counter.legalise_all(&all, &[]).status(2);
    let named = |name: &str| refused.stderr.lines().filter(|line| line.starts_with(name)).count();
    assert_eq!(["SCAN0001.png: ", "SC2.png: ", "the code: "].map(named), [1, 1, 1], "{}", refused.stderr);
}

#[test]
fn acts_are_listed_by_day_with_their_count() {
    let counter = Counter::new();
    counter.legalise_all(&[("old.txt", "1"), ("old.txt", "2")], &["--date", "2026-09-14"]).success();
    counter.legalise("old.txt", "3", &["--date", "2026-09-15", "--purpose", "haiti"]).success();
    let list = |more: &[&str]| counter.run(&[&["legalise", "list", "--key", "ministry.key"], more].concat()).success();
    let day = list(&["--date", "2026-09-14"]).stdout;
    assert!(day.ends_with("2 acts on 2026-09-14\n") && day.lines().count() == 3, "{day}");
    assert!(day.contains("1; 2026-09-14; Cotonou; Chef du service des légalisations; document "), "{day}");
    assert_eq!(list(&["--date", "2026-09-16"]).stdout, "0 acts on 2026-09-16\n");
    let json = list(&["--json"]).stdout;
    let acts: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(acts.iter().map(|act| act["act"].as_str().unwrap()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert_eq!((&acts[2]["purpose"], &acts[2]["date"]), (&"Pour Haïti".into(), &"2026-09-15".into()));
}

#[test]
fn a_day_that_does_not_exist_or_has_not_come_and_unequal_counts_are_refused() {
    let counter = Counter::new();
    let picture = counter.picture(0);
    for date in ["2026-02-30", "2026-9-1", "14/09/2026", "2026-09"] {
        assert!(counter.legalise(&picture, "1", &["--date", date]).status(2).stderr.contains("day that exists"));
    }
    assert!(counter.legalise(&picture, "1", &["--date", "2190-01-01"]).status(2).stderr.contains("after today"));
    let twice = counter.legalise_all(&[(&picture, "1"), (&counter.picture(1), "1")], &[]).status(2);
    assert!(twice.stderr.contains("each act has its own"), "{}", twice.stderr);
    assert!(counter.legalise(&picture, "1", &["--act", "2"]).status(2).stderr.contains("1 documents and 2 act"));
    assert_eq!(counter.codes("codes").len(), 0);
}

#[test]
fn a_legalisation_is_withdrawn_and_the_document_stays_as_it_was() {
    let counter = Counter::new();
    let texts: Vec<_> =
        (0..3).map(|n| counter.text(&counter.legalise(&counter.picture(n), &n.to_string(), &[]).success())).collect();
    let listed = counter.run(&["legalise", "list", "--key", "ministry.key", "--json"]).success().stdout;
    let second: serde_json::Value = serde_json::from_str(listed.lines().nth(1).unwrap()).unwrap();
    let status = |action: &str, list_key: &str, out: &str| {
        let keys = ["--key", "ministry.key", "--list-key", list_key, "--passphrase-file", "passphrase"];
        let what = ["--serial", second["serial"].as_str().unwrap(), "--reason", "Act 1 was given in error"];
        let packs = ["--trust", "pack.sceau", "--out", out];
        counter.run(&[&["status", action][..], &keys, &what, &packs].concat())
    };
    status("withdraw", "lists.key", "refused.sceau").status(2);
    status("withdraw", "acts-lists.key", "pack-2.sceau").success();
    let reasons: Vec<_> = texts.iter().map(|text| counter.reason("pack-2.sceau", text)).collect();
    assert_eq!(reasons, [Reason::Genuine, Reason::Withdrawn, Reason::Genuine]);
    counter.sealed.judged("pack-2.sceau", &[]);
    let marked = counter.run(&["legalise", "list", "--key", "ministry.key"]).success().stdout;
    let withdrawn: Vec<_> = marked.lines().map(|line| line.ends_with("; WITHDRAWN")).collect();
    assert_eq!(withdrawn, [false, true, false, false], "{marked}");
    assert!(marked.ends_with("\n3 acts, 1 of them not in force\n"), "{marked}");
    let objects = counter.run(&["legalise", "list", "--key", "ministry.key", "--json"]).success().stdout;
    let states: Vec<_> = objects.lines().map(|line| line.contains(r#""status":"withdrawn""#)).collect();
    assert_eq!(states, [false, true, false], "{objects}");
    let again = counter.legalise(&counter.picture(1), "1", &["--trust", "pack-2.sceau"]).status(2);
    assert!(again.stderr.contains("judged withdrawn"), "{}", again.stderr);
    let next = counter.legalise(&counter.picture(1), "9", &["--trust", "pack-2.sceau"]).success();
    assert_eq!(counter.reason("pack-2.sceau", &counter.text(&next)), Reason::Genuine);
}
