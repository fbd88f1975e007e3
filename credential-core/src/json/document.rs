//! The JSON view of a document.

use super::{JsonText, maybe};
use crate::claims::{
    Archive, Cell, Column, Decision, Document, Edition, Heading, Identity, IdentityForm, Line, LineValue, Lines,
    MinutesReference, Number, Outcome, Results, Row, RowKind, Sheet,
};
use crate::date::Date;
use crate::verify::VerifiedCredential;
use crate::words::{Language, Words};

pub(super) fn document(json: &mut JsonText, credential: &VerifiedCredential) {
    // no `..`: a field that is forgotten here does not compile
    let Document {
        kind,
        languages: tags,
        holder,
        birth,
        birth_place,
        identity: stated_identity,
        number,
        title,
        series,
        session,
        honours,
        authority,
        centre,
        results: stated_results,
        minutes,
        edition: stated_edition,
        archive,
        valid_until,
        awarded,
        decision: stated_decision,
        lines: stated_lines,
        sheet,
    } = credential.document();
    json.open('{');
    json.key("serial").text(&credential.serial().to_string());
    json.key("digest").hex(&credential.digest());
    json.key("kind").text(kind.code());
    languages(json.key("languages"), tags);
    words(json.key("holder"), holder);
    date(json, "birth", "birth_printed", birth.as_ref());
    field(json, "birth_place", birth_place.as_ref(), words);
    field(json, "identity", stated_identity.as_ref(), identity);
    field(json, "number", number.as_ref(), |json, number| json.text(number.as_str()));
    words(json.key("title"), title);
    field(json, "series", series.as_ref(), words);
    words(json.key("session"), session);
    field(json, "honours", honours.as_ref(), words);
    words(json.key("authority"), authority);
    field(json, "centre", centre.as_ref(), words);
    field(json, "results", stated_results.as_ref(), results);
    field(json, "minutes", minutes.as_ref(), |json, MinutesReference { minutes, line }| {
        pair(json, ("number", *minutes), ("line", *line));
    });
    edition(json.key("edition"), stated_edition);
    field(json, "archive", archive.as_ref(), |json, Archive { year, grade }| {
        pair(json, ("year", (*year).into()), ("grade", grade.number()));
    });
    date(json, "valid_until", "valid_until_printed", valid_until.as_ref());
    date(json, "awarded", "awarded_printed", awarded.as_ref());
    field(json, "decision", stated_decision.as_ref(), decision);
    if !stated_lines.is_empty() {
        lines(json.key("lines"), stated_lines);
    }
    field(json, "sheet", sheet.as_ref(), |json, Sheet { number, of }| {
        pair(json, ("number", (*number).into()), ("of", (*of).into()));
    });
    json.close('}');
}

fn field<'d, T>(json: &mut JsonText, name: &str, stated: Option<&'d T>, write: impl FnOnce(&mut JsonText, &'d T)) {
    if let Some(stated) = stated {
        write(json.key(name), stated);
    }
}

fn pair(json: &mut JsonText, first: (&str, u64), second: (&str, u64)) {
    json.open('{');
    json.key(first.0).number(first.1);
    json.key(second.0).number(second.1);
    json.close('}');
}

/// Words with one string per language, null where nothing is printed.
pub(super) fn words(json: &mut JsonText, words: &Words) {
    let text = |json: &mut JsonText, text: Option<&str>| maybe(json, text, JsonText::text);
    match words.texts() {
        [one] => text(json, one.as_ref().map(|text| text.as_str())),
        several => {
            json.open('[');
            several.iter().for_each(|one| text(json, one.as_ref().map(|text| text.as_str())));
            json.close(']');
        }
    }
}

pub(super) fn languages(json: &mut JsonText, languages: &[Language]) {
    json.texts(languages.iter().map(|tag| tag.as_str()));
}

fn date(json: &mut JsonText, name: &str, printed: &str, date: Option<&Date>) {
    if let Some(known) = date.and_then(Date::partial) {
        json.key(name).text(&known.to_string());
    }
    field(json, printed, date.and_then(Date::words), words);
}

