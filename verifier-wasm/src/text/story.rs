//! Several codes of one paper: SPEC section 14.

use credential_core::Story;
use credential_core::answer::{Judged, Relation, Told};
use credential_core::json::JsonText;
use credential_core::time::UnixTime;

use super::{PACKS, evidence, judge, report, texts};

/// Judges the texts of one paper: which document each record was made over, which codes count, and what follows of all.
///
/// `null` if the texts are not framed as they should be, or more than 1,000.
pub(crate) fn story(framed: &[u8], proofs: &[u8], now: UnixTime) -> String {
    let Some(texts) = texts(framed) else { return "null".into() };
    PACKS.with_borrow(|packs| match packs {
        Ok(store) => {
            let evidence = evidence(proofs);
            let judged = texts.iter().map(|text| judge(text, store, &evidence, now)).collect();
            let story = Story::of(judged);
            let reports = story.codes().iter().map(Told::judged).map(report).collect();
            written(story.codes(), story.codes().iter().map(Told::exit_status), story.exit_status(), reports)
        }
        Err(refusal) => {
            let exits = texts.iter().map(|_| Some(UNDETERMINED));
            written(&[], exits, UNDETERMINED, texts.iter().map(|_| refusal.clone()).collect())
        }
    })
}

fn written(codes: &[Told], exits: impl Iterator<Item = Option<u8>>, of_all: u8, reports: Vec<String>) -> String {
    let mut json = JsonText::default();
    json.open('{');
    json.key("exit_status").number(of_all.into());
    json.key("exit_statuses").open('[');
    exits.for_each(|exit| number_or_null(&mut json, exit.map(u64::from)));
    json.close(']');
    json.key("legalisations").open('[');
    for (at, code) in codes.iter().enumerate() {
        if let (Judged::Legalisation(_), Relation::Record(found)) = (code.judged(), code.relation()) {
            json.open('{');
            json.key("record").number(at as u64);
            number_or_null(json.key("document"), code.document().map(|place| place as u64));
            json.key("relation").text(found.code());
            json.close('}');
        }
    }
    json.close(']');
    let head = String::from(json);
    [&head, ",\"reports\":[", &reports.join(","), "]}"].concat()
}

fn number_or_null(json: &mut JsonText, number: Option<u64>) {
    match number {
        Some(number) => json.number(number),
        None => json.null(),
    }
}

const UNDETERMINED: u8 = 2;
