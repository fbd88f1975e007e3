//! `issuer demo`: the whole job on embedded sample lists.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use credential_core::document::World;
use credential_core::sealing::SealingKey;
use credential_core::{Anchor, Pack, TrustStore, verify};

use super::page::page;
use super::{now, print, progress, say};
use crate::batch::{Batch, Drawing, ReadBack, plan, run};
use crate::draw::{PrintSize, Symbol};
use crate::file::write_whole;
use crate::ledger::{Ledger, Office};
use crate::list;
use crate::profile::Profile;
use crate::trust::{NewAuthority, NewTrust, new_pack};

/// Sample documents of three countries, with test keys.
#[derive(Args)]
#[command(after_help = "Example:\n  issuer demo\n\nEverything is fictitious and every document is a SPECIMEN.")]
pub struct Demo {
    /// Folder for what is made
    #[arg(long, value_name = "DIR", default_value = "sceau-demo")]
    out: PathBuf,
}

impl Demo {
    pub(super) fn run(self) -> Result<ExitCode> {
        let now = now();
        fs::create_dir_all(&self.out).with_context(|| format!("making the folder {}", self.out.display()))?;
        let samples = samples()?;
        let office = Office::at(&self.out, now)?;
        let ledger = Ledger::open(&office)?;
        let pack = self.pack(&samples, now)?;
        let mut first_picture = None;
        for sample in &samples {
            let documents = self.seal(sample, &ledger, &pack, now)?;
            first_picture = first_picture.or(documents.first().map(|(file, _)| file.clone()));
        }
        let trust = self.trust();
        let picture = first_picture.context("the demo sealed nothing")?;
        say("");
        say("Every picture was read back and verified. Codes and sample pages to look at:");
        for sample in &samples {
            print(&self.out.join(sample.name).join("page.html").display().to_string())?;
        }
        say("Check one of them with the verifier:");
        print(&format!(
            "cargo run --release -p verifier-cli -- verify --trust {} {}",
            trust.display(),
            picture.display()
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    fn trust(&self) -> PathBuf {
        self.out.join("trust.sceau")
    }

    /// The pack of an earlier run, or a new one.
    fn pack(&self, samples: &[Sample], now: u64) -> Result<Vec<u8>> {
        if let Ok(pack) = fs::read(self.trust()) {
            return Ok(pack);
        }
        let list_keys: Vec<_> = samples.iter().map(|sample| test_key(sample.seed + 1)).collect();
        let keys: Vec<_> = samples.iter().map(|sample| [test_key(sample.seed).public()]).collect();
        let authorities: Vec<_> = samples
            .iter()
            .zip(list_keys.iter().zip(&keys))
            .map(|(sample, (list_key, keys))| NewAuthority {
                profile: &sample.profile,
                keys,
                jury_keys: &[],
                list_key,
                window: (now, now + 90 * 86_400),
                maximum_count: 10_000,
            })
            .collect();
        let pack = new_pack(&NewTrust {
            owner: "Sceau demonstration",
            roots: &[test_key(1)],
            threshold: 1,
            now,
            next_update: now + 90 * 86_400,
            authorities: &authorities,
            test: true,
        })?;
        write_whole(&self.trust(), &pack)?;
        Ok(pack)
    }

    /// Seals one sample list and returns picture and text of each document.
    fn seal(&self, sample: &Sample, ledger: &Ledger, pack: &[u8], now: u64) -> Result<Vec<(PathBuf, String)>> {
        let (out, profile) = (self.out.join(sample.name), &sample.profile);
        let checked = list::read(sample.list, profile)?;
        ledger.add_key(&test_key(sample.seed).public(), now)?;
        let secret = ledger.office_secret(&self.trust(), &profile.authority.id, World::Test)?;
        let batch = Batch {
            profile,
            checked: &checked,
            kind: profile.default_kind(),
            key: &test_key(sample.seed),
            secret: &secret,
            pack,
            out: &out,
            now,
            drawing: Drawing::Both,
            read_back: ReadBack::EveryPicture,
            minutes: &[],
            distinct: &[],
        };
        let plan = plan(&batch, ledger)?;
        let summary = run(&batch, &plan, ledger, &progress(sample.name))?;
        let kind = profile.default_kind().code();
        say(&format!(
            "{}: {} rows, {} of kind {kind} sealed and read back, {} rows without one",
            sample.name, checked.rows_read, summary.sealed, summary.not_sealed
        ));
        let documents = documents(&out)?;
        self.write_page(&out, &documents, pack, summary.sealed_at, profile)?;
        Ok(documents)
    }

    fn write_page(
        &self,
        out: &Path,
        documents: &[(PathBuf, String)],
        pack: &[u8],
        now: u64,
        profile: &Profile,
    ) -> Result<()> {
        let path = out.join("page.html");
        let Some((_, text)) = documents.first().filter(|_| !path.exists()) else { return Ok(()) };
        let mut store = TrustStore::new();
        store.add(Pack::open(pack, Anchor::AsCarried)?);
        let report = verify(text, &store, now);
        let credential = report.credential().context("the first document does not read back")?;
        let svg = Symbol::encode(text, PrintSize::from_mm(profile.print.code_mm.into())?)?.to_svg("code");
        write_whole(&path, page(credential, &svg).as_bytes())
    }
}

struct Sample {
    name: &'static str,
    list: &'static [u8],
    profile: Profile,
    seed: u8,
}

fn samples() -> Result<Vec<Sample>> {
    let sample = |(name, list, seed)| {
        let profile = Profile::embedded(name).with_context(|| format!("the profile {name} is not embedded"))?;
        Ok(Sample { name, list, profile, seed })
    };
    LISTS.into_iter().map(sample).collect()
}

/// Picture and text of each document, from `documents.csv`.
fn documents(out: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut reader = csv::Reader::from_path(out.join("documents.csv"))?;
    reader
        .records()
        .map(|record| record.map(|record| (out.join(&record[2]), record[3].to_owned())).map_err(Into::into))
        .collect()
}

/// Keys that everybody knows: they seal specimens and nothing else.
fn test_key(seed: u8) -> SealingKey {
    SealingKey::from_seed(&[seed; 32])
}

const LISTS: [(&str, &[u8], u8); 3] = [
    ("benin", include_bytes!("../../samples/benin.csv"), 10),
    ("morocco", include_bytes!("../../samples/morocco.csv"), 20),
    ("haiti", include_bytes!("../../samples/haiti.tsv"), 30),
];
