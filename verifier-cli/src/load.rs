//! Trust packs: files that the user names, opened under the roots that the user holds.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use credential_core::{Anchor, FaultCode, Pack, PackFault, StatusList, TrustStore, UnixTime};
use sha2::{Digest, Sha256};

use crate::judged::Refused;
use crate::language::Language;
use crate::safe;
use crate::store::{Damage, Held, Store};
use crate::{clock, hex};

/// Why a run ended before any paper was looked at.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The outcome of every input of the run.
    pub(crate) why: Refused,
    /// The file that was refused, and what was found where a file was meant to be.
    pub(crate) file: Option<(PathBuf, Fault)>,
}

/// What is wrong with a pack file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is none, or it cannot be opened.
    Unreadable(std::io::ErrorKind),
    /// A folder, a device or a pipe.
    NotAFile,
    /// Larger than any pack.
    TooLarge,
    /// It was read and refused.
    Refused,
    /// This status list of it is dated so far ahead of the clock.
    Ahead(Box<str>, UnixTime),
    /// A store without anything in it.
    EmptyStore,
    /// It names an authority that the store holds under other roots.
    Rival,
    /// A country of a store of which no generation can be read.
    BothGenerations,
}

/// What a run has loaded.
pub(crate) struct Loaded {
    pub(crate) store: TrustStore,
    /// Of each pack its file, or the folder in which it is held, and the SHA-256 of the bytes that were opened.
    pub(crate) sources: Vec<(PathBuf, [u8; 32])>,
    /// What is told of each.
    pub(crate) told: Vec<String>,
}

/// Loads what a store holds and then the packs in the order given; one that is refused refuses all, and none at all is no
/// trust.
pub(crate) fn all(
    folder: Option<&Path>,
    files: &[PathBuf],
    roots: &[[u8; 32]],
    now: UnixTime,
    language: Language,
) -> Result<Loaded, Refusal> {
    if files.is_empty() && folder.is_none() {
        return Err(Refusal { why: Refused::NoTrust, file: None });
    }
    let given = files.iter().map(|file| opened(file, roots)).collect::<Result<Vec<_>, _>>()?;
    let held = folder.map(|folder| held(folder, roots)).transpose()?;
    for (file, (pack, _)) in files.iter().zip(&given) {
        if held.as_ref().is_some_and(|store| store.rivals(pack).next().is_some()) {
            let why = Refused::Here(FaultCode::TrustForeignRoot);
            return Err(Refusal { why, file: Some((file.to_owned(), Fault::Rival)) });
        }
    }
    let mut loaded = Loaded { store: TrustStore::new(), sources: vec![], told: vec![] };
    for held in held.map(|store| store.countries).unwrap_or_default() {
        loaded.told.extend(introduce_held(&held, now, language));
        loaded.sources.push((held.folder.clone(), held.sha256()));
        loaded.store.add(if held.recovered { held.pack.overtaken() } else { held.pack });
    }
    for (file, (pack, sha256)) in files.iter().zip(given) {
        loaded.told.extend(introduce(file, &pack, !roots.is_empty(), now, language));
        loaded.sources.push((file.clone(), sha256));
        loaded.store.add(pack);
    }
    Ok(loaded)
}

/// What a store holds, of which one country that cannot be read refuses all.
pub(crate) fn held(folder: &Path, roots: &[[u8; 32]]) -> Result<Store, Refusal> {
    let refused = |why, path: &Path, fault| Refusal { why, file: Some((path.to_owned(), fault)) };
    let store = Store::open(folder).map_err(|damage| match damage {
        Damage::Both(country) => refused(Refused::Here(FaultCode::PackMalformed), &country, Fault::BothGenerations),
        Damage::Failed(kind) => refused(Refused::NoTrust, folder, Fault::Unreadable(kind)),
        Damage::Busy => refused(Refused::NoTrust, folder, Fault::Unreadable(std::io::ErrorKind::ResourceBusy)),
    })?;
    if store.countries.is_empty() {
        return Err(refused(Refused::NoTrust, folder, Fault::EmptyStore));
    }
    for held in store.countries.iter().filter(|_| !roots.is_empty()) {
        if !roots.contains(held.pack.trust().root()) {
            return Err(refused(Refused::Here(FaultCode::TrustForeignRoot), &held.folder, Fault::Refused));
        }
    }
    Ok(store)
}

