//! Legalisation records through the real program: with their document, with another, and alone.
#![allow(clippy::unwrap_used)]

mod setup;

use credential_core::sealing::{SealingKey, symbol_text};
use credential_core::verify;
use setup::office::*;
use setup::records::*;
use setup::*;

fn desk(office: &Office) -> Desk {
    Desk::with_pack(&office.pack_bytes(&[], &[]))
}

#[track_caller]
fn matches(run: &Run) -> Vec<String> {
    let of = |object: &serde_json::Value| object["match"].as_str().unwrap_or("-").to_owned();
    run.objects().iter().map(of).collect()
}

#[test]
fn document_and_record_in_one_picture_are_one_story() {
    let office = Office::new(0);
    let (desk, document, act) = (desk(&office), office.text(4), record(&office, 4));
    for codes in [[&document, &act], [&act, &document]] {
        let page = desk.picture("page.png", &codes.map(|code| code.as_bytes()));
        let run = desk.verify(&[&page]);
        assert_eq!(run.status, 0, "{run:?}");
        assert!(run.stdout.starts_with("GENUINE  "), "{}", run.stdout);
        assert_eq!(run.stdout.matches("LEGALISED").count(), 1);
        for shown in [HOLDER, "this same document", "2026-LEG-004512", "2026-09-14", "Chef du service", "XX-FOREIGN"] {
            assert!(run.stdout.contains(shown), "{shown}: {}", run.stdout);
        }
        assert!(!run.stdout.contains("different codes") && !run.stdout.contains("several codes"), "{}", run.stdout);
        let json = desk.verify(&["--json", &page]);
        let mut objects = json.objects();
        objects.sort_by_key(|object| object["object"].as_str().unwrap().to_owned());
        assert_eq!((&objects[0]["object"], &objects[1]["object"]), (&"document".into(), &"legalisation".into()));
        assert_eq!(objects[1]["match"], "same-document");
        assert_eq!(
            (&objects[1]["match_input"], &objects[1]["match_code"]),
            (&page.clone().into(), &objects[0]["code"])
        );
        assert_eq!(objects[1]["legalisation"]["act_number"], "2026-LEG-004512");
        assert!(objects[1]["document"].is_null() && objects.iter().all(|object| object["codes_differ"] == false));
    }
    let french = desk.verify(&["--lang", "fr", &document, &act]).stdout;
    assert!(french.contains("LÉGALISÉ") && french.contains("ce document même") && french.contains("14/09/2026"));
}

#[test]
fn they_find_each_other_across_the_inputs_of_a_run_in_any_order() {
    let office = Office::new(0);
    let (desk, document, act) = (desk(&office), office.text(4), record(&office, 4));
    let slip = desk.picture("slip.png", &[act.as_bytes()]);
    let list = desk.file("codes.txt", format!("{}\n{document}\n", office.text(7)));
    for inputs in [[&slip, &list], [&list, &slip]] {
        let run = desk.verify(&["--json", inputs[0], inputs[1]]);
        assert_eq!((run.status, matches(&run)), (0, vec!["-".into(), "-".into(), "same-document".into()]), "{run:?}");
        let tied = &run.objects()[2];
        assert_eq!((&tied["match_input"], &tied["match_line"]), (&list.as_str().into(), &2.into()));
        let shown = desk.verify(&[inputs[0], inputs[1]]).stdout;
        let (of_four, legalised) = (shown.find("codes.txt:2").unwrap(), shown.find("LEGALISED").unwrap());
        assert!(of_four < legalised && shown.find("codes.txt:1").unwrap() < of_four, "{shown}");
    }
}

#[test]
fn a_record_alone_is_never_accepted_and_says_what_is_missing() {
    let office = Office::new(0);
    let (desk, act) = (desk(&office), record(&office, 4));
    let run = desk.verify(&[&act]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stdout.starts_with("LEGALISATION, DOCUMENT NOT SHOWN  text 1"), "{}", run.stdout);
    assert!(run.stdout.contains("0000000000000004") && run.stdout.contains("Check the document's own code"));
    assert!(!run.stdout.to_uppercase().contains("GENUINE"), "{}", run.stdout);
    let json = desk.verify(&["--json", &act]);
    assert_eq!((json.status, json.reasons(), matches(&json)), (2, vec!["genuine".into()], vec!["undetermined".into()]));
    let alone = desk.verify(&[&office.text(4)]);
    assert_eq!(alone.status, 0);
    assert!(!alone.stdout.to_lowercase().contains("legalis"), "{}", alone.stdout);
}

