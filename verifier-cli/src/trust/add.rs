//! `verifier trust add`: takes packs into a store, or says why it does not.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use credential_core::answer::FaultCode;
use credential_core::lists::{ListPlace, TrustState};
use credential_core::time::UnixTime;
use credential_core::{Pack, TrustStore};

use crate::judged::Refused;
use crate::language::Language;
use crate::load::{self, place_words, recovered};
use crate::store::{self, Damage, Store};
use crate::{clock, hex, safe, tell};

/// Takes trust packs into a store: what they say is added to what is held, and nothing that was held is lost.
///
/// The store keeps, for each country's roots, everything that can still count, in two generations. It changes only after
/// every check has passed, and then as a whole.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Folder of the store; it is made if there is none
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Root fingerprint that you trust (64 hexadecimal digits), for the first pack of a country
    #[arg(long, value_name = "HEX", value_parser = hex::fingerprint, conflicts_with = "accept_root")]
    root: Option<[u8; 32]>,
    /// Show the root fingerprint of a country's first pack, and install it if you type its first eight digits
    #[arg(long)]
    accept_root: bool,
    /// Country for which these roots may speak, such as BJ; needed if their list names several. May be given several times
    #[arg(long, value_name = "XX", value_parser = super::country)]
    country: Vec<String>,
    /// Authority of it that counts although another one of the store looks the same. May be given several times
    #[arg(long, value_name = "ID")]
    pair: Vec<String>,
    /// Reckon ages from this time instead of now
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    at: Option<UnixTime>,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// The trust packs; files that lead on only together are given together
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Why a store was not changed.
enum Stop {
    Load(load::Refusal),
    Damage(Damage),
    /// The list of this file does not count.
    Place(usize, ListPlace, Box<Pack>),
    /// Authorities of it look like some that are held under other roots.
    Rivals(Vec<String>),
    /// The first list of some roots names several countries.
    Countries(Vec<String>),
    /// It is the first pack of its roots, and they were not confirmed.
    NotConfirmed(Box<Pack>),
    /// It is the first pack of its roots, and others were given.
    OtherRoot(Box<Pack>),
}

/// Takes the packs in. The result is the exit status: 2 if the store was left as it was for a reason.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let now = arguments.at.unwrap_or_else(clock::now);
    match add(arguments, now) {
        Ok(said) => {
            let mut out = io::stdout().lock();
            said.iter().try_for_each(|text| writeln!(out, "{text}"))?;
            out.flush()?;
            Ok(0)
        }
        Err(stop) => {
            tell(&format!("verifier: {}", stop.sentence(arguments)));
            Ok(2)
        }
    }
}

/// What was done with an anchor.
enum Done {
    Unchanged,
    Installed,
    Added { from: u32, root_changed: bool },
}

fn add(arguments: &Arguments, now: UnixTime) -> Result<Vec<String>, Stop> {
    let packs = arguments.files.iter().map(|file| load::opened(file).map(|(pack, _)| pack));
    let packs = packs.collect::<Result<Vec<_>, _>>().map_err(Stop::Load)?;
    let _lock = store::lock(&arguments.store).map_err(Stop::Damage)?;
    let store = Store::open(&arguments.store).map_err(Stop::Damage)?;
    store.tidy();
    for held in store.anchors.iter().filter(|held| held.recovered) {
        let folder = safe::escaped(&held.folder.to_string_lossy());
        tell(&format!("verifier: {folder}:{}", &recovered(arguments.lang)[1..]));
    }
    let mut trust = store.trust();
    packs.iter().for_each(|pack| trust.add(pack.clone()));
    arguments.pair.iter().for_each(|id| trust.pair(id));
    hold_new_root(&mut trust, &packs, arguments)?;
    for (at, pack) in packs.iter().enumerate() {
        match trust.place(pack.trust()) {
            ListPlace::Newest | ListPlace::Older(_) | ListPlace::Conflict => {}
            place => return Err(Stop::Place(at, place, pack.clone().into())),
        }
    }
    let rivals: Vec<_> = trust.rivals().map(Into::into).collect();
    if !rivals.is_empty() {
        return Err(Stop::Rivals(rivals));
    }
    write_down(&store, &trust, &packs, arguments, now)
}

/// The first pack of some roots: they are the ones that the user gave, or confirms now.
fn hold_new_root(trust: &mut TrustStore, packs: &[Pack], arguments: &Arguments) -> Result<(), Stop> {
    let is_foreign = |trust: &TrustStore, pack: &Pack| trust.place(pack.trust()) == ListPlace::Foreign;
    let Some(pack) = packs.iter().find(|pack| is_foreign(trust, pack)) else { return Ok(()) };
    let root = match arguments.root {
        Some(root) => root,
        None if !arguments.accept_root => return Err(Stop::NotConfirmed(pack.clone().into())),
        None => confirmed(pack, arguments)?,
    };
    trust.hold(root);
    if is_foreign(trust, pack) { Err(Stop::OtherRoot(pack.clone().into())) } else { Ok(()) }
}

