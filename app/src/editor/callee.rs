//! Opening what a node calls: a double-click on a module's node leads into the
//! module.

use dom::prelude::*;
use dom::route::{NavigateOptions, use_navigate};
use flow::{EntityRef, Node, NodeId};

use super::desk::{Desk, FieldTarget};
use crate::components::Toasts;

/// What opening came to.
enum Found {
    /// The flow with this id here.
    Flow(String),
    /// Nothing of this name is here.
    Missing(String),
}

/// Opens what is asked for by [`Desk::callee`].
pub(crate) fn follow(desk: Desk) {
    let navigate = StoredValue::new_local(use_navigate());
    let toasts = expect_context::<Toasts>();
    Effect::new(move |_| {
        let Some(node) = desk.callee.get() else {
            return;
        };
        desk.callee.set(None);
        spawn_local(async move {
            match find(desk, &node).await {
                None => show_properties(desk, node),
                Some(Found::Missing(name)) => {
                    toasts.warning(
                        [
                            "“",
                            &name,
                            "” is not in this Patchbay: import it to open it.",
                        ]
                        .concat(),
                    );
                    show_properties(desk, node);
                }
                Some(Found::Flow(id)) => {
                    if desk.pending.try_get_untracked() == Some(0) {
                        navigate.try_with_value(|navigate| {
                            navigate(&["/flows/", &id].concat(), NavigateOptions::default());
                        });
                    } else {
                        toasts.warning("Changes are still being saved. Try again in a moment.");
                    }
                }
            }
        });
    });
}

fn show_properties(desk: Desk, node: NodeId) {
    desk.field_target.try_set(Some(FieldTarget {
        node,
        field: None,
        row: None,
    }));
}

/// What a node calls; none where that is no flow, or the list does not come.
async fn find(desk: Desk, node: &NodeId) -> Option<Found> {
    let (kind, reference) = desk.read(|editor| {
        let node: &Node = editor.flow().nodes.get(node)?;
        let (field, kind) = node.callee()?;
        Some((kind, node.reference(field)?.clone()))
    })?;
    let known = untrack(|| desk.workspace.find(kind, &reference));
    let name = known.map_or(reference.as_str().to_owned(), |entity| entity.name);
    let flows = desk.client.flows().await.ok()?;
    let mut those = flows
        .into_iter()
        .filter(|flow| flow.kind.entity() == Some(kind));
    let found = those.find(|flow| match &reference {
        EntityRef::Id(id) if flow.upstream.as_ref().is_some_and(|up| up.id == *id) => true,
        _ => flow.name == name,
    });
    Some(match found {
        Some(flow) => Found::Flow(flow.id),
        None => Found::Missing(name),
    })
}
