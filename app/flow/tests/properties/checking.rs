//! Checks: they find what is wrong of whatever there is, at places that are
//! there, with fixes that apply.

use flow::{
    FieldValue, Flow, Problem, Severity, Transaction, Workspace, apply, check, check_in, direct,
};
use proptest::prelude::*;

use crate::{
    arbitrary::{edited, workspace},
    draw::stamp,
};

/// Fails where a problem points at nothing.
fn assert_placed(flow: &Flow, problem: &Problem) -> Result<(), TestCaseError> {
    let place = &problem.place;
    if let Some(id) = &place.node {
        prop_assert!(flow.nodes.contains_key(id), "{problem:?}");
    }
    if let Some(id) = &place.edge {
        prop_assert!(flow.edges.contains_key(id), "{problem:?}");
    }
    let (Some(id), Some(field), Some(span)) = (&place.node, &place.field, &place.span) else {
        return Ok(());
    };
    let text = match (flow.nodes[id].field(field.as_str()), place.row) {
        (Some(FieldValue::Text(text)), None) => text.as_str(),
        (Some(FieldValue::Pairs(pairs)), Some(row)) => {
            pairs[row].value.as_str().unwrap_or_default()
        }
        _ => "",
    };
    prop_assert!(text.get(span.clone()).is_some(), "{problem:?} of {text:?}");
    Ok(())
}

proptest! {
    #[test]
    fn checks_never_panic_and_point_at_what_is_there(flow in edited(), workspace in workspace()) {
        let problems = check_in(&flow, &workspace);
        prop_assert_eq!(&problems, &check_in(&flow, &workspace), "checking is a function");
        prop_assert_eq!(check(&flow), check_in(&flow, &Workspace::default()));
        for problem in &problems {
            assert_placed(&flow, problem)?;
            let said = problem.message.ends_with(['.', '?']);
            prop_assert!(said, "{}", problem.message);
        }
        let has_errors = problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert!(has_errors || direct::generate(&flow, &stamp()).is_ok(), "what checks clean generates");
    }

    #[test]
    fn fixes_are_edits_that_apply(flow in edited(), workspace in workspace()) {
        for problem in check_in(&flow, &workspace) {
            if let Some(fix) = problem.fix.clone() {
                let mut fixed = flow.clone();
                let applied = apply(&mut fixed, &Transaction::new(fix.label, fix.ops));
                prop_assert!(applied.is_ok(), "{}: {applied:?}", problem.code.as_str());
                prop_assert!(!check_in(&fixed, &workspace).contains(&problem), "{problem:?}");
            }
        }
    }
}
