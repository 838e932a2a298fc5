//! What new data actions start from.

use flow::data_action::{empty, example};

#[test]
fn what_new_data_actions_start_from_has_no_problem() {
    for action in [empty(), example()] {
        let found = python::check(&action);
        assert!(found.is_empty(), "{}: {found:?}", action.name);
    }
}
