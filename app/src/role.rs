//! Roles in words.

use api::Role;

/// A role's name.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Editor => "Editor",
        Role::Publisher => "Publisher",
        Role::Administrator => "Administrator",
        Role::Auditor => "Auditor",
    }
}

/// What a role may do, in a sentence.
pub fn role_summary(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Reads flows.",
        Role::Editor => "Reads and edits flows.",
        Role::Publisher => "Reads, edits and publishes flows.",
        Role::Administrator => "Does everything, and manages connections and people.",
        Role::Auditor => "Reads flows unseen, and the audit log. Changes nothing.",
    }
}
