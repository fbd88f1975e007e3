//! `verifier trust show`: owner, dates, roots, authorities, keys and status lists of a pack.

mod json;
mod report;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use credential_core::lists::PackContents;
use credential_core::register::RegisterHead;
use credential_core::time::UnixTime;
use credential_core::{Pack, TrustStore};

use crate::hex;
use crate::language::Language;
use crate::{clock, load, safe, tell};

/// Shows what a trust pack holds, and the root fingerprint to compare with what its owner publishes.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Root fingerprint that you trust (64 hexadecimal digits); a pack of another root is refused
    #[arg(long, value_name = "HEX", value_parser = hex::fingerprint)]
    root: Vec<[u8; 32]>,
    /// Reckon ages from this time instead of now
    #[arg(long, value_name = "TIME", value_parser = clock::parse)]
    at: Option<UnixTime>,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// Show what a store holds, each country in its turn
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    store: Option<PathBuf>,
    /// Write the lists that contradict each other, with all their signatures, into this new file: evidence for others
    #[arg(long, value_name = "NEWFILE")]
    evidence: Option<PathBuf>,
    /// Trust pack
    #[arg(value_name = "FILE", required_unless_present = "store")]
    file: Option<PathBuf>,
}

/// One pack, and for what its roots may speak where that is known.
struct Shown {
    file: PathBuf,
    pack: Pack,
    countries: Vec<String>,
    registers: Vec<AtHand>,
}

/// A register, and whether what it lists can be looked up here.
struct AtHand {
    authority: String,
    number: u32,
    count: u64,
    time: UnixTime,
    at_hand: bool,
}

fn registers(pack: &Pack, is_at_hand: impl Fn(&RegisterHead) -> bool) -> Vec<AtHand> {
    let registers = pack.registers().map(|(head, file)| AtHand {
        authority: head.authority().to_owned(),
        number: head.claims().number,
        count: head.claims().count,
        time: head.claims().time,
        at_hand: file.is_some() || is_at_hand(head),
    });
    registers.collect()
}

/// Shows the pack. The result is the exit status: 2 if the pack is refused.
pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    let now = arguments.at.unwrap_or_else(clock::now);
    let (path, packs) = match (&arguments.store, &arguments.file) {
        (Some(folder), _) => (folder.as_path(), held(folder, arguments)),
        (None, Some(file)) => {
            let shown = |pack| {
                vec![Shown { file: file.clone(), registers: registers(&pack, |_| false), pack, countries: vec![] }]
            };
            (file.as_path(), load::pack(file, &arguments.root).map(shown))
        }
        (None, None) => return Ok(2),
    };
    let mut out = io::stdout().lock();
    match packs {
        Ok(packs) => {
            for (at, shown) in packs.iter().enumerate() {
                match arguments.json {
                    true => writeln!(out, "{}", json::pack(shown, now))?,
                    false => {
                        let between = if at > 0 { "\n\n" } else { "" };
                        write!(out, "{between}{}", report::pack(shown, now, arguments.lang))?;
                    }
                }
            }
            if let Some(file) = &arguments.evidence {
                out.flush()?;
                return write_evidence(file, &packs, arguments.lang);
            }
        }
        Err(refusal) => {
            tell(&format!("verifier: {}", refusal.sentence(arguments.lang)));
            if arguments.json {
                writeln!(out, "{}", json::refusal(path, refusal.why, arguments.lang))?;
            }
            return Ok(2);
        }
    }
    out.flush()?;
    Ok(0)
}

/// What a store holds; where a generation is lost, that is said.
fn held(folder: &Path, arguments: &Arguments) -> Result<Vec<Shown>, load::Refusal> {
    let store = load::held(folder, &arguments.root)?;
    for one in store.anchors.iter().filter(|one| one.recovered) {
        let folder = safe::escaped(&one.folder.to_string_lossy());
        tell(&format!("verifier: {folder}:{}", &load::recovered(arguments.lang)[1..]));
    }
    let shown = store.anchors.iter().map(|one| Shown {
        file: one.folder.clone(),
        registers: registers(&one.pack, |head| store.has_register(head)),
        pack: one.pack.clone(),
        countries: one.countries().to_vec(),
    });
    Ok(shown.collect())
}

/// Writes the lists of the first conflict, whole, as a pack that any verifier can read.
fn write_evidence(file: &Path, shown: &[Shown], language: Language) -> io::Result<u8> {
    let conflict = shown.iter().find_map(|one| evidence(&one.pack));
    let Some(bytes) = conflict else {
        tell(
            language
                .of("verifier: no lists contradict each other.", "verifier: aucune liste n'en contredit une autre."),
        );
        return Ok(2);
    };
    let written = std::fs::File::create_new(file).and_then(|mut new| {
        new.write_all(&bytes)?;
        new.sync_all()
    });
    let name = safe::escaped(&file.to_string_lossy());
    match written {
        Ok(()) => {
            tell(&format!("{} {name}", language.of("Written:", "Écrit :")));
            Ok(0)
        }
        Err(error) => {
            tell(&format!("verifier: {name}: {error}"));
            Ok(2)
        }
    }
}

fn evidence(pack: &Pack) -> Option<Vec<u8>> {
    let mut store = TrustStore::new();
    store.hold(*pack.trust().root());
    store.add(pack.clone());
    let lists: Vec<_> = store.states().iter().find_map(|state| Some(state.conflict()?.collect()))?;
    let (trust, links) = lists.split_first()?;
    let links = links.iter().map(|list| list.as_bytes()).collect();
    Some(PackContents { trust: trust.as_bytes(), links, ..PackContents::default() }.to_bytes())
}

const AFTER_HELP: &str = "\
Exit status: 0 if the pack is sound, 2 if it is refused or cannot be read.

Examples:
  verifier trust show --store ~/sceau
  verifier trust show benin.sceau";
