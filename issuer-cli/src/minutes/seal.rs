//! From the jury's lists to signed minutes: nothing is signed while a line is at fault, nothing is overwritten.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use credential_core::document::{Text, World};
use credential_core::lists::TrustClaims;
use credential_core::minutes::{MinutesClaims, MinutesLine, MinutesSalt};
use credential_core::sealing::{Sealer, SealingKey};
use credential_core::time::{parse_time, rfc3339};

use super::file::{Head, MOST_LINES, SealedMinutes, lines_path, read, salt};
use super::line::{line_of, to_json};
use crate::file::{write_once, write_secret};
use crate::hex::hex;
use crate::ledger::Ledger;
use crate::list::{Candidate, Checked, Fault, FaultKind};
use crate::profile::Profile;

/// The lines of several lists, one behind the other, as one set of minutes.
pub struct Draft {
    lines: Vec<MinutesLine>,
    session: Option<String>,
    /// What no list alone shows: the list by its position, and the fault.
    pub faults: Vec<(usize, Fault)>,
}

/// Where and by whom minutes are signed.
pub struct NewMinutes<'a> {
    /// Their number within the authority.
    pub number: u64,
    /// The jury's key.
    pub key: &'a SealingKey,
    /// The ledger of the office in which the jury's key was made: a number is given once.
    pub ledger: &'a Ledger,
    /// The authority whose jury it is: its id is part of what is signed.
    pub authority: &'a str,
    /// The trust list that should name the key, if it is at hand.
    pub trust: Option<&'a TrustClaims>,
    /// The folder for both files.
    pub folder: &'a Path,
    /// Time of signing, if they were not begun before.
    pub now: u64,
}

/// Signed minutes.
pub struct Sealed {
    /// The signed file.
    pub path: PathBuf,
    /// What it states.
    pub claims: MinutesClaims,
    /// Whether they had been sealed before: the files are the same.
    pub resumed: bool,
}

/// Puts the good lines of all lists behind each other and compares the lists.
pub fn draft(lists: &[Checked], names: &[String], profile: &Profile) -> Draft {
    let mut draft = Draft { lines: Vec::new(), session: None, faults: Vec::new() };
    let mut seen: HashMap<&str, (usize, u32)> = HashMap::new();
    for (at, checked) in lists.iter().enumerate() {
        for candidate in &checked.candidates {
            match seen.get(candidate.number.as_str()) {
                Some(&(list, row)) if list != at => {
                    draft.faults.push((at, twice(candidate, &names[list], row, profile)))
                }
                _ => drop(seen.insert(candidate.number.as_str(), (at, candidate.row))),
            }
            draft.check_session(at, candidate, profile);
            draft.lines.push(line_of(candidate, profile, draft.lines.len() as u64 + 1));
        }
    }
    draft
}

fn twice(candidate: &Candidate, other: &str, row: u32, profile: &Profile) -> Fault {
    let message = format!("this number stands on row {row} of {other} too; a candidate has one line in the minutes");
    Fault::new(candidate.row, profile.list.columns.number.as_str(), FaultKind::SameNumber, message)
}

