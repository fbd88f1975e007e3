//! `issuer pack`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use credential_core::Anchor;
use credential_core::lists::{PackContents, TrustList};

use super::list::read_profile;
use super::trust::{must_be_new, read_object, read_pack, show, write_same};
use super::{now, print};
use crate::batch::dictionary;
use crate::ceremony::Assembly;
use crate::file::write_whole;
use crate::life::take_apart;
use crate::refused::{open_pack, refused};

/// Trust packs as files.
#[derive(Subcommand)]
pub enum Pack {
    /// Puts separately signed objects of several authorities into one pack, and checks it as a verifier does
    Build(Build),
    /// Puts register files into packs of their own, so that the pack for phones stays small
    Split(Split),
}

/// A pack to split.
#[derive(Args)]
#[command(after_help = "Example, when a key was closed:
  issuer pack split closed.sceau --out phones.sceau --registers registers

The small pack goes to everybody. A desk that is to find documents of closed keys without the holder's proof loads the packs in
the folder as well: `verifier trust add registers/*.sceau`.")]
pub struct Split {
    /// The pack with the register files
    pack: PathBuf,
    /// The small pack to make: everything but the register files
    #[arg(long, value_name = "NEWPACK")]
    out: PathBuf,
    /// Folder for the others, one for each register
    #[arg(long, value_name = "FOLDER")]
    registers: PathBuf,
}

/// A pack to build.
#[derive(Args)]
#[command(after_help = "Example, when two authorities have each changed the status of documents:
  issuer pack build --trust trust.sceau --from board.sceau --from ministry.sceau --held trust.sceau --out trust-2.sceau

Of each status list the newest is taken, and an older one too where it states what no newer one does. An object that the trust list does not vouch for is refused by name.")]
pub struct Build {
    /// The signed trust list, or a pack that holds it
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
    /// Pack whose status lists, dictionaries and registers are taken
    #[arg(long, value_name = "PACK", num_args = 1..)]
    from: Vec<PathBuf>,
    /// Status list
    #[arg(long, value_name = "FILE", num_args = 1..)]
    status: Vec<PathBuf>,
    /// Dictionary
    #[arg(long, value_name = "FILE", num_args = 1..)]
    dictionary: Vec<PathBuf>,
    /// Profile whose dictionary is taken
    #[arg(long, value_name = "FILE", num_args = 1..)]
    profile: Vec<PathBuf>,
    /// Head of a register
    #[arg(long, value_name = "FILE", num_args = 1..)]
    register_head: Vec<PathBuf>,
    /// File of a register
    #[arg(long, value_name = "FILE", num_args = 1..)]
    register_file: Vec<PathBuf>,
    /// Pack that verifiers hold: what it says stays in the new one, whose list must follow on it
    #[arg(long, value_name = "PACK")]
    held: Option<PathBuf>,
    /// The pack to make
    #[arg(long, value_name = "NEWPACK")]
    out: PathBuf,
}

impl Pack {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Build(build) => build.run(),
            Self::Split(split) => split.run(),
        }
    }
}

impl Split {
    fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let bytes = read_pack(&self.pack)?;
        let (pack, contents) = take_apart(&bytes)?;
        ensure!(!contents.register_files.is_empty(), "{} has no register files: it is small already", name(&self.pack));
        fs::create_dir_all(&self.registers).with_context(|| format!("cannot make {}", name(&self.registers)))?;
        for (head, file) in pack.registers() {
            let Some(file) = file.map(|file| file.to_bytes(head)) else { continue };
            let alone = PackContents {
                trust: contents.trust,
                links: contents.links.clone(),
                register_heads: vec![head.as_bytes()],
                register_files: vec![&file],
                ..PackContents::default()
            };
            let alone = alone.to_bytes();
            open_pack(&alone)?;
            let path = self.registers.join(format!("{}-{}.sceau", head.authority(), head.claims().number));
            write_same(&path, &alone)?;
            print(&path.display().to_string())?;
        }
        let small = PackContents { register_files: vec![], ..contents };
        let small = small.to_bytes();
        open_pack(&small)?;
        write_whole(&self.out, &small)?;
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Build {
    fn run(self) -> Result<ExitCode> {
        must_be_new(&self.out)?;
        let trust = self.trust_list()?;
        let held = self.held.as_ref().map(|path| read_pack(path)).transpose()?;
        let held = held.as_deref().map(open_pack).transpose().context("the pack that verifiers hold")?;
        let pack = self.assembly()?.build(&trust, held.as_ref(), now())?;
        write_whole(&self.out, &pack)?;
        show(&pack)?;
        print(&self.out.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }

    fn trust_list(&self) -> Result<TrustList> {
        let bytes = read_pack(&self.trust)?;
        if let Ok(pack) = open_pack(&bytes) {
            return Ok(pack.trust().clone());
        }
        TrustList::open(&bytes, Anchor::AsCarried)
            .map_err(refused(format_args!("{}: the trust list is", self.trust.display())))
    }

    fn assembly(&self) -> Result<Assembly> {
        let mut assembly = Assembly::default();
        for path in &self.from {
            assembly.add_pack(&name(path), &read_pack(path)?)?;
        }
        for path in &self.status {
            assembly.add_status(&name(path), &read_object(path, "status list", 16 << 20)?);
        }
        for path in &self.dictionary {
            assembly.add_dictionary(&name(path), &read_object(path, "dictionary", 32_768)?);
        }
        for path in &self.profile {
            let made = dictionary(&read_profile(path)?);
            let made = made.with_context(|| format!("{} has no words for a dictionary", name(path)))?;
            assembly.add_dictionary(&name(path), made.as_bytes());
        }
        for path in &self.register_head {
            assembly.add_register_head(&name(path), &read_object(path, "register head", 1_024)?);
        }
        for path in &self.register_file {
            assembly.add_register_file(&name(path), &read_object(path, "register file", 32 << 20)?);
        }
        Ok(assembly)
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
