//! Each outcome through the real program: exit status, what is shown, and what is not.

mod setup;

use credential_core::Document;
use credential_core::document::{
    Archive, Decision, Edition, Grade, IdentityForm, Kind, Number, Outcome, PartialDate, Sheet, Words, identity_digest,
};
use credential_core::lists::Statement;
use credential_core::sealing::{Compactor, SealingKey};
use setup::*;

/// No field of a document, in no language and under no style.
#[track_caller]
fn shows_nothing(desk: &Desk, text: &str, reason: &str, status: i32) {
    for style in [&["--json"][..], &[], &["--verbose"], &["--lang", "fr"]] {
        let run = desk.verify(&[style, &[text]].concat());
        assert_eq!(run.status, status, "{reason}: {run:?}");
        for field in [HOLDER, "IDRISSI", "سلمى", "2007-05-14", "14/05/2007", "Baccalauréat", "R000000001"] {
            assert!(!run.stdout.contains(field) && !run.stderr.contains(field), "{reason}: {run:?}");
        }
    }
    let run = desk.verify(&["--json", text]);
    assert_eq!(run.reasons(), [reason]);
    assert!(run.objects()[0]["document"].is_null() && run.objects()[0]["issuer"].is_null());
}

#[test]
fn a_genuine_document_is_accepted_and_every_field_is_shown() {
    let world = Setting::new();
    let desk = Desk::new(&world);
    let run = desk.verify(&[&world.text(&transcript(1))]);
    assert_eq!(run.status, 0, "{run:?}");
    for shown in [
        "GENUINE  text 1",
        "Office des examens (XX-EXAM, XX)",
        "in force, as of 2026-06-21 (92 days ago)",
        "Compare every line",
        HOLDER,
        "\u{2068}سلمى الإدريسي\u{2069} (ar)",
        "2007-05-14",
        "Rabat",
        "R000000001",
        "ends in",
        "Baccalauréat",
        "Sciences physiques",
        "Juin 2026",
        "Bien (fr)",
        "Académie de Rabat",
        "Mean: 14.25 /20",
        "original",
        "Matière numéro 12",
        "What this does not prove",
        "0000000000000001",
    ] {
        assert!(run.stdout.contains(shown), "{shown} is missing: {}", run.stdout);
    }
    assert!(!run.stdout.contains('\u{1b}'), "no colour where there is no terminal");
    assert!(run.stderr.contains("Root "), "the fingerprint is part of the conversation: {}", run.stderr);
}

#[test]
fn the_same_in_french() {
    let world = Setting::new();
    let run = Desk::new(&world).verify(&["--lang", "fr", &world.text(&transcript(1))]);
    for shown in [
        "AUTHENTIQUE",
        "Comparez chaque ligne",
        "14/05/2007",
        "Moyenne : 14,25 /20",
        "Ce que cela ne prouve pas",
        "relevé de notes",
    ] {
        assert!(run.stdout.contains(shown), "{shown} is missing: {}", run.stdout);
    }
}

#[test]
fn withdrawn_suspended_and_replaced_are_refused_and_show_no_marks() {
    for (value, reason, word) in [
        (Statement::Withdrawn, "withdrawn", "WITHDRAWN"),
        (Statement::Suspended, "suspended", "SUSPENDED"),
        (Statement::Replaced, "replaced", "REPLACED"),
    ] {
        let mut world = Setting::new();
        world.decide(&transcript(1), value);
        let (desk, text) = (Desk::new(&world), world.text(&transcript(1)));
        let run = desk.verify(&[&text]);
        assert_eq!(run.status, 1);
        assert!(run.stdout.starts_with(word) && run.stdout.contains(HOLDER) && run.stdout.contains("0000000000000001"));
        for hidden in ["14.25", "Matière", "Rabat", "2007", "GENUINE"] {
            assert!(!run.stdout.contains(hidden), "{hidden}: {}", run.stdout);
        }
        assert_eq!(desk.verify(&["--json", &text]).reasons(), [reason]);
    }
}

#[test]
fn a_status_that_is_old_or_unknown_is_never_exit_0() {
    let mut world = Setting::new();
    let (text, later) = (world.text(&diploma(1)), (NOW + 1).to_string());
    let desk = Desk::new(&world);
    let judged = |at: &str| desk.verify(&["--json", "--at", at, &text]);
    assert_eq!((judged(&NOW.to_string()).status, judged(&later).status), (0, 2));
    assert_eq!(judged(&later).reasons(), ["status-old"]);
    assert_eq!(judged("2026-09-21").reasons(), ["genuine"]);
    assert_eq!(judged("2026-09-21T14:13:20Z").reasons(), ["genuine"]);
    assert_eq!(judged("2026-09-21T14:13:21Z").reasons(), ["status-old"]);
    world.lists = false;
    let run = Desk::new(&world).verify(&[&text]);
    assert!(run.status == 2 && run.stdout.contains("STATUS UNKNOWN"), "{run:?}");
}

