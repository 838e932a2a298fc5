//! Going through a tree without recursion, so that no script can make it
//! deeper than the stack is.

use ruff_python_ast::{
    AnyNodeRef,
    visitor::source_order::{SourceOrderVisitor, TraversalSignal},
};

/// What is still to be visited, each with what is known of where it is.
pub(crate) struct Ahead<'a, S> {
    nodes: Vec<(AnyNodeRef<'a>, S)>,
}

impl<'a, S: Copy> Ahead<'a, S> {
    /// A node to visit, before those that were there when the visit began and
    /// behind those that the visit has put there.
    pub(crate) fn node(&mut self, node: impl Into<AnyNodeRef<'a>>, state: S) {
        self.nodes.push((node.into(), state));
    }

    /// All that is directly inside of a node, in the order of the source.
    pub(crate) fn children(&mut self, node: AnyNodeRef<'a>, state: S) {
        self.children_by(node, |_| state);
    }

    /// The same, with what is known of each.
    pub(crate) fn children_by(
        &mut self,
        node: AnyNodeRef<'a>,
        state: impl FnMut(AnyNodeRef<'a>) -> S,
    ) {
        node.visit_source_order(&mut Children {
            nodes: &mut self.nodes,
            state,
        });
    }
}

/// Visits nodes in the order of the source. What is inside of a node is visited
/// where the visit puts it into `Ahead`.
pub(crate) fn walk<'a, S: Copy>(
    root: impl Into<AnyNodeRef<'a>>,
    state: S,
    mut visit: impl FnMut(AnyNodeRef<'a>, S, &mut Ahead<'a, S>),
) {
    let mut ahead = Ahead {
        nodes: vec![(root.into(), state)],
    };
    while let Some((node, state)) = ahead.nodes.pop() {
        let first = ahead.nodes.len();
        visit(node, state, &mut ahead);
        if let Some(added) = ahead.nodes.get_mut(first..) {
            added.reverse();
        }
    }
}

struct Children<'n, 'a, S, F> {
    nodes: &'n mut Vec<(AnyNodeRef<'a>, S)>,
    state: F,
}

impl<'a, S, F: FnMut(AnyNodeRef<'a>) -> S> SourceOrderVisitor<'a> for Children<'_, 'a, S, F> {
    fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
        // Leaves of which the node around them says everything.
        let is_said = matches!(
            node,
            AnyNodeRef::Identifier(_)
                | AnyNodeRef::StringLiteral(_)
                | AnyNodeRef::BytesLiteral(_)
                | AnyNodeRef::InterpolatedStringLiteralElement(_)
        );
        if !is_said {
            let state = (self.state)(node);
            self.nodes.push((node, state));
        }
        TraversalSignal::Skip
    }
}
