//! Which packs a store takes, and which it refuses.

use std::fs;

use credential_core::lists::Statement;
use credential_core::sealing::SealingKey;

use super::setup::office::*;
use super::setup::*;
use super::shelf::*;

#[test]
fn a_first_pack_needs_its_root_to_be_given_or_typed() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    let document = shelf.world.text(&diploma(1));
    let none = shelf.verify(&document);
    assert_eq!((none.status, none.reasons()), (2, vec!["no-trust".into()]));
    assert!(none.stderr.contains("trust add --store"), "{}", none.stderr);
    shelf.refused("1.sceau", &[], &shelf.root());
    shelf.refused("1.sceau", &["--root", &"0".repeat(64)], "other roots");
    for typed in ["", "yes\n", "00000000\n"] {
        let run = shelf.update_typing("1.sceau", &["--accept-root"], typed);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(&shelf.root()), "the fingerprint is shown first: {}", run.stderr);
    }
    assert_eq!(shelf.files(), []);
    let typed = format!("{} {}\n", &shelf.root()[..4], &shelf.root()[4..8].to_uppercase());
    assert_eq!(shelf.update_typing("1.sceau", &["--accept-root"], &typed).status, 0);
    let judged = shelf.verify(&document);
    assert_eq!((judged.status, judged.reasons()), (0, vec!["genuine".into()]));
    assert!(judged.stderr.contains("the one that this store trusts"), "{}", judged.stderr);
    let other = shelf.update("1.sceau", &["--root", &shelf.root()]);
    assert!(other.status == 0 && other.stdout.contains("held already"), "{other:?}");
}

#[test]
fn what_is_held_rises_and_says_how_old_it_is() {
    let shelf = Shelf::new();
    let document = shelf.world.text(&diploma(1));
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.pack("2.sceau", 2, SEALED_AT + 500, withdrawn);
    shelf.pack("3.sceau", 3, SEALED_AT + 600, reinstated);
    let installed = shelf.updated("1.sceau", &["--root", &shelf.root()]);
    assert!(installed.contains("version 1") && installed.contains("as of 2026-06-21 (92 days old)"), "{installed}");
    let updated = shelf.updated("2.sceau", &[]);
    assert!(updated.contains("version 2") && updated.contains("updated from version 1"), "{updated}");
    let judged = shelf.verify(&document);
    assert_eq!((judged.status, judged.reasons()), (1, vec!["withdrawn".into()]));
    shelf.updated("3.sceau", &[]);
    assert_eq!((shelf.verify(&document).status, shelf.versions()), (0, vec![3]));
    assert_eq!(shelf.files().len(), 2, "two generations");
}

#[test]
fn whatever_is_older_adds_what_it_has_and_takes_nothing_away() {
    let shelf = Shelf::new();
    let held = shelf.pack("5.sceau", 5, SEALED_AT + 500, withdrawn);
    shelf.updated("5.sceau", &["--root", &shelf.root()]);
    let document = shelf.world.text(&diploma(1));
    shelf.pack("old.sceau", 4, SEALED_AT + 400, |_| ());
    let said = shelf.updated("old.sceau", &[]);
    assert!(said.contains("held already") && said.contains("older than what is known: version 5"), "{said}");
    shelf.pack("mixed.sceau", 6, SEALED_AT + 499, |_| ());
    shelf.updated("mixed.sceau", &[]);
    shelf.pack("bare.sceau", 7, SEALED_AT, |world| world.lists = false);
    shelf.updated("bare.sceau", &[]);
    assert_eq!((shelf.verify(&document).reasons(), shelf.versions()), (vec!["withdrawn".into()], vec![7]));
    for (name, bytes) in [("cut.sceau", &held[..held.len() - 1]), ("empty.sceau", b""), ("text.sceau", b"SC1:A")] {
        fs::write(shelf.path(name), bytes).unwrap();
        shelf.refused(name, &[], "The trust pack is damaged");
    }
    shelf.refused("none.sceau", &[], "cannot be read");
    shelf.pack("status.sceau", 5, SEALED_AT + 501, reinstated);
    shelf.updated("status.sceau", &[]);
    assert_eq!(shelf.verify(&document).reasons(), ["genuine"], "a newer status list under an older trust list");
}