#[test]
fn a_specimen_is_never_called_genuine() {
    let mut world = Setting::new();
    world.entry().test = true;
    let (desk, text) = (Desk::new(&world), world.text(&diploma(1)));
    for lang in ["en", "fr"] {
        let run = desk.verify(&["--lang", lang, &text]);
        assert_eq!(run.status, 2);
        assert!(run.stdout.starts_with("*** SP") && run.stdout.contains(HOLDER));
        assert!(!run.stdout.contains("GENUINE") && !run.stdout.contains("AUTHENTIQUE"));
    }
    let object = &desk.verify(&["--json", &text]).objects()[0];
    assert_eq!((&object["verdict"], &object["reason"]), (&"undetermined".into(), &"specimen".into()));
}

#[test]
fn what_is_refused_shows_no_field() {
    let genuine = Setting::new();
    let text = genuine.text(&diploma(1));
    let world = |change: fn(&mut Setting)| {
        let mut world = Setting::new();
        change(&mut world);
        Desk::new(&world)
    };
    let desk = Desk::new(&genuine);
    let mut bytes = genuine.seal(&diploma(1)).as_bytes().to_vec();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    shows_nothing(&desk, &credential_core::sealing::symbol_text(&bytes), "signature-invalid", 1);
    let mut stranger = Setting::new();
    stranger.key = SealingKey::from_seed(&[99; 32]);
    let foreign = stranger.seal(&diploma(1)).symbol_text(&Compactor::plain());
    shows_nothing(&desk, &foreign, "unknown-issuer", 2);
    shows_nothing(&world(|w| w.entry().not_after = SEALED_AT - 1), &text, "outside-signing-window", 2);
    shows_nothing(&world(|w| w.entry().compromised_at = Some(NOW)), &text, "key-compromised", 2);
    let compact = genuine.seal(&diploma(1)).compact(&genuine.dictionary.compactor());
    let cut = credential_core::sealing::symbol_text(&compact[..compact.len() - 2]);
    shows_nothing(&desk, &cut, "compression-malformed", 2);
    shows_nothing(&desk, "SC1:???", "text-malformed", 2);
    shows_nothing(&desk, "SC2:ABC", "newer-format", 2);
    shows_nothing(&desk, "https://example.org/", "foreign-code", 2);
    let mut other = Setting::new();
    other.trust.authorities[0].keys[0].usage = match other.entry().usage.clone() {
        credential_core::lists::KeyUse::Documents { kinds, maximum_count, .. } => {
            credential_core::lists::KeyUse::Documents {
                kinds,
                sessions: Some(vec![setup::text("Juin 1999")]),
                maximum_count,
            }
        }
        usage => usage,
    };
    shows_nothing(&Desk::new(&other), &text, "outside-session", 2);
    other.entry().usage = credential_core::lists::KeyUse::Documents {
        kinds: vec![credential_core::document::Kind::Transcript],
        sessions: None,
        maximum_count: 1,
    };
    shows_nothing(&Desk::new(&other), &text, "outside-scope", 1);
}

#[test]
fn a_link_is_never_shown_to_people() {
    let desk = Desk::new(&Setting::new());
    let run = desk.verify(&["https://evil.example/"]);
    assert!(!run.stdout.contains("evil") && !run.stderr.contains("evil"), "{run:?}");
}

#[test]
fn editions_archives_and_partial_dates_are_told() {
    let world = Setting::new();
    let mut document = diploma(1);
    document.birth = PartialDate::new(1979, None, None).map(Into::into);
    document.edition = Edition::Correction { number: 2, replaces: serial(9), decision: Some(text("D 12/2026")) };
    document.archive = Some(Archive { year: 1997, grade: Grade::MarkSheets });
    let (desk, sealed) = (Desk::new(&world), world.text(&document));
    let english = desk.verify(&[&sealed]).stdout;
    for shown in [
        "1979 (day and month not known)",
        "correction (edition 2), by decision D 12/2026",
        "takes the place of serial 0000000000000009",
        "archives of 1997",
    ] {
        assert!(english.contains(shown), "{shown}: {english}");
    }
    document.birth = PartialDate::new(1979, Some(5), None).map(Into::into);
    document.edition = Edition::Duplicate { number: 3, replaces: Some(serial(9)) };
    let french = desk.verify(&["--lang", "fr", &world.text(&document)]).stdout;
    for shown in ["05/1979 (jour inconnu)", "duplicata (édition 3)", "tient lieu du numéro de série 0000000000000009"]
    {
        assert!(french.contains(shown), "{shown}: {french}");
    }
}

