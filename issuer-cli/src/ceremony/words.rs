//! A trust list in words, and what changes from one to the next.

use std::fmt::Display;

use credential_core::lists::{Authority, KeyEntry, KeyUse, PublicKey, RegisterReference, Role, TrustClaims};
use credential_core::time::rfc3339;

use crate::hex::hex;

/// Bytes as groups of four hexadecimal digits, to be read aloud and compared.
pub fn groups(bytes: &[u8]) -> String {
    bytes.chunks(2).map(hex).collect::<Vec<_>>().join(" ")
}

/// The head of a list: owner, version, times, roots.
pub fn head(claims: &TrustClaims) -> Vec<String> {
    let mut lines = vec![
        format!("List of {}, version {}", claims.owner, claims.version),
        format!("  issued {}, next update {}", rfc3339(claims.issued), rfc3339(claims.next_update)),
        format!("  {} of {} roots must sign:", claims.roots.threshold, claims.roots.keys.len()),
    ];
    lines.extend(claims.roots.keys.iter().map(|root| format!("    {}", root_words(root))));
    lines.push(format!("  root fingerprint {}", groups(&claims.roots.fingerprint())));
    lines
}

/// Authorities and keys of a list.
pub fn authorities(claims: &TrustClaims) -> Vec<String> {
    let lines = |one: &Authority| {
        let mut lines = vec![authority(one)];
        lines.extend(one.keys.iter().map(|entry| format!("  {}", whole_key(entry))));
        lines
    };
    claims.authorities.iter().flat_map(lines).collect()
}

/// A root in words.
pub fn root_words(root: &PublicKey) -> String {
    format!("root {}, fingerprint {}", hex(&root.id()), groups(&root.digest()))
}

/// An authority with its names.
pub fn authority(authority: &Authority) -> String {
    let names: Vec<_> = authority.names.iter().map(|(tag, name)| format!("{name} ({})", tag.as_str())).collect();
    format!("{} {}, {}: {}", authority.id, authority.country, role(authority.role), names.join(", "))
}

fn role(role: Role) -> &'static str {
    match role {
        Role::ExaminationBoard => "examination board",
        Role::LegalisingMinistry => "legalising ministry",
    }
}

/// A key with its use, its window and its marks.
pub fn key(entry: &KeyEntry) -> String {
    let mark = if entry.test { " [TEST: specimens only]" } else { "" };
    let window = format!("from {} to {}", rfc3339(entry.not_before), rfc3339(entry.not_after));
    let ends = [("closed", entry.closed_at), ("COMPROMISED", entry.compromised_at)];
    let ends: String = ends.iter().filter_map(|(word, time)| Some(format!(", {word} {}", rfc3339((*time)?)))).collect();
    let list = match (&entry.usage, entry.status_list) {
        (_, Some(list)) => format!(", status list {list}"),
        (KeyUse::Documents { .. } | KeyUse::Legalisation, None) => ", no status list".to_owned(),
        _ => String::new(),
    };
    format!("key {}: {}{list}, {window}{ends}{mark}", hex(&entry.public.id()), usage(&entry.usage))
}

/// The same with the fingerprint, for those who sign: another key with the same id is found in a day.
fn whole_key(entry: &KeyEntry) -> String {
    format!("{}, fingerprint {}", key(entry), groups(&entry.public.digest()))
}

fn usage(usage: &KeyUse) -> String {
    match usage {
        KeyUse::Documents { kinds, sessions, maximum_count } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| kind.code()).collect();
            let sessions: Vec<_> = sessions.iter().flatten().map(|session| session.as_str()).collect();
            let sessions = if sessions.is_empty() { "any session".to_owned() } else { sessions.join(", ") };
            format!("seals {} ({sessions}), at most {maximum_count}", kinds.join(", "))
        }
        KeyUse::Status => "signs status lists".to_owned(),
        KeyUse::Register => "signs register heads".to_owned(),
        KeyUse::Minutes => "signs minutes".to_owned(),
        KeyUse::Legalisation => "signs legalisations".to_owned(),
    }
}

