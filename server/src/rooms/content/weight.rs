//! How much a flow weighs: its bytes as JSON, as it is stored and sent. There
//! is a limit, so that whatever was drawn can be opened, saved and imported.

use std::io;

use flow::{Applied, Flow, MAX_DOCUMENT_BYTES, Op, Refused, Transaction};
use tokio::runtime::{Handle, RuntimeFlavor};

/// Edits in one transaction that are applied in passing.
const IN_PASSING: usize = 1_000;
/// Bytes that an edit may add around what it names: commas, braces, keys.
const AROUND_AN_OP: usize = 64;

/// An upper bound of what a flow weighs: weighing it exactly at every edit
/// would be dear.
pub(super) struct Weight {
    at_most: usize,
}

impl Weight {
    /// What this flow weighs.
    pub(super) fn of(flow: &Flow) -> Self {
        Self {
            at_most: bytes(flow),
        }
    }

    /// Applies an edit, unless the flow would weigh too much. One that is too
    /// heavy already, from before there was a limit, may become lighter.
    pub(super) fn apply(
        &mut self,
        flow: &mut Flow,
        transaction: &Transaction,
    ) -> Result<Applied, Refused> {
        let before = self.at_most;
        let is_long = transaction.ops.len() > IN_PASSING;
        let applied = aside(is_long, || flow::apply(flow, transaction))?;
        self.at_most = before.saturating_add(added_by(&transaction.ops));
        if self.at_most <= MAX_DOCUMENT_BYTES {
            return Ok(applied);
        }
        self.at_most = aside(true, || bytes(flow));
        if self.at_most <= MAX_DOCUMENT_BYTES.max(before) {
            return Ok(applied);
        }
        let undo = Transaction::new("", applied.inverse);
        if let Err(error) = aside(is_long, || flow::apply(flow, &undo)) {
            tracing::error!(%error, "an edit could not be taken back");
        }
        self.at_most = before;
        Err(Refused::TooMany {
            what: "bytes".to_owned(),
            limit: MAX_DOCUMENT_BYTES,
        })
    }
}

/// What edits add at most. Nothing that they name stands in a flow more than
/// twice: a node's id with the node and with its position, an edge's ends in
/// the edge and in its key.
fn added_by(ops: &[Op]) -> usize {
    2 * bytes(&ops) + AROUND_AN_OP * ops.len()
}

fn bytes(value: &impl serde::Serialize) -> usize {
    let mut counted = Counted(0);
    match serde_json::to_writer(&mut counted, value) {
        Ok(()) => counted.0,
        Err(error) => {
            tracing::error!(%error, "a flow cannot be weighed");
            usize::MAX / 4
        }
    }
}

struct Counted(usize);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Does work that may take a while so that others go on meanwhile. A runtime of
/// one thread has nobody to hand them over to.
fn aside<T>(is_long: bool, work: impl FnOnce() -> T) -> T {
    let flavor = Handle::try_current().map(|runtime| runtime.runtime_flavor());
    if is_long && matches!(flavor, Ok(RuntimeFlavor::MultiThread)) {
        tokio::task::block_in_place(work)
    } else {
        work()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use flow::{Kind, Node, NodeId, Point};

    use super::*;

    const LABEL: usize = 60_000;

    fn add(id: &str) -> Transaction {
        let mut node = Node::of(&Kind::END);
        node.label = "x".repeat(LABEL);
        let op = Op::AddNode {
            id: NodeId::new(id),
            node: Arc::new(node),
            position: Point::default(),
            index: None,
        };
        Transaction::new("Add", vec![op])
    }

    #[test]
    fn a_flow_weighs_no_more_than_a_document_may_and_can_always_become_lighter() {
        let mut flow = Flow::default();
        let mut weight = Weight::of(&flow);
        let mut added = 0;
        let refused = loop {
            let nodes = flow.nodes.len();
            match weight.apply(&mut flow, &add(&format!("n{added}"))) {
                Ok(_) => added += 1,
                Err(refused) => {
                    assert_eq!(flow.nodes.len(), nodes, "it was taken back");
                    break refused;
                }
            }
            if added < 5 {
                assert!(bytes(&flow) <= weight.at_most, "it is an upper bound");
            }
        };
        assert!(matches!(refused, Refused::TooMany { .. }), "{refused}");
        assert!(bytes(&flow) <= MAX_DOCUMENT_BYTES);
        assert!(
            bytes(&flow) + 2 * LABEL > MAX_DOCUMENT_BYTES,
            "all of it is used"
        );

        // From before there was a limit.
        for number in 0..3 {
            let edit = add(&format!("over{number}"));
            flow::apply(&mut flow, &edit).expect("it applies");
        }
        let mut weight = Weight::of(&flow);
        assert!(weight.apply(&mut flow, &add("more")).is_err());
        let remove = Transaction::new(
            "Remove",
            vec![Op::RemoveNode {
                id: NodeId::new("n0"),
            }],
        );
        assert!(weight.apply(&mut flow, &remove).is_ok());
    }
}