#[test]
fn lists_that_contradict_each_other_are_kept_and_shown_and_accept_nothing() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    shelf.pack("2.sceau", 2, SEALED_AT, |_| ());
    shelf.pack("twin.sceau", 2, SEALED_AT, |world| world.trust.next_update += 1);
    shelf.updated("2.sceau", &[]);
    let said = shelf.updated("twin.sceau", &[]);
    assert!(said.contains("CONFLICT: two lists contradict each other"), "{said}");
    let judged = shelf.verify(&shelf.world.text(&diploma(1)));
    assert_eq!((judged.status, judged.reasons()), (2, vec!["trust-conflict".into()]));
    assert!(judged.stderr.contains("CONFLICT: the trust lists of versions 2"), "{}", judged.stderr);
    let (store, evidence) = (shelf.path("store"), shelf.path("evidence.sceau"));
    let show = ["trust", "show", "--store", store.to_str().unwrap(), "--evidence", evidence.to_str().unwrap()];
    assert_eq!(run(&show, b"").status, 0);
    let pack = credential_core::Pack::open(&fs::read(&evidence).unwrap(), credential_core::Anchor::Held).unwrap();
    let versions: Vec<_> = pack.links().chain([pack.trust()]).map(|list| list.claims().version).collect();
    assert_eq!(versions, [2, 2]);
    assert_eq!(run(&show, b"").status, 2, "what is there is not overwritten");
}

#[test]
fn a_store_of_the_layout_before_is_refused_by_name() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    fs::write(&shelf.slots()[0], [&b"sceau/1/store\n"[..], &[0; 99]].concat()).unwrap();
    let judged = shelf.verify(&shelf.world.text(&diploma(1)));
    assert_eq!((judged.status, judged.reasons()), (2, vec!["no-trust".into()]));
    assert!(judged.stderr.contains("made by an older version of this program"), "{}", judged.stderr);
    shelf.refused("1.sceau", &["--root", &shelf.root()], "made by an older version of this program");
}

#[test]
fn roots_speak_for_the_countries_that_their_user_named() {
    let shelf = Shelf::new();
    let two = |world: &mut Setting| {
        let mut other = world.trust.authorities[0].clone();
        (other.id, other.country) = ("YY-EXAM".into(), "YY".into());
        other.names[0].1 = text("Another board");
        other.keys.clear();
        world.trust.authorities.push(other);
    };
    shelf.pack("1.sceau", 1, SEALED_AT, two);
    let root = shelf.root();
    shelf.refused("1.sceau", &["--root", &root], "several countries: XX, YY");
    shelf.updated("1.sceau", &["--root", &root, "--country", "YY"]);
    let document = shelf.world.text(&diploma(1));
    assert_eq!(shelf.verify(&document).reasons(), ["unknown-issuer"]);
    let store = shelf.path("store");
    let allow = ["trust", "allow-country", "--store", store.to_str().unwrap(), &root, "XX"];
    assert_eq!(run(&allow, b"").status, 0);
    assert_eq!(shelf.verify(&document).reasons(), ["genuine"]);
    assert_eq!(shelf.show().objects()[0]["countries"], serde_json::json!(["YY", "XX"]));
    let remove = ["trust", "remove", "--store", store.to_str().unwrap(), &root];
    assert_eq!(run(&remove, b"").status, 0);
    assert_eq!(shelf.verify(&document).reasons(), ["no-trust"]);
    assert_eq!(run(&remove, b"").status, 2);
}

#[test]
fn a_status_list_made_from_a_backup_brings_nothing_back_and_blocks_nothing() {
    let shelf = Shelf::new();
    let document = shelf.world.text(&diploma(1));
    shelf.pack("1.sceau", 1, SEALED_AT, withdrawn);
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    // last week's history: it knows no decision, and was signed today
    shelf.pack("backup.sceau", 1, SEALED_AT + 600, |_| ());
    shelf.updated("backup.sceau", &[]);
    assert_eq!(shelf.verify(&document).reasons(), ["withdrawn"]);
    // the office then decides something else, and its count goes beyond what verifiers hold
    let other = |world: &mut Setting| {
        world.decide(&diploma(2), Statement::Withdrawn);
        world.seq = 7;
    };
    shelf.pack("gap.sceau", 1, SEALED_AT + 700, other);
    shelf.updated("gap.sceau", &[]);
    assert_eq!(shelf.verify(&document).reasons(), ["withdrawn"]);
    assert_eq!(shelf.verify(&shelf.world.text(&diploma(2))).reasons(), ["withdrawn"]);
    let again = shelf.update("gap.sceau", &[]);
    assert!(again.status == 0 && again.stdout.contains("held already"), "{again:?}");
    let true_one = |world: &mut Setting| {
        reinstated(world);
        other(world);
        world.seq = 8;
    };
    shelf.pack("true.sceau", 1, SEALED_AT + 800, true_one);
    shelf.updated("true.sceau", &[]);
    assert_eq!(shelf.verify(&document).reasons(), ["genuine"]);
}