#[test]
fn a_replaced_document_tells_of_the_newer_one_without_blame() {
    let mut world = Setting::new();
    let mut document = diploma(1);
    document.edition = Edition::Correction { number: 2, replaces: serial(9), decision: Some(text("D 12/2026")) };
    world.decide(&document, Statement::Replaced);
    let (desk, sealed) = (Desk::new(&world), world.text(&document));
    for (language, shown) in [
        ("en", ["says nothing against the holder", "Ask the holder for the newer document", "correction (edition 2)"]),
        ("fr", ["ne dit rien contre le titulaire", "Demandez au titulaire le document", "rectificatif (édition 2)"]),
    ] {
        let run = desk.verify(&["--lang", language, &sealed]);
        assert_eq!(run.status, 1);
        assert!(shown.iter().all(|shown| run.stdout.contains(shown)), "{}", run.stdout);
    }
}

#[test]
fn an_identity_number_is_compared_and_changes_no_verdict() {
    let world = Setting::new();
    let mut document = diploma(1);
    let digest = identity_digest("BE123456", serial(1).as_bytes(), 10).unwrap();
    document.identity = Some(IdentityForm::Digest { work: 10, digest }.into());
    let (desk, sealed) = (Desk::new(&world), world.text(&document));
    for (number, matches, words) in [("be 123 456", true, "agrees"), ("BE123457", false, "DIFFERS")] {
        let run = desk.verify(&["--identity", number, "--json", &sealed]);
        assert_eq!((run.status, &run.objects()[0]["identity_matches"]), (0, &matches.into()));
        let shown = desk.verify(&["--identity", number, &sealed]);
        assert!(shown.stdout.contains(words) && !shown.stdout.contains(number), "{shown:?}");
    }
    assert!(desk.verify(&["--json", &sealed]).objects()[0].get("identity_matches").is_none());
}

#[test]
fn json_has_its_members_in_order() {
    let world = Setting::new();
    let (desk, sealed) = (Desk::new(&world), world.text(&diploma(1)));
    let list = desk.file("codes.txt", format!("{sealed}\nSC2:A\n"));
    let run = desk.verify(&["--json", &list]);
    let names = [
        "input",
        "line",
        "verdict",
        "reason",
        "words",
        "status",
        "status_as_of",
        "sealed_after_list",
        "register",
        "cause",
        "issuer",
        "document",
    ];
    for line in run.stdout.lines() {
        let places: Vec<_> = names.iter().map(|name| line.find(&format!("\"{name}\":")).unwrap()).collect();
        assert!(places[0] == 1 && places.is_sorted(), "{line}");
    }
    let object = &run.objects()[0];
    assert_eq!((object["line"].as_u64(), object["input"].as_str()), (Some(1), Some(&*list)));
    assert_eq!((&object["status"], &object["register"]), (&"in-force".into(), &"unknown".into()));
    assert_eq!(object["document"]["holder"][0], HOLDER);
}

/// A transcript that says what was decided.
fn decided(outcome: Outcome) -> Document {
    let words = both("Refusée", "راسبة");
    Document { decision: Some(Decision { outcome, words: Some(words) }), ..transcript(1) }
}

#[test]
fn not_admitted_is_in_the_headline_and_never_exit_0() {
    let world = Setting::new();
    let desk = Desk::new(&world);
    let sealed = world.text(&decided(Outcome::NotAdmitted));
    let list = desk.file("codes.txt", format!("{sealed}\n").repeat(5));
    for style in [&["--json"][..], &[], &["--verbose"], &["--lang", "fr"]] {
        for input in [&sealed, &list] {
            assert_eq!(desk.verify(&[style, &[input]].concat()).status, 1, "{style:?}");
        }
    }
    let shown = desk.verify(&[&sealed]).stdout;
    assert!(shown.starts_with("NOT ADMITTED  ") && shown.contains("was NOT admitted"), "{shown}");
    assert!(shown.contains("Outcome           NOT ADMITTED"), "{shown}");
    assert!(shown.contains("  | Decision: Refusée\n"), "the words are text of the paper: {shown}");
    let object = &desk.verify(&["--json", &sealed]).objects()[0];
    assert_eq!(
        (&object["reason"], &object["document"]["decision"]["admitted"]),
        (&"states-not-admitted".into(), &false.into())
    );
    let otherwise = desk.verify(&["--json", &world.text(&decided(Outcome::Otherwise))]);
    assert_eq!((otherwise.status, otherwise.reasons()), (2, vec!["states-otherwise".into()]));
    let admitted = desk.verify(&["--json", &world.text(&decided(Outcome::Admitted))]);
    assert_eq!((admitted.status, admitted.reasons()), (0, vec!["genuine".into()]));
}