/// Opens one pack. Without `roots`, the file's own are taken.
pub(crate) fn pack(file: &Path, roots: &[[u8; 32]]) -> Result<Pack, Refusal> {
    opened(file, roots).map(|(pack, _)| pack)
}

/// The same with the SHA-256 of the bytes that were opened.
fn opened(file: &Path, roots: &[[u8; 32]]) -> Result<(Pack, [u8; 32]), Refusal> {
    let bytes = bytes(file)?;
    let anchors: Vec<_> = match roots {
        [] => vec![Anchor::AsCarried],
        roots => roots.iter().map(|root| Anchor::Fingerprint(*root)).collect(),
    };
    let mut opened = anchors.into_iter().map(|anchor| Pack::open(&bytes, anchor));
    let is_foreign =
        |pack: &Result<Pack, PackFault>| pack.as_ref().is_err_and(|fault| fault.code() == FaultCode::TrustForeignRoot);
    let mut decided = opened.next();
    while decided.as_ref().is_some_and(is_foreign) {
        match opened.next() {
            Some(next) => decided = Some(next),
            None => break,
        }
    }
    let refused = |why| Refusal { why, file: Some((file.to_owned(), Fault::Refused)) };
    let foreign = refused(Refused::Here(FaultCode::TrustForeignRoot));
    let pack = decided.ok_or(foreign)?.map_err(|fault| refused(Refused::Pack(fault)))?;
    if let Some(list) = pack.ahead_of(clock::now()) {
        return Err(ahead(file, list));
    }
    Ok((pack, Sha256::digest(&bytes).into()))
}

/// A pack with a status list of tomorrow.
fn ahead(file: &Path, list: &StatusList) -> Refusal {
    let name = format!("{}/{}", list.authority(), list.number());
    let fault = Fault::Ahead(name.into(), list.as_of());
    Refusal { why: Refused::Here(FaultCode::StatusAhead), file: Some((file.to_owned(), fault)) }
}