#[test]
fn a_status_list_dated_a_year_ahead_is_not_taken_first_or_later() {
    let shelf = Shelf::new();
    let year_3000 = 32_503_680_000;
    let ahead = |world: &mut Setting| world.trust.authorities[0].keys[1].not_after = year_3000;
    shelf.pack("ahead.sceau", 1, year_3000, ahead);
    shelf.refused("ahead.sceau", &["--root", &shelf.root()], "XX-EXAM/1 is dated 3000-01-01");
    shelf.pack("1.sceau", 1, SEALED_AT, ahead);
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    shelf.refused("ahead.sceau", &[], "XX-EXAM/1 is dated 3000-01-01");
    let pack = shelf.path("ahead.sceau");
    let text = shelf.world.text(&diploma(1));
    let run = run(&["verify", "--json", "--trust", pack.to_str().unwrap(), &text], b"");
    assert_eq!((run.status, run.reasons()), (2, vec!["status-ahead".into()]), "{run:?}");
    assert!(run.stderr.contains("XX-EXAM/1 is dated 3000-01-01"), "{}", run.stderr);
}

#[test]
fn a_forged_status_list_or_register_refuses_the_pack() {
    let shelf = Shelf::new();
    let office = Office::new(3);
    let head = office.head();
    fs::write(shelf.path("1.sceau"), office.pack_bytes(&[&head], &[])).unwrap();
    let root = hex(&office.world.trust.roots.fingerprint());
    shelf.updated("1.sceau", &["--root", &root]);
    let mut next = Office::new(3);
    next.world.trust.version = 2;
    next.world.trust.issued += 1;
    next.world.trust = next.world.trust.clone().after(office.open(&[], &[]).unwrap().trust());
    let forged = next
        .register
        .head(SEALED_AT, &next.world.key.public(), None)
        .sign(&of_board(&SealingKey::from_seed(&[99; 32])));
    fs::write(shelf.path("forged.sceau"), next.pack_bytes(&[&forged], &[])).unwrap();
    shelf.refused("forged.sceau", &[], "A register is not signed by its authority");
    // a pack without the register takes it from nobody
    fs::write(shelf.path("no-register.sceau"), next.pack_bytes(&[], &[])).unwrap();
    shelf.updated("no-register.sceau", &[]);
    let bytes = fs::read(&shelf.slots()[0]).unwrap();
    assert!(bytes.windows(head.len()).any(|part| part == head));
}

#[test]
fn a_list_of_others_that_names_a_held_authority_is_neither_installed_nor_believed_beside_the_store() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    let rival = |world: &mut Setting| {
        elsewhere(world);
        let authority = &mut world.trust.authorities[0];
        (authority.id, authority.country) = ("XX-EXAM".into(), "XX".into());
    };
    shelf.pack("forger.sceau", 1, SEALED_AT, rival);
    let mut forger = Setting::new();
    rival(&mut forger);
    let root = hex(&forger.trust.roots.fingerprint());
    shelf.refused("forger.sceau", &["--root", &root], "WARNING: XX-EXAM would be named under two different roots");
    forger.key = SealingKey::from_seed(&[62; 32]);
    let (store, pack, now) = (shelf.path("store"), shelf.path("forger.sceau"), NOW.to_string());
    let both =
        ["verify", "--store", store.to_str().unwrap(), "--trust", pack.to_str().unwrap(), "--at", &now, "--json"];
    let judged = run(&[&both[..], &[&forger.text(&diploma(1))]].concat(), b"");
    assert_eq!((judged.status, judged.reasons()), (2, vec!["unknown-issuer".into()]));
    assert!(judged.stderr.contains("is neither held nor given, so it adds nothing"), "{}", judged.stderr);
    let genuine = run(&[&both[..], &[&shelf.world.text(&diploma(1))]].concat(), b"");
    assert_eq!((genuine.status, genuine.reasons()), (0, vec!["genuine".into()]));
}

