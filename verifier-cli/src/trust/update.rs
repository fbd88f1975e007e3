//! `verifier trust update`: takes a pack into a store, or says why it does not.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use credential_core::{FaultCode, Followed, Pack, Unfollowed, UnixTime};

use crate::judged::Refused;
use crate::language::Language;
use crate::load::{self, recovered};
use crate::store::{self, Damage, Store, Update};
use crate::{clock, hex, safe, tell};

/// Takes a newer trust pack into a store, so that nothing older is ever believed again.
///
/// The store keeps the highest versions seen of each country, in two generations. It changes only after every check of the
/// new pack has passed, and then as a whole.
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
    /// Reckon ages from this time instead of now
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    at: Option<UnixTime>,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// The new trust pack
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Why a store was not changed.
enum Stop {
    Load(load::Refusal),
    Damage(Damage),
    Unfollowed(Unfollowed),
    FormerRoots,
    /// An authority of it is held under other roots.
    Rival,
    /// It is a country's first pack, and its root was not confirmed.
    NotConfirmed(Box<Pack>),
    /// It is a country's first pack, of another root than the one given.
    OtherRoot(Box<Pack>),
}

/// Takes the pack in. The result is the exit status: 2 if the store was left as it was for a reason.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let now = arguments.at.unwrap_or_else(clock::now);
    match update(arguments) {
        Ok((pack, done)) => {
            let mut out = io::stdout().lock();
            writeln!(out, "{}", said(&pack, &done, now, arguments.lang))?;
            out.flush()?;
            Ok(0)
        }
        Err(stop) => {
            tell(&format!("verifier: {}", stop.sentence(&arguments.file, &arguments.store, arguments.lang)));
            Ok(2)
        }
    }
}

/// What was done.
enum Done {
    Unchanged,
    Installed,
    Updated { from: u32, root_changed: bool },
}

fn update(arguments: &Arguments) -> Result<(Pack, Done), Stop> {
    let bytes = load::bytes(&arguments.file).map_err(Stop::Load)?;
    let _lock = store::lock(&arguments.store).map_err(Stop::Damage)?;
    let store = Store::open(&arguments.store).map_err(Stop::Damage)?;
    store.tidy();
    for held in store.countries.iter().filter(|held| held.recovered) {
        let folder = safe::escaped(&held.folder.to_string_lossy());
        tell(&format!("verifier: {folder}:{}", &recovered(arguments.lang)[1..]));
    }
    match store.judge(&bytes, clock::now()).map_err(Stop::Unfollowed)? {
        Update::Unchanged(at) => Ok((store.countries[at].pack.clone(), Done::Unchanged)),
        Update::Follows(at, followed) if store.rivals(&followed.pack).any(|rival| rival != at) => Err(Stop::Rival),
        Update::Follows(at, followed) => {
            let Followed { pack, bytes } = *followed;
            store.follow(at, &bytes, &pack).map_err(Stop::Damage)?;
            let before = store.countries[at].pack.trust();
            let root_changed = before.root() != pack.trust().root();
            Ok((pack, Done::Updated { from: before.claims().version, root_changed }))
        }
        Update::Former => Err(Stop::FormerRoots),
        Update::New(pack) if store.rivals(&pack).next().is_some() => Err(Stop::Rival),
        Update::New(pack) => {
            let pack = confirmed(pack, arguments)?;
            store.install(&bytes, &pack).map_err(Stop::Damage)?;
            Ok((*pack, Done::Installed))
        }
    }
}

/// A first pack, if its root is the one that the user gave or confirms now.
fn confirmed(pack: Box<Pack>, arguments: &Arguments) -> Result<Box<Pack>, Stop> {
    match arguments.root {
        Some(root) if root == *pack.trust().root() => return Ok(pack),
        Some(_) => return Err(Stop::OtherRoot(pack)),
        None if !arguments.accept_root => return Err(Stop::NotConfirmed(pack)),
        None => {}
    }
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
    if typed == hex::hex(&root[..4]) { Ok(pack) } else { Err(Stop::NotConfirmed(pack)) }
}

