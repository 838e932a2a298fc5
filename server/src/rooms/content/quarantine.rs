//! Opening a flow of which a part cannot be read.

use api::Outcome;
use store::{Damage, Quarantine, StoreError};

use super::Content;
use crate::{audit, clock};

impl Content {
    /// Goes on without what cannot be read, and tells administrators (fault
    /// catalogue: the flow opens at its last good change).
    pub(super) async fn quarantine(&mut self, damage: Damage) -> Result<(), StoreError> {
        let row = &mut self.reading.row;
        let notice = |words: String| {
            tracing::error!(flow_id = row.id, ?damage, "a flow is damaged");
            audit::entry("flow.quarantine", "system", Outcome::Failed)
                .about(Some(row.id.clone()))
                .saying(words)
                .into()
        };
        let name = &self.reading.flow.name;
        match damage {
            Damage::Snapshot { seq, .. } => {
                // The next snapshot takes its place.
                let entry = notice(format!(
                    "The snapshot of “{name}” at change {seq} cannot be read. The flow was built from its changes; nothing is lost. Check the server's disk."
                ));
                self.store.append_audit(entry).await
            }
            Damage::Change { seq, .. } => {
                let last_good_seq = seq.saturating_sub(1);
                let set_aside = row.head_seq - last_good_seq;
                let at_millis = clock::now_millis();
                let entry = notice(format!(
                    "Change {seq} of “{name}” cannot be read. The flow goes on as it was before it; {set_aside} changes were set aside and are kept in the table flow_changes_quarantine. Check the server's disk."
                ));
                let quarantine = Quarantine {
                    flow_id: &row.id,
                    expected_head: row.head_seq,
                    last_good_seq,
                    flow: &self.reading.flow,
                    at_millis,
                };
                let head = self.store.quarantine_changes(quarantine, entry).await?;
                row.head_seq = head;
                row.logic_seq = head;
                row.last_modified_millis = at_millis;
                row.name.clone_from(name);
                row.nodes = self.reading.flow.nodes.len() as u64;
                self.snapshot_seq = head;
                Ok(())
            }
        }
    }
}
