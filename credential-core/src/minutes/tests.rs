use super::*;
use crate::claims::{Cell, Column, ColumnRole, Decision, Heading, Number, Results, Row, World};
use crate::date::PartialDate;
use crate::key::SealingKey;
use crate::trust::{Role, RootSet};
use crate::words::Words;

fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

fn results() -> Results {
    let subject = Row::subject(Words::one("Maths").unwrap());
    let mark = Column {
        role: ColumnRole::Result,
        heading: Heading::Usual,
        decimals: 0,
        cells: vec![Cell::Number(12)],
        maximum: Some(20),
    };
    let mean = Some(Number { value: 1_425, decimals: 2, maximum: None });
    Results { mean, rows: vec![subject], columns: vec![mark], summaries: vec![] }
}

fn line(line: u64, series: Option<&str>, outcome: Outcome) -> MinutesLine {
    MinutesLine {
        line,
        number: text(&format!("R{line:03}")),
        holder: Words::per_language(vec![Some(text("Salma")), Some(text("سلمى"))]).unwrap(),
        birth: PartialDate::new(2007, Some(5), None).map(Into::into),
        series: series.map(text),
        decision: Decision { outcome, words: None },
        honours: None,
        results: Some(results()),
    }
}

fn lines() -> Vec<MinutesLine> {
    use Outcome::{Admitted, NotAdmitted};
    let series = [Some("Lettres"), None, Some("SVT"), Some("Lettres"), Some("SVT"), Some("Arts")];
    let decisions = [Admitted, NotAdmitted, Admitted, NotAdmitted, Admitted, Admitted];
    series.into_iter().zip(decisions).zip(1..).map(|((series, decision), n)| line(n, series, decision)).collect()
}

fn salt() -> MinutesSalt {
    MinutesSalt::new([7; 32])
}

fn sign(claims: &MinutesClaims) -> Vec<u8> {
    claims.sign(&Sealer { authority: "XX-EXAM", world: World::Live, key: &key() })
}

fn claims() -> MinutesClaims {
    MinutesClaims::over(&lines(), &salt(), 3, text("Juin 2026"), 500).unwrap()
}

fn key() -> SealingKey {
    SealingKey::from_seed(&[4; 32])
}

fn trust(change: impl FnOnce(&mut KeyEntry)) -> TrustClaims {
    let mut entry = KeyEntry {
        public: key().public(),
        usage: KeyUse::Minutes,
        not_before: 400,
        not_after: 600,
        closed_at: None,
        compromised_at: None,
        test: false,
        status_list: None,
        register: None,
    };
    change(&mut entry);
    let authority = Authority {
        id: "XX-EXAM".into(),
        names: vec![],
        country: "XX".into(),
        role: Role::ExaminationBoard,
        keys: vec![entry],
        dictionaries: vec![],
        successor: None,
        contacts: vec![],
        final_lists: vec![],
    };
    let roots = RootSet { threshold: 1, keys: vec![] };
    TrustClaims {
        version: 1,
        issued: 0,
        next_update: 0,
        roots,
        owner: text("X"),
        authorities: vec![authority],
        earlier: vec![],
        disowned: vec![],
        follows: None,
    }
}

#[test]
fn a_line_is_these_bytes() {
    let mut plain = line(1, None, Outcome::Admitted);
    plain.holder = Words::one("A").unwrap();
    plain.birth = None;
    plain.results = None;
    let expected = [
        &b"\x88\x01"[..], // array of 8, line 1
        b"\x64R001",      // candidate's number
        b"\x61A",         // name
        b"\x00",          // birth not known
        b"\x00",          // no series
        b"\x81\x01",      // admitted
        b"\x00",          // no honours
        b"\x00",          // no results
    ];
    assert_eq!(plain.to_bytes(), expected.concat());
    let mut whole = line(2, Some("SVT"), Outcome::NotAdmitted);
    whole.honours = Some(Words::one("Bien").unwrap());
    whole.decision.words = Some(Words::one("Refusé").unwrap());
    let whole = whole.to_bytes();
    assert!(whole.starts_with(b"\x88\x02\x64R002\x82\x65Salma\x68"));
    let end = [
        &b"\x1a\x01\x32\x40\x64\x63SVT\x82\x00\x67Refus\xc3\xa9\x64Bien"[..],
        b"\xa3\x01\x82\x19\x05\x91\x02", // mean 14.25
        b"\x02\x81\x65Maths",            // one row
        b"\x04\x81\x85\x04\xf5\x00\x81\x0c\x14",
    ];
    assert!(whole.ends_with(&end.concat()), "{whole:02x?}");
}

