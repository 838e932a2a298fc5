//! Edits: all of one or nothing, and back again.

use std::sync::Arc;

use flow::{Edge, EdgeId, Op, Port, Transaction, apply};
use proptest::{collection::vec, prelude::*};

use crate::{
    arbitrary::{edited, op},
    draw, exactly,
};

proptest! {
    #[test]
    fn apply_is_all_or_nothing_and_its_inverse_restores_exactly(flow in edited(), ops in vec(op(), 1..8)) {
        let before = exactly(&flow);
        let mut changed = flow.clone();
        match apply(&mut changed, &Transaction::new("Edit", ops)) {
            Err(_) => prop_assert_eq!(exactly(&changed), before, "a refused transaction changes nothing"),
            Ok(applied) => {
                let after = exactly(&changed);
                prop_assert!(applied.changes.is_empty() <= (before == after));
                let undone = apply(&mut changed, &Transaction::new("Undo", applied.inverse));
                let undone = undone.expect("an inverse applies");
                prop_assert_eq!(exactly(&changed), before);
                apply(&mut changed, &Transaction::new("Redo", undone.inverse)).expect("and its inverse");
                prop_assert_eq!(exactly(&changed), after);
            }
        }
    }
}

#[test]
fn a_repeated_connect_and_a_repeated_disconnect_change_nothing() {
    let mut flow = draw::template();
    let edge = Arc::new(Edge::new("start".into(), Port::OUT, "lookup".into()));
    let connect = Op::Connect {
        id: None,
        edge,
        index: None,
    };
    let disconnect = Op::Disconnect {
        id: EdgeId::new("gone"),
    };
    let applied = apply(
        &mut flow,
        &Transaction::new("Again", vec![connect, disconnect]),
    );
    let applied = applied.expect("both are allowed");
    assert!(applied.changes.is_empty() && applied.inverse.is_empty());
    assert_eq!(exactly(&flow), exactly(&draw::template()));
}
