//! No unknown leads to acceptance: every combination of what a verifier may hold, and what it may lack.
#![allow(clippy::unwrap_used)]

mod common;

use common::sides::*;
use common::*;
use proptest::prelude::*;

/// What surrounds one paper.
#[derive(Clone, Copy, Debug)]
struct Held {
    trust: Trust,
    key: Key,
    head: Side,
    file: Side,
    status: Side,
    proof: Side,
    paper: Paper,
}

impl Held {
    /// Whether exit status 0 may follow, said without looking at the program.
    fn suffices(self) -> bool {
        let listed = self.paper != Paper::Forged
            && self.head == Side::Good
            && (self.file == Side::Good || self.proof == Side::Good);
        let key_will_do = match self.key {
            Key::Good | Key::Closed => true,
            Key::Fixed | Key::Compromised => listed,
            Key::Test => false,
        };
        let fresh = self.trust == Trust::Good;
        self.pack_opens() && fresh && key_will_do && self.status == Side::Good && self.paper != Paper::Withdrawn
    }

    /// A pack opens as a whole or not at all, and a register file only beside the head that it belongs to.
    fn pack_opens(self) -> bool {
        let opens = |side| matches!(side, Side::Good | Side::Missing | Side::Stale);
        let fits = self.key != Key::Fixed || self.head != Side::Stale;
        fits && matches!(self.trust, Trust::Good | Trust::Stale)
            && opens(self.head)
            && opens(self.status)
            && (self.file == Side::Missing || opens(self.file) && self.file == self.head)
    }

    /// Side data never make a paper whose signature holds "not genuine", and what is not known is never called listed.
    fn check(self, opened: bool, report: &Report) {
        assert_eq!(opened, self.pack_opens(), "{self:?}");
        assert_eq!(report.reason().exit_status() == 0, self.suffices(), "{self:?}: {report:?}");
        assert_ne!(report.reason().verdict(), Verdict::NotGenuine, "{self:?}");
        match report.register() {
            Register::Listed => assert!(self.paper != Paper::Forged && self.head == Side::Good, "{self:?}"),
            // the documents of the live world are not those of the test world
            Register::NotListed => {
                let of_live = self.key == Key::Test;
                assert!(self.paper == Paper::Forged || self.file == Side::Stale || of_live, "{self:?}");
            }
            Register::Unknown => {}
        }
        if report.reason() == Reason::StatusOld {
            assert!(self.status == Side::Stale || self.trust == Trust::Stale, "{self:?}");
        }
    }
}

/// The objects in every state, made once, so that the product costs little more than its verifications.
struct Objects {
    parts: Parts,
    heads: Vec<Option<Vec<u8>>>,
    files: Vec<Option<Vec<u8>>>,
    statuses: Vec<Option<Vec<u8>>>,
    evidence: Vec<Evidence>,
    texts: Vec<String>,
}

impl Objects {
    fn new() -> Self {
        let parts = Parts::new();
        Self {
            heads: SIDES.map(|side| parts.head(side)).into(),
            files: SIDES.map(|side| parts.file(side)).into(),
            statuses: SIDES.map(|side| parts.status(side)).into(),
            evidence: SIDES.map(|side| parts.evidence(side)).into(),
            texts: PAPERS.map(|paper| parts.text(paper)).into(),
            parts,
        }
    }

    fn pack(&self, trust: &[u8], [head, file, status]: [usize; 3]) -> Result<Pack, PackFault> {
        let contents = PackContents {
            trust,
            register_heads: self.heads[head].iter().map(Vec::as_slice).collect(),
            register_files: self.files[file].iter().map(Vec::as_slice).collect(),
            statuses: self.statuses[status].iter().map(Vec::as_slice).collect(),
            ..PackContents::default()
        };
        self.parts.open(&contents)
    }

    /// What is said of each paper under this pack, with proofs in every state.
    fn judge_all(&self, pack: &Result<Pack, PackFault>, now: UnixTime, mut check: impl FnMut(Side, Paper, &Report)) {
        let mut store = TrustStore::new();
        pack.iter().for_each(|pack| store.add(pack.clone()));
        for (proof, evidence) in SIDES.into_iter().zip(&self.evidence) {
            for (paper, text) in PAPERS.into_iter().zip(&self.texts) {
                check(proof, paper, &verify_with_evidence(text, &store, evidence, now));
            }
        }
    }
}

#[test]
fn exit_status_0_only_when_everything_that_is_needed_is_there() {
    let objects = Objects::new();
    let (mut seen, mut accepted) = (0, 0);
    let states = TRUSTS.into_iter().flat_map(|trust| KEYS.into_iter().map(move |key| (trust, key)));
    for (trust, key) in states {
        let list = objects.parts.trust(trust, key);
        for at in 0..SIDES.len().pow(3) {
            let at = [at % 7, at / 7 % 7, at / 49];
            let [head, file, status] = at.map(|side| SIDES[side]);
            let pack = objects.pack(&list, at);
            objects.judge_all(&pack, NOW, |proof, paper, report| {
                let held = Held { trust, key, head, file, status, proof, paper };
                held.check(pack.is_ok(), report);
                accepted += u32::from(held.suffices());
                seen += 1;
            });
        }
    }
    assert_eq!(seen, 7 * 5 * 7 * 7 * 7 * 7 * 3);
    assert!(accepted > 100, "{accepted}");
}

#[test]
fn each_bad_trust_list_has_its_reason() {
    let objects = Objects::new();
    let refused = TRUSTS
        .map(|trust| objects.pack(&objects.parts.trust(trust, Key::Good), [1, 1, 1]).err().map(|fault| fault.code()));
    let malformed = Some(FaultCode::TrustMalformed);
    let foreign = Some(FaultCode::TrustForeignRoot);
    // a list of others opens, and knows none of the dictionaries that come with it
    let of_another = Some(FaultCode::PackMalformed);
    assert_eq!(refused, [None, None, malformed, foreign, malformed, of_another, malformed]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_clock_makes_a_paper_not_genuine_or_a_list_young(
        now in prop_oneof![any::<u64>(), 0..NOW, NOW - 2..NOW + 3, SEALED_AT - 86_402..SEALED_AT - 86_397],
        key in 0_usize..5,
        at in proptest::array::uniform3(0_usize..7),
    ) {
        let objects = Objects::new();
        let list = objects.parts.trust(Trust::Good, KEYS[key]);
        let pack = objects.pack(&list, at);
        let is_old = !(SEALED_AT - 86_400..=NOW).contains(&now);
        // a list of before the withdrawal cannot know of it, and is young until its own exp
        let before = SIDES[at[2]] == Side::Stale && now < NOW;
        objects.judge_all(&pack, now, |_, paper, report| {
            assert_ne!(report.reason().verdict(), Verdict::NotGenuine);
            let may_pass = !is_old && (before || paper != Paper::Withdrawn);
            assert!(report.reason().exit_status() != 0 || may_pass, "{now} {paper:?} {report:?}");
        });
    }
}
