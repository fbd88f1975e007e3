//! The packs of this instance, and what is judged by them.

use std::cell::RefCell;

use credential_core::{
    Anchor, CodeKind, JsonText, LegalisationMatch, LegalisationReport, Pack, Reason, Report, TrustList, TrustStore,
    UnixTime, legalisation_text, match_legalisation, report_text, rfc3339, verify, verify_legalisation,
};

thread_local! {
    /// The packs of this instance, or the reason of the first that was refused.
    static PACKS: RefCell<Result<TrustStore, Reason>> = RefCell::new(Ok(TrustStore::new()));
}

/// Bytes of the longest argument that is looked at: one more than a pack may have (PCK-1).
pub(crate) const LONGEST_PACK: usize = (32 << 20) + 1;

/// Bytes of one code point more than a text may have, all of them long (TXT-1).
pub(crate) const LONGEST_TEXT: usize = 4 * (4_296 + 1);

pub(crate) fn load_pack(bytes: &[u8], root: Option<[u8; 32]>) -> String {
    let opened = Pack::open(bytes, root.map_or(Anchor::AsCarried, Anchor::Fingerprint));
    let answer = opened.as_ref().map_or_else(|reason| refused(*reason), |pack| loaded(pack.trust()));
    PACKS.with_borrow_mut(|packs| match (packs.as_mut(), opened) {
        (Ok(store), Ok(pack)) => store.add(pack),
        (Ok(_), Err(reason)) => *packs = Err(reason),
        (Err(_), _) => {}
    });
    answer
}

/// Puts the successor where the pack held stands, or behind the others if that one is not loaded.
pub(crate) fn update_pack(bytes: &[u8], held: &[u8]) -> String {
    let opened = Pack::open(held, Anchor::AsCarried).and_then(|held| match Pack::open_following(bytes, &held) {
        Ok(pack) => Ok((held, pack)),
        Err(unfollowed) => Err(unfollowed.reason()),
    });
    match opened {
        Ok((held, pack)) => {
            let answer = loaded(pack.trust());
            PACKS.with_borrow_mut(|packs| {
                if let Ok(store) = packs {
                    store.replace(held.trust(), pack);
                }
            });
            answer
        }
        Err(reason) => refused(reason),
    }
}

fn loaded(list: &TrustList) -> String {
    let claims = list.claims();
    let mut json = JsonText::default();
    json.open('{');
    json.key("loaded").yes();
    json.key("root").hex(list.root());
    json.key("list_owner").text(claims.owner.as_str());
    json.key("list_version").number(claims.version.into());
    json.key("list_issued").text(&rfc3339(claims.issued));
    json.key("next_update").text(&rfc3339(claims.next_update));
    json.key("authorities").texts(claims.authorities.iter().map(|authority| authority.id.as_str()));
    json.close('}');
    json.into()
}

fn refused(reason: Reason) -> String {
    let mut json = JsonText::default();
    json.open('{');
    json.key("loaded").no();
    json.key("reason").text(reason.code());
    json.key("words").text(reason.words());
    json.close('}');
    json.into()
}

pub(crate) fn clear_packs() {
    PACKS.set(Ok(TrustStore::new()));
}

/// Bytes that are not UTF-8 are no text of ours; replacing them lets the rules of the text form say so.
pub(crate) fn verify_text(text: &[u8], now: UnixTime) -> String {
    PACKS.with_borrow(|packs| judge(text, packs, now).json())
}

