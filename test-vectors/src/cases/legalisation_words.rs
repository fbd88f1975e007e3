//! Words of legalisation records in several languages (SPEC section 13, LEG-5).

use super::legalisation_claims::of;
use crate::cbor::{Bytes, Fields, array, text, texts};
use crate::documents::yes;
use crate::legalisation::record;
use crate::object::ObjectCase;

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [accepted(), counts(), languages()].concat()
}

fn of_languages(languages: &[&str]) -> Fields {
    record().with(0, texts(languages))
}

fn two() -> Fields {
    of_languages(&["fr", "ar"])
}

fn accepted() -> Vec<ObjectCase> {
    let good = |name, comment, record| of(name, "genuine", "LEG-4, LEG-5", comment, record);
    let both = two()
        .with(3, texts(&["Chef de service", "رئيس المصلحة"]))
        .with(5, texts(&["Rabat", "الرباط"]))
        .with(7, texts(&["France", "فرنسا"]));
    vec![
        good("legalisation_two_languages", "two languages and a purpose", both),
        good("legalisation_four_languages", "four languages, four texts", {
            of_languages(&["fr", "ar", "en", "es"]).with(5, texts(&["Rabat", "الرباط", "Rabat", "Rabat"]))
        }),
        good("legalisation_language", "one language, which the words need not have", of_languages(&["fr"])),
        good("legalisation_languages_unused", "two languages, and words in one text", two()),
        good(
            "legalisation_hole",
            "a place in the second language alone",
            two().with(5, array(&[yes(), text("الرباط")])),
        ),
        good(
            "legalisation_hole_last",
            "a purpose in the first language alone",
            two().with(7, array(&[text("France"), yes()])),
        ),
    ]
}

fn counts() -> Vec<ObjectCase> {
    let bad = |name, comment, record| of(name, "breaks-rules", "LEG-5", comment, record);
    let pair = || texts(&["Rabat", "الرباط"]);
    let holes = |count: usize| array(&vec![yes(); count]);
    vec![
        bad("legalisation_array_no_languages", "two texts, and no languages", record().with(5, pair())),
        bad("legalisation_array_one_language", "two texts, and one language", of_languages(&["fr"]).with(5, pair())),
        bad(
            "legalisation_array_three",
            "three texts, and two languages",
            two().with(3, texts(&["un", "deux", "trois"])),
        ),
        bad(
            "legalisation_purpose_three",
            "a purpose in three texts, and two languages",
            two().with(7, texts(&["a", "b", "c"])),
        ),
        bad("legalisation_array_of_one", "an array of one text", two().with(5, texts(&["Rabat"]))),
        bad(
            "legalisation_array_of_one_of_one",
            "an array of one text, and one language",
            of_languages(&["fr"]).with(5, texts(&["Rabat"])),
        ),
        bad(
            "legalisation_array_two_of_three",
            "two texts, and three languages",
            of_languages(&["fr", "ar", "en"]).with(5, pair()),
        ),
        bad("legalisation_holes", "a place of two holes", two().with(5, holes(2))),
        bad("legalisation_holes_purpose", "a purpose of two holes", two().with(7, holes(2))),
        bad("legalisation_hole_no_languages", "a hole and a text, and no languages", {
            record().with(5, array(&[yes(), text("Rabat")]))
        }),
    ]
}

fn languages() -> Vec<ObjectCase> {
    let bad = |name, spec, comment, value: Bytes| of(name, "breaks-rules", spec, comment, record().with(0, value));
    vec![
        bad("legalisation_languages_none", "LEG-4, CLM-4", "no language in label 0", array(&[])),
        bad("legalisation_languages_five", "LEG-4, CLM-4", "five languages", texts(&["fr", "ar", "en", "es", "de"])),
        bad("legalisation_languages_text", "LEG-4, CLM-4", "the languages as a text", text("fr")),
        bad("legalisation_language_twice", "LEG-4, CLM-7", "a language twice", texts(&["fr", "fr"])),
        bad("legalisation_language_upper", "LEG-4, CLM-7", "a language in upper case", texts(&["FR"])),
        bad("legalisation_language_13", "LEG-4, CLM-5", "a language of thirteen", texts(&["zgh-tfng-x-ab"])),
        bad("legalisation_language_1", "LEG-4, CLM-5", "a language of one letter", texts(&["f"])),
    ]
}