#[test]
fn a_record_over_another_document_is_refused() {
    let office = Office::new(0);
    let (desk, act) = (desk(&office), record(&office, 4));
    let other = office.text(7);
    let page = desk.picture("page.png", &[other.as_bytes(), act.as_bytes()]);
    for inputs in [&[&*page][..], &[&other, &act], &[&act, &other]] {
        let run = desk.verify(inputs);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.stdout.contains("LEGALISATION OF ANOTHER DOCUMENT") && run.stdout.contains("GENUINE"), "{run:?}");
        let json = desk.verify(&[&["--json"], inputs].concat());
        assert!(matches(&json).contains(&"other-document".into()), "{json:?}");
    }
    let differs = desk.verify(&["--json", &page]);
    assert!(differs.objects().iter().all(|object| object["codes_differ"] == true));
}

#[test]
fn the_page_decides_even_where_the_document_is_on_another_page() {
    let office = Office::new(0);
    let (desk, act) = (desk(&office), record(&office, 4));
    let page = desk.picture("page.png", &[office.text(7).as_bytes(), act.as_bytes()]);
    let four = office.text(4);
    for inputs in [[&page, &four], [&four, &page]] {
        let run = desk.verify(&["--json", inputs[0], inputs[1]]);
        assert_eq!(run.status, 1);
        assert!(matches(&run).contains(&"other-document".into()), "{run:?}");
    }
}

#[test]
fn a_document_that_is_not_shown_tells_nothing_of_the_record() {
    let office = Office::new(0);
    let (desk, act) = (desk(&office), record(&office, 4));
    let mut bytes = sealed(&office.world, 4).as_bytes().to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let run = desk.verify(&["--json", &symbol_text(&bytes), &act]);
    assert_eq!((run.status, run.reasons()), (1, vec!["signature-invalid".into(), "genuine".into()]));
    assert_eq!(matches(&run), ["-", "undetermined"]);
}

#[test]
fn withdrawing_a_legalisation_leaves_the_document_as_it_was() {
    let mut office = Office::new(0);
    let (document, act) = (office.text(4), record(&office, 4));
    withdraw_record(&mut office, 4);
    let desk = desk(&office);
    let run = desk.verify(&["--json", &document, &act]);
    assert_eq!((run.status, run.reasons()), (1, vec!["genuine".into(), "withdrawn".into()]));
    let shown = desk.verify(&[&document, &act]).stdout;
    assert!(shown.starts_with("GENUINE  ") && shown.contains("LEGALISATION WITHDRAWN"), "{shown}");
    assert!(shown.contains("The document itself stays as it was"));
    assert_eq!(desk.verify(&[&document]).status, 0);
}

#[test]
fn a_foreign_ministrys_key_and_an_altered_record_show_nothing() {
    let office = Office::new(0);
    let desk = desk(&office);
    let foreign = record_by(&SealingKey::from_seed(&[77; 32]), &office.world, 4);
    let boards = record_by(&office.world.key, &office.world, 4);
    let mut bytes = sealed_record(&office.ministry, &stated(&office.world, 4), 4).as_bytes().to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let altered = symbol_text(&bytes).replacen("SC1:", "SL1:", 1);
    for (act, reason, status) in [
        (foreign, "unknown-issuer", 2),
        (boards, "unknown-issuer", 2),
        (altered, "signature-invalid", 1),
        ("SL2:A".into(), "newer-format", 2),
    ] {
        let run = desk.verify(&["--json", &office.text(4), &act]);
        assert_eq!((run.status, run.reasons()), (status, vec!["genuine".into(), reason.into()]), "{run:?}");
        assert!(run.objects()[1]["legalisation"].is_null() && run.objects()[1]["match"] == "undetermined");
        let shown = desk.verify(&[&act]);
        assert!(!shown.stdout.contains("Chef du service") && !shown.stdout.contains("Rabat"), "{shown:?}");
    }
}

