//! Findings of an audit: where, what, and a stable code.

use std::path::Path;

use serde::Serialize;

/// One thing that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file that shows it.
    pub file: String,
    /// Its line, from 1; of a register the place in the order of sealing, from 1; none for the file as a whole.
    pub line: Option<u64>,
    /// What kind of finding it is.
    pub code: Code,
    /// What was found and what it should have been.
    pub message: String,
}

/// Every kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// There is no manifest that one of the keys signed.
    ManifestRefused,
    /// `documents.csv` is not the one that the manifest was signed for.
    DocumentsChanged,
    /// `documents.csv` ends before its last document.
    CutTail,
    /// Two places that count the same do not agree.
    CountDiffers,
    /// A line that is none of `documents.csv`.
    RowMalformed,
    /// A document that a verifier refuses: signature, scope, window.
    DocumentRefused,
    /// A line that says something else than its document.
    RowDiffers,
    /// A document that the register does not have.
    NotInRegister,
    /// An entry of the register that is not the sealed document's.
    RegisterDiffers,
    /// A document that stands before one that was sealed earlier.
    OutOfOrder,
    /// A document that was found before.
    SerialTwice,
    /// A second document of the same kind, session, number and edition.
    CandidateTwice,
    /// A document of the register that is in none of the folders.
    DocumentMissing,
    /// A batch of the register that is in none of the folders.
    BatchMissing,
    /// More documents than the key may seal.
    KeyOverused,
    /// A register that was closed, and a pack without its head.
    HeadMissing,
    /// A head that is not the register's.
    HeadDiffers,
    /// A status that history and status list tell differently.
    StatusDiffers,
    /// Minutes that no minutes key signed.
    MinutesRefused,
    /// Lines that are not those that the jury signed.
    MinutesChanged,
    /// Minutes that documents or registers name, and that were not given.
    MinutesMissing,
    /// A document that the minutes do not have.
    NotInMinutes,
    /// A document that says something else than the minutes.
    MinutesDiffer,
    /// A document of somebody whom the jury did not admit.
    NotAdmitted,
    /// Admitted candidates without a document.
    WithoutDocument,
    /// A document of somebody whose documents are withheld.
    WithheldSealed,
    /// A correction without the decision that it rests on.
    CorrectionWithoutDecision,
    /// More findings than are listed.
    TooManyFindings,
}

impl Code {
    /// The name in reports.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, file: &Path, line: Option<u64>, code: Code, message: impl Into<String>) {
        let file = file.display().to_string();
        match self.0.len() {
            0..MOST => self.0.push(Finding { file, line, code, message: message.into() }),
            MOST => {
                let message = format!("more than {MOST} findings; clear these up first, no more are listed");
                self.0.push(Finding { file, line: None, code: Code::TooManyFindings, message });
            }
            _ => {}
        }
    }

    pub(super) fn into_vec(self) -> Vec<Finding> {
        self.0
    }
}

/// Findings that are listed.
const MOST: usize = 100_000;
