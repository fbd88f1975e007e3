//! Random sets of lists and statuses, in random orders and groupings: the same answer, and what the rules say of it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::common::*;
use crate::stated::{said_by, stated};
use crate::world::*;

/// One more list: what it is built on (by its place among those before), and what it does.
#[derive(Clone, Copy, Debug)]
enum Step {
    Plain,
    Mark,
    Unmark,
    /// Closed: not at all, in the second in which the document was sealed, a second before.
    Close(u8),
    Rescope,
    Rotate,
    /// A rotation without authorities.
    RotateAlone,
    /// Takes a second list into its line.
    Merge(usize),
    Disown(usize),
    /// The key is left out.
    Silent,
    /// A much higher version.
    Leap,
}

fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let at = 0_usize..12;
    let step = prop_oneof![
        3 => Just(Step::Plain),
        2 => Just(Step::Mark),
        1 => Just(Step::Unmark),
        3 => (0_u8..3).prop_map(Step::Close),
        1 => Just(Step::Rescope),
        2 => Just(Step::Rotate),
        1 => Just(Step::RotateAlone),
        2 => at.clone().prop_map(Step::Merge),
        3 => at.clone().prop_map(Step::Disown),
        1 => Just(Step::Silent),
        1 => Just(Step::Leap),
    ];
    prop::collection::vec((at, step), 0..9)
}

/// A list as the rules see it, told without the program.
struct Node {
    list: TrustList,
    earlier: Vec<usize>,
    disowned: Option<usize>,
    root: u8,
    from: Option<u8>,
    key: Option<Said>,
}

/// What a list says of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said {
    marked: bool,
    closed: u8,
    test: bool,
}

fn build(steps: &[(usize, Step)]) -> Vec<Node> {
    let list = signed(&first(&[1]));
    let mut nodes = vec![Node {
        list,
        earlier: vec![],
        disowned: None,
        root: 1,
        from: None,
        key: Some(Said { marked: false, closed: 0, test: false }),
    }];
    for (number, (at, step)) in steps.iter().enumerate() {
        let parent = at % nodes.len();
        let of = &nodes[parent];
        let fresh = 10 + number as u8;
        let mut claims = next(&of.list, |claims| claims.owner = name(&format!("List {number}")));
        let mut node = Node {
            list: of.list.clone(),
            earlier: of.earlier.iter().copied().chain([parent]).collect(),
            disowned: of.disowned,
            root: of.root,
            from: None,
            key: of.key,
        };
        match (*step, &mut node.key) {
            (Step::Mark, Some(key)) => {
                key_of(&mut claims).compromised_at = Some(1);
                key.marked = true;
            }
            (Step::Unmark, Some(key)) => {
                key_of(&mut claims).compromised_at = None;
                key.marked = false;
            }
            (Step::Close(level), Some(key)) => {
                key_of(&mut claims).closed_at = [None, Some(SEALED_AT), Some(SEALED_AT - 1)][usize::from(level)];
                key.closed = level;
            }
            (Step::Rescope, Some(key)) => {
                key_of(&mut claims).test = true;
                key.test = true;
            }
            (Step::Rotate | Step::RotateAlone, _) => {
                claims.roots = root_set(&[fresh]);
                claims.follows = Some(root_set(&[of.root]));
                (node.from, node.root) = (Some(of.root), fresh);
                if matches!(step, Step::RotateAlone) {
                    claims.authorities.clear();
                    node.key = None;
                }
            }
            (Step::Merge(other), _) => {
                let other = other % nodes.len();
                if other != parent && !node.earlier.contains(&other) {
                    claims.version = claims.version.max(nodes[other].list.claims().version + 1);
                    claims.earlier.push(nodes[other].list.id());
                    node.earlier.push(other);
                }
            }
            (Step::Disown(other), _) => {
                let other = other % nodes.len();
                if other != parent && !node.earlier.contains(&other) {
                    claims.disowned = vec![nodes[other].list.id()];
                    node.disowned = Some(other);
                }
            }
            (Step::Silent, Some(_)) => {
                claims.authorities[0].keys.remove(0);
                node.key = None;
            }
            (Step::Leap, _) => claims.version += 1_000,
            (Step::Plain | Step::Mark | Step::Unmark | Step::Close(_) | Step::Rescope | Step::Silent, _) => {}
        }
        claims.disowned.retain(|id| !claims.earlier.contains(id));
        node.disowned = node.disowned.filter(|other| claims.disowned.contains(&nodes[*other].list.id()));
        node.list = signed(&claims);
        nodes.push(node);
    }
    nodes
}

