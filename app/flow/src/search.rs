//! Finding nodes: by words that stand on them, by what they are, by what they
//! use and by what is wrong with them.
//!
//! A query is read once ([`Query::parse`]) and then put to nodes one by one
//! ([`Search::look_at`]), in whatever order the caller shows them.

mod complete;
mod excerpt;
mod fold;
mod query;
mod uses;

use rustc_hash::FxHashSet;

pub use self::{
    complete::{Completion, Completions, completions},
    excerpt::Excerpt,
    query::{MAX_QUERY_BYTES, MAX_QUERY_TERMS, Query, QueryError},
    uses::used_names,
};
use self::{
    fold::find_folded,
    query::{Filter, State, Term},
    uses::use_of,
};
use crate::{FieldValue, Flow, FlowKind, Kind, Node, NodeId, Port, Severity, Workspace};

/// A query that is put to the nodes of one flow.
pub struct Search<'a> {
    query: &'a Query,
    flow: &'a Flow,
    workspace: &'a Workspace,
    severity: &'a dyn Fn(&NodeId) -> Option<Severity>,
    ends: Ends<'a>,
}

/// A node that a query finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What of it was meant; none where the name or the node as a whole says
    /// enough.
    pub excerpt: Option<Excerpt>,
}

/// Which exits and entries have an edge; looked up only where it is asked for.
#[derive(Default)]
struct Ends<'a> {
    exits: FxHashSet<(&'a NodeId, &'a Port)>,
    sources: FxHashSet<&'a NodeId>,
    entered: FxHashSet<&'a NodeId>,
}

impl<'a> Search<'a> {
    /// Puts a query to a flow. `severity` says how much is wrong with a node:
    /// what a check of the flow found.
    pub fn new(
        query: &'a Query,
        flow: &'a Flow,
        workspace: &'a Workspace,
        severity: &'a dyn Fn(&NodeId) -> Option<Severity>,
    ) -> Self {
        let ends = if query.asks_for(State::Unconnected) {
            Ends::of(flow)
        } else {
            Ends::default()
        };
        Self {
            query,
            flow,
            workspace,
            severity,
            ends,
        }
    }

    /// Whether the query finds a node. A query without terms finds nothing.
    pub fn look_at(&self, id: &NodeId) -> Option<Found> {
        let node = self.flow.nodes.get(id)?;
        let mut excerpt = None;
        if self.query.terms.is_empty() {
            return None;
        }
        for Term { denies, filter } in &self.query.terms {
            match (self.meets(id, node, filter), denies) {
                (None, false) | (Some(_), true) => return None,
                (Some(found), false) => excerpt = excerpt.or(found),
                (None, true) => {}
            }
        }
        Some(Found { excerpt })
    }

    /// Whether a node meets a filter, and by which of its texts where that is
    /// not its name.
    fn meets(&self, id: &NodeId, node: &Node, filter: &Filter) -> Option<Option<Excerpt>> {
        match filter {
            Filter::Words(words) => self.holds(id, node, words),
            Filter::Kind(name) => {
                let is_called = |text: &str| find_folded(text, name).is_some();
                let title = node.kind.spec().map_or("", |spec| spec.title);
                (is_called(title) || is_called(kind_name(&node.kind))).then_some(None)
            }
            Filter::Uses(name) => use_of(node, name, self.workspace).map(Some),
            Filter::Is(state) => self.is(id, node, *state).then_some(None),
        }
    }

    fn holds(&self, id: &NodeId, node: &Node, words: &str) -> Option<Option<Excerpt>> {
        let look = |place: &str, text: &str| Excerpt::of(place, text, words);
        if find_folded(&node.label, words).is_some() {
            return Some(None);
        }
        let title = node.kind.spec().map_or("", |spec| spec.title);
        if find_folded(title, words).is_some()
            || find_folded(kind_name(&node.kind), words).is_some()
        {
            return Some(look("Kind", title));
        }
        for (key, value) in &node.fields {
            let found = texts(value, &mut |text| look("", text));
            if let Some(mut excerpt) = found {
                excerpt.place = field_label(node, key.as_str()).to_owned();
                return Some(Some(excerpt));
            }
        }
        if let Some((field, kind)) = node.callee()
            && let Some(reference) = node.reference(field)
            && let Some(entity) = self.workspace.find(kind, reference)
            && let Some(found) = look(field_label(node, field), &entity.name)
        {
            return Some(Some(found));
        }
        let wire_id = node.wire_id.as_deref().unwrap_or_default();
        [id.as_str(), wire_id]
            .into_iter()
            .find_map(|id| look("Id", id))
            .map(Some)
    }

    fn is(&self, id: &NodeId, node: &Node, state: State) -> bool {
        match state {
            State::Invalid => (self.severity)(id) == Some(Severity::Error),
            State::Warning => (self.severity)(id) == Some(Severity::Warning),
            State::Disabled => node.disabled,
            State::Unconnected => self.ends.is_loose(self.flow.kind, id, node),
        }
    }
}

impl<'a> Ends<'a> {
    fn of(flow: &'a Flow) -> Self {
        let mut ends = Self::default();
        for edge in flow.edges.values() {
            ends.exits.insert((&edge.source, &edge.port));
            ends.sources.insert(&edge.source);
            ends.entered.insert(&edge.target);
        }
        ends
    }

    /// Whether nothing leads to a node that could be entered, or an exit leads
    /// nowhere. Outside of lookup flows a flow may end after any node but a
    /// Start: there no exit is missing while none is connected.
    fn is_loose(&self, flow: FlowKind, id: &NodeId, node: &Node) -> bool {
        if node.has_entry() && !self.entered.contains(id) {
            return true;
        }
        let ends_here =
            flow != FlowKind::Lookup && node.kind != Kind::START && !self.sources.contains(id);
        let mut exits = node.exits().into_iter();
        !ends_here && exits.any(|exit| !self.exits.contains(&(id, &exit.port)))
    }
}

/// A kind by the name that it has in files, or on the wire where nobody here
/// knows it.
fn kind_name(kind: &Kind) -> &str {
    kind.foreign_type().unwrap_or(kind.as_str())
}

fn field_label<'a>(node: &Node, key: &'a str) -> &'a str {
    let spec = node.kind.spec();
    let known = spec.and_then(|spec| spec.fields.iter().find(|field| field.key == key));
    known.map_or(key, |field| field.label)
}

/// The first of the texts that a field's value consists of for which `look`
/// has an answer.
fn texts<T>(value: &FieldValue, look: &mut dyn FnMut(&str) -> Option<T>) -> Option<T> {
    match value {
        FieldValue::Text(text) => look(text),
        FieldValue::Integer(number) => look(&number.to_string()),
        FieldValue::Reference(reference) => look(reference.as_str()),
        FieldValue::Json(value) => look(&value.to_string()),
        FieldValue::Pairs(pairs) => pairs.iter().find_map(|pair| {
            look(&pair.name).or_else(|| match pair.value.as_str() {
                Some(text) => look(text),
                None => look(&pair.value.to_string()),
            })
        }),
        FieldValue::Cases(cases) => cases
            .iter()
            .find_map(|case| look(&case.label).or_else(|| look(&case.value))),
    }
}
