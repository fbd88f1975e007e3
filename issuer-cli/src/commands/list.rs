//! What the commands that read a candidates' list have in common: the profile, the list, and the telling of its faults.

use std::path::Path;

use anyhow::{Context, Result};

use super::{print, printable, profile_text, say};
use crate::list::{self, Checked, Fault, Severity};
use crate::profile::{Profile, embedded_source};

/// Reads a profile file of at most 1 MiB, or a shipped profile by its name.
pub(super) fn read_profile(path: &Path) -> Result<Profile> {
    Profile::parse(&profile_source(path)?).with_context(|| format!("profile {}", path.display()))
}

/// The text of a profile that [`read_profile`] reads.
pub(super) fn profile_source(path: &Path) -> Result<String> {
    match path.to_str().and_then(embedded_source) {
        Some(source) if !path.is_file() => Ok(source.to_owned()),
        _ => profile_text(path),
    }
}

pub(super) fn read_list(path: &Path, profile: &Profile) -> Result<Checked> {
    list::read_file(path, profile).with_context(|| format!("reading {}", path.display()))
}

/// The faults of a list, and how many there are.
pub(super) fn print_read(checked: &Checked, json: bool) -> Result<()> {
    print_faults(&checked.faults, json)?;
    say(&format!("{} rows read: {}", checked.rows_read, counts(&checked.faults)));
    if !checked.left_out.is_empty() {
        let columns = checked.left_out.join(", ");
        say(&format!("optional columns that the list does not have, so no paper prints them: {}", printable(&columns)));
    }
    Ok(())
}

/// Each fault as a line for people, or as one JSON object.
pub(super) fn print_faults<'f>(faults: impl IntoIterator<Item = &'f Fault>, json: bool) -> Result<()> {
    for fault in faults {
        print(&if json { serde_json::to_string(fault)? } else { printable(&fault_words(fault)) })?;
    }
    Ok(())
}

pub(super) fn fault_words(fault: &Fault) -> String {
    let column = if fault.column.is_empty() { String::new() } else { format!(", column {}", fault.column) };
    let severity = format!("{:?}", fault.severity).to_lowercase();
    format!("row {}{column}: {severity}: {} [{}]", fault.row, fault.message, fault.kind.code())
}

pub(super) fn counts<'f>(faults: impl IntoIterator<Item = &'f Fault> + Clone) -> String {
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| count(faults.clone(), severity));
    format!("{errors} errors, {warnings} warnings, {notes} notes")
}

pub(super) fn count<'f>(faults: impl IntoIterator<Item = &'f Fault>, severity: Severity) -> usize {
    faults.into_iter().filter(|fault| fault.severity == severity).count()
}