/// What LIN-1 to LIN-4 say of a set of lists from the roots 1: the ones left over, and what they say of the key.
fn expected(nodes: &[Node], given: &BTreeSet<usize>) -> (usize, Option<Said>) {
    let mut good: Vec<usize> = Vec::new();
    let mut order: Vec<_> = given.iter().copied().collect();
    order.sort_by_key(|at| nodes[*at].list.claims().version);
    for at in order {
        let node = &nodes[at];
        let keeps = node.earlier.iter().filter(|before| good.contains(before)).all(|before| {
            let before = &nodes[*before];
            let names = before.earlier.iter().all(|id| node.earlier.contains(id));
            let keeps =
                |(now, was): (Said, Said)| now.marked >= was.marked && now.closed >= was.closed && now.test == was.test;
            let keeps = node.key.zip(before.key).is_none_or(keeps);
            names && keeps && before.list.claims().version < node.list.claims().version
        });
        if keeps {
            good.push(at);
        }
    }
    let chain = |at: usize| nodes[at].earlier.iter().copied().filter(|one| good.contains(one)).chain([at]);
    let is_reached = |at: &usize| {
        let mut roots: Option<u8> = None;
        for one in chain(*at).map(|one| &nodes[one]) {
            roots = match roots {
                None if one.root == 1 || one.from == Some(1) => Some(one.root),
                None => None,
                Some(held) if one.root == held || one.from == Some(held) => Some(one.root),
                Some(_) => return false,
            };
        }
        roots == Some(nodes[*at].root)
    };
    let reached: Vec<usize> = good.iter().copied().filter(is_reached).collect();
    let own_roots = |at: usize| -> BTreeSet<u8> {
        chain(at).flat_map(|one| [Some(nodes[one].root), nodes[one].from]).flatten().collect()
    };
    let is_below = |at: &&usize| {
        reached.iter().any(|one| {
            let disowned = nodes[*one].disowned == Some(**at) && own_roots(*one).contains(&nodes[**at].root);
            nodes[*one].earlier.contains(at) || disowned
        })
    };
    let newest: Vec<_> = reached.iter().filter(|at| !is_below(at)).copied().collect();
    let [one] = newest.as_slice() else { return (newest.len(), None) };
    let mut line: Vec<_> = chain(*one).collect();
    line.sort_by_key(|at| std::cmp::Reverse((nodes[*at].list.claims().version, nodes[*at].list.id())));
    let speaks = line.into_iter().find_map(|at| nodes[at].key);
    (1, speaks)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_order_and_grouping_of_a_set_gives_the_answer_of_the_rules(
        steps in steps(),
        left_out in prop::collection::btree_set(0_usize..9, 0..3),
        order in any::<u64>(),
        group in 1_usize..4,
        statuses in prop::collection::vec(stated(), 0..4),
        others in prop::collection::vec(0_usize..3, 0..4),
    ) {
        let nodes = build(&steps);
        let given: BTreeSet<_> = (0..nodes.len()).filter(|at| *at == 0 || !left_out.contains(at)).collect();
        let (newest, speaks) = expected(&nodes, &given);
        let mut shuffled: Vec<_> = given.iter().copied().collect();
        shuffle(&mut shuffled, order);
        let lists = status(0, None);
        let mut files: Vec<File> = shuffled.chunks(group).map(|part| {
            part[1..].iter().fold(File::of(&nodes[part[0]].list), |file, at| file.link(&nodes[*at].list))
        }).collect();
        // status lists travel with a list that names their key
        let base = File::of(&nodes[0].list).status(lists);
        let base = statuses.iter().fold(base, |file, (seq, statement)| file.status(status(*seq, *statement)));
        files.insert(order as usize % (files.len() + 1), base);
        for other in &others {
            files.insert(order as usize % (files.len() + 1), of_others(*other, &nodes[shuffled[0]].list));
        }
        let anchors = [fingerprint(&[1]), fingerprint(&[98])];
        let store = verifier(&anchors, &files);
        let reason = judge(&store);
        let ours = |store: &TrustStore| store.states().iter().position(|state| state.anchors().contains(&anchors[0])).unwrap();
        prop_assert_eq!(store.states()[ours(&store)].conflict().map_or(1, Iterator::count), newest);
        prop_assert_eq!(verify(&paper_of(&thief()), &store, NOW).reason(), Reason::UnknownIssuer);
        let said = statuses.iter().filter_map(|(seq, said)| Some(said_by(*seq, (*said)?))).max().map(|(_, said)| said);
        let wanted = match (speaks, said) {
            (None, _) => Reason::TrustConflict,
            (Some(Said { closed: 2, .. }), _) => Reason::OutsideSigningWindow,
            (Some(Said { marked: true, .. }), _) => Reason::KeyCompromised,
            (Some(Said { test: true, .. }), _) => Reason::Specimen,
            (Some(_), Some(3)) => Reason::Withdrawn,
            (Some(_), Some(2)) => Reason::Replaced,
            (Some(_), Some(1)) => Reason::Suspended,
            (Some(_), _) => Reason::Genuine,
        };
        prop_assert_eq!(reason, wanted, "{:?}", steps);
        // given again in the reverse order, one by one, and after keeping
        let backwards: Vec<_> = files.iter().rev().cloned().collect();
        prop_assert_eq!(judge(&verifier(&anchors, &backwards)), reason);
        prop_assert_eq!(judge(&kept(&store)), reason);
        let [one, other] = [&store, &verifier(&anchors, &backwards)];
        let bytes = |store: &TrustStore| store.kept(&store.states()[ours(store)], NOW, true).unwrap();
        prop_assert_eq!(bytes(one), bytes(other));
    }
}

/// A pack of others that changes nothing: a list stripped of all that travelled with it; roots that nobody holds, with a
/// thief's key and a withdrawal of their own; roots that the verifier holds beside, for a board of another country.
fn of_others(which: usize, list: &TrustList) -> File {
    let own = SealingKey::from_seed(&[55; 32]);
    let board = |root: u8, change: &dyn Fn(&mut Authority)| {
        let mut claims = first(&[root]);
        claims.authorities[0].keys[1].public = own.public();
        change(&mut claims.authorities[0]);
        File::of(&signed(&claims))
    };
    match which {
        0 => File::of(list),
        1 => board(99, &|one| one.keys.push(entry_of(&thief()))).status(status_by(
            &own,
            9,
            SEALED_AT,
            Some(Statement::Withdrawn),
        )),
        _ => board(98, &|one| {
            (one.id, one.country) = ("YY-BOARD".into(), "YY".into());
            one.keys.truncate(1);
            one.keys[0].public = own.public();
        }),
    }
}

/// The order that a number stands for.
fn shuffle(items: &mut [usize], mut order: u64) {
    for at in (1..items.len()).rev() {
        items.swap(at, (order % (at as u64 + 1)) as usize);
        order /= at as u64 + 1;
    }
}
