//! A pack for people.

use std::fmt::Write;

use credential_core::Pack;
use credential_core::document::Kind;
use credential_core::lists::{Authority, KeyEntry, KeyUse, Role};
use credential_core::time::UnixTime;

use super::{AtHand, Shown};
use crate::hex::{hex, short};
use crate::language::Language;
use crate::safe::isolated;

/// The whole pack, roots first.
pub(super) fn pack(shown: &Shown, now: UnixTime, language: Language) -> String {
    let Shown { file: _, pack, countries, registers } = shown;
    let list = pack.trust().claims();
    let mut text = String::new();
    let age = language.days(now.saturating_sub(list.issued) / 86_400);
    let age = language.of(format!("{age} ago"), format!("il y a {age}"));
    let overdue = if now > list.next_update { language.of(", OVERDUE", ", EN RETARD") } else { "" };
    let (threshold, roots) = (list.roots.threshold, list.roots.keys.len());
    let signatures = match language {
        Language::En => format!("{threshold} of {roots} roots must sign"),
        Language::Fr => format!("{threshold} sur {roots} racines doivent signer"),
    };
    let root = pack.trust().root();
    for (english, french, value) in [
        ("Owner", "Propriétaire", isolated(list.owner.as_str())),
        ("Version", "Version", list.version.to_string()),
        ("Issued", "Émise le", format!("{} ({age})", language.day(list.issued))),
        ("Next update", "Prochaine le", format!("{}{overdue}", language.day(list.next_update))),
        ("Root", "Racine", short(root)),
        ("  in full", "  en entier", hex(root)),
        ("Signatures", "Signatures", signatures),
    ] {
        let _ = writeln!(text, "{:<13} {value}", language.of(english, french));
    }
    if !countries.is_empty() {
        let _ = writeln!(text, "{:<13} {}", language.of("Speaks for", "Répond de"), countries.join(", "));
    }
    for link in pack.links() {
        let (version, day) = (link.claims().version, language.day(link.claims().issued));
        let rotates = if link.claims().follows.is_some() {
            language.of(", its roots took over", ", ses racines ont pris la suite")
        } else {
            ""
        };
        let _ = writeln!(text, "{:<13} {version}, {day}{rotates}", language.of("With list", "Avec la liste"));
    }
    list.authorities.iter().for_each(|one| text += &authority(one, language));
    text + &status_lists(pack, now, language) + &self::registers(registers, language) + &dictionaries(pack, language)
}

fn authority(authority: &Authority, language: Language) -> String {
    let role = match authority.role {
        Role::ExaminationBoard => language.of("examination board", "organisateur d'examens"),
        Role::LegalisingMinistry => language.of("legalising ministry", "ministère qui légalise"),
    };
    let mut text = format!("\n{} ({}, {role})\n", authority.id, authority.country);
    for (tag, name) in &authority.names {
        let _ = writeln!(text, "  {} ({})", isolated(name.as_str()), tag.as_str());
    }
    for line in &authority.contacts {
        let _ = writeln!(text, "  {}{}", language.of("ask: ", "à qui demander : "), isolated(line.as_str()));
    }
    if let Some(successor) = &authority.successor {
        let _ = writeln!(
            text,
            "  {}{successor}",
            language.of("it has ended; ask its successor ", "elle a cessé ; son successeur est ")
        );
    }
    authority.keys.iter().for_each(|one| text += &key(one, language));
    text
}

fn key(key: &KeyEntry, language: Language) -> String {
    let mut text = format!(
        "  {} {}{} {}, {} {} {}\n",
        language.of("key", "clé"),
        hex(&key.public.id()),
        language.of(":", " :"),
        use_words(&key.usage, language),
        language.day(key.not_before),
        language.of("to", "au"),
        language.day(key.not_after),
    );
    let mut line = |words: String| {
        let _ = writeln!(text, "    {words}");
    };
    if let KeyUse::Documents { kinds, sessions, maximum_count } = &key.usage {
        line(scope(kinds, sessions.as_deref(), *maximum_count, language));
    }
    if matches!(key.usage, KeyUse::Documents { .. } | KeyUse::Legalisation) {
        line(match key.status_list {
            Some(number) => format!("{} {number}", language.of("status list", "liste d'état")),
            None => language.of("no status list", "aucune liste d'état").into(),
        });
    }
    if key.test {
        line(
            language
                .of("TEST KEY: its documents are specimens", "CLÉ D'ESSAI : ses documents sont des spécimens")
                .into(),
        );
    }
    if let Some(time) = key.closed_at {
        line(format!("{} {}", language.of("closed on", "close le"), language.day(time)));
    }
    if let Some(time) = key.compromised_at {
        line(format!("{} {}", language.of("COMPROMISED, found on", "COMPROMISE, constaté le"), language.day(time)));
    }
    text
}

