//! Trust packs: files that the user names, opened under the roots that the user holds.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use credential_core::answer::FaultCode;
use credential_core::lists::{ListPlace, StatusList};
use credential_core::time::UnixTime;
use credential_core::{Anchor, Pack, TrustStore};
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
    /// An anchor of a store of which no generation can be read.
    BothGenerations,
    /// A store of the layout before this one.
    OlderLayout,
}

/// What a run has loaded.
pub(crate) struct Loaded {
    pub(crate) store: TrustStore,
    /// Of each pack its file, or the folder in which it is held, and the SHA-256 of the bytes that were opened.
    pub(crate) sources: Vec<(PathBuf, [u8; 32])>,
    /// What is told of each.
    pub(crate) told: Vec<String>,
}

/// Loads what a store holds and the packs given, as one set; one that is refused refuses all, and none at all is no trust.
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
    let given = files.iter().map(|file| opened(file)).collect::<Result<Vec<_>, _>>()?;
    let held = folder.map(|folder| held(folder, roots)).transpose()?;
    let mut loaded = Loaded { store: TrustStore::new(), sources: vec![], told: vec![] };
    if let Some(held) = &held {
        loaded.store = held.trust();
        for one in &held.anchors {
            loaded.told.extend(introduce_held(one, now, language));
            loaded.sources.push((one.folder.clone(), one.sha256()));
        }
    }
    roots.iter().for_each(|root| loaded.store.hold(*root));
    if held.is_none() && roots.is_empty() {
        loaded.store.hold(*common_root(&given).unwrap_or(&NO_ROOT));
    }
    for (pack, _) in &given {
        loaded.store.add(pack.clone());
    }
    let places: Vec<_> = given.iter().map(|(pack, _)| loaded.store.place(pack.trust())).collect();
    if let Some(refusal) = nothing_reached(files, &given, &places).filter(|_| held.is_none()) {
        return Err(refusal);
    }
    for ((file, (pack, sha256)), place) in files.iter().zip(given).zip(places) {
        loaded.told.extend(introduce(file, &pack, !roots.is_empty() || held.is_some(), now, language));
        loaded.told.extend(place_words(place, &pack, language).map(|words| format!("  {words}")));
        loaded.sources.push((file.clone(), sha256));
    }
    for state in loaded.store.states() {
        let Some(newest) = state.conflict() else { continue };
        let versions: Vec<_> =
            newest.map(|list| format!("{} ({})", list.claims().version, hex::hex(list.id().as_bytes()))).collect();
        let both = versions.join(language.of(" and ", " et "));
        loaded.told.push(match language {
            Language::En => format!(
                "CONFLICT: the trust lists of versions {both} contradict each other. Nothing is said of their documents until a \
                 newer list decides."
            ),
            Language::Fr => format!(
                "CONFLIT : les listes de confiance des versions {both} se contredisent. Rien n'est dit de leurs documents avant \
                 qu'une liste plus récente ne tranche."
            ),
        });
    }
    Ok(loaded)
}

/// The root under which every one of these packs is on one line: then its roots are the ones that the user named.
fn common_root(given: &[(Pack, [u8; 32])]) -> Option<&[u8; 32]> {
    let leads = |root: &&[u8; 32]| {
        let mut store = TrustStore::new();
        store.hold(**root);
        given.iter().for_each(|(pack, _)| store.add(pack.clone()));
        given.iter().all(|(pack, _)| store.place(pack.trust()) != ListPlace::Foreign)
    };
    match given {
        [(one, _)] => Some(one.trust().root()),
        _ => given.iter().map(|(pack, _)| pack.trust().root()).find(leads),
    }
}

/// Where no pack is reached from the roots given, the first is refused.
fn nothing_reached(files: &[PathBuf], given: &[(Pack, [u8; 32])], places: &[ListPlace]) -> Option<Refusal> {
    let code = |place: &ListPlace| match place {
        ListPlace::Foreign => Some(FaultCode::TrustForeignRoot),
        ListPlace::LinkMissing => Some(FaultCode::TrustLinkMissing),
        ListPlace::Newest | ListPlace::Older(_) | ListPlace::Conflict | ListPlace::Void(_) => None,
    };
    let codes = places.iter().map(code).collect::<Option<Vec<_>>>()?;
    let (file, (pack, _)) = files.iter().zip(given).next()?;
    let fault = pack.refused(*codes.first()?);
    Some(Refusal { why: Refused::Pack(fault), file: Some((file.clone(), Fault::Refused)) })
}