impl Draft {
    /// How many lines it has.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    fn check_session(&mut self, list: usize, candidate: &Candidate, profile: &Profile) {
        let words = profile.document.session(candidate.session.as_deref());
        let session = words.map_or_else(|_| String::new(), |words| words.first().to_owned());
        match &self.session {
            None => self.session = Some(session),
            Some(first) if *first != session => {
                let column = profile.list.columns.session.as_deref().unwrap_or_default();
                let message =
                    format!("the session is {session}, that of the first line is {first}; seal minutes for each");
                self.faults.push((list, Fault::new(candidate.row, column, FaultKind::OtherSession, message)));
            }
            Some(_) => {}
        }
    }

    /// Writes the lines with their salt, then signs. A run that was stopped goes on and ends with the same bytes.
    ///
    /// The salt is random and not derived from the key: a jury's key that is stolen later opens no line.
    pub fn seal(&self, new: &NewMinutes<'_>) -> Result<Sealed> {
        new.ledger.check_key(&new.key.public())?;
        let path = new.folder.join(format!("minutes-{}.sceau-minutes", new.number));
        let lines = lines_path(&path);
        let session = Text::new(self.session.as_deref().context("the lists have no lines")?)?;
        let body = self.body()?;
        let resumed = lines.exists();
        ensure!(resumed || !path.exists(), "{} stands there without its lines; put them back", path.display());
        if !resumed {
            new.ledger.check_minutes_number(new.number)?;
        }
        std::fs::create_dir_all(new.folder).with_context(|| format!("making the folder {}", new.folder.display()))?;
        let (head, salt) = if resumed { begun(&lines, &body)? } else { self.begin(new, session.as_str())? };
        ensure!(
            head.minutes == new.number && head.session == session.as_str(),
            "{} holds the minutes {} of {}; choose another folder with --out",
            lines.display(),
            head.minutes,
            head.session
        );
        let time = parse_time(&head.time).with_context(|| format!("{} has no time", lines.display()))?;
        let claims = MinutesClaims::over(&self.lines, &salt, new.number, session, time)?;
        // the world of minutes is that of the entry of their key: it is no part of what is signed
        let signed = claims.sign(&Sealer { authority: new.authority, world: World::Live, key: new.key });
        if let Some(trust) = new.trust {
            credential_core::minutes::Minutes::open(&signed, trust)
                .map_err(|reason| anyhow::anyhow!("the trust pack would refuse the minutes: {reason}"))?;
        }
        if !resumed {
            write_secret(&lines, &[&serde_json::to_vec(&head)?, &b"\n"[..], &body].concat())?;
        }
        new.ledger.record_minutes(&new.key.public(), new.number, &claims.root, new.now)?;
        write_once(&path, &signed, "was signed with another key, or changed; nothing is overwritten")?;
        Ok(Sealed { path, claims, resumed })
    }

    fn begin(&self, new: &NewMinutes<'_>, session: &str) -> Result<(Head, MinutesSalt)> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|_| anyhow::anyhow!("the system gives no random bytes"))?;
        let (session, time) = (session.to_owned(), rfc3339(new.now));
        Ok((Head { minutes: new.number, session, time, salt: hex(&random) }, MinutesSalt::new(random)))
    }

    fn body(&self) -> Result<Vec<u8>> {
        let mut body = Vec::with_capacity(self.lines.len() * 200);
        for line in &self.lines {
            body.extend(to_json(line)?);
            body.push(b'\n');
        }
        Ok(body)
    }
}

/// Takes salt and time of minutes that were begun, if they have the same lines.
fn begun(lines: &Path, body: &[u8]) -> Result<(Head, MinutesSalt)> {
    let bytes = read(lines, MOST_LINES)?;
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    let head = serde_json::from_slice::<Head>(&bytes[..end]).ok();
    let found = head.and_then(|head| salt(&head).map(|salt| (head, salt)));
    let found = found.with_context(|| format!("{} was changed: its first line has no salt", lines.display()))?;
    ensure!(
        bytes.get(end + 1..) == Some(body),
        "{} holds other lines; minutes that were sealed stay as they are: give these another --number",
        lines.display()
    );
    Ok(found)
}

/// Opens several sealed minutes for a list; no number occurs twice, and lines that were changed are refused.
pub(super) fn open_all(paths: &[PathBuf], trust: &TrustClaims) -> Result<Vec<SealedMinutes>> {
    let mut opened: Vec<SealedMinutes> = Vec::new();
    for path in paths {
        let minutes = SealedMinutes::open(path, trust)?;
        if let Some(fault) = minutes.faults().first() {
            bail!("{}, line {}: {}", lines_path(path).display(), fault.line, fault.message);
        }
        let number = minutes.claims().number;
        let twice = opened.iter().find(|other| other.claims().number == number);
        if let Some(other) = twice {
            bail!("{} and {} both have the number {number}", other.path().display(), path.display());
        }
        opened.push(minutes);
    }
    Ok(opened)
}