#[test]
fn a_newer_list_that_names_an_authority_of_another_country_says_nothing_of_it() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    shelf.pack("other.sceau", 9, SEALED_AT, elsewhere);
    let mut other = Setting::new();
    elsewhere(&mut other);
    shelf.updated("other.sceau", &["--root", &hex(&other.trust.roots.fingerprint())]);
    let greedy = |world: &mut Setting| {
        elsewhere(world);
        let mut taken = world.trust.authorities[0].clone();
        (taken.id, taken.country) = ("XX-EXAM".into(), "XX".into());
        taken.keys.clear();
        world.trust.authorities.push(taken);
    };
    shelf.pack("greedy.sceau", 10, SEALED_AT + 1, greedy);
    shelf.updated("greedy.sceau", &[]);
    // those roots speak for YY alone
    assert_eq!((shelf.versions(), shelf.verify(&shelf.world.text(&diploma(1))).status), (vec![1, 10], 0));
}

#[test]
fn roots_are_replaced_by_the_old_ones_and_never_come_back() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    let first = shelf.root();
    shelf.pack("2.sceau", 2, SEALED_AT + 1, rotated);
    let said = shelf.updated("2.sceau", &[]);
    assert!(said.contains("roots were replaced"), "{said}");
    shelf.pack("3.sceau", 3, SEALED_AT + 2, |_| ());
    shelf.refused("3.sceau", &["--root", &first], "has other roots than the ones trusted here");
    assert!(shelf.updated("1.sceau", &["--root", &first]).contains("older than what is known: version 2"));
    assert_eq!(shelf.versions(), [2]);
    let given = run(&["trust", "show", "--store", shelf.path("store").to_str().unwrap(), "--root", &first], b"");
    assert!(given.status == 2 && given.stderr.contains("other roots"), "{given:?}");
}

#[test]
fn several_countries_are_held_side_by_side() {
    let shelf = Shelf::new();
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    shelf.pack("other.sceau", 9, SEALED_AT, elsewhere);
    shelf.updated("1.sceau", &["--root", &shelf.root()]);
    shelf.refused("other.sceau", &[], "nothing is held of its owner");
    let root = run(&["trust", "show", "--json", shelf.path("other.sceau").to_str().unwrap()], b"").objects()[0]["root"]
        .clone();
    shelf.updated("other.sceau", &["--root", root.as_str().unwrap()]);
    assert_eq!(shelf.versions(), [1, 9]);
    shelf.pack("2.sceau", 2, SEALED_AT + 1, withdrawn);
    shelf.updated("2.sceau", &[]);
    assert_eq!(shelf.versions(), [2, 9]);
    let mut other = Setting::new();
    elsewhere(&mut other);
    other.key = SealingKey::from_seed(&[62; 32]);
    assert_eq!(shelf.verify(&other.text(&diploma(2))).reasons(), ["genuine"]);
    assert_eq!(shelf.verify(&shelf.world.text(&diploma(1))).reasons(), ["withdrawn"]);
    let people = run(&["trust", "show", "--store", shelf.path("store").to_str().unwrap()], b"").stdout;
    assert!(people.contains("Pays fictif") && people.contains("Ailleurs"), "{people}");
}

#[test]
fn everything_is_said_in_french_too() {
    let shelf = Shelf::new();
    shelf.pack("2.sceau", 2, SEALED_AT, |_| ());
    shelf.pack("1.sceau", 1, SEALED_AT, |_| ());
    let french = ["--lang", "fr"];
    assert!(shelf.update("2.sceau", &french).stderr.contains("n'est pas confirmée"));
    let installed = shelf.update("2.sceau", &[&french[..], &["--root", &shelf.root()]].concat()).stdout;
    assert!(installed.contains("installé") && installed.contains("état du 21/06/2026"), "{installed}");
    assert!(shelf.update("1.sceau", &french).stdout.contains("plus ancien que ce qui est connu"));
    fs::write(shelf.path("cut.sceau"), b"x").unwrap();
    assert!(shelf.update("cut.sceau", &french).stderr.contains("Le dépôt n'a pas changé"));
}
