//! How a kind is laid out on the wire: one table for each form of flow, from
//! which both the writer and the reader go, so that what was written comes back.

use crate::{FlowKind, Kind, KindSpec, catalogue};

/// The forms in which the direct profile writes the steps of flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Lookup flows: `StartNode` with a `configuration`.
    Lookup,
    /// Modules and the call flows that link them: `setData` with `settings`.
    Module,
    /// Shared flows: nodes with `actions`. An action has the type and the
    /// settings of a module's node, side by side: the guide shows `runFlow`
    /// only, and this is how it stands to the `runFlow` of a module.
    Shared,
}

impl FlowKind {
    /// The form in which the direct profile writes it; none for what that
    /// profile does not know.
    pub(crate) fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Lookup => Some(Dialect::Lookup),
            Self::Call | Self::Module => Some(Dialect::Module),
            Self::Shared => Some(Dialect::Shared),
            Self::Architect => None,
        }
    }
}

/// A kind's forms. None where a form does not have it.
pub(crate) struct Wires {
    pub(crate) lookup: Option<Wire>,
    /// In modules and call flows, and as an action of a shared flow.
    pub(crate) module: Option<Wire>,
}

/// A kind's form in a dialect.
pub(crate) struct Wire {
    /// The value of `type`.
    pub(crate) type_name: &'static str,
    /// The members of `configuration`, of `settings`, or of an action behind
    /// its type, in the order in which they are written.
    pub(crate) members: &'static [Member],
}

/// A member of a JSON object.
pub(crate) enum Member {
    /// A field of the node.
    Field {
        /// The member's name.
        name: &'static str,
        /// The key of the field.
        field: &'static str,
        /// The form of its value.
        shape: Shape,
    },
    /// An object that holds further members. Left out when it has none.
    Object {
        /// The member's name.
        name: &'static str,
        /// What is in it.
        members: &'static [Member],
    },
}

/// The form of a field's value on the wire. A value of another form is kept
/// and written as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// Pairs, as an object from name to value.
    Map,
    /// Pairs, as a list of objects with a name and a `value`.
    List {
        /// What the name's member is called.
        name: &'static str,
    },
    /// The cases of a split, as a list; written even when it is empty (spec,
    /// decision 1).
    Cases,
    /// The id of something outside of the flow.
    Id,
}

impl Member {
    /// A field under its own key.
    pub(crate) const fn field(name: &'static str, shape: Shape) -> Self {
        Self::named(name, name, shape)
    }

    /// A field under another name.
    pub(crate) const fn named(name: &'static str, field: &'static str, shape: Shape) -> Self {
        Self::Field { name, field, shape }
    }
}

impl Wire {
    /// A kind without anything to set.
    pub(crate) const fn bare(type_name: &'static str) -> Option<Self> {
        Some(Self {
            type_name,
            members: &[],
        })
    }

    /// The form of a field's value.
    pub(crate) fn shape_of(&self, field: &str) -> Option<Shape> {
        fn find(members: &[Member], key: &str) -> Option<Shape> {
            members.iter().find_map(|member| match member {
                Member::Field { field, shape, .. } => (*field == key).then_some(*shape),
                Member::Object { members, .. } => find(members, key),
            })
        }
        find(self.members, field)
    }
}

impl KindSpec {
    /// How a dialect writes it; none where the dialect does not have it.
    pub(crate) fn wire(&self, dialect: Dialect) -> Option<&Wire> {
        match dialect {
            Dialect::Lookup => self.wires.lookup.as_ref(),
            Dialect::Module | Dialect::Shared => self.wires.module.as_ref(),
        }
    }

    /// Whether a flow of this kind can have it. A Start is in all of them: in
    /// modules, call flows and shared flows it is there and not written.
    pub fn is_in(&self, kind: FlowKind) -> bool {
        let dialect = kind.dialect();
        dialect.is_some_and(|dialect| self.kind == Kind::START || self.wire(dialect).is_some())
    }
}

/// The kind of which a dialect writes this type.
pub(crate) fn kind_of(type_name: &str, dialect: Dialect) -> Option<&'static KindSpec> {
    let is_it = |spec: &&&KindSpec| {
        let wire = spec.wire(dialect);
        wire.is_some_and(|wire| wire.type_name == type_name)
    };
    catalogue().iter().find(is_it).copied()
}