/// Everything in which `new` differs from `old`, one line each.
pub fn changes(old: &TrustClaims, new: &TrustClaims) -> Vec<String> {
    let mut lines = Vec::new();
    differs(&mut lines, "version", old.version, new.version);
    differs(&mut lines, "owner", &old.owner, &new.owner);
    differs(&mut lines, "roots that must sign", old.roots.threshold, new.roots.threshold);
    let (before, after) = (&old.roots.keys, &new.roots.keys);
    lines.extend(after.iter().filter(|root| !before.contains(root)).map(|root| format!("NEW {}", root_words(root))));
    lines.extend(before.iter().filter(|root| !after.contains(root)).map(|root| format!("GONE {}", root_words(root))));
    for one in &new.authorities {
        match old.authorities.iter().find(|other| other.id == one.id) {
            Some(other) => authority_changes(&mut lines, other, one),
            None => {
                lines.push(format!("NEW {}", authority(one)));
                lines.extend(one.keys.iter().map(|entry| format!("NEW {} {}", one.id, whole_key(entry))));
            }
        }
    }
    let gone = old.authorities.iter().filter(|one| new.authorities.iter().all(|other| other.id != one.id));
    lines.extend(gone.map(|one| format!("GONE {} with all of its keys: its documents are known no more", one.id)));
    lines
}

fn authority_changes(lines: &mut Vec<String>, old: &Authority, new: &Authority) {
    let (before, after) = (authority(old), authority(new));
    if before != after {
        lines.push(format!("{}: now {after}", new.id));
    }
    for entry in &new.keys {
        match old.keys.iter().find(|other| other.public == entry.public) {
            None => lines.push(format!("NEW {} {}", new.id, whole_key(entry))),
            Some(other) if other != entry => key_changes(lines, &new.id, other, entry),
            Some(_) => {}
        }
    }
    let gone = old.keys.iter().filter(|entry| new.keys.iter().all(|other| other.public != entry.public));
    lines.extend(gone.map(|entry| format!("GONE {} {}: what it signed is known no more", new.id, key(entry))));
    let (before, after) = (&old.dictionaries, &new.dictionaries);
    let news = after.iter().filter(|digest| !before.contains(digest));
    lines.extend(news.map(|digest| format!("NEW {} dictionary {}", new.id, groups(&digest[..4]))));
    let gone = before.iter().filter(|digest| !after.contains(digest));
    lines.extend(
        gone.map(|digest| format!("GONE {} dictionary {}: its codes are read no more", new.id, groups(&digest[..4]))),
    );
}

fn key_changes(lines: &mut Vec<String>, authority: &str, old: &KeyEntry, new: &KeyEntry) {
    // no `..`: a field that is forgotten here does not compile
    let KeyEntry { public, usage, not_before, not_after, closed_at, compromised_at, test, status_list, register } = new;
    let id = hex(&public.id());
    for (word, before, after) in
        [("closed", old.closed_at, *closed_at), ("COMPROMISED", old.compromised_at, *compromised_at)]
    {
        match (before, after) {
            (before, after) if before == after => {}
            (_, Some(time)) => lines.push(format!("{authority} key {id}: {word} {}", rfc3339(time))),
            (_, None) => lines.push(format!("{authority} key {id}: NO LONGER {word}")),
        }
    }
    if old.register != *register {
        lines.push(format!("{authority} key {id}: {}", register_words(register.as_ref())));
    }
    let scope = (usage, not_before, not_after, test, status_list);
    if (&old.usage, &old.not_before, &old.not_after, &old.test, &old.status_list) != scope {
        lines.push(format!("{authority} {} (before: {})", key(new), key(old)));
    }
}

fn register_words(register: Option<&RegisterReference>) -> String {
    match register {
        None => "register none".to_owned(),
        Some(RegisterReference { number, head: None, without_look_up: _ }) => format!("register {number}"),
        Some(RegisterReference { number, head: Some(head), without_look_up }) => {
            let counts = if *without_look_up { ", counts WITHOUT A LOOK-UP" } else { "" };
            format!("register {number}, FIXED by the head {}{counts}", groups(&head[..8]))
        }
    }
}

fn differs<T: Display + PartialEq>(lines: &mut Vec<String>, what: &str, old: T, new: T) {
    if old != new {
        lines.push(format!("{what}: {old} -> {new}"));
    }
}
