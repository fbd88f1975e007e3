//! Trust packs through the real program: whose word is taken, and what happens without.

mod setup;

use credential_core::lists::RootSet;
use credential_core::sealing::SealingKey;
use setup::*;

#[test]
fn without_trust_nothing_is_said_about_any_paper() {
    let world = Setting::new();
    let sealed = world.text(&diploma(1));
    let run = run(&["verify", "--json", &sealed, "nothing.png"], b"");
    assert_eq!((run.status, run.reasons()), (2, vec!["no-trust".into(), "no-trust".into()]));
    assert!(run.stderr.contains("--trust FILE"), "{run:?}");
    let people = setup::run(&["verify", &sealed], b"");
    assert_eq!((people.status, &*people.stdout), (2, ""));
}

#[test]
fn a_root_that_is_held_refuses_all_others() {
    let world = Setting::new();
    let (desk, sealed) = (Desk::new(&world), world.text(&diploma(1)));
    let held = hex(&world.trust.roots.fingerprint());
    let other = hex(&RootSet { threshold: 1, keys: vec![SealingKey::from_seed(&[9; 32]).public()] }.fingerprint());
    assert_eq!(desk.verify(&["--root", &held, &sealed]).status, 0);
    assert_eq!(desk.verify(&["--root", &other, "--root", &held.to_uppercase(), &sealed]).status, 0);
    let run = desk.verify(&["--json", "--root", &other, &sealed]);
    assert_eq!((run.status, run.reasons()), (2, vec!["trust-foreign-root".into()]));
    assert!(!run.stdout.contains(HOLDER));
    let mistake = desk.verify(&["--root", "0123", &sealed]);
    assert!(mistake.status == 2 && mistake.stderr.contains("64 hexadecimal digits"), "{mistake:?}");
}

#[test]
fn a_refused_pack_says_which_object_breaks_which_rule_at_which_byte() {
    let world = Setting::new();
    let mut bytes = world.pack_bytes();
    // the trust list follows the pack's name; its tag is the first byte that is wrong
    let tag = bytes.windows(3).position(|three| three == [0xD8, 0x62, 0x84]).unwrap();
    bytes[tag + 1] = 0x61;
    let desk = Desk::with_pack(&bytes);
    let run = desk.verify(&[&world.text(&diploma(1))]);
    assert!(run.stderr.contains("(the trust list breaks rule TRU-1 at byte 0)"), "{}", run.stderr);
    let french = desk.verify(&["--lang", "fr", &world.text(&diploma(1))]);
    assert!(french.stderr.contains("(la liste de confiance enfreint la règle TRU-1 à l'octet 0)"), "{}", french.stderr);
    let object = &desk.verify(&["--json", &world.text(&diploma(1))]).objects()[0];
    assert_eq!(object["cause"], serde_json::json!({"object": "the trust list", "rule": "TRU-1", "byte": 0}));
}

#[test]
fn a_pack_that_is_refused_ends_the_run_in_one_sentence() {
    let world = Setting::new();
    let (desk, sealed) = (Desk::new(&world), world.text(&diploma(1)));
    let good = desk.pack.to_str().unwrap().to_owned();
    let mut bytes = world.pack_bytes();
    let cut = bytes.len() / 2;
    let damaged = desk.file("damaged.sceau", &bytes[..cut]);
    let place = bytes.windows(4).position(|four| four == b"Pays").unwrap();
    bytes[place] = b'R';
    let forged = desk.file("forged.sceau", &bytes);
    let folder = desk.folder.path().to_str().unwrap();
    for (file, reason) in
        [(&*damaged, "pack-malformed"), (&forged, "trust-unsigned"), (folder, "no-trust"), ("none.sceau", "no-trust")]
    {
        let json = run(&["verify", "--json", "--trust", &good, "--trust", file, &sealed], b"");
        assert_eq!((json.status, json.reasons()), (2, vec![reason.to_owned()]), "{file}");
        let people = run(&["verify", "--trust", file, &sealed], b"");
        assert_eq!((people.status, &*people.stdout, people.stderr.lines().count()), (2, "", 1), "{people:?}");
        assert!(
            people.stderr.to_lowercase().contains("said about the paper") || people.stderr.contains("No statement")
        );
    }
}

#[test]
fn an_overdue_list_still_serves_and_says_so() {
    let world = Setting::new();
    let (desk, sealed) = (Desk::new(&world), world.text(&diploma(1)));
    let run = desk.verify(&["--json", "--at", "2046-01-01", &sealed]);
    assert_eq!(run.reasons(), ["status-old"]);
    assert!(run.stderr.contains("A newer list was due on 2026-09-21"), "{}", run.stderr);
    let early = desk.verify(&["--json", "--at", "0", &sealed]);
    assert!(early.stderr.contains("clock"), "{}", early.stderr);
}

#[test]
fn a_pack_is_shown_with_all_that_it_holds() {
    let mut world = Setting::new();
    world.entry().test = true;
    world.entry().closed_at = Some(SEALED_AT);
    let desk = Desk::new(&world);
    let pack = desk.pack.to_str().unwrap();
    let root = hex(&world.trust.roots.fingerprint());
    let shown = run(&["trust", "show", "--at", &NOW.to_string(), pack], b"");
    assert_eq!(shown.status, 0, "{shown:?}");
    for words in [
        "Pays fictif",
        &root,
        "1 of 1 roots must sign",
        "XX-EXAM",
        "TEST KEY",
        "closed on",
        "Juin 2026",
        "as of 2026-06-21 (92 days old)",
    ] {
        assert!(shown.stdout.contains(words), "{words}: {}", shown.stdout);
    }
    let json = &run(&["trust", "show", "--json", pack], b"").objects()[0];
    assert_eq!((&json["root"], &json["version"]), (&root.into(), &1.into()));
    assert_eq!(json["authorities"][0]["keys"][0]["test"], true);
    assert_eq!(json["status_lists"][0]["authority"], "XX-EXAM");
    let refused = run(&["trust", "show", "none.sceau"], b"");
    assert_eq!((refused.status, &*refused.stdout), (2, ""));
}

#[test]
fn help_ends_with_an_example() {
    for arguments in [&["--help"][..], &["verify", "--help"], &["trust", "show", "--help"]] {
        let help = run(arguments, b"");
        assert_eq!(help.status, 0);
        assert!(
            help.stdout.trim_end().lines().last().unwrap().trim_start().starts_with("verifier "),
            "{}",
            help.stdout
        );
    }
}
