//! Writing and signing a trust list.

use super::{Authority, KeyEntry, KeyUse, OBJECT, Role, RootSet, TAG_SIGN, TrustClaims};
use crate::cbor::Writer;
use crate::envelope;
use crate::key::{KeyId, SealingKey};

pub(super) fn write(claims: &TrustClaims, roots: &[&SealingKey]) -> Vec<u8> {
    let payload = payload(claims);
    join(&payload, roots.iter().map(|root| (root.id(), sign(&payload, root))))
}

/// The signature of one root over a payload.
pub(super) fn sign(payload: &[u8], root: &SealingKey) -> [u8; 64] {
    let protected = envelope::protected_header(root.id(), None);
    root.sign(&envelope::shared_structure(&protected, OBJECT, payload))
}

/// The list from its payload and its signatures.
pub(super) fn join(payload: &[u8], signatures: impl ExactSizeIterator<Item = (KeyId, [u8; 64])>) -> Vec<u8> {
    let mut out = Writer::with_capacity(payload.len() + 96 * (1 + signatures.len()));
    out.raw(&TAG_SIGN).array(4).bytes(&[]).map(0).bytes(payload).array(signatures.len());
    for (kid, signature) in signatures {
        out.array(3).bytes(&envelope::protected_header(kid, None)).map(0).bytes(&signature);
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
    let (usage, scope) = match &entry.usage {
        KeyUse::Documents { sessions, status_list, .. } => {
            (1, 2 + usize::from(sessions.is_some()) + usize::from(status_list.is_some()))
        }
        KeyUse::Status => (2, 0),
        KeyUse::Register => (3, 0),
        KeyUse::Minutes => (4, 0),
        KeyUse::Legalisation => (5, 0),
    };
    let named = entry.register.as_ref().is_some_and(|register| register.head.is_some());
    let marks =
        [entry.closed_at.is_some(), entry.compromised_at.is_some(), entry.test, entry.register.is_some(), named];
    out.map(4 + scope + marks.into_iter().filter(|&mark| mark).count());
    out.uint(1)
        .bytes(entry.public.as_bytes())
        .uint(2)
        .uint(usage)
        .uint(3)
        .uint(entry.not_before)
        .uint(4)
        .uint(entry.not_after);
    if let KeyUse::Documents { kinds, sessions, maximum_count, status_list } = &entry.usage {
        out.uint(5).array(kinds.len());
        for kind in kinds {
            out.uint(kind.number());
        }
        if let Some(sessions) = sessions {
            out.uint(6).array(sessions.len());
            for session in sessions {
                out.text(session.as_str());
            }
        }
        out.uint(7).uint((*maximum_count).into());
        if let Some(list) = status_list {
            out.uint(8).uint(*list);
        }
    }
    for (label, time) in [(9, entry.closed_at), (10, entry.compromised_at)] {
        if let Some(time) = time {
            out.uint(label).uint(time);
        }
    }
    if entry.test {
        out.uint(11).yes();
    }
    if let Some(register) = &entry.register {
        out.uint(12).uint(register.number.into());
        if let Some(head) = &register.head {
            out.uint(13).bytes(head);
        }
    }
}
