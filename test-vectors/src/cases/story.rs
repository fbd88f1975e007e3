//! Several codes of one picture or run (SPEC section 14): which count, and the exit status of all.

use super::legalisation_match::{altered, other, specimen, withdrawn};
use crate::case::Side;
use crate::cbor::{Bytes, Fields, array, text as words, uint, uints};
use crate::documents::{self, WITHDRAWN, attestation, example, sealed};
use crate::legalisation::{claims_of, envelope, legalisation_key, record, record_of, side, symbol};
use crate::object::ObjectCase;
use crate::sign::Signer;
use crate::status::{StatusList, only};
use crate::text;
use crate::world::{session_key, status_key};

const ALONE: &str = "a record would be taken for the document that is missing";
const PART: &str = "one sheet would be taken for the whole paper";
const FOREIGN: &str = "a code for something else on the paper would decide about it, or hide what does";
const ALL: &str = "a refused code would be hidden by others";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [records(), foreign(), sheets(), mixed()].concat()
}

/// `exits` has the exit status of each text, or `-` where it does not count.
fn story(name: &str, expect: &str, spec: &str, exits: &str, comment: &str, effect: &str, texts: &[&str]) -> ObjectCase {
    ObjectCase::new("story", name, expect, spec, comment, effect)
        .of(texts.join("\n"))
        .with_packs(vec![side()])
        .with("exits", exits)
}

fn document() -> String {
    text::symbol(&example())
}

fn over_example() -> String {
    symbol(&crate::legalisation::sealed(record()))
}

fn records() -> Vec<ObjectCase> {
    let case = |name, expect, exits, comment, texts: &[&str]| {
        story(name, expect, "STO-3, STO-4, STO-5", exits, comment, ALONE, texts)
    };
    let (its, record, another) = (document(), over_example(), text::symbol(&other()));
    let broken = text::symbol(&altered());
    let revoked = symbol(&envelope(&legalisation_key(), &claims_of(&WITHDRAWN, self::record()).encoded()).encoded());
    let over_withdrawn = record_of(&documents::digest(&WITHDRAWN, &attestation()), &WITHDRAWN);
    let over_withdrawn = symbol(&crate::legalisation::sealed(over_withdrawn));
    let over_specimen = record_of(&documents::test_digest(&documents::SERIAL, &attestation()), &documents::SERIAL);
    let over_specimen = symbol(&crate::legalisation::sealed(over_specimen));
    vec![
        case("story_record", "undetermined", "2", "a record alone", &[&record]),
        case("story_record_twice", "undetermined", "2, 2", "a record alone, read twice", &[&record, &record]),
        case("story_record_document", "accepted", "0, 0", "a document and its record", &[&its, &record]),
        case("story_record_first", "accepted", "0, 0", "a record, then its document", &[&record, &its]),
        case("story_record_other", "refused", "0, 1", "a record over another document", &[&another, &record]),
        case("story_record_other_first", "refused", "1, 0", "the record stands first", &[&record, &another]),
        case("story_record_two", "accepted", "0, 0, 0", "its document is the second", &[&another, &its, &record]),
        case("story_record_altered", "refused", "1, 2", "a document that is altered, a record", &[&broken, &record]),
        case(
            "story_record_altered_other",
            "refused",
            "0, 1, 2",
            "another document, one that is altered: nothing is said of the record",
            &[&another, &broken, &record],
        ),
        case("story_record_withdrawn", "refused", "0, 1", "a record that is withdrawn", &[&its, &revoked]),
        case(
            "story_record_of_withdrawn",
            "refused",
            "1, 0",
            "the document is withdrawn, its record is in force",
            &[&text::symbol(&withdrawn()), &over_withdrawn],
        ),
        case(
            "story_record_of_specimen",
            "undetermined",
            "2, 0",
            "a record over a specimen",
            &[&text::symbol(&specimen()), &over_specimen],
        ),
        case(
            "story_record_twice_one",
            "refused",
            "0, 0, 1",
            "two records, one over another document",
            &[&its, &record, &over_withdrawn],
        ),
    ]
}

fn foreign() -> Vec<ObjectCase> {
    let case = |name, expect, exits, comment, texts: &[&str]| {
        story(name, expect, "STO-1, STO-5", exits, comment, FOREIGN, texts)
    };
    let (its, record, url) = (document(), over_example(), "https://example.org/");
    let (broken, bare) = (text::symbol(&altered()), "SC1:");
    vec![
        case("story_document", "accepted", "0", "a document alone", &[&its]),
        case("story_foreign", "undetermined", "2", "a foreign code alone", &[url]),
        case("story_foreign_beside", "accepted", "0, -", "a foreign code beside a document", &[&its, url]),
        case("story_foreign_first", "accepted", "-, 0", "a foreign code before a document", &[url, &its]),
        case("story_foreign_altered", "refused", "1, 2", "a foreign code beside one that is altered", &[&broken, url]),
        case("story_foreign_record", "undetermined", "2, 2", "a foreign code beside a record", &[&record, url]),
        case("story_foreign_all", "accepted", "0, -, 0", "document, foreign code, record", &[&its, url, &record]),
        case(
            "story_foreign_withdrawn",
            "refused",
            "1, -",
            "a foreign code beside a document that is withdrawn",
            &[&text::symbol(&withdrawn()), url],
        ),
        case("story_damaged", "undetermined", "0, 2", "a code that is damaged beside a document", &[&its, bare]),
        case("story_newer", "undetermined", "0, 2", "SC2: beside a document", &[&its, "SC2:00"]),
    ]
}

