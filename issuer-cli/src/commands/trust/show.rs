//! `issuer trust show`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use credential_core::Pack;
use credential_core::lists::{Authority, KeyEntry, Statement, StatusList, TrustClaims, TrustDraft};
use credential_core::time::{UnixTime, rfc3339};

use super::super::{now, print, printable};
use super::{DAY, read_pack, tell};
use crate::ceremony::{change_lines, open_draft, words};
use crate::refused::open_pack;

/// A trust pack or a draft to look at.
#[derive(Args)]
#[command(after_help = "Example:\n  issuer trust show trust.sceau\n  issuer trust show next.draft")]
pub struct Show {
    /// The pack or the draft
    file: PathBuf,
}

impl Show {
    pub(super) fn run(self) -> Result<ExitCode> {
        let bytes = read_pack(&self.file)?;
        let lines = match TrustDraft::open(&bytes) {
            Ok(_) => draft_lines(&open_draft(&bytes)?),
            Err(_) => pack_lines(&bytes)?,
        };
        lines.iter().try_for_each(|line| print(&printable(line)))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Tells what a pack says, in the conversation.
pub(in crate::commands) fn show(pack: &[u8]) -> Result<()> {
    tell(&pack_lines(pack)?);
    Ok(())
}

fn draft_lines(draft: &TrustDraft) -> Vec<String> {
    let mut lines = vec!["DRAFT: nobody has signed it".to_owned()];
    lines.extend(words::head(draft.claims()));
    lines.extend(words::authorities(draft.claims()));
    if let Some(held) = draft.held() {
        lines.push(format!("changes from version {}:", held.claims().version));
        lines.extend(change_lines(draft).iter().map(|line| format!("  {line}")));
    }
    lines.push(format!("digest of the draft {}", words::groups(&draft.digest())));
    lines
}

fn pack_lines(bytes: &[u8]) -> Result<Vec<String>> {
    let pack = open_pack(bytes)?;
    let (claims, now) = (pack.trust().claims(), now());
    let mut lines = words::head(claims);
    lines.push(format!("  {}", age(claims, now)));
    for authority in &claims.authorities {
        lines.push(words::authority(authority));
        for entry in &authority.keys {
            lines.push(format!("  {}", words::key(entry)));
            lines.extend(registered(&pack, authority, entry).map(|line| format!("    {line}")));
        }
    }
    for list in pack.statuses() {
        let old = if list.is_old(now) { ", OLD" } else { "" };
        let (name, as_of) = (format!("{}/{}", list.authority(), list.number()), list.as_of());
        lines.push(format!(
            "status list {name} as of {}, {} old{old}: {}",
            rfc3339(as_of),
            days(as_of, now),
            said(list)
        ));
    }
    lines.push(format!("dictionaries: {}", pack.dictionaries().len()));
    Ok(lines)
}

/// How many decisions there were, and what they came to.
fn said(list: &StatusList) -> String {
    let (mut withdrawn, mut suspended, mut replaced, mut reinstated) = (0, 0, 0, 0);
    for (_, statement) in list.statements() {
        match statement {
            Statement::Withdrawn => withdrawn += 1,
            Statement::Suspended => suspended += 1,
            Statement::Replaced => replaced += 1,
            Statement::Reinstated(_) => reinstated += 1,
        }
    }
    format!(
        "decisions of the authority {}; {withdrawn} withdrawn, {suspended} suspended, {replaced} replaced, {reinstated} reinstated",
        list.seq()
    )
}

fn age(claims: &TrustClaims, now: UnixTime) -> String {
    let overdue = if now > claims.next_update { ", OVERDUE: have the next one signed" } else { "" };
    format!("{} old{overdue}", days(claims.issued, now))
}

/// What the register of a key lists, and whether its documents count without a look-up; nothing if the key has none yet.
fn registered(pack: &Pack, authority: &Authority, entry: &KeyEntry) -> Option<String> {
    let number = entry.register_number()?;
    let counts = if entry.counts_without_look_up() { "; its documents count without a look-up" } else { "" };
    let listed = match pack.register(&authority.id, number) {
        Some((head, Some(_))) => format!("register {number} lists {} documents", head.claims().count),
        Some((head, None)) => format!("register {number} of {} documents, its file is not here", head.claims().count),
        None => format!("register {number} is not here"),
    };
    Some(listed + counts)
}

fn days(from: UnixTime, now: UnixTime) -> String {
    match now.saturating_sub(from) / DAY {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}
