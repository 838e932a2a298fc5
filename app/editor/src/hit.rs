//! What is at a point.

use flow::{EdgeId, NodeId, Port};

/// What is at a point of the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// An exit of a node.
    Exit {
        /// The node.
        node: NodeId,
        /// The exit.
        port: Port,
    },
    /// The entry of a node.
    Entry {
        /// The node.
        node: NodeId,
    },
    /// A node's card.
    Node(NodeId),
    /// An edge.
    Edge(EdgeId),
}
