//! The cases, one module per area.

use crate::case::Case;
use crate::object::ObjectCase;

pub mod cbor;
pub mod cbor_bounds;
pub mod claims;
pub mod columns;
pub mod dictionaries;
pub mod envelope;
pub mod freshness;
pub mod legalisation;
pub mod legalisation_claims;
pub mod legalisation_match;
pub mod lines;
pub mod minutes;
pub mod pack;
pub mod proofs;
pub mod register;
pub mod register_files;
pub mod register_fixed;
pub mod register_heads;
pub mod same_kid;
pub mod shapes;
pub mod signature;
pub mod states;
pub mod status;
pub mod successor;
pub mod successor_scope;
pub mod test_lists;
pub mod text;
pub mod trust;
pub mod trust_keys;
pub mod trust_roots;
pub mod verdict;
pub mod words;
pub mod zip;

/// Every case of the folder `vectors/`.
pub fn all() -> Vec<Case> {
    [
        text::cases(),
        zip::cases(),
        dictionaries::cases(),
        cbor::cases(),
        cbor_bounds::cases(),
        envelope::cases(),
        signature::cases(),
        claims::cases(),
        shapes::cases(),
        words::cases(),
        columns::cases(),
        trust::cases(),
        trust_keys::cases(),
        trust_roots::cases(),
        status::cases(),
        pack::cases(),
        verdict::cases(),
        states::cases(),
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
        register_fixed::objects(),
        legalisation::cases(),
        legalisation_claims::cases(),
        legalisation_match::cases(),
        freshness::objects(),
        test_lists::objects(),
        dictionaries::objects(),
        minutes::cases(),
        lines::cases(),
        successor::cases(),
        successor_scope::cases(),
        same_kid::objects(),
    ]
    .concat()
}
