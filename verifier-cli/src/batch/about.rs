//! What makes a report evidence: by what program, lists and files, and when, it was made.

use std::path::{Path, PathBuf};

use credential_core::Pack;
use credential_core::lists::StatusAge;
use credential_core::time::{UnixTime, rfc3339};
use serde_json::{Value, json};

use crate::basis::{self, Basis};
use crate::hex::hex;
use crate::language::Language;
use crate::safe;

/// Facts on the run, each for people and for machines.
#[derive(Debug)]
pub(super) struct About {
    pub(super) facts: Vec<(String, String)>,
    pub(super) json: Value,
}

/// What the run was given.
pub(super) struct Run<'a> {
    pub(super) folders: &'a [PathBuf],
    pub(super) basis: &'a Basis,
    pub(super) max_age: Option<StatusAge>,
    pub(super) proofs: &'a [PathBuf],
    /// The real time of the run.
    pub(super) run_at: UnixTime,
    /// The applicants' list, its digest and its number of rows.
    pub(super) applicants: Option<(&'a Path, [u8; 32], usize)>,
    /// The report of an earlier run, and its digest.
    pub(super) previous: Option<(&'a Path, [u8; 32])>,
    pub(super) files: usize,
}

impl About {
    pub(super) fn new(run: &Run<'_>, language: Language) -> Self {
        let program = concat!("verifier ", env!("CARGO_PKG_VERSION"));
        let now = run.basis.now;
        let mut facts = Vec::new();
        let mut fact = |english: &str, french: &str, value: String| {
            facts.push((language.of(english, french).to_owned(), value));
        };
        fact("Program", "Programme", program.into());
        fact("Time of the run (UTC)", "Heure de l'examen (UTC)", rfc3339(run.run_at));
        fact("Judged as of", "Jugé à la date du", rfc3339(now));
        run.folders.iter().for_each(|folder| fact("Folder", "Dossier", shown(folder)));
        fact("Files", "Fichiers", run.files.to_string());
        let mut packs = Vec::new();
        for ((path, digest), pack) in run.basis.sources.iter().zip(run.basis.store.packs()) {
            let digest = hex(digest);
            fact("Trust pack", "Fichier de confiance", pack_words(path, pack, now, &digest, language));
            packs.push(pack_json(path, pack, now, &digest));
            for list in pack.statuses() {
                let old = if list.is_old(now) { language.of(", OLD", ", ANCIENNE") } else { "" };
                let name = format!("{}/{}", list.authority(), list.number());
                let age = age(list.as_of(), now, language);
                fact("Status list", "Liste d'état", format!("{name}: {} ({age}{old})", rfc3339(list.as_of())));
            }
        }
        if let Some(age) = run.max_age {
            fact("Age of status lists", "Âge des listes d'état", basis::age_words(age, language));
        }
        run.proofs.iter().for_each(|proof| fact("Inclusion proof", "Preuve d'inscription", shown(proof)));
        if let Some((path, digest, rows)) = run.applicants {
            let unit = language.of("rows", "lignes");
            let value = format!("{}, {rows} {unit}, SHA-256 {}", shown(path), hex(&digest));
            fact("Applicants' list", "Liste des candidats", value);
        }
        if let Some((path, digest)) = run.previous {
            let value = format!("{}, SHA-256 {}", shown(path), hex(&digest));
            fact("Only changes since", "Seulement les changements depuis", value);
        }
        let json = json!({
            "record": "about",
            "report_version": 1,
            "program": program,
            "run_at": rfc3339(run.run_at),
            "judged_as_of": rfc3339(now),
            "folders": run.folders.iter().map(|folder| folder.to_string_lossy()).collect::<Vec<_>>(),
            "files": run.files,
            "packs": packs,
            "max_age_days": run.max_age.map(max_age),
            "proofs": run.proofs.iter().map(|proof| proof.to_string_lossy()).collect::<Vec<_>>(),
            "applicants": run.applicants.map(|(path, digest, rows)| json!({
                "file": path.to_string_lossy(), "sha256": hex(&digest), "rows": rows,
            })),
            "previous": run.previous.map(|(path, digest)| json!({
                "file": path.to_string_lossy(), "sha256": hex(&digest),
            })),
        });
        Self { facts, json }
    }
}

fn pack_words(path: &Path, pack: &Pack, now: UnixTime, digest: &str, language: Language) -> String {
    let list = pack.trust().claims();
    let (owner, issued) = (safe::isolated(list.owner.as_str()), rfc3339(list.issued));
    let (age, root) = (age(list.issued, now, language), hex(pack.trust().root()));
    let old = if now > list.next_update {
        language.of(", a newer one was due", ", une plus récente était due")
    } else {
        ""
    };
    let (version, on, root_word) =
        (language.of("version", "version"), language.of("of", "du"), language.of("root", "racine"));
    format!(
        "{}: {owner}, {version} {} {on} {issued} ({age}{old}), {root_word} {root}, SHA-256 {digest}",
        shown(path),
        list.version
    )
}

fn pack_json(path: &Path, pack: &Pack, now: UnixTime, digest: &str) -> Value {
    let list = pack.trust().claims();
    let statuses = pack.statuses().iter().map(|list| {
        json!({
            "authority": list.authority(), "number": list.number(),
            "as_of": rfc3339(list.as_of()), "old": list.is_old(now),
        })
    });
    json!({
        "file": path.to_string_lossy(),
        "sha256": digest,
        "owner": list.owner.as_str(),
        "version": list.version,
        "issued": rfc3339(list.issued),
        "next_update": rfc3339(list.next_update),
        "age_days": now.saturating_sub(list.issued) / DAY,
        "root": hex(pack.trust().root()),
        "status_lists": statuses.collect::<Vec<_>>(),
    })
}

fn age(since: UnixTime, now: UnixTime, language: Language) -> String {
    let days = language.days(now.saturating_sub(since) / DAY);
    match language {
        Language::En => format!("{days} old"),
        Language::Fr => format!("il y a {days}"),
    }
}

/// As `--max-age` takes it.
fn max_age(age: StatusAge) -> Value {
    match age {
        StatusAge::AtMost(seconds) => (seconds / DAY).into(),
        StatusAge::Any => "none".into(),
        StatusAge::AsListed => Value::Null,
    }
}

fn shown(path: &Path) -> String {
    safe::escaped(&path.to_string_lossy())
}

const DAY: u64 = 86_400;
