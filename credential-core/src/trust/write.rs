//! Writing and signing a trust list.

use super::{Authority, KeyEntry, KeyUse, ListId, RegisterReference, Role, RootSet, TAG_SIGN, TrustClaims, aad};
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
    let TrustClaims { version, issued, next_update, roots, owner, authorities, earlier, disowned, follows } = claims;
    let mut map = Entries::default();
    map.label(1).uint((*version).into());
    map.label(2).uint(*issued);
    map.label(3).uint(*next_update);
    write_root_set(map.label(4), roots);
    map.label(5).text(owner.as_str());
    let out = map.label(6).array(authorities.len());
    for authority in authorities {
        write_authority(out, authority);
    }
    for (label, lists) in [(7, earlier), (8, disowned)] {
        if !lists.is_empty() {
            map.label(label).bytes(&lists.iter().flat_map(ListId::as_bytes).copied().collect::<Vec<_>>());
        }
    }
    if let Some(from) = follows {
        write_root_set(map.label(9), from);
    }
    let mut out = Writer::default();
    map.end(&mut out);
    out.into_bytes()
}

fn write_authority(out: &mut Writer, authority: &Authority) {
    let Authority { id, names, country, role, keys, dictionaries, successor, contacts, final_lists } = authority;
    let mut map = Entries::default();
    map.label(1).text(id);
    let names_out = map.label(2).map(names.len());
    let mut names: Vec<_> = names.iter().collect();
    names.sort_by_key(|(language, _)| (language.as_str().len(), language.as_str()));
    for (language, name) in names {
        names_out.text(language.as_str()).text(name.as_str());
    }
    map.label(3).text(country);
    map.label(4).uint(match role {
        Role::ExaminationBoard => 1,
        Role::LegalisingMinistry => 2,
    });
    let keys_out = map.label(5).array(keys.len());
    for entry in keys {
        write_entry(keys_out, entry);
    }
    write_digests(&mut map, 6, dictionaries);
    if let Some(successor) = successor {
        map.label(7).text(successor);
    }
    if !contacts.is_empty() {
        let out = map.label(8).array(contacts.len());
        contacts.iter().for_each(|line| {
            out.text(line.as_str());
        });
    }
    write_digests(&mut map, 9, final_lists);
    map.end(out);
}

fn write_digests(map: &mut Entries, label: u64, digests: &[[u8; 32]]) {
    if !digests.is_empty() {
        let out = map.label(label).array(digests.len());
        digests.iter().for_each(|digest| {
            out.bytes(digest);
        });
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
    if let Some(RegisterReference { number, head, without_look_up }) = register {
        map.label(12).uint((*number).into());
        if let Some(head) = head {
            map.label(13).bytes(head);
        }
        if *without_look_up {
            map.label(14).yes();
        }
    }
    map.end(out);
}
