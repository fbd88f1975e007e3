//! Drafts: the next trust list before its roots have signed it.

use anyhow::{Context, Result, anyhow, ensure};
use credential_core::document::Text;
use credential_core::lists::{PublicKey, RootSet, TrustClaims, TrustDraft, TrustList};
use credential_core::time::rfc3339;

use super::check_names;
use crate::hex::hex;
use crate::life::check_clock;
use crate::refused::refused;

/// The first list of an owner.
pub struct FirstList<'a> {
    /// Name of the list's owner.
    pub owner: &'a str,
    /// The root keys.
    pub roots: Vec<PublicKey>,
    /// How many of them must sign.
    pub threshold: usize,
    /// Time of issue.
    pub now: u64,
    /// When the next list is due.
    pub next_update: u64,
}

/// What changes at the head of a list; keys and authorities stay as they are.
#[derive(Default)]
pub struct NextList<'a> {
    /// Another name of the owner.
    pub owner: Option<&'a str>,
    /// Roots that come.
    pub add_roots: Vec<PublicKey>,
    /// Roots that go.
    pub remove_roots: Vec<PublicKey>,
    /// Another threshold.
    pub threshold: Option<usize>,
    /// Time of issue.
    pub now: u64,
    /// When the next list is due.
    pub next_update: u64,
}

impl FirstList<'_> {
    /// A draft without authorities.
    pub fn draft(self) -> Result<TrustDraft> {
        let roots = RootSet { threshold: self.threshold, keys: self.roots };
        check_roots(&roots)?;
        let claims = TrustClaims {
            version: 1,
            issued: self.now,
            next_update: self.next_update,
            roots,
            owner: Text::new(self.owner).context("the owner's name")?,
            authorities: Vec::new(),
            earlier: vec![],
            disowned: vec![],
            follows: None,
        };
        checked(&claims, None)
    }
}

impl NextList<'_> {
    /// The draft that follows the list in force.
    pub fn draft(self, held: &TrustList) -> Result<TrustDraft> {
        let mut claims = held.claims().clone();
        check_clock(self.now, claims.issued, "the trust list was issued")?;
        claims.version = claims.version.checked_add(1).context(
            "the list in force has the last version that there is, so no list can follow it. Make a first list with \
             new roots (`issuer trust draft --owner`) and have every verifier trust its fingerprint in place of the old",
        )?;
        (claims.issued, claims.next_update) = (self.now, self.next_update);
        if let Some(owner) = self.owner {
            claims.owner = Text::new(owner).context("the owner's name")?;
        }
        for root in &self.remove_roots {
            let at = claims.roots.keys.iter().position(|key| key == root);
            let at = at.with_context(|| format!("the key {} is no root of the list in force", hex(&root.id())))?;
            claims.roots.keys.remove(at);
        }
        claims.roots.keys.extend(self.add_roots);
        claims.roots.threshold = self.threshold.unwrap_or(claims.roots.threshold);
        check_roots(&claims.roots)?;
        checked(&claims, Some(held))
    }
}

/// Reads a draft file.
pub fn open_draft(bytes: &[u8]) -> Result<TrustDraft> {
    let draft = TrustDraft::open(bytes)
        .map_err(|fault| anyhow!("the draft is refused: {fault}. It is no draft, or damaged"))?;
    check_names(draft.claims())?;
    check_step(&draft)?;
    Ok(draft)
}

/// The draft with a change in it.
pub fn change_draft(draft: &TrustDraft, change: impl FnOnce(&mut TrustClaims) -> Result<()>) -> Result<TrustDraft> {
    let mut claims = draft.claims().clone();
    change(&mut claims)?;
    checked(&claims, draft.held())
}

fn checked(claims: &TrustClaims, held: Option<&TrustList>) -> Result<TrustDraft> {
    ensure!(
        claims.next_update > claims.issued,
        "the next list would be due at {}, before this one is issued at {}",
        rfc3339(claims.next_update),
        rfc3339(claims.issued)
    );
    check_names(claims)?;
    let draft = TrustDraft::new(claims, held).map_err(refused("the new list would be"))?;
    check_step(&draft)?;
    Ok(draft)
}

/// Versions rise by one: whoever skips them could take the last one, after which no list can follow (fast-forward).
fn check_step(draft: &TrustDraft) -> Result<()> {
    let held = draft.held().map_or(0, |held| held.claims().version);
    let version = draft.claims().version;
    ensure!(
        version.checked_sub(1) == Some(held),
        "the draft has version {version}, but version {held} is in force: versions rise by one"
    );
    Ok(())
}

fn check_roots(roots: &RootSet) -> Result<()> {
    let (threshold, count) = (roots.threshold, roots.keys.len());
    ensure!((1..=16).contains(&count), "a list has 1 to 16 roots, this one would have {count}");
    ensure!(
        (1..=count).contains(&threshold),
        "{threshold} of {count} roots cannot sign; give another --threshold or other roots"
    );
    for (at, key) in roots.keys.iter().enumerate() {
        ensure!(!roots.keys[..at].contains(key), "the root {} is given twice", hex(&key.id()));
    }
    Ok(())
}
