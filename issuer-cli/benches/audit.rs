//! The audit of a whole session, as the ratio to bare `verify_strict` of as many signatures on the same cores.
//!
//! `cargo bench -p issuer-cli --bench audit -- 451117` takes as many documents as it is told, 20,000 without.

#![allow(clippy::print_stdout, reason = "the ratio is the result")]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use credential_core::lists::PublicKey;
use credential_core::sealing::SealingKey;
use credential_core::{Anchor, Pack};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use indicatif::ProgressBar;
use issuer::audit::Audit;
use issuer::batch::{Batch, Drawing, ReadBack, plan, run};
use issuer::keys::OfficeSecret;
use issuer::ledger::{Ledger, Office};
use issuer::list::{self, sample};
use issuer::minutes::{NewMinutes, compare_list, draft};
use issuer::profile::Profile;
use issuer::trust::{NewAuthority, NewTrust, new_pack};
use rayon::prelude::*;

fn main() -> Result<()> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir()?;
    let session = Session::seal(folder.path(), count)?;
    let signatures = signatures(count);
    let mut rounds = [const { Vec::new() }; 2];
    for _ in 0..ROUNDS {
        rounds[0].push(time(|| verify_all(&signatures))?);
        rounds[1].push(time(|| session.audit(count as u64))?);
    }
    let [raw, audit] = rounds.map(median);
    println!(
        "audit of {count} documents on {} cores: raw verify_strict {raw:.2} s, audit {audit:.2} s, {:.2} x{}",
        rayon::current_num_threads(),
        audit / raw,
        peak_memory().map_or_else(String::new, |peak| format!("; peak memory, sealing included, {peak}"))
    );
    Ok(())
}

/// A sealed session on the disk: minutes, documents and ledger.
struct Session {
    pack: Vec<u8>,
    key: PublicKey,
    ledger: Ledger,
    minutes: PathBuf,
    out: PathBuf,
}

impl Session {
    fn seal(folder: &Path, count: usize) -> Result<Self> {
        let profile = Profile::embedded("benin").context("the profile is embedded")?;
        let [key, jury] = [3, 4].map(|seed| SealingKey::from_seed(&[seed; 32]));
        let pack = pack(&profile, &key, &jury)?;
        let opened = Pack::open(&pack, Anchor::AsCarried)?;
        let trust = opened.trust().claims();
        let mut checked = [list::read(candidates(count)?.as_slice(), &profile)?];
        ensure!(checked[0].candidates.len() == count, "the list has faults: {:?}", checked[0].faults.first());
        let draft = draft(&checked, &["list.csv".to_owned()], &profile);
        let authority = &profile.authority.id;
        let ledger = Ledger::open(&Office::init(folder, None, NOW)?)?;
        [&key, &jury].into_iter().try_for_each(|key| ledger.add_key(&key.public(), NOW))?;
        let new =
            NewMinutes { number: 4, key: &jury, ledger: &ledger, authority, trust: Some(trust), folder, now: NOW };
        let minutes = draft.seal(&new)?.path;
        let used = compare_list(&mut checked[0], std::slice::from_ref(&minutes), &profile, trust)?;
        let out = folder.join("out");
        let batch = Batch {
            profile: &profile,
            checked: &checked[0],
            kind: profile.default_kind(),
            key: &key,
            secret: &OfficeSecret::random()?,
            pack: &pack,
            out: &out,
            now: NOW,
            drawing: Drawing::None,
            read_back: ReadBack::TextOnly,
            minutes: &used,
            distinct: &[],
        };
        run(&batch, &plan(&batch, &ledger)?, &ledger, &ProgressBar::hidden())?;
        Ok(Self { pack, key: key.public(), ledger, minutes, out })
    }

    fn audit(&self, count: u64) -> Result<()> {
        let audit = Audit {
            folders: std::slice::from_ref(&self.out),
            pack: Pack::open(&self.pack, Anchor::AsCarried)?,
            ledger: &self.ledger,
            keys: std::slice::from_ref(&self.key),
            minutes: std::slice::from_ref(&self.minutes),
            withheld: &HashSet::new(),
            now: NOW,
        };
        let audited = audit.run(&ProgressBar::hidden())?;
        ensure!(audited.findings.is_empty() && audited.documents == count, "{:?}", audited.findings.first());
        Ok(())
    }
}

/// A pack with a session key and a jury's key.
fn pack(profile: &Profile, key: &SealingKey, jury: &SealingKey) -> Result<Vec<u8>> {
    let [root, list_key] = [1, 2].map(|seed| SealingKey::from_seed(&[seed; 32]));
    new_pack(&NewTrust {
        owner: "Bench",
        roots: &[root],
        threshold: 1,
        now: NOW,
        next_update: NOW + 1,
        authorities: &[NewAuthority {
            profile,
            keys: &[key.public()],
            jury_keys: &[jury.public()],
            list_key: &list_key,
            window: (NOW, NOW + 1),
            maximum_count: 1_000_000,
        }],
        test: false,
    })
}

/// The sample list with as many admitted candidates, each with a number and a name of their own.
fn candidates(count: usize) -> Result<Vec<u8>> {
    let sample = sample("benin").context("the sample is embedded")?;
    let mut lines = sample.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut list = [lines.next().unwrap_or_default(), b"\r\n"].concat();
    let admitted: Vec<&[u8]> = lines.filter(|line| line.ends_with(b";Admis")).collect();
    for i in 0..count {
        let line = admitted[i % admitted.len()];
        let rest = line.splitn(3, |&byte| byte == b';').nth(2).context("a line has three cells")?;
        let letters = (0..4).map(|place| char::from(b'A' + (i / 26_usize.pow(place) % 26) as u8));
        list.extend(format!("{:08};NOM-{};", 90_000_000 + i, letters.collect::<String>()).into_bytes());
        list.extend([rest, b"\r\n"].concat());
    }
    Ok(list)
}

type Signed = (Vec<u8>, Signature);

/// As many signatures over messages of a diploma's size.
fn signatures(count: usize) -> (VerifyingKey, Vec<Signed>) {
    let key = SigningKey::from_bytes(&[3; 32]);
    let sign = |i: usize| {
        let mut message = vec![0; 400];
        message[..8].copy_from_slice(&i.to_be_bytes());
        let signature = key.sign(&message);
        (message, signature)
    };
    (key.verifying_key(), (0..count).into_par_iter().map(sign).collect())
}

fn verify_all((key, signed): &(VerifyingKey, Vec<Signed>)) -> Result<()> {
    let holds = signed.par_iter().all(|(message, signature)| key.verify_strict(message, signature).is_ok());
    ensure!(holds, "a signature does not hold");
    Ok(())
}

fn time(work: impl Fn() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn median(mut rounds: Vec<Duration>) -> f64 {
    rounds.sort();
    rounds[rounds.len() / 2].as_secs_f64()
}

fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| Some(line.strip_prefix("VmHWM:")?.trim().to_owned()))
}

const ROUNDS: usize = 3;
const NOW: u64 = 1_790_000_000;
