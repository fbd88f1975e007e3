//! The report as a workbook: every cell is a typed text, so that none is a formula. The only user of rust_xlsxwriter.

use std::io;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::table::Table;

/// One sheet a table.
pub(super) fn workbook(tables: &[Table]) -> io::Result<Vec<u8>> {
    make(tables).map_err(|error| io::Error::other(format!("{error}; a report in CSV or JSON lines has no such limit")))
}

fn make(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let heading = Format::new().set_bold();
    for table in tables {
        let sheet = workbook.add_worksheet().set_name(table.title)?;
        for (column, text) in (0..).zip(&table.headings) {
            sheet.write_string_with_format(0, column, *text, &heading)?;
            sheet.set_column_width(column, width(table, column.into()))?;
        }
        for (row, cells) in (1..).zip(&table.rows) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row, column, shortened(cell))?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        let last = u16::try_from(table.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, u32::try_from(table.rows.len()).unwrap_or(u32::MAX), last)?;
    }
    workbook.save_to_buffer()
}

/// Wide enough for most cells, and for people's screens.
fn width(table: &Table, column: usize) -> f64 {
    let cells = table.rows.iter().take(200).map(|row| row[column].chars().count());
    let widest = cells.chain([table.headings[column].chars().count()]).max().unwrap_or_default();
    f64::from(u32::try_from(widest.clamp(6, 60)).unwrap_or(60)) + 2.0
}

/// Cells hold so much and no more.
fn shortened(cell: &str) -> String {
    if cell.chars().count() <= MOST { cell.to_owned() } else { cell.chars().take(MOST - 1).chain(['…']).collect() }
}

const MOST: usize = 32_000;
