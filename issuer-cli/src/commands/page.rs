//! A sample page: what a sealed paper looks like, with all of its lines and the code.

use credential_core::Document;
use credential_core::answer::VerifiedCredential;
use credential_core::document::{
    Cell, Column, ColumnRole, Date, Decision, Edition, Heading, Identity, IdentityForm, Language, Line, LineValue,
    Lines, Results, RowKind, Text, Words,
};

/// An A4 page in HTML.
pub(super) fn page(credential: &VerifiedCredential, svg: &str) -> String {
    let document = credential.document();
    let authority = heading("p", &document.authority, document);
    let title = heading("h1", &document.title, document);
    let lines: String = lines(document).iter().map(|(label, words)| line(label, words, document)).collect();
    let svg = svg.split_once("<svg").map_or(String::new(), |(_, rest)| format!("<svg{rest}"));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n<title>{serial}</title>\n<style>{STYLE}</style>\n\
         <main><div class=\"specimen\">SPECIMEN</div>{authority}{title}\n<table>{lines}</table>\n{results}\n\
         <footer><div class=\"code\">{svg}</div><p>N° {serial}</p></footer></main>\n</html>\n",
        lang = document.languages[0].as_str(),
        serial = credential.serial(),
        results = document.results.as_ref().map_or(String::new(), |results| table(results, document)),
    )
}

/// Every line of the paper but authority, title and the table of results.
fn lines(document: &Document) -> Vec<(String, Words)> {
    // no `..`: a field that is forgotten here does not compile
    let Document {
        kind: _,
        languages: _,
        holder,
        birth,
        birth_place,
        identity: identity_number,
        number,
        title: _,
        series,
        session,
        honours,
        authority: _,
        centre,
        results,
        minutes: _,
        edition: stated_edition,
        archive,
        valid_until,
        awarded,
        decision,
        lines: Lines { person, award },
        sheet,
    } = document;
    let mean = results.as_ref().and_then(|results| results.mean);
    let before = [
        ("Nom", Some(holder.clone())),
        ("Né(e) le", birth.as_ref().and_then(date)),
        ("à", birth_place.clone()),
        ("Numéro", number.clone().map(Words::from)),
    ];
    let after = [
        ("Identité", identity_number.as_ref().and_then(identity)),
        ("Série", series.clone()),
        ("Session", Some(session.clone())),
        ("Moyenne", mean.and_then(|mean| one(mean.to_string()))),
        ("Décision", decision.as_ref().and_then(|Decision { outcome: _, words }| words.clone())),
        ("Mention", honours.clone()),
        ("Centre", centre.clone()),
    ];
    let last = [
        ("Délivré le", awarded.as_ref().and_then(date)),
        ("Valable jusqu'au", valid_until.as_ref().and_then(date)),
        ("Édition", edition(stated_edition)),
        ("Archives", archive.and_then(|archive| one(archive.year.to_string()))),
        ("Feuille", sheet.and_then(|sheet| one(format!("{}/{}", sheet.number, sheet.of)))),
    ];
    let typed = |lines: Vec<(&str, Option<Words>)>| {
        lines.into_iter().filter_map(|(label, words)| Some((label.to_owned(), words?))).collect::<Vec<_>>()
    };
    let summaries = results.iter().flat_map(|results| &results.summaries);
    let mut all = typed(before.into());
    all.extend(person.iter().filter_map(printed));
    all.extend(typed(after.into()));
    all.extend(summaries.chain(award).filter_map(printed));
    all.extend(typed(last.into()));
    all
}

/// A line whose name the paper has too.
fn printed(Line { name, value }: &Line) -> Option<(String, Words)> {
    let value = match value {
        LineValue::Words(words) => words.clone(),
        LineValue::Number(number) => one(number.to_string())?,
    };
    Some((name.first().to_owned(), value))
}

fn one(text: String) -> Option<Words> {
    Words::one(text).ok()
}

fn date(date: &Date) -> Option<Words> {
    match date {
        Date::Known(date) => one(date.to_string()),
        Date::Printed(_, words) => Some(words.clone()),
    }
}

fn identity(Identity { form, name: _ }: &Identity) -> Option<Words> {
    match form {
        IdentityForm::Tail(tail) => one(format!("…{tail}")),
        IdentityForm::Digest { .. } => None,
    }
}

fn edition(edition: &Edition) -> Option<Words> {
    match edition {
        Edition::Original => None,
        Edition::Duplicate { number, .. } => one(format!("duplicata, n° {number}")),
        Edition::Correction { number, .. } => one(format!("rectification, n° {number}")),
    }
}

