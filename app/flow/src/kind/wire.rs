//! How a kind is laid out on the wire: one table, from which both the writer
//! and the reader go, so that what was written comes back.

/// A kind's form in a dialect.
pub(crate) struct Wire {
    /// The value of `type`.
    pub(crate) type_name: &'static str,
    /// The members of `configuration`, in the order in which they are written.
    pub(crate) configuration: &'static [Member],
}

/// A member of a JSON object.
pub(crate) enum Member {
    /// A field of the node.
    Field {
        /// The member's name, which is the field's key too.
        name: &'static str,
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
    /// The cases of a split, as a list; written even when it is empty (spec,
    /// decision 1).
    Cases,
}

impl Member {
    /// A field under its own key.
    pub(crate) const fn field(name: &'static str, shape: Shape) -> Self {
        Self::Field { name, shape }
    }
}

impl Wire {
    /// The form of a field's value.
    pub(crate) fn shape_of(&self, field: &str) -> Option<Shape> {
        fn find(members: &[Member], field: &str) -> Option<Shape> {
            members.iter().find_map(|member| match member {
                Member::Field { name, shape } => (*name == field).then_some(*shape),
                Member::Object { members, .. } => find(members, field),
            })
        }
        find(self.configuration, field)
    }
}
