//! The flows as they are known.

use api::{FlowSummary, PublishState};

use crate::{client::Client, pages::kept_list::KeptList};

/// The flows: `expect_context::<FlowList>()`.
pub type FlowList = KeptList<FlowSummary>;

/// Loads the flows, again and again while one is being published.
pub fn flow_list() -> FlowList {
    KeptList::kept_fresh(
        async |client: Client| client.flows().await,
        |flow| flow.publish == Some(PublishState::Running),
    )
}