/// A sheet of an attestation, sealed with the key of the session.
fn sheet(number: u64, of: u64, edit: impl Fn(Fields) -> Fields) -> String {
    sheet_by(&session_key(), &[number as u8 + 0x70; 8], edit(attestation().with(23, uints(&[number, of]))))
}

fn sheet_by(key: &Signer, serial: &[u8], document: Fields) -> String {
    text::symbol(&sealed(key, &documents::claims_of(serial, document).encoded()))
}

fn sheets() -> Vec<ObjectCase> {
    let case =
        |name, expect, exits, comment, texts: &[&str]| story(name, expect, "STO-2, STO-5", exits, comment, PART, texts);
    let same = |document| document;
    let (one, two) = (sheet(1, 2, same), sheet(2, 2, same));
    let of_three = [1, 2, 3].map(|number| sheet(number, 3, same));
    let changed = |label: i64, value: Bytes| sheet(2, 2, move |document| document.with(label, value.clone()));
    let specimen = sheet_by(&Signer::named("specimen"), &[0x72; 8], attestation().with(23, uints(&[2, 2])));
    let second = documents::digest(&[0x72; 8], &attestation().with(23, uints(&[2, 2])));
    let mut pack = crate::legalisation::pack();
    pack.status[0] = StatusList::new(1, &only(0, &second), status_key()).encoded();
    let withdrawn = Side::new("story_sheets_withdrawn", pack.encoded());
    let holder = changed(3, words("Somebody ELSE"));
    let number = changed(7, words("B-1"));
    let line = changed(22, array(&[array(&[words("Place"), words("Here")])]));
    vec![
        case("story_sheet", "undetermined", "2", "sheet 1 of 2 alone", &[&one]),
        case("story_sheet_second", "undetermined", "2", "sheet 2 of 2 alone", &[&two]),
        case("story_sheets", "accepted", "0, 0", "both sheets", &[&one, &two]),
        case("story_sheets_reversed", "accepted", "0, 0", "both sheets, the second first", &[&two, &one]),
        case("story_sheets_twice", "undetermined", "2, 2", "sheet 1 of 2 twice", &[&one, &one]),
        case("story_sheets_again", "accepted", "0, 0, 0", "both sheets, one of them twice", &[&one, &two, &one]),
        case(
            "story_sheets_three",
            "accepted",
            "0, 0, 0",
            "three of three in another order",
            &[&of_three[2], &of_three[0], &of_three[1]],
        ),
        case("story_sheets_gap", "undetermined", "2, 2", "1 and 3 of three", &[&of_three[0], &of_three[2]]),
        case("story_sheets_counts", "undetermined", "2, 2", "1 of 2 and 2 of 3", &[&one, &of_three[1]]),
        case("story_sheets_holder", "undetermined", "2, 2", "sheets of two people", &[&one, &holder]),
        case("story_sheets_number", "undetermined", "2, 2", "sheets of two candidates of a name", &[&one, &number]),
        case("story_sheets_line", "undetermined", "2, 2", "sheets that differ in a line", &[&one, &line]),
        case("story_sheets_specimen", "undetermined", "2, 2", "the second is a specimen", &[&one, &specimen]),
        case("story_sheets_withdrawn", "refused", "0, 1", "the second is withdrawn", &[&one, &two])
            .with_packs(vec![withdrawn]),
        case("story_sheets_document", "undetermined", "2, 0", "a sheet and a whole document", &[&one, &document()]),
        case(
            "story_sheets_not_admitted",
            "refused",
            "2, 1",
            "the second says not admitted",
            &[&one, &changed(21, array(&[uint(0)]))],
        ),
    ]
}

fn mixed() -> Vec<ObjectCase> {
    let case = |name, expect, exits, comment, texts: &[&str]| {
        story(name, expect, "STO-2, STO-4, STO-5", exits, comment, ALL, texts)
    };
    let (its, record, broken) = (document(), over_example(), text::symbol(&altered()));
    let [one, two] = [1, 2].map(|number| sheet(number, 2, |document| document));
    let first = attestation().with(23, uints(&[1, 2]));
    let over_first = record_of(&documents::digest(&[0x71; 8], &first), &[0x71; 8]);
    let over_first = symbol(&crate::legalisation::sealed(over_first));
    vec![
        case("story_sheet_record", "undetermined", "2, 0", "one sheet of two with its record", &[&one, &over_first]),
        case("story_sheets_record", "accepted", "0, 0, 0", "both, and a record of one", &[&one, &over_first, &two]),
        case("story_refused_last", "refused", "0, 0, 1", "document, record, one altered", &[&its, &record, &broken]),
        case("story_refused_before_not", "refused", "2, 1", "a sheet alone, one altered", &[&one, &broken]),
        case("story_many", "accepted", "0, 0, 0, 0", "two papers and a record", &[&one, &its, &two, &record]),
    ]
}