#[test]
fn counts_are_by_series_in_the_order_of_cbor() {
    let counts: Vec<_> = claims()
        .counts
        .iter()
        .map(|count| (count.series.as_ref().map_or("-", Text::as_str).to_owned(), count.admitted, count.not_admitted))
        .collect();
    let expected = [("-", 0, 1), ("SVT", 2, 0), ("Arts", 1, 0), ("Lettres", 1, 1)];
    assert_eq!(counts, expected.map(|(series, admitted, not)| (series.to_owned(), admitted, not)));
}

#[test]
fn what_is_signed_opens_equal_and_each_refusal_has_its_reason() {
    let signed = sign(&claims());
    let minutes = Minutes::open(&signed, &trust(|_| ())).unwrap();
    assert_eq!((minutes.claims(), minutes.authority(), minutes.is_test()), (&claims(), "XX-EXAM", false));
    let refused = |change: fn(&mut KeyEntry)| Minutes::open(&signed, &trust(change)).map(drop).unwrap_err();
    assert_eq!(refused(|entry| entry.usage = KeyUse::Register), Reason::UnknownIssuer);
    assert_eq!(refused(|entry| entry.not_after = 499), Reason::OutsideSigningWindow);
    assert_eq!(refused(|entry| entry.compromised_at = Some(700)), Reason::KeyCompromised);
    assert_eq!(Minutes::open(&signed[1..], &trust(|_| ())).map(drop), Err(Reason::EnvelopeMalformed));
    let mut forged = signed.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert_eq!(Minutes::open(&forged, &trust(|_| ())).map(drop), Err(Reason::SignatureInvalid));
}

#[test]
fn counts_that_do_not_add_up_break_the_rules() {
    for change in [
        |claims: &mut MinutesClaims| claims.lines += 1,
        |claims: &mut MinutesClaims| claims.counts[0].admitted += 1,
        |claims: &mut MinutesClaims| claims.counts[0].admitted = u64::MAX,
        |claims: &mut MinutesClaims| claims.counts.swap(0, 1),
        |claims: &mut MinutesClaims| claims.counts.clear(),
    ] {
        let mut wrong = claims();
        change(&mut wrong);
        assert_eq!(Minutes::open(&sign(&wrong), &trust(|_| ())).map(drop), Err(Reason::BreaksRules));
    }
}

#[test]
fn gaps_and_candidates_that_stand_twice_are_refused() {
    let over = |lines: &[MinutesLine]| MinutesClaims::over(lines, &salt(), 1, text("S"), 1).map(drop);
    let mut twice = lines();
    twice[4].number = twice[1].number.clone();
    assert_eq!(over(&twice), Err(MinutesFault::Twice { line: 5 }));
    let mut gap = lines();
    gap.remove(2);
    assert_eq!(over(&gap), Err(MinutesFault::Order { expected: 3, found: 4 }));
    assert_eq!(over(&[]), Err(MinutesFault::Lines { found: 0 }));
}

#[test]
fn one_line_is_proved_with_its_own_salt_and_no_changed_line_is() {
    let minutes = Minutes::open(&sign(&claims()), &trust(|_| ())).unwrap();
    let lines = lines();
    let tree = MerkleTree::new(lines.iter().map(|line| salt().leaf(line)));
    for line in &lines {
        let path = tree.path(line.line - 1).unwrap();
        let line_salt = salt().of_line(line.line);
        assert!(minutes.proves(line, &line_salt, &path));
        assert!(!minutes.proves(line, &salt().of_line(line.line + 1), &path));
        let changes: [fn(&mut MinutesLine); 6] = [
            |line| line.line += 1,
            |line| line.line = 0,
            |line| line.results.as_mut().unwrap().rows.clear(),
            |line| line.honours = Some(Words::one("Bien").unwrap()),
            |line| line.birth = None,
            |line| line.series = Some(text("Autre")),
        ];
        for change in changes {
            let mut changed = line.clone();
            change(&mut changed);
            assert!(!minutes.proves(&changed, &line_salt, &path));
        }
    }
}
