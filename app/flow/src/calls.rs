//! What a flow refers to.

use std::sync::Arc;

use crate::{Entity, EntityKind, EntityRef, FieldInput, FieldKey, FieldValue, Flow, Node, NodeId};

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

impl<'a> Call<'a> {
    /// What a node calls; none where it calls nothing, or does not say what.
    pub(crate) fn of(id: &'a NodeId, node: &'a Node) -> Option<Self> {
        let (field, kind) = node.callee()?;
        Some(Self {
            node: id,
            field,
            kind,
            reference: node.reference(field)?,
        })
    }
}

impl Flow {
    /// Everything that the flow refers to, in document order.
    pub fn calls(&self) -> impl Iterator<Item = Call<'_>> {
        let nodes = self.nodes.iter();
        nodes.filter_map(|(id, node)| Call::of(id, node))
    }

    /// The same flow with other references in place of those for which there is
    /// one.
    #[must_use]
    pub fn calling(&self, instead: impl Fn(EntityKind, &EntityRef) -> Option<EntityRef>) -> Self {
        let mut flow = self.clone();
        for call in self.calls() {
            let Some(other) = instead(call.kind, call.reference) else {
                continue;
            };
            if let Some(node) = flow.nodes.get_mut(call.node) {
                let value = FieldValue::Reference(other);
                let fields = &mut Arc::make_mut(node).fields;
                fields.insert(FieldKey::of(call.field), value);
            }
        }
        flow
    }
}

impl Entity {
    /// The calls of it in a flow, by its id or by its name, in document order:
    /// who has them is touched by what changes of it (spec, decision 19).
    pub fn calls_in<'a>(&'a self, flow: &'a Flow) -> impl Iterator<Item = Call<'a>> {
        flow.calls().filter(|call| {
            let is_meant = match call.reference {
                EntityRef::Id(id) => self.id.as_ref() == Some(id) || self.elsewhere.contains(id),
                EntityRef::Name(name) => self.name == *name,
            };
            call.kind == self.kind && is_meant
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
