//! What roles may do: the one table that the server asks at every route, and
//! the browser before it shows what would be refused.

use crate::Role;

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Reading flows, their history and what they refer to, unseen.
    ReadFlows,
    /// Being present in flows, and looking at what they can use.
    TakePart,
    /// Changing flows.
    EditFlows,
    /// Changing what is live in the organisation.
    Publish,
    /// Looking at contacts and imports; personal data is masked.
    ReadContacts,
    /// Registering, changing and importing contacts, and interactions with them.
    HandleContacts,
    /// Seeing names, numbers and addresses of contacts in full.
    SeePersonalData,
    /// Connections, people and whatever else holds for everybody.
    Administer,
    /// Watching calls to Genesys Cloud and the work that is under way.
    WatchOperations,
    /// Reading, verifying and exporting the audit log.
    ReadAudit,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 10] = [
        Self::ReadFlows,
        Self::TakePart,
        Self::EditFlows,
        Self::Publish,
        Self::ReadContacts,
        Self::HandleContacts,
        Self::SeePersonalData,
        Self::Administer,
        Self::WatchOperations,
        Self::ReadAudit,
    ];

    /// The roles that have it, from the one that may least. A role that is not
    /// named does not have it.
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Administrator, Auditor, Editor, Publisher, Viewer};
        match self {
            Self::ReadFlows | Self::ReadContacts => {
                &[Viewer, Editor, Publisher, Administrator, Auditor]
            }
            Self::TakePart => &[Viewer, Editor, Publisher, Administrator],
            Self::EditFlows => &[Editor, Publisher, Administrator],
            Self::Publish | Self::HandleContacts | Self::SeePersonalData => {
                &[Publisher, Administrator]
            }
            Self::Administer => &[Administrator],
            Self::WatchOperations => &[Publisher, Administrator, Auditor],
            Self::ReadAudit => &[Administrator, Auditor],
        }
    }
}

impl Role {
    /// Every role: those that work on flows, from the one that may least, then
    /// the one that looks over their shoulders.
    pub const ALL: [Self; 5] = [
        Self::Viewer,
        Self::Editor,
        Self::Publisher,
        Self::Administrator,
        Self::Auditor,
    ];

    /// Whether it has this right.
    pub fn may(self, right: Right) -> bool {
        right.roles().contains(&self)
    }
}
