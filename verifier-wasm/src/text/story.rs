//! Several codes of one paper: SPEC section 17, programs that judge several codes.

use credential_core::{
    Evidence, JsonText, Judged, LegalisationMatch, LegalisationReport, Reason, Report, UnixTime, VerifiedCredential,
    complete_sheets, match_legalisation,
};

use super::{PACKS, judge, report, texts};

/// Judges the texts of one paper: which document each record was made over, which codes count, and what follows of all.
///
/// `null` if the texts are not framed as they should be, or more than 1,000.
pub(crate) fn story(framed: &[u8], now: UnixTime) -> String {
    let Some(texts) = texts(framed) else { return "null".into() };
    PACKS.with_borrow(|packs| match packs {
        Ok(store) => {
            let judged: Vec<_> = texts.iter().map(|text| judge(text, store, &Evidence::none(), now)).collect();
            told(&judged)
        }
        Err(refusal) => {
            let exits = vec![Some(UNDETERMINED); texts.len()];
            written(&[], &exits, texts.iter().map(|_| refusal.clone()))
        }
    })
}

fn told(judged: &[Judged]) -> String {
    let relations: Vec<_> = judged.iter().enumerate().filter_map(|(at, one)| Relation::of(at, one, judged)).collect();
    let shown: Vec<&VerifiedCredential> = judged.iter().filter_map(Judged::credential).collect();
    let mut complete = complete_sheets(&shown).into_iter();
    let exits = judged.iter().enumerate().map(|(at, one)| {
        let is_complete = one.credential().is_some() && complete.next() == Some(true);
        match (one.reason(), relations.iter().find(|relation| relation.record == at)) {
            (Reason::ForeignCode, _) if !shown.is_empty() => None,
            (Reason::OneSheet, _) if is_complete => Some(ACCEPTED),
            (reason, Some(relation)) if reason.exit_status() == ACCEPTED => Some(relation.exit_status()),
            (reason, _) => Some(reason.exit_status()),
        }
    });
    let exits: Vec<_> = exits.collect();
    written(&relations, &exits, judged.iter().map(report))
}

fn written(relations: &[Relation], exits: &[Option<u8>], reports: impl Iterator<Item = String>) -> String {
    let mut json = JsonText::default();
    json.open('{');
    json.key("exit_status").number(of_all(exits).into());
    json.key("exit_statuses").open('[');
    exits.iter().for_each(|exit| match exit {
        Some(exit) => json.number((*exit).into()),
        None => json.null(),
    });
    json.close(']');
    json.key("legalisations").open('[');
    relations.iter().for_each(|relation| relation.write(&mut json));
    json.close(']');
    let head = String::from(json);
    let reports: Vec<_> = reports.collect();
    [&head, ",\"reports\":[", &reports.join(","), "]}"].concat()
}

/// 1 if any code has 1, else 2 if any has 2, else 0; no codes are no acceptance.
fn of_all(exits: &[Option<u8>]) -> u8 {
    let mut counted = exits.iter().flatten();
    match (exits.contains(&Some(REFUSED)), exits.contains(&Some(UNDETERMINED)), counted.next()) {
        (true, _, _) => REFUSED,
        (_, true, _) | (_, _, None) => UNDETERMINED,
        _ => ACCEPTED,
    }
}

/// Which of the documents a record was made over (LEG-8), by place among the texts.
struct Relation {
    record: usize,
    document: Option<usize>,
    found: LegalisationMatch,
}

impl Relation {
    fn of(record: usize, one: &Judged, judged: &[Judged]) -> Option<Self> {
        let Judged::Legalisation(report) = one else { return None };
        let matches: Vec<_> = judged.iter().map(|one| matched(one, report)).collect();
        let document = matches.iter().position(|found| *found == Some(LegalisationMatch::SameDocument));
        Some(Self { record, document, found: of_matches(&matches) })
    }

    fn exit_status(&self) -> u8 {
        match self.found {
            LegalisationMatch::SameDocument => ACCEPTED,
            LegalisationMatch::OtherDocument => REFUSED,
            LegalisationMatch::Undetermined => UNDETERMINED,
        }
    }

    fn write(&self, json: &mut JsonText) {
        json.open('{');
        json.key("record").number(self.record as u64);
        match self.document {
            Some(document) => json.key("document").number(document as u64),
            None => json.key("document").null(),
        }
        json.key("relation").text(self.found.code());
        json.close('}');
    }
}

fn matched(one: &Judged, record: &LegalisationReport) -> Option<LegalisationMatch> {
    let is_foreign = |report: &Report| report.reason() == Reason::ForeignCode;
    match one {
        Judged::Document(report) if !is_foreign(report) => Some(match_legalisation(report, record)),
        Judged::Document(_) | Judged::Legalisation(_) => None,
    }
}

/// `other-document` says that no document here is the one: only if there is a document, and all of them are shown.
fn of_matches(matches: &[Option<LegalisationMatch>]) -> LegalisationMatch {
    let found = |found| matches.contains(&Some(found));
    if found(LegalisationMatch::SameDocument) {
        LegalisationMatch::SameDocument
    } else if found(LegalisationMatch::Undetermined) || !found(LegalisationMatch::OtherDocument) {
        LegalisationMatch::Undetermined
    } else {
        LegalisationMatch::OtherDocument
    }
}

const ACCEPTED: u8 = 0;
const REFUSED: u8 = 1;
const UNDETERMINED: u8 = 2;