#[test]
fn an_old_list_and_a_test_key_are_never_accepted_beside_the_document() {
    let mut office = Office::new(0);
    let act = record(&office, 4);
    office.world.trust.authorities[1].keys[0].test = true;
    let run = desk(&office).verify(&["--json", &office.text(4), &act]);
    assert_eq!((run.status, run.reasons()), (2, vec!["genuine".into(), "specimen".into()]));
    let later = Desk::with_pack(&Office::new(0).pack_bytes(&[], &[])).verify(&["--json", "--at", "1790000001", &act]);
    assert_eq!((later.status, later.reasons()), (2, vec!["status-old".into()]));
}

#[test]
fn a_list_of_many_codes_counts_records_apart() {
    let office = Office::new(0);
    let desk = desk(&office);
    let lines: Vec<_> = (1..=5).flat_map(|n| [record(&office, n), office.text(n)]).collect();
    let run = desk.verify(&[&desk.file("codes.txt", lines.join("\n"))]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("10 codes judged") && run.stdout.contains("of them legalisation records"), "{run:?}");
    assert_eq!(run.stdout.matches("LEGALISED (genuine)").count(), 5);
    assert!(run.stdout.contains("codes.txt:1: LEGALISED") && run.stdout.contains("[document: "), "{}", run.stdout);
}

#[test]
fn the_age_that_counts_is_the_users_where_he_says_one() {
    let office = Office::new(0);
    let (desk, document) = (desk(&office), office.text(4));
    let after = (NOW + 1).to_string();
    let age = (NOW - SEALED_AT) / 86_400;
    let judged = |more: &[&str]| desk.verify(&[&["--json"], more, &[&document]].concat()).reasons().concat();
    assert_eq!(judged(&[]), "genuine");
    assert_eq!(judged(&["--max-age", &age.to_string()]), "status-old");
    assert_eq!(judged(&["--max-age", &(age + 1).to_string()]), "genuine");
    assert_eq!(judged(&["--at", &after]), "status-old");
    assert_eq!(judged(&["--at", &after, "--max-age", "none"]), "genuine");
    let run = desk.verify(&["--at", &after, "--max-age", "none", &document]);
    assert!(run.stdout.contains("as of 2026-06-21 (92 days ago)") && run.stderr.contains("at any age"), "{run:?}");
    for wrong in ["", "-1", "+3", "1.5", "never", "99999999999"] {
        assert_eq!(desk.verify(&["--max-age", wrong, &document]).status, 2, "{wrong}");
    }
}

#[test]
fn a_proof_serves_where_the_key_was_lost() {
    let mut office = Office::new(3);
    office.world.entry().compromised_at = Some(NOW);
    let head = office.head();
    let desk = Desk::with_pack(&office.pack_bytes(&[&head], &[]));
    let proof = |index| desk.file(&format!("{index}.proof"), office.register.proof(index).unwrap().to_bytes());
    let (own, other, document) = (proof(1), proof(2), office.text(2));
    let judged = |proofs: &[&str]| {
        let proofs: Vec<_> = proofs.iter().flat_map(|file| ["--proof", file]).collect();
        desk.verify(&[&["--json"], &*proofs, &[&document]].concat())
    };
    assert_eq!(judged(&[]).reasons(), ["key-compromised"]);
    assert_eq!(judged(&[&other]).reasons(), ["key-compromised"]);
    let listed = judged(&[&other, &own]);
    assert_eq!((listed.status, listed.reasons()), (0, vec!["genuine".into()]));
    assert_eq!(listed.objects()[0]["register"], "listed");
    let broken = desk.file("broken.proof", b"no proof");
    let run = judged(&[&broken, "none.proof", &own]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("broken.proof") && run.stderr.contains("none.proof"), "{}", run.stderr);
    assert_eq!(verify(&document, &office.store(&[&head], &[]), NOW).reason().code(), "key-compromised");
}