fn said(pack: &Pack, done: &Done, now: UnixTime, language: Language) -> String {
    let list = pack.trust().claims();
    let (owner, issued) = (safe::isolated(list.owner.as_str()), language.day(list.issued));
    let age = language.days(now.saturating_sub(list.issued) / 86_400);
    let what = match (done, language) {
        (Done::Unchanged, Language::En) => "held already".to_owned(),
        (Done::Unchanged, Language::Fr) => "déjà conservé".to_owned(),
        (Done::Installed, Language::En) => "installed".to_owned(),
        (Done::Installed, Language::Fr) => "installé".to_owned(),
        (Done::Updated { from, .. }, Language::En) => format!("updated from version {from}"),
        (Done::Updated { from, .. }, Language::Fr) => format!("mis à jour depuis la version {from}"),
    };
    let root = hex::short(pack.trust().root());
    let mut text = match language {
        Language::En => format!("{owner}: version {} of {issued} ({age} old), {what}; root {root}", list.version),
        Language::Fr => format!("{owner} : version {} du {issued} ({age}), {what} ; racine {root}", list.version),
    };
    if matches!(done, Done::Updated { root_changed: true, .. }) {
        text += language.of(
            "\nIts roots were replaced, and the former ones signed it too.",
            "\nSes racines ont été remplacées, et les anciennes l'ont signé aussi.",
        );
    }
    for status in pack.statuses() {
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
    fn sentence(&self, file: &Path, folder: &Path, language: Language) -> String {
        let file = safe::escaped(&file.to_string_lossy());
        let stays = language.of("The store is as it was.", "Le dépôt n'a pas changé.");
        match self {
            Self::Load(refusal) => refusal.sentence(language),
            Self::Damage(damage) => damaged(damage, folder, language),
            Self::Unfollowed(unfollowed) => format!("{file}: {} {stays}", unfollowed_words(unfollowed, language)),
            Self::FormerRoots => {
                let words = language.of(
                    "it is of roots that were replaced here before; an old list never comes back.",
                    "il relève de racines remplacées ici auparavant ; une ancienne liste ne revient jamais.",
                );
                format!("{file}: {words} {stays}")
            }
            Self::Rival => {
                let words = language.of(
                    "WARNING: it names an authority that is held already, under other roots, and they have not signed it. \
                     Somebody may have made it to deceive you. Ask the authority itself, never the holder of a paper.",
                    "ATTENTION : il nomme une autorité déjà conservée, sous d'autres racines, qui ne l'ont pas signé. \
                     Quelqu'un l'a peut-être fait pour vous tromper. Demandez à l'autorité même, jamais au porteur d'un papier.",
                );
                format!("{file}: {words} {stays}")
            }
            Self::NotConfirmed(pack) => {
                let root = hex::hex(pack.trust().root());
                match language {
                    Language::En => format!(
                        "{file}: nothing is held of its owner yet, and its root {root} is not confirmed. Compare it with what \
                         the owner publishes, then give it with --root. {stays}"
                    ),
                    Language::Fr => format!(
                        "{file} : rien n'est encore conservé de son propriétaire, et sa racine {root} n'est pas confirmée. \
                         Comparez-la avec ce qu'il publie, puis donnez-la avec --root. {stays}"
                    ),
                }
            }
            Self::OtherRoot(pack) => {
                let root = hex::hex(pack.trust().root());
                let words = language.fault(FaultCode::TrustForeignRoot);
                format!("{file}: {words} ({}: {root}) {stays}", language.of("its root", "sa racine"))
            }
        }
    }
}

fn unfollowed_words(unfollowed: &Unfollowed, language: Language) -> String {
    match unfollowed {
        Unfollowed::Refused(fault) => {
            let refused = Refused::Pack(*fault);
            let place = refused.place(language).unwrap_or_default();
            let step = refused.next_step(language).unwrap_or_default();
            format!("{}: {place} {} {step}", fault.code(), refused.words(language))
        }
        Unfollowed::Ahead(name) => {
            let refused = Refused::Here(FaultCode::StatusAhead);
            let step = refused.next_step(language).unwrap_or_default();
            match language {
                Language::En => format!("its status list {name} is dated more than a day ahead of the clock. {step}"),
                Language::Fr => {
                    format!("sa liste d'état {name} est datée de plus d'un jour en avance sur l'horloge. {step}")
                }
            }
        }
        Unfollowed::OlderStatus(name) => match language {
            Language::En => {
                format!("its status list {name} is older than the one held, or another of the same moment.")
            }
            Language::Fr => {
                format!("sa liste d'état {name} est plus ancienne que celle conservée, ou une autre du même instant.")
            }
        },
        Unfollowed::NoStatus(name) => match language {
            Language::En => format!("it lacks the status list {name}, which is held."),
            Language::Fr => format!("il lui manque la liste d'état {name}, qui est conservée."),
        },
        Unfollowed::OlderRegister(name) => match language {
            Language::En => format!("its register {name} is older than the one held, or another of the same moment."),
            Language::Fr => {
                format!("son registre {name} est plus ancien que celui conservé, ou un autre du même instant.")
            }
        },
        Unfollowed::NoRegister(name) => match language {
            Language::En => format!("it lacks the register {name}, which is held."),
            Language::Fr => format!("il lui manque le registre {name}, qui est conservé."),
        },
    }
}

fn damaged(damage: &Damage, folder: &Path, language: Language) -> String {
    let name = safe::escaped(&folder.to_string_lossy());
    match damage {
        Damage::Both(country) => {
            let file = Some((country.clone(), load::Fault::BothGenerations));
            load::Refusal { why: Refused::Here(FaultCode::PackMalformed), file }.sentence(language)
        }
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
A pack is refused if its list is older than the one held, of other roots that the held ones did not sign, another of the same version, or if a status list or register in it is older than the one held.

Exit status: 0 if the pack is held now, 2 if the store was left as it was.

Examples:
  verifier trust update --store ~/sceau benin.sceau --root 6f02567992db0c3b1a1f318476eb83258929b99cb8b747eec3d4aae8f10c85db
  verifier trust update --store ~/sceau benin-2.sceau";