/// The bytes of a pack file, unread.
pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>, Refusal> {
    read(file).map_err(|fault| {
        let why = if fault == Fault::TooLarge { Refused::Here(FaultCode::PackMalformed) } else { Refused::NoTrust };
        Refusal { why, file: Some((file.to_owned(), fault)) }
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let unreadable = |error: std::io::Error| Fault::Unreadable(error.kind());
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Fault::NotAFile);
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > MOST { Err(Fault::TooLarge) } else { Ok(bytes) }
}

impl Refusal {
    /// What was refused, why, and what to do, in one line.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let step = self.why.next_step(language).unwrap_or_default();
        let words = self.why.words(language);
        let Some((file, fault)) = &self.file else {
            return format!("{words} {step}");
        };
        let found = match fault {
            Fault::Unreadable(kind) => format!("{} ({kind}).", language.of("cannot be read", "illisible")),
            Fault::NotAFile => language.of("is not a file.", "n'est pas un fichier.").into(),
            Fault::TooLarge => language.of("is larger than 32 MiB.", "dépasse 32 Mio.").into(),
            Fault::Refused => self.why.place(language).unwrap_or_default(),
            Fault::Ahead(list, as_of) => match language {
                Language::En => format!("status list {list} is dated {}.", language.day(*as_of)),
                Language::Fr => format!("la liste d'état {list} est datée du {}.", language.day(*as_of)),
            },
            Fault::EmptyStore => language
                .of(
                    "this store holds nothing yet. Install a pack: verifier trust update --store DIR FILE.sceau --root HEX.",
                    "ce dépôt est encore vide. Installez un fichier : verifier trust update --store DIR FICHIER.sceau --root HEX.",
                )
                .into(),
            Fault::Rival => language
                .of(
                    "it names an authority that the store holds under other roots. Somebody may have made it to deceive you.",
                    "il nomme une autorité que le dépôt conserve sous d'autres racines. Quelqu'un l'a peut-être fait pour vous tromper.",
                )
                .into(),
            Fault::BothGenerations => language
                .of(
                    "both generations of what was held are damaged. Remove this folder and install the pack again.",
                    "les deux générations conservées sont endommagées. Supprimez ce dossier et réinstallez le fichier.",
                )
                .into(),
        };
        let file = safe::escaped(&file.to_string_lossy());
        let parts = [&*found, words, step];
        format!("{file}: {}", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

/// What is told of each pack that was loaded: owner, version, dates, and whose word its roots are.
fn introduce(file: &Path, pack: &Pack, held: bool, now: UnixTime, language: Language) -> Vec<String> {
    let list = pack.trust().claims();
    let (owner, issued) = (safe::isolated(list.owner.as_str()), language.day(list.issued));
    let file = safe::escaped(&file.to_string_lossy());
    let root = hex::short(pack.trust().root());
    let mut lines = match language {
        Language::En => vec![format!("Trust pack {file}: {owner}, version {}, issued on {issued}.", list.version)],
        Language::Fr => {
            vec![format!("Fichier de confiance {file} : {owner}, version {}, émis le {issued}.", list.version)]
        }
    };
    lines.push(match (held, language) {
        (true, Language::En) => format!("  Root {root}: the one you gave."),
        (true, Language::Fr) => format!("  Racine {root} : celle que vous avez donnée."),
        (false, Language::En) => {
            format!("  Root {root}: taken from the file. Compare it with what its owner publishes, then use --root.")
        }
        (false, Language::Fr) => {
            format!("  Racine {root} : prise dans le fichier. Comparez avec ce que publie l'émetteur, puis --root.")
        }
    });
    lines.extend(age(pack, now, language));
    lines
}

/// What is told of each country of a store.
fn introduce_held(held: &Held, now: UnixTime, language: Language) -> Vec<String> {
    let list = held.pack.trust().claims();
    let (owner, issued) = (safe::isolated(list.owner.as_str()), language.day(list.issued));
    let folder = safe::escaped(&held.folder.to_string_lossy());
    let root = hex::short(held.pack.trust().root());
    let mut lines = match language {
        Language::En => vec![
            format!("Held in {folder}: {owner}, version {}, issued on {issued}.", list.version),
            format!("  Root {root}: the one that this store trusts."),
        ],
        Language::Fr => vec![
            format!("Conservé dans {folder} : {owner}, version {}, émis le {issued}.", list.version),
            format!("  Racine {root} : celle à laquelle ce dépôt se fie."),
        ],
    };
    lines.extend(held.recovered.then(|| recovered(language).to_owned()));
    lines.extend(age(&held.pack, now, language));
    lines
}

/// What is told where a generation is lost.
pub(crate) fn recovered(language: Language) -> &'static str {
    language.of(
        "  One of its two generations is damaged or missing; the other serves, and counts as old. Update it again.",
        "  L'une de ses deux générations est endommagée ou manque ; l'autre sert et compte comme ancienne. Mettez-la à jour.",
    )
}

/// What is told of a list that is of tomorrow, or overdue.
fn age(pack: &Pack, now: UnixTime, language: Language) -> Option<String> {
    let list = pack.trust().claims();
    if now < list.issued {
        let english =
            "  The clock stands before the day of this list: the ages shown are wrong. Set the clock, or use --at.";
        let french =
            "  L'horloge est en retard sur la date de cette liste : les âges affichés sont faux. Réglez-la, ou --at.";
        Some(language.of(english, french).into())
    } else if now > list.next_update {
        let (due, age) = (language.day(list.next_update), language.days((now - list.issued) / 86_400));
        Some(match language {
            Language::En => {
                format!("  A newer list was due on {due}; this one is {age} old. Until then all statuses count as old.")
            }
            Language::Fr => format!(
                "  Une liste plus récente était due le {due} ; celle-ci a {age}. D'ici là, tous les états comptent comme anciens."
            ),
        })
    } else {
        None
    }
}

/// The most bytes of a pack (PCK-1).
const MOST: u64 = 32 << 20;