fn confirmed(pack: &Pack, arguments: &Arguments) -> Result<[u8; 32], Stop> {
    let (language, root) = (arguments.lang, pack.trust().root());
    let owner = safe::isolated(pack.trust().claims().owner.as_str());
    tell(&format!("{owner}: {} {}", language.of("root", "racine"), hex::hex(root)));
    tell(language.of(
        "Compare it with what its owner publishes by another way. To trust it, type its first eight digits:",
        "Comparez-la avec ce que son propriétaire publie par une autre voie. Pour vous y fier, tapez ses huit premiers chiffres :",
    ));
    let mut typed = String::new();
    let _ = io::Read::take(io::stdin().lock(), 256).read_line(&mut typed);
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    if typed == hex::hex(&root[..4]) { Ok(*root) } else { Err(Stop::NotConfirmed(pack.clone().into())) }
}

fn write_down(
    store: &Store,
    trust: &TrustStore,
    packs: &[Pack],
    arguments: &Arguments,
    now: UnixTime,
) -> Result<Vec<String>, Stop> {
    let touches =
        |state: &&TrustState| packs.iter().any(|pack| state.lists().any(|list| list.id() == pack.trust().id()));
    let mut said = Vec::new();
    for state in trust.states().iter().filter(touches) {
        let done = match store.held_of(state) {
            Some(held) => {
                let before = (held.pack.trust().claims().version, *held.root());
                let changed = store.keep(held, trust, state, clock::now()).map_err(Stop::Damage)?;
                for id in &arguments.pair {
                    store.allow(held, None, Some(id)).map_err(Stop::Damage)?;
                }
                let root_changed = before.1 != *state.root();
                if changed { Done::Added { from: before.0, root_changed } } else { Done::Unchanged }
            }
            None => {
                let countries = countries(state, arguments)?;
                store.install(trust, state, countries, clock::now()).map_err(Stop::Damage)?;
                Done::Installed
            }
        };
        said.push(said_of(trust, state, &done, now, arguments.lang));
    }
    for (file, pack) in arguments.files.iter().zip(packs) {
        let place = place_words(trust.place(pack.trust()), pack, arguments.lang);
        said.extend(place.map(|words| format!("{}: {words}", safe::escaped(&file.to_string_lossy()))));
    }
    Ok(said)
}

/// For which countries new roots may speak: the only one of their list, or those that the user names.
fn countries(state: &TrustState, arguments: &Arguments) -> Result<Vec<String>, Stop> {
    let named: BTreeSet<_> = state.authorities().map(|one| one.country.clone()).collect();
    match arguments.country.as_slice() {
        [] if named.len() > 1 => Err(Stop::Countries(named.into_iter().collect())),
        [] => Ok(named.into_iter().collect()),
        given => Ok(given.to_vec()),
    }
}

fn said_of(trust: &TrustStore, state: &TrustState, done: &Done, now: UnixTime, language: Language) -> String {
    let list = state.newest().claims();
    let (owner, issued) = (safe::isolated(list.owner.as_str()), language.day(list.issued));
    let age = language.days(now.saturating_sub(list.issued) / 86_400);
    let what = match (done, language) {
        (Done::Unchanged, Language::En) => "held already".to_owned(),
        (Done::Unchanged, Language::Fr) => "déjà conservé".to_owned(),
        (Done::Installed, Language::En) => "installed".to_owned(),
        (Done::Installed, Language::Fr) => "installé".to_owned(),
        (Done::Added { from, .. }, Language::En) => format!("updated from version {from}"),
        (Done::Added { from, .. }, Language::Fr) => format!("mis à jour depuis la version {from}"),
    };
    let root = hex::short(state.root());
    let mut text = match language {
        Language::En => format!("{owner}: version {} of {issued} ({age} old), {what}; root {root}", list.version),
        Language::Fr => format!("{owner} : version {} du {issued} ({age}), {what} ; racine {root}", list.version),
    };
    if matches!(done, Done::Added { root_changed: true, .. }) {
        text += language.of(
            "\nIts roots were replaced, and the former ones signed it too. From now on only the new ones count.",
            "\nSes racines ont été remplacées, et les anciennes l'ont signé aussi. Désormais seules les nouvelles comptent.",
        );
    }
    if state.conflict().is_some() {
        text += language.of(
            "\nCONFLICT: two lists contradict each other. Nothing is said of their documents until a newer list decides. \
             Tell its owner: verifier trust show --evidence.",
            "\nCONFLIT : deux listes se contredisent. Rien n'est dit de leurs documents avant qu'une liste plus récente ne \
             tranche. Signalez-le à leur propriétaire : verifier trust show --evidence.",
        );
    }
    let statuses = trust.packs().flat_map(Pack::statuses);
    let mut shown = BTreeSet::new();
    let of_state = |id: &str| state.authorities().any(|one| one.id == id);
    let mut newest: Vec<_> = statuses.filter(|list| of_state(list.authority())).collect();
    newest.sort_by_key(|list| (list.authority(), list.number(), std::cmp::Reverse((list.seq(), list.as_of()))));
    for status in newest.into_iter().filter(|list| shown.insert((list.authority(), list.number()))) {
        let (name, day) = (format!("{}/{}", status.authority(), status.number()), language.day(status.as_of()));
        let age = language.days(now.saturating_sub(status.as_of()) / 86_400);
        let line = match language {
            Language::En => format!("\n  status list {name}, as of {day} ({age} old)"),
            Language::Fr => format!("\n  liste d'état {name}, état du {day} ({age})"),
        };
        text += &line;
    }
    text
}

