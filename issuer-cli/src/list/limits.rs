//! Limits on a list, each with its reason.

/// Bytes of a file: 451,117 lines of 12 subjects take 160 MB.
pub(super) const FILE_BYTES: u64 = 1 << 30;
/// Bytes of a row: a quotation mark that is not closed would swallow the rest of the file.
pub(super) const ROW_BYTES: u64 = 1 << 20;
/// Rows: a list of more is none of one session.
pub(super) const ROWS: u32 = 2_000_000;
/// Columns: 64 subjects of 20 columns each take 1,344.
pub(super) const COLUMNS: usize = 4_096;
/// Faults that are listed.
pub(super) const FAULTS: usize = 500_000;
/// Bytes from which encoding and separator are guessed.
pub(super) const HEAD_BYTES: u64 = 1 << 18;
/// Different texts of codes, places and subjects that are remembered.
pub(super) const REMEMBERED: usize = 1 << 16;
