//! The cases, one module per area.

use crate::case::Case;
use crate::object::ObjectCase;

pub mod anchors;
pub mod cbor;
pub mod cbor_bounds;
pub mod choices;
pub mod claims;
pub mod claims_order;
pub mod code_points;
pub mod dates;
pub mod dictionaries;
pub mod digits;
pub mod envelope;
pub mod freshness;
pub mod keeping;
pub mod legalisation;
pub mod legalisation_claims;
pub mod legalisation_match;
pub mod legalisation_register;
pub mod legalisation_words;
pub mod line;
pub mod line_scope;
pub mod lines;
pub mod list_sources;
pub mod lists;
pub mod minutes;
pub mod numbers;
pub mod other_algorithms;
pub mod outcomes;
pub mod pack;
pub mod passed_over;
pub mod printed;
pub mod proofs;
pub mod register;
pub mod register_files;
pub mod register_fixed;
pub mod register_heads;
pub mod results;
pub mod room;
pub mod same_kid;
pub mod shapes;
pub mod signature;
pub mod signature_keys;
pub mod states;
pub mod status;
pub mod status_signers;
pub mod status_successors;
pub mod status_tags;
pub mod story;
pub mod test_lists;
pub mod text;
pub mod trust;
pub mod trust_keys;
pub mod trust_line;
pub mod trust_roots;
pub mod validity;
pub mod verdict;
pub mod words;
pub mod zip;

/// Every case of the folder `vectors/`.
pub fn all() -> Vec<Case> {
    [
        text::cases(),
        digits::cases(),
        zip::cases(),
        dictionaries::cases(),
        cbor::cases(),
        cbor_bounds::cases(),
        envelope::cases(),
        signature::cases(),
        signature_keys::cases(),
        claims::cases(),
        claims_order::cases(),
        choices::cases(),
        dates::cases(),
        shapes::cases(),
        words::cases(),
        code_points::cases(),
        printed::cases(),
        numbers::cases(),
        results::cases(),
        trust::cases(),
        trust_keys::cases(),
        trust_line::cases(),
        trust_roots::cases(),
        passed_over::cases(),
        other_algorithms::cases(),
        room::cases(),
        status::cases(),
        status_tags::cases(),
        status_signers::cases(),
        status_successors::cases(),
        pack::cases(),
        verdict::cases(),
        states::cases(),
        lists::cases(),
        list_sources::cases(),
        outcomes::cases(),
        validity::cases(),
        freshness::cases(),
        test_lists::cases(),
        register::cases(),
        register_heads::cases(),
        register_files::cases(),
        register_fixed::cases(),
        same_kid::cases(),
        legalisation_match::vectors(),
    ]
    .concat()
}

/// Every case of the folder `objects/`.
pub fn objects() -> Vec<ObjectCase> {
    [
        proofs::cases(),
        room::objects(),
        register_fixed::objects(),
        legalisation::cases(),
        legalisation_claims::cases(),
        legalisation_words::cases(),
        legalisation_match::cases(),
        legalisation_register::cases(),
        story::cases(),
        freshness::objects(),
        test_lists::objects(),
        dictionaries::objects(),
        minutes::cases(),
        lines::cases(),
        line::cases(),
        line_scope::cases(),
        anchors::cases(),
        keeping::cases(),
        same_kid::objects(),
    ]
    .concat()
}