fn identity(json: &mut JsonText, identity: &Identity) {
    let Identity { form, name } = identity;
    json.open('{');
    match form {
        IdentityForm::Tail(tail) => {
            json.key("form").text("masked");
            json.key("tail").text(tail.as_str());
        }
        IdentityForm::Digest { work, digest: _ } => {
            json.key("form").text("digest");
            json.key("work").number((*work).into());
        }
    }
    field(json, "name", name.as_ref(), words);
    json.close('}');
}

fn results(json: &mut JsonText, results: &Results) {
    let Results { mean, rows, columns, summaries } = results;
    json.open('{');
    maybe(json.key("mean"), mean.as_ref(), number);
    array(json.key("columns"), columns, column);
    json.key("rows").open('[');
    rows.iter().enumerate().for_each(|(at, stated)| row(json, stated, at, columns));
    json.close(']');
    array(json.key("summaries"), summaries, line);
    json.close('}');
}

fn array<T>(json: &mut JsonText, all: &[T], write: impl Fn(&mut JsonText, &T)) {
    json.open('[');
    all.iter().for_each(|one| write(json, one));
    json.close(']');
}

fn column(json: &mut JsonText, column: &Column) {
    let Column { role, heading, decimals: _, cells: _, maximum } = column;
    json.open('{');
    json.key("role").text(role.code());
    match heading {
        Heading::Usual => json.key("heading").null(),
        Heading::Words(stated) => words(json.key("heading"), stated),
    }
    maybe(json.key("maximum"), *maximum, |json, maximum| json.text(&maximum.to_string()));
    json.close('}');
}

fn row(json: &mut JsonText, row: &Row, at: usize, columns: &[Column]) {
    let Row { name, kind } = row;
    json.open('{');
    words(json.key("name"), name);
    json.key("kind").text(kind.code());
    if let RowKind::Heading(level) = kind {
        json.key("level").number(level.get().into());
    }
    json.key("cells").open('[');
    columns.iter().filter_map(|column| Some((column, column.cells.get(at)?))).for_each(|(column, cell)| match cell {
        Cell::Number(value) => shown(json, &column.show(*value), None),
        Cell::Words(stated) => in_words(json, stated),
        Cell::Empty => json.null(),
    });
    json.close(']');
    json.close('}');
}

fn number(json: &mut JsonText, number: &Number) {
    shown(json, &number.show(), number.maximum);
}

fn shown(json: &mut JsonText, number: &str, maximum: Option<u64>) {
    json.open('{');
    json.key("number").text(number);
    if let Some(maximum) = maximum {
        json.key("maximum").text(&maximum.to_string());
    }
    json.close('}');
}

fn in_words(json: &mut JsonText, stated: &Words) {
    json.open('{');
    words(json.key("words"), stated);
    json.close('}');
}

fn line(json: &mut JsonText, line: &Line) {
    let Line { name, value } = line;
    json.open('{');
    words(json.key("name"), name);
    match value {
        LineValue::Words(stated) => in_words(json.key("value"), stated),
        LineValue::Number(stated) => number(json.key("value"), stated),
    }
    json.close('}');
}

fn lines(json: &mut JsonText, lines: &Lines) {
    let Lines { person, award } = lines;
    json.open('{');
    array(json.key("person"), person, line);
    array(json.key("award"), award, line);
    json.close('}');
}

fn decision(json: &mut JsonText, decision: &Decision) {
    let Decision { outcome, words: stated } = decision;
    json.open('{');
    json.key("outcome").text(outcome.code());
    match outcome {
        Outcome::Admitted => json.key("admitted").yes(),
        Outcome::NotAdmitted => json.key("admitted").no(),
        Outcome::Otherwise => json.key("admitted").null(),
    }
    maybe(json.key("words"), stated.as_ref(), words);
    json.close('}');
}

fn edition(json: &mut JsonText, edition: &Edition) {
    json.open('{');
    match edition {
        Edition::Original => json.key("form").text("original"),
        Edition::Duplicate { number, replaces } => {
            json.key("form").text("duplicate");
            json.key("number").number((*number).into());
            maybe(json.key("replaces"), replaces.as_ref(), |json, serial| json.text(&serial.to_string()));
        }
        Edition::Correction { number, replaces, decision } => {
            json.key("form").text("correction");
            json.key("number").number((*number).into());
            json.key("replaces").text(&replaces.to_string());
            maybe(json.key("decision"), decision.as_ref(), |json, text| json.text(text.as_str()));
        }
    }
    json.close('}');
}
