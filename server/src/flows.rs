//! Flows: the list, making, importing, deleting, downloading, and edits that
//! do not come over a socket.

pub(crate) mod consumers;
pub(crate) mod edit;
pub(crate) mod file;
pub(crate) mod list;
pub(crate) mod make;
pub(crate) mod search;
pub(crate) mod verify;
pub(crate) mod workspace;

pub(crate) use consumers::show_consumers;
pub(crate) use edit::submit_edit;
pub(crate) use file::download_flow;
pub(crate) use list::{delete_flow, list_flows, show_flow};
pub(crate) use make::{import_flow, make_flow};
pub(crate) use search::{Searches, search_flows};
pub(crate) use verify::verify_references;
pub(crate) use workspace::{Workspaces, show_workspace};

use api::{FlowSummary, PublishState, Upstream};
use store::{FlowRow, UpstreamRow};

use crate::{
    app::App,
    clock,
    http::{Problem, Result},
};

/// A flow, as the list shows it.
fn summary(row: FlowRow, publish: Option<PublishState>) -> FlowSummary {
    let upstream = upstream(&row);
    FlowSummary {
        id: row.id,
        name: row.name,
        kind: row.kind,
        nodes: usize::try_from(row.nodes).unwrap_or(usize::MAX),
        changed_at: clock::rfc3339(row.changed_at_millis),
        changed_by: row.changed_by,
        upstream,
        publish,
    }
}

/// A flow that was made or changed just now, as the list shows it.
pub(crate) async fn summary_of(app: &App, flow: &str) -> Result<FlowSummary> {
    let row = app.store.flow(flow).await?;
    let row = row.ok_or_else(|| Problem::not_found("flow"))?;
    Ok(summary(row, None))
}

fn upstream(row: &FlowRow) -> Option<Upstream> {
    let UpstreamRow {
        id,
        version,
        published_version,
        published_at_millis,
        published_seq,
    } = &row.upstream;
    Some(Upstream {
        id: id.clone()?,
        version: *version,
        published_version: *published_version,
        published_at: published_at_millis.map(clock::rfc3339),
        changed_since: published_seq.is_none_or(|seq| row.logic_seq > seq),
    })
}
