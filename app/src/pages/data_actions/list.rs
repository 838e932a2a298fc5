//! The data actions as they are known.

use api::{DataActionSummary, PublishState};

use crate::{client::Client, pages::kept_list::KeptList};

/// The data actions: `expect_context::<ActionList>()`.
pub(super) type ActionList = KeptList<DataActionSummary>;

/// Loads the data actions, again and again while one is being uploaded.
pub(super) fn action_list() -> ActionList {
    KeptList::kept_fresh(
        async |client: Client| client.data_actions().await,
        |action| action.upload == Some(PublishState::Running),
    )
}