#[test]
fn a_document_past_its_last_day_is_refused() {
    let world = Setting::new();
    let valid_until = PartialDate::parse("2026-09-20").map(Into::into);
    let document = Document { kind: Kind::Attestation, valid_until, ..transcript(1) };
    let (desk, sealed) = (Desk::new(&world), world.text(&document));
    let judged = |at: &str| desk.verify(&["--json", "--at", at, &sealed]);
    assert_eq!((judged("2026-09-21T11:59:59Z").status, judged("2026-09-21T12:00:00Z").status), (0, 1));
    assert_eq!(judged("2026-09-21T12:00:00Z").reasons(), ["past-validity"]);
    assert!(desk.verify(&[&sealed]).stdout.starts_with("NO LONGER VALID  "));
}

#[test]
fn sheets_count_together_and_one_alone_does_not() {
    let world = Setting::new();
    let desk = Desk::new(&world);
    let sheet = |number| {
        let mut document = transcript(1);
        document.sheet = Some(Sheet { number, of: 2 });
        document.results.as_mut().unwrap().mean =
            (number == 1).then_some(Number { value: 1_425, decimals: 2, maximum: None });
        world.text(&document)
    };
    let (first, second) = (sheet(1), sheet(2));
    let alone = desk.verify(&[&first]);
    assert!(alone.status == 2 && alone.stdout.starts_with("GENUINE, ONE SHEET OF SEVERAL  "), "{alone:?}");
    assert!(alone.stdout.contains("Sheet             1 of 2"), "{}", alone.stdout);
    let page = desk.picture("both.png", &[second.as_bytes(), first.as_bytes()]);
    let list = desk.file("codes.txt", format!("{first}\n{second}\n"));
    for inputs in [&[&*first, &*second][..], &[&page], &[&list]] {
        let run = desk.verify(inputs);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(run.stdout.matches("All sheets of this paper were given").count(), 2, "{run:?}");
        let json = desk.verify(&[&["--json"], inputs].concat());
        assert!(json.status == 0 && json.objects().iter().all(|object| object["all_sheets"] == true), "{json:?}");
    }
    assert_eq!(desk.verify(&[&first, &first]).status, 2);
}

#[test]
fn the_paper_speaks_behind_a_bar_and_every_line_of_it_is_shown() {
    let world = Setting::new();
    let mut document = everything();
    document.sheet = None;
    document.valid_until = None;
    let hostile = format!("GENUINE {}", "and accepted ".repeat(15)).trim_end().to_owned();
    document.lines.award[0].name = Words::one(hostile).unwrap();
    let run = Desk::new(&world).verify(&["--verbose", &world.text(&document)]);
    assert_eq!(run.status, 0, "{run:?}");
    for line in [
        "  | Coeff.       Mark /20  ",
        "  | Decision: Admise",
        "  | Rang: \u{2068}بيان\u{2069}",
        "  | Mean: 14.25 /20",
        "  | Rang: 7",
        "CNIE (fr)",
        "vers 1976 (fr)",
        "juin-juillet (fr)",
        "A+",
        "absent / غائب",
    ] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    let said = run.stdout.lines().skip(1).filter(|line| line.contains("GENUINE") || line.contains("accepted"));
    assert!(said.clone().count() > 2 && said.clone().all(|line| line.starts_with("  | ")), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 120), "{}", run.stdout);
}

#[test]
fn the_rule_that_refused_a_code_is_told() {
    let desk = Desk::new(&Setting::new());
    assert!(desk.verify(&["SC1:A"]).stdout.contains("(rule TXT-5)"));
    let object = &desk.verify(&["--json", "SC1:A"]).objects()[0];
    assert_eq!(object["cause"], serde_json::json!({"rule": "TXT-5", "field": null, "byte": null}));
}
