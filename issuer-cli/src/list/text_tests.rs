use super::*;
use crate::profile::Profile;

fn outcome(cell: &str) -> Result<(String, Vec<FaultKind>), FaultKind> {
    let format = Profile::embedded("morocco").unwrap().list;
    let read = read(cell.as_bytes(), &format);
    read.map(|clean| (clean.text.into_owned(), clean.notes.iter().map(|note| note.kind).collect()))
        .map_err(|problem| problem.kind)
}

#[track_caller]
fn assert_clean(cell: &str) {
    assert_eq!(outcome(cell), Ok((cell.to_owned(), vec![])), "{cell:?}");
}

#[test]
fn takes_names_as_people_bear_them() {
    for cell in [
        "ADJOVI",
        "Éloïse D’ALMEIDA",
        "فاطمة الزهراء",
        "N'TCHA",
        "François-Xavier",
        "Ɖɔsu",
        "00012",
        "",
        "Martin Luther 2e",
    ] {
        assert_clean(cell);
    }
}

#[test]
fn refuses_each_kind_of_damage() {
    for (cell, kind) in [
        ("KÃ‰RÃ‰KOU", FaultKind::Mojibake),
        ("Th?ophile", FaultKind::LostAccent),
        ("?lo", FaultKind::LostAccent),
        ("Fran\u{fffd}ois", FaultKind::LostAccent),
        ("=1+1", FaultKind::Formula),
        (" @SUM(A1)", FaultKind::Formula),
        ("\"=1", FaultKind::Formula),
        ("\tA", FaultKind::Formula),
        ("KÉ\u{7}RÉ", FaultKind::ControlCharacter),
        ("KO\u{7}FFI", FaultKind::ControlCharacter),
        ("KO\nFFI", FaultKind::ControlCharacter),
        ("\u{202e}KOFFI", FaultKind::BidiControl),
        ("KOFFI\u{200f}", FaultKind::BidiControl),
        ("KO\u{200b}FFI", FaultKind::HiddenCharacter),
        ("KO\u{e000}FFI", FaultKind::HiddenCharacter),
        ("KO\u{200d}FFI", FaultKind::ZeroWidthJoiner),
        ("می\u{200c}خواهم", FaultKind::ZeroWidthJoiner),
        ("e\u{316}\u{317}\u{318}\u{319}", FaultKind::CombiningMarks),
        ("S\u{410}INT", FaultKind::LookalikeLetter),
    ] {
        assert_eq!(outcome(cell), Err(kind), "{cell:?}");
    }
    assert_eq!(outcome(&"é".repeat(241)), Err(FaultKind::TooLong));
    assert_eq!(outcome(&"A".repeat(241)), Err(FaultKind::TooLong));
}

#[test]
fn takes_120_characters() {
    for letter in ["é", "A"] {
        assert_clean(&letter.repeat(120));
    }
}

#[test]
fn takes_out_spaces_and_says_so() {
    for cell in [" KOFFI  ADJO ", "KOFFI\u{a0}ADJO", "KOFFI \u{2009}ADJO", "KOFFI ADJO\u{a0}"] {
        assert_eq!(outcome(cell), Ok(("KOFFI ADJO".to_owned(), vec![FaultKind::Spaces])), "{cell:?}");
    }
    assert_eq!(outcome("   "), Ok((String::new(), vec![])));
}

#[test]
fn composes_letters_and_accents_and_says_so() {
    assert_eq!(
        outcome(" BE\u{301}LIZAI\u{308}RE"),
        Ok(("BÉLIZAÏRE".to_owned(), vec![FaultKind::Spaces, FaultKind::NotNfc]))
    );
}

#[test]
fn takes_joiners_where_the_profile_allows_them() {
    let mut format = Profile::embedded("morocco").unwrap().list;
    format.joiners = true;
    assert!(read("می\u{200c}خواهم".as_bytes(), &format).is_ok());
    assert_eq!(read("KO\u{200c}FFI".as_bytes(), &format).unwrap_err().kind, FaultKind::ZeroWidthJoiner);
}

#[test]
fn names_the_byte_that_is_no_character() {
    let format = Profile::embedded("morocco").unwrap().list;
    let problem = read(b"YA\xCFD", &format).unwrap_err();
    assert_eq!(problem.kind, FaultKind::BadEncoding);
    assert!(problem.message.contains("0xCF at place 3"), "{}", problem.message);
}
