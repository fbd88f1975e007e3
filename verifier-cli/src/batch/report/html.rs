//! The report as one page that fetches nothing, runs nothing and can be printed.

use std::fmt::Write;

use super::table::Table;
use crate::language::Language;

/// The page.
pub(super) fn page(tables: &[Table], language: Language) -> String {
    let title = language.of("Verification of documents", "Vérification de documents");
    let mut page = format!("<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n", language.of("en", "fr"));
    page += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
    let _ = write!(page, "<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n");
    for table in tables {
        let _ = writeln!(page, "<h2>{}</h2>\n<div><table>", escaped(table.title));
        row(&mut page, "th scope=\"col\"", "th", table.headings.iter().copied());
        for cells in &table.rows {
            row(&mut page, "td dir=\"auto\"", "td", cells.iter().map(String::as_str));
        }
        page += "</table></div>\n";
    }
    page
}

fn row<'a>(page: &mut String, open: &str, close: &str, cells: impl Iterator<Item = &'a str>) {
    page.push_str("<tr>");
    for cell in cells {
        let _ = write!(page, "<{open}>{}</{close}>", escaped(cell));
    }
    page.push_str("</tr>\n");
}

/// Text that no browser takes for anything but text.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

const STYLE: &str = "\
body{font:14px/1.4 system-ui,sans-serif;margin:1.5em;color:#111;background:#fff}\
div{overflow-x:auto}table{border-collapse:collapse;font-size:12px}\
th,td{border:1px solid #999;padding:.2em .5em;text-align:start;vertical-align:top;overflow-wrap:anywhere;min-width:4em}\
th{background:#eee}tr{break-inside:avoid}\
@media print{@page{size:A4 landscape;margin:1cm}body{margin:0}table{font-size:7px}thead{display:table-header-group}}";