/// The table of results; none where only a mean is printed.
fn table(results: &Results, document: &Document) -> String {
    // the mean and the summaries stand among the lines
    let Results { mean: _, rows, columns, summaries: _ } = results;
    if rows.is_empty() {
        return String::new();
    }
    let head: String = columns.iter().map(|column| format!("<th>{}</th>", escape(&column_heading(column)))).collect();
    let row = |(at, row): (usize, &credential_core::document::Row)| {
        let class = match row.kind {
            RowKind::Subject => "",
            RowKind::Heading(_) => " class=\"heading\"",
            RowKind::Total => " class=\"total\"",
        };
        let values: String = columns.iter().map(|column| format!("<td>{}</td>", escape(&cell(column, at)))).collect();
        format!("<tr{class}>{}{values}</tr>\n", cells(&row.name, document))
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    let names = document.languages.len();
    format!("<table class=\"marks\"><tr><th colspan=\"{names}\"></th>{head}</tr>\n{rows}</table>")
}

fn column_heading(column: &Column) -> String {
    let words = match (&column.heading, column.role) {
        (Heading::Words(words), _) => words.first(),
        (Heading::Usual, ColumnRole::Code) => "Code",
        (Heading::Usual, ColumnRole::Coefficient) => "Coef.",
        (Heading::Usual, ColumnRole::Credits) => "Crédits",
        (Heading::Usual, ColumnRole::Result) => "Note",
        (Heading::Usual, ColumnRole::Maximum) => "Sur",
        (Heading::Usual, ColumnRole::Other) => "",
    };
    column.maximum.map_or_else(|| words.to_owned(), |maximum| format!("{words} /{maximum}"))
}

fn cell(column: &Column, row: usize) -> String {
    match column.cells.get(row) {
        Some(Cell::Number(value)) => column.show(*value),
        Some(Cell::Words(words)) => words.first().to_owned(),
        Some(Cell::Empty) | None => String::new(),
    }
}

/// The texts that are printed, each with its language.
fn texts<'a>(words: &'a Words, document: &'a Document) -> Vec<(&'a Text, &'a Language)> {
    let texts = words.texts().iter().zip(&document.languages);
    texts.filter_map(|(text, language)| Some((text.as_ref()?, language))).collect()
}

fn heading(tag: &str, words: &Words, document: &Document) -> String {
    let text = |(text, language): (&Text, &Language)| {
        format!("<{tag} {}>{}</{tag}>\n", direction(language), escape(text.as_str()))
    };
    texts(words, document).into_iter().map(text).collect()
}

fn line(label: &str, words: &Words, document: &Document) -> String {
    format!("<tr><th>{}</th>{}</tr>\n", escape(label), cells(words, document))
}

/// A cell for each text; the last one spans what is left of the languages.
fn cells(words: &Words, document: &Document) -> String {
    let texts = texts(words, document);
    let rest = document.languages.len() + 1 - texts.len();
    let span = |at: usize| if at + 1 == texts.len() { rest } else { 1 };
    let cell = |(at, (text, language)): (usize, &(&Text, &Language))| {
        format!("<td colspan=\"{}\" {}>{}</td>", span(at), direction(language), escape(text.as_str()))
    };
    texts.iter().enumerate().map(cell).collect()
}

fn direction(language: &Language) -> String {
    let direction = if language.as_str() == "ar" { "rtl" } else { "ltr" };
    format!("lang=\"{}\" dir=\"{direction}\"", language.as_str())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "@page{size:A4}body{margin:0;font:15px/1.45 serif;color:#123}main{position:relative;display:flex;flex-direction:column;box-sizing:border-box;\
width:210mm;min-height:297mm;margin:auto;padding:18mm;border:3px double #246}p,h1{margin:.2em 0;text-align:center}\
h1{font-size:26px}table{width:100%;margin-top:6mm;border-collapse:collapse}th{text-align:left;font-weight:normal;color:#567;\
width:22mm}td,th{padding:1mm 2mm;border-bottom:1px solid #cde}[dir=rtl]{text-align:right}h1[dir=rtl],p[dir=rtl]{text-align:center}\
.marks{font-size:13px}.marks th{text-align:left;width:auto}.heading td,.total td{font-weight:bold}footer{display:flex;align-items:end;justify-content:space-between;margin-top:auto;padding-top:8mm;font-size:11px}\
.specimen{position:absolute;top:120mm;left:20mm;right:20mm;text-align:center;font:bold 88px sans-serif;color:#c002;\
transform:rotate(-28deg);pointer-events:none}";