fn scope(
    kinds: &[Kind],
    sessions: Option<&[credential_core::document::Text]>,
    most: u32,
    language: Language,
) -> String {
    let kinds: Vec<_> = kinds.iter().copied().map(|kind| kind_words(kind, language)).collect();
    let sessions = sessions.map_or(language.of("any session", "toute session").to_owned(), |sessions| {
        sessions.iter().map(|session| isolated(session.as_str())).collect::<Vec<_>>().join(", ")
    });
    let most = match language {
        Language::En => format!("at most {most} documents"),
        Language::Fr => format!("au plus {most} documents"),
    };
    format!("{}; {sessions}; {most}", kinds.join(", "))
}

fn kind_words(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Diploma => language.of("diplomas", "diplômes"),
        Kind::Transcript => language.of("transcripts", "relevés de notes"),
        Kind::Attestation => language.of("attestations", "attestations"),
    }
}

fn use_words(usage: &KeyUse, language: Language) -> &'static str {
    match usage {
        KeyUse::Documents { .. } => language.of("documents", "documents"),
        KeyUse::Status => language.of("status lists", "listes d'état"),
        KeyUse::Register => language.of("registers", "registres"),
        KeyUse::Minutes => language.of("minutes", "procès-verbaux"),
        KeyUse::Legalisation => language.of("legalisations", "légalisations"),
    }
}

fn status_lists(pack: &Pack, now: UnixTime, language: Language) -> String {
    let mut text = format!("\n{}\n", language.of("Status lists", "Listes d'état"));
    for list in pack.statuses() {
        let age = language.days(now.saturating_sub(list.as_of()) / 86_400);
        let old = if list.is_old(now) { language.of(", OLD", ", ANCIENNE") } else { "" };
        let (authority, number, as_of) = (list.authority(), list.number(), language.day(list.as_of()));
        let _ = match language {
            Language::En => writeln!(text, "  {authority} {number}: as of {as_of} ({age} old{old})"),
            Language::Fr => writeln!(text, "  {authority} {number} : état du {as_of} (il y a {age}{old})"),
        };
    }
    if pack.statuses().is_empty() {
        text += language.of(
            "  none: no document can be accepted as in force\n",
            "  aucune : aucun document ne peut être dit en vigueur\n",
        );
    }
    text
}

fn registers(registers: &[AtHand], language: Language) -> String {
    if registers.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", language.of("Registers", "Registres"));
    for AtHand { authority, number, count, time, at_hand } in registers {
        let day = language.day(*time);
        let _ = match (at_hand, language) {
            (true, Language::En) => writeln!(text, "  {authority} {number}: {count} documents, of {day}"),
            (true, Language::Fr) => writeln!(text, "  {authority} {number} : {count} documents, du {day}"),
            (false, Language::En) => writeln!(
                text,
                "  {authority} {number}: {count} documents, of {day}; NOT AT HAND: add the pack of this register"
            ),
            (false, Language::Fr) => writeln!(
                text,
                "  {authority} {number} : {count} documents, du {day} ; ABSENT : ajoutez le fichier de ce registre"
            ),
        };
    }
    text
}

fn dictionaries(pack: &Pack, language: Language) -> String {
    let mut text = format!("\n{}\n", language.of("Dictionaries", "Dictionnaires"));
    for one in pack.dictionaries() {
        let _ = writeln!(text, "  {:08x}: {} {}", one.id(), one.as_bytes().len(), language.of("bytes", "octets"));
    }
    if pack.dictionaries().is_empty() {
        text += language.of("  none\n", "  aucun\n");
    }
    text
}
