//! Writing and signing a trust list.

use super::{Authority, KeyEntry, KeyUse, RegisterReference, Role, RootSet, TAG_SIGN, TrustClaims, aad};
use crate::cbor::{Entries, Writer};
use crate::envelope;
use crate::key::{KeyId, SealingKey};

pub(super) fn write(claims: &TrustClaims, roots: &[&SealingKey]) -> Vec<u8> {
    let payload = payload(claims);
    join(&payload, roots.iter().map(|root| (root.id(), sign(&payload, root))))
}

/// The signature of one root over a payload.
pub(super) fn sign(payload: &[u8], root: &SealingKey) -> [u8; 64] {
    let protected = envelope::protected_header(root.id());
    root.sign(&envelope::shared_structure(&protected, &aad(), payload))
}

/// The list from its payload and its signatures.
pub(super) fn join(payload: &[u8], signatures: impl ExactSizeIterator<Item = (KeyId, [u8; 64])>) -> Vec<u8> {
    let mut out = Writer::with_capacity(payload.len() + 96 * (1 + signatures.len()));
    out.raw(&TAG_SIGN).array(4).bytes(&[]).map(0).bytes(payload).array(signatures.len());
    for (kid, signature) in signatures {
        out.array(3).bytes(&envelope::protected_header(kid)).map(0).bytes(&signature);
    }
    out.into_bytes()
}

pub(super) fn root_set(roots: &RootSet) -> Vec<u8> {
    let mut out = Writer::default();
    write_root_set(&mut out, roots);
    out.into_bytes()
}

fn write_root_set(out: &mut Writer, roots: &RootSet) {
    out.array(2).uint(roots.threshold as u64).array(roots.keys.len());
    for key in &roots.keys {
        out.bytes(key.as_bytes());
    }
}

pub(super) fn payload(claims: &TrustClaims) -> Vec<u8> {
    let mut out = Writer::default();
    out.map(6).uint(1).uint(claims.version.into()).uint(2).uint(claims.issued).uint(3).uint(claims.next_update).uint(4);
    write_root_set(&mut out, &claims.roots);
    out.uint(5).text(claims.owner.as_str()).uint(6).array(claims.authorities.len());
    for authority in &claims.authorities {
        write_authority(&mut out, authority);
    }
    out.into_bytes()
}

fn write_authority(out: &mut Writer, authority: &Authority) {
    out.map(5 + usize::from(!authority.dictionaries.is_empty()));
    out.uint(1).text(&authority.id).uint(2).map(authority.names.len());
    let mut names: Vec<_> = authority.names.iter().collect();
    names.sort_by_key(|(language, _)| (language.as_str().len(), language.as_str()));
    for (language, name) in names {
        out.text(language.as_str()).text(name.as_str());
    }
    let role = match authority.role {
        Role::ExaminationBoard => 1,
        Role::LegalisingMinistry => 2,
    };
    out.uint(3).text(&authority.country).uint(4).uint(role).uint(5).array(authority.keys.len());
    for entry in &authority.keys {
        write_entry(out, entry);
    }
    if !authority.dictionaries.is_empty() {
        out.uint(6).array(authority.dictionaries.len());
        for digest in &authority.dictionaries {
            out.bytes(digest);
        }
    }
}

fn write_entry(out: &mut Writer, entry: &KeyEntry) {
    let KeyEntry { public, usage, not_before, not_after, closed_at, compromised_at, test, status_list, register } =
        entry;
    let mut map = Entries::default();
    map.label(1).bytes(public.as_bytes());
    map.label(2).uint(match usage {
        KeyUse::Documents { .. } => 1,
        KeyUse::Status => 2,
        KeyUse::Register => 3,
        KeyUse::Minutes => 4,
        KeyUse::Legalisation => 5,
    });
    map.label(3).uint(*not_before);
    map.label(4).uint(*not_after);
    if let KeyUse::Documents { kinds, sessions, maximum_count } = usage {
        let out = map.label(5).array(kinds.len());
        kinds.iter().for_each(|kind| {
            out.uint(kind.number());
        });
        if let Some(sessions) = sessions {
            let out = map.label(6).array(sessions.len());
            sessions.iter().for_each(|session| {
                out.text(session.as_str());
            });
        }
        map.label(7).uint((*maximum_count).into());
    }
    for (label, number) in [(8, status_list), (9, closed_at), (10, compromised_at)] {
        if let Some(number) = number {
            map.label(label).uint(*number);
        }
    }
    if *test {
        map.label(11).yes();
    }
    if let Some(RegisterReference { number, head }) = register {
        map.label(12).uint((*number).into());
        if let Some(head) = head {
            map.label(13).bytes(head);
        }
    }
    map.end(out);
}