/// What is told of a pack that is not the newest of its line.
pub(crate) fn place_words(place: ListPlace, pack: &Pack, language: Language) -> Option<String> {
    let root = hex::short(pack.trust().root());
    Some(match (place, language) {
        (ListPlace::Newest | ListPlace::Conflict, _) => return None,
        (ListPlace::Older(newest), Language::En) => {
            format!("It is older than what is known: version {newest} counts, and what this file adds to it.")
        }
        (ListPlace::Older(newest), Language::Fr) => {
            format!("Il est plus ancien que ce qui est connu : la version {newest} compte, avec ce que ce fichier y ajoute.")
        }
        (ListPlace::Foreign, Language::En) => format!(
            "Its root {root} is neither held nor given, so it adds nothing and its documents end as unknown. Give it with --root."
        ),
        (ListPlace::Foreign, Language::Fr) => format!(
            "Sa racine {root} n'est ni conservée ni donnée : il n'ajoute rien, et ses documents restent inconnus. Donnez-la avec --root."
        ),
        (ListPlace::LinkMissing, Language::En) => {
            "A link is missing: its roots were replaced by a list that is not here. Ask for the pack that carries all changes of roots.".into()
        }
        (ListPlace::LinkMissing, Language::Fr) => {
            "Un maillon manque : ses racines ont été remplacées par une liste qui n'est pas ici. Demandez le fichier qui porte tous les changements de racines.".into()
        }
        (ListPlace::Void(_), Language::En) => {
            "Its list changes what no later list may change (the scope of a key, or a mark on one): it counts for nothing.".into()
        }
        (ListPlace::Void(_), Language::Fr) => {
            "Sa liste change ce qu'aucune liste ultérieure ne peut changer (la portée d'une clé, ou une marque) : elle ne compte pas.".into()
        }
    })
}

/// What a store holds, of which one anchor that cannot be read refuses all.
pub(crate) fn held(folder: &Path, roots: &[[u8; 32]]) -> Result<Store, Refusal> {
    let refused = |why, path: &Path, fault| Refusal { why, file: Some((path.to_owned(), fault)) };
    let store = Store::open(folder).map_err(|damage| match damage {
        Damage::Both(anchor) => refused(Refused::Here(FaultCode::PackMalformed), &anchor, Fault::BothGenerations),
        Damage::OlderLayout(anchor) => refused(Refused::NoTrust, &anchor, Fault::OlderLayout),
        Damage::TooMuch => refused(Refused::Here(FaultCode::PackMalformed), folder, Fault::TooLarge),
        Damage::Failed(kind) => refused(Refused::NoTrust, folder, Fault::Unreadable(kind)),
        Damage::Busy => refused(Refused::NoTrust, folder, Fault::Unreadable(std::io::ErrorKind::ResourceBusy)),
    })?;
    if store.anchors.is_empty() {
        return Err(refused(Refused::NoTrust, folder, Fault::EmptyStore));
    }
    for held in store.anchors.iter().filter(|_| !roots.is_empty()) {
        if !roots.contains(held.root()) {
            return Err(refused(Refused::Here(FaultCode::TrustForeignRoot), &held.folder, Fault::Refused));
        }
    }
    Ok(store)
}

/// Opens one pack. Without `roots`, the file's own are taken.
pub(crate) fn pack(file: &Path, roots: &[[u8; 32]]) -> Result<Pack, Refusal> {
    let (pack, _) = opened(file)?;
    let leads = |root: &[u8; 32]| {
        let mut store = TrustStore::new();
        store.hold(*root);
        store.add(pack.clone());
        !matches!(store.place(pack.trust()), ListPlace::Foreign | ListPlace::LinkMissing)
    };
    if roots.is_empty() || roots.iter().any(leads) {
        return Ok(pack);
    }
    let why = Refused::Pack(pack.refused(FaultCode::TrustForeignRoot));
    Err(Refusal { why, file: Some((file.to_owned(), Fault::Refused)) })
}

/// A pack whose objects are well made, whoever its roots are, and the SHA-256 of the bytes that were opened.
pub(crate) fn opened(file: &Path) -> Result<(Pack, [u8; 32]), Refusal> {
    let bytes = bytes(file)?;
    let refused = |why| Refusal { why, file: Some((file.to_owned(), Fault::Refused)) };
    let pack = Pack::open(&bytes, Anchor::Held).map_err(|fault| refused(Refused::Pack(fault)))?;
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
fn bytes(file: &Path) -> Result<Vec<u8>, Refusal> {
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
                    "this store holds nothing yet. Install a pack: verifier trust add --store DIR FILE.sceau --root HEX.",
                    "ce dépôt est encore vide. Installez un fichier : verifier trust add --store DIR FICHIER.sceau --root HEX.",
                )
                .into(),
            Fault::OlderLayout => language
                .of(
                    "this store was made by an older version of this program, which kept less. Move it away and add its packs anew: verifier trust add --store DIR FILE.sceau --root HEX.",
                    "ce dépôt vient d'une version antérieure de ce programme, qui conservait moins. Déplacez-le et ajoutez de nouveau ses fichiers : verifier trust add --store DIR FICHIER.sceau --root HEX.",
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
    let root = hex::short(held.root());
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

/// No list has these roots: nothing is held.
const NO_ROOT: [u8; 32] = [0; 32];
/// The most bytes of a pack (PCK-1).
const MOST: u64 = 32 << 20;
