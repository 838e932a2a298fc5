//! What a flow refers to.

use crate::{EntityKind, EntityRef, FieldInput, Flow, Node, NodeId};

/// A node that calls something outside of the flow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call<'a> {
    /// The node.
    pub node: &'a NodeId,
    /// The field that says what is called.
    pub field: &'static str,
    /// What sort of thing is called.
    pub kind: EntityKind,
    /// Which one.
    pub reference: &'a EntityRef,
}

impl Flow {
    /// Everything that the flow refers to, in document order.
    pub fn calls(&self) -> impl Iterator<Item = Call<'_>> {
        self.nodes.iter().filter_map(|(id, node)| {
            let (field, kind) = node.callee()?;
            Some(Call {
                node: id,
                field,
                kind,
                reference: node.reference(field)?,
            })
        })
    }
}

impl Node {
    /// The field that says what it calls, and what sort of thing that is; none
    /// for a node that calls nothing.
    pub fn callee(&self) -> Option<(&'static str, EntityKind)> {
        let mut fields = self.kind.spec()?.fields.iter();
        fields.find_map(|field| match field.input {
            FieldInput::Reference(kind) => Some((field.key, kind)),
            _ => None,
        })
    }
}