impl Stop {
    /// What was found and what to do, in one line; the store is as it was.
    fn sentence(&self, arguments: &Arguments) -> String {
        let language = arguments.lang;
        let name = |at: usize| safe::escaped(&arguments.files[at].to_string_lossy()).to_string();
        let stays = language.of("The store is as it was.", "Le dépôt n'a pas changé.");
        match self {
            Self::Load(refusal) => format!("{} {stays}", refusal.sentence(language)),
            Self::Damage(damage) => damaged(damage, &arguments.store, language),
            Self::Place(at, place, pack) => {
                let words = place_words(*place, pack, language).unwrap_or_default();
                format!("{}: {words} {stays}", name(*at))
            }
            Self::Rivals(ids) => {
                let ids = ids.join(", ");
                match language {
                    Language::En => format!(
                        "WARNING: {ids} would be named under two different roots, or look alike, so none of them would count. \
                         Somebody may have made a file to deceive you. Ask the authority itself, never the holder of a paper; \
                         if both are right, give --pair ID. {stays}"
                    ),
                    Language::Fr => format!(
                        "ATTENTION : {ids} seraient nommés sous deux racines différentes, ou se ressemblent : aucun ne compterait. \
                         Quelqu'un a peut-être fait un fichier pour vous tromper. Demandez à l'autorité même, jamais au porteur \
                         d'un papier ; si les deux sont justes, donnez --pair ID. {stays}"
                    ),
                }
            }
            Self::Countries(countries) => {
                let list = countries.join(", ");
                match language {
                    Language::En => format!(
                        "its list names authorities of several countries: {list}. Say for which its roots may speak: --country XX. {stays}"
                    ),
                    Language::Fr => format!(
                        "sa liste nomme des autorités de plusieurs pays : {list}. Dites pour lesquels ses racines répondent : --country XX. {stays}"
                    ),
                }
            }
            Self::NotConfirmed(pack) => {
                let root = hex::hex(pack.trust().root());
                match language {
                    Language::En => format!(
                        "{}: nothing is held of its owner yet, and its root {root} is not confirmed. Compare it with what \
                         the owner publishes, then give it with --root. {stays}",
                        name(0)
                    ),
                    Language::Fr => format!(
                        "{} : rien n'est encore conservé de son propriétaire, et sa racine {root} n'est pas confirmée. \
                         Comparez-la avec ce qu'il publie, puis donnez-la avec --root. {stays}",
                        name(0)
                    ),
                }
            }
            Self::OtherRoot(pack) => {
                let root = hex::hex(pack.trust().root());
                let words = language.fault(FaultCode::TrustForeignRoot);
                format!("{}: {words} ({}: {root}) {stays}", name(0), language.of("its root", "sa racine"))
            }
        }
    }
}

/// What is said of a store that cannot be used.
pub(super) fn damaged(damage: &Damage, folder: &Path, language: Language) -> String {
    let name = safe::escaped(&folder.to_string_lossy());
    let refused =
        |why, path: &Path, fault| load::Refusal { why, file: Some((path.to_owned(), fault)) }.sentence(language);
    match damage {
        Damage::Both(anchor) => refused(Refused::Here(FaultCode::PackMalformed), anchor, load::Fault::BothGenerations),
        Damage::OlderLayout(anchor) => refused(Refused::NoTrust, anchor, load::Fault::OlderLayout),
        Damage::TooMuch => language
            .of(
                "what is known would be larger than a pack may be. What was held serves on.",
                "ce qui est connu dépasserait la taille d'un fichier de confiance. Ce qui était conservé sert encore.",
            )
            .into(),
        Damage::Failed(kind) => match language {
            Language::En => format!("{name}: the store cannot be read or written: {kind}. What was held serves on."),
            Language::Fr => {
                format!("{name} : le dépôt ne peut être lu ou écrit : {kind}. Ce qui était conservé sert encore.")
            }
        },
        Damage::Busy => match language {
            Language::En => format!("{name}: another program is updating this store; wait until it has ended."),
            Language::Fr => format!("{name} : un autre programme met ce dépôt à jour ; attendez qu'il ait fini."),
        },
    }
}

const AFTER_HELP: &str = "\
Packs only add: a newer list, rotations, status lists, registers. An older file adds what it has and takes nothing away. A list whose roots are neither held nor given, or that changes what no later list may change, is refused by name.

Exit status: 0 if what the files say is held now, 2 if the store was left as it was.

Examples:
  verifier trust add --store ~/sceau benin.sceau --root 6f02567992db0c3b1a1f318476eb83258929b99cb8b747eec3d4aae8f10c85db
  verifier trust add --store ~/sceau benin-2.sceau";
