//! What a user decides about a store: roots that go, countries that come, authorities that look alike and are both right.

use std::io;
use std::path::{Path, PathBuf};

use super::add::damaged;
use crate::language::Language;
use crate::store::{self, Damage, Held, Store};
use crate::{hex, tell};

/// Takes roots out of a store, with everything that was held under them.
#[derive(clap::Args)]
#[command(after_help = "Example:
  verifier trust remove --store ~/sceau 6f02567992db0c3b1a1f318476eb83258929b99cb8b747eec3d4aae8f10c85db")]
pub(crate) struct Remove {
    #[command(flatten)]
    of: Of,
}

/// Lets roots of a store speak for one more country.
#[derive(clap::Args)]
#[command(after_help = "Example:
  verifier trust allow-country --store ~/sceau 6f02567992db0c3b1a1f318476eb83258929b99cb8b747eec3d4aae8f10c85db TG")]
pub(crate) struct AllowCountry {
    #[command(flatten)]
    of: Of,
    /// The country, two capital letters of ISO 3166-1
    #[arg(value_name = "XX", value_parser = super::country)]
    country: String,
}

/// Lets an authority count although another one of the store has its id or looks like it.
#[derive(clap::Args)]
#[command(after_help = "Example:
  verifier trust pair --store ~/sceau 6f02567992db0c3b1a1f318476eb83258929b99cb8b747eec3d4aae8f10c85db BJ-OB")]
pub(crate) struct Pair {
    #[command(flatten)]
    of: Of,
    /// Id of the authority
    #[arg(value_name = "ID")]
    authority: String,
}

/// Roots of a store.
#[derive(clap::Args)]
struct Of {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// Language of everything that is said
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// Root fingerprint, as `verifier trust show --store DIR` prints it in full
    #[arg(value_name = "ROOT", value_parser = hex::fingerprint)]
    root: [u8; 32],
}

pub(crate) fn remove(arguments: &Remove) -> io::Result<u8> {
    arguments.of.change(|store, held| store.remove(held))
}

pub(crate) fn allow_country(arguments: &AllowCountry) -> io::Result<u8> {
    arguments.of.change(|store, held| store.allow(held, Some(&arguments.country), None))
}

pub(crate) fn pair(arguments: &Pair) -> io::Result<u8> {
    arguments.of.change(|store, held| store.allow(held, None, Some(&arguments.authority)))
}

impl Of {
    fn change(&self, change: impl FnOnce(&Store, &Held) -> Result<(), Damage>) -> io::Result<u8> {
        match self.changed(change) {
            Ok(()) => Ok(0),
            Err(words) => {
                tell(&format!("verifier: {words}"));
                Ok(2)
            }
        }
    }

    fn changed(&self, change: impl FnOnce(&Store, &Held) -> Result<(), Damage>) -> Result<(), String> {
        let folder: &Path = &self.store;
        let told = |damage: Damage| damaged(&damage, folder, self.lang);
        let _lock = store::lock(folder).map_err(told)?;
        let store = Store::open(folder).map_err(told)?;
        let held = store.anchors.iter().find(|held| *held.root() == self.root).ok_or_else(|| {
            let root = hex::short(&self.root);
            match self.lang {
                Language::En => {
                    format!("the store holds nothing under the root {root}; see verifier trust show --store")
                }
                Language::Fr => {
                    format!("le dépôt ne conserve rien sous la racine {root} ; voir verifier trust show --store")
                }
            }
        })?;
        change(&store, held).map_err(told)
    }
}
