//! The report for machines: one JSON object a line, with stable codes. It is also what a later run compares itself with.

use serde_json::{Value, json};

use super::Report;
use crate::batch::line::Line;
use crate::batch::matching::{Applicant, Compared, Judged};
use crate::batch::words::name_code;
use crate::hex::hex;
use crate::judged::{exit_status, view};
use crate::language::Language;

/// Every record but the first, which is about the run.
pub(in crate::batch) fn records(report: &Report<'_>) -> Vec<Value> {
    let lines = report.lines.iter().zip(report.compared).map(|(line, compared)| {
        let applicant = compared.as_ref().map(|compared| &report.applicants[compared.applicant]);
        line_record(line, applicant.zip(compared.as_ref()), report.language)
    });
    let judged = report.applicants.iter().zip(report.judged);
    lines.chain(judged.map(|(applicant, judged)| applicant_record(applicant, judged, report))).collect()
}

fn line_record(line: &Line, compared: Option<(&Applicant, &Compared)>, language: Language) -> Value {
    let mut record = view(&line.answer, line.tie.matched, language);
    let mut put = |name: &str, value: Value| record[name] = value;
    put("record", "line".into());
    put("key", line.key().into());
    put("file", (&*line.file.name).into());
    put("sha256", line.file.sha256.map(|digest| hex(&digest)).into());
    put("bytes", line.file.bytes.into());
    put("format", line.file.kind.map(|kind| kind.name()).into());
    put("pages", line.file.pages.into());
    put("page", line.page.into());
    put("code", line.code.map(|(number, _)| number).into());
    put("codes_on_page", line.code.map(|(_, of)| of).into());
    put("detail", line.answer.trouble().map(|trouble| trouble.sentence(language)).into());
    put("counts", exit_status(&line.answer, line.tie.matched, line.beside).is_some().into());
    put("all_sheets", line.beside.all_sheets.into());
    put("notes", line.notes.iter().map(|note| note.code()).collect());
    put("see", line.notes.iter().filter_map(|note| note.file()).collect());
    put("applicant", compared.map_or(Value::Null, |(applicant, compared)| comparison(applicant, compared)));
    record
}

fn comparison(applicant: &Applicant, compared: &Compared) -> Value {
    let mut value = json!({
        "row": applicant.row, "number": applicant.number, "name": applicant.name, "found_by": compared.found_by.code(),
    });
    if let Some((name, birth, mean)) = &compared.document {
        value["name_match"] = name_code(name).into();
        value["birth_match"] = birth.code().into();
        value["mean_match"] = mean.code().into();
    }
    value
}

fn applicant_record(applicant: &Applicant, judged: &Judged, report: &Report<'_>) -> Value {
    json!({
        "record": "applicant",
        "key": format!("applicant {}", applicant.number),
        "row": applicant.row,
        "number": applicant.number,
        "name": applicant.name,
        "birth": applicant.birth,
        "declared_mean": applicant.mean,
        "pile": judged.pile.code(),
        "why": judged.why.iter().map(|why| why.code()).collect::<Vec<_>>(),
        "files": super::files_of(judged, report.lines),
    })
}
