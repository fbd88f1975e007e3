//! Canonical lines as an auditor reads them: credential-core writes lines, so that a line is canonical if it writes the same,
//! and its rules hold for it as for the document that would be sealed after it.
#![allow(dead_code)] // each program uses a part

mod fields;
mod items;

use credential_core::Document;
use credential_core::document::{Edition, Kind, Language, Lines, Text, Words};
use credential_core::minutes::{MinutesClaims, MinutesLine, MinutesSalt};

use items::Item;

/// Why a line does not count.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// It is not canonical, or breaks a rule.
    Broken,
    /// It has a choice that is not known.
    Newer,
}

/// Whether the lines are canonical, in order, and have this root.
pub(crate) fn hold(lines: &[&[u8]], salt: [u8; 32], root: &[u8]) -> bool {
    judge(lines, salt, root) == "accepted"
}

/// `accepted`, or the reason code.
pub(crate) fn judge(lines: &[&[u8]], salt: [u8; 32], root: &[u8]) -> &'static str {
    match lines.iter().map(|line| canonical(line)).collect::<Result<Vec<_>, _>>() {
        Ok(lines) if has_root(&lines, salt, root) => "accepted",
        Ok(_) | Err(Fault::Broken) => "breaks-rules",
        Err(Fault::Newer) => "newer-format",
    }
}

fn has_root(lines: &[MinutesLine], salt: [u8; 32], root: &[u8]) -> bool {
    let Ok(session) = Text::new("Juin 2026") else { return false };
    let claims = MinutesClaims::over(lines, &MinutesSalt::new(salt), 1, session, 0);
    claims.is_ok_and(|claims| claims.root[..] == *root)
}

fn canonical(bytes: &[u8]) -> Result<MinutesLine, Fault> {
    let line = read(bytes)?;
    let may_be_sealed = || (1..=4).any(|languages| document(&line, languages).is_some_and(|one| one.check().is_ok()));
    if line.to_bytes() == bytes && may_be_sealed() { Ok(line) } else { Err(Fault::Broken) }
}

fn read(bytes: &[u8]) -> Result<MinutesLine, Fault> {
    let [line, number, holder, birth, series, decision, honours, results] =
        items::whole(bytes).and_then(Item::tuple).ok_or(Fault::Broken)?;
    Ok(MinutesLine {
        line: line.uint().ok_or(Fault::Broken)?,
        number: number.text().ok_or(Fault::Broken)?,
        holder: fields::words(holder)?,
        birth: birth.unless_zero(fields::date)?,
        series: series.unless_zero(|series| series.text().ok_or(Fault::Broken))?,
        decision: fields::decision(decision)?,
        honours: honours.unless_zero(fields::words)?,
        results: results.unless_zero(fields::results)?,
    })
}

/// The least document that says what the line says.
fn document(line: &MinutesLine, languages: usize) -> Option<Document> {
    let some = |word: &str| Words::one(word).ok();
    Some(Document {
        kind: Kind::Attestation,
        languages: ["fr", "ar", "en", "es"][..languages]
            .iter()
            .map(|tag| Language::new(*tag))
            .collect::<Option<_>>()?,
        holder: line.holder.clone(),
        birth: line.birth.clone(),
        birth_place: None,
        identity: None,
        number: Some(line.number.clone()),
        title: some("Attestation")?,
        series: line.series.clone().map(Words::from),
        session: some("Juin 2026")?,
        honours: line.honours.clone(),
        authority: some("Académie")?,
        centre: None,
        results: line.results.clone(),
        minutes: None,
        edition: Edition::Original,
        archive: None,
        valid_until: None,
        awarded: None,
        decision: Some(line.decision.clone()),
        lines: Lines::default(),
        sheet: None,
    })
}