/// Judges the texts of one paper, and says for each legalisation record which document it was made over (LEG-8).
///
/// `null` if the texts are not framed as they should be, or more than 1,000.
pub(crate) fn story(framed: &[u8], now: UnixTime) -> String {
    let Some(texts) = texts(framed) else { return "null".into() };
    let judged = PACKS.with_borrow(|packs| texts.iter().map(|text| judge(text, packs, now)).collect::<Vec<_>>());
    let records = judged.iter().enumerate().filter_map(|(at, one)| match one {
        Judged::Legalisation(record) => Some(relation(at, record, &judged)),
        Judged::Document(_) => None,
    });
    let (records, reports) = (records.collect::<Vec<_>>(), judged.iter().map(Judged::json).collect::<Vec<_>>());
    ["{\"legalisations\":[", &records.join(","), "],\"reports\":[", &reports.join(","), "]}"].concat()
}

/// A proof that cannot be read is as none (REG-6).
#[cfg(feature = "conformance")]
pub(crate) fn verify_with_proofs(text: &[u8], proofs: &[u8], now: UnixTime) -> String {
    use credential_core::{Evidence, InclusionProof, verify_with_evidence};

    let proofs = texts(proofs).unwrap_or_default().into_iter().filter_map(|proof| InclusionProof::read(proof).ok());
    let evidence = proofs.fold(Evidence::none(), Evidence::with_proof);
    let text = String::from_utf8_lossy(text);
    PACKS.with_borrow(|packs| match packs {
        Ok(store) => report_text(&verify_with_evidence(&text, store, &evidence, now)),
        Err(reason) => report_text(&Report::refused(*reason)),
    })
}

enum Judged {
    Document(Box<Report>),
    Legalisation(Box<LegalisationReport>),
}

impl Judged {
    fn json(&self) -> String {
        match self {
            Self::Document(report) => report_text(report),
            Self::Legalisation(report) => legalisation_text(report),
        }
    }
}

fn judge(text: &[u8], packs: &Result<TrustStore, Reason>, now: UnixTime) -> Judged {
    let text = String::from_utf8_lossy(&text[..text.len().min(LONGEST_TEXT)]);
    match (CodeKind::of(&text), packs) {
        (Some(CodeKind::Legalisation), Ok(store)) => {
            Judged::Legalisation(verify_legalisation(&text, store, now).into())
        }
        (Some(CodeKind::Legalisation), Err(reason)) => {
            Judged::Legalisation(LegalisationReport::refused(*reason).into())
        }
        (_, Ok(store)) => Judged::Document(verify(&text, store, now).into()),
        (_, Err(reason)) => Judged::Document(Report::refused(*reason).into()),
    }
}

/// `other-document` says that no document here is the one: only if there is a document, and all of them are shown.
fn relation(at: usize, record: &LegalisationReport, judged: &[Judged]) -> String {
    let matches = judged.iter().map(|one| match one {
        Judged::Document(report) => Some(match_legalisation(report, record)),
        Judged::Legalisation(_) => None,
    });
    let matches: Vec<_> = matches.collect();
    let same = matches.iter().position(|found| *found == Some(LegalisationMatch::SameDocument));
    let found = |found| matches.contains(&Some(found));
    let relation = match same {
        Some(_) => LegalisationMatch::SameDocument,
        None if found(LegalisationMatch::Undetermined) || !found(LegalisationMatch::OtherDocument) => {
            LegalisationMatch::Undetermined
        }
        None => LegalisationMatch::OtherDocument,
    };
    let mut json = JsonText::default();
    json.open('{');
    json.key("record").number(at as u64);
    match same {
        Some(document) => json.key("document").number(document as u64),
        None => json.key("document").null(),
    }
    json.key("relation").text(relation.code());
    json.close('}');
    json.into()
}

/// What stands behind its length each, or `None`.
pub(crate) fn texts(mut framed: &[u8]) -> Option<Vec<&[u8]>> {
    let mut texts = Vec::new();
    while let Some((length, rest)) = framed.split_first_chunk() {
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        texts.push(text);
        framed = rest;
    }
    (framed.is_empty() && texts.len() <= MOST_TEXTS).then_some(texts)
}

/// A paper has two codes, a folder of pictures some hundred; each text takes less than a millisecond.
const MOST_TEXTS: usize = 1_000;
