//! Who is there and what they may do.

use serde::{Deserialize, Serialize};

/// What a person is here for. What each may do stands in [`Right`](crate::Right).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Reads flows.
    Viewer,
    /// Edits flows.
    Editor,
    /// Publishes flows.
    Publisher,
    /// Manages connections and people.
    Administrator,
    /// Reads flows, their history and the audit log, and changes nothing.
    Auditor,
}

/// A person with access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The account's id.
    pub id: String,
    /// The address that they sign in with.
    pub email: String,
    /// The name that others see.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Who is signed in here, and what this installation offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Who is signed in; none before signing in.
    pub account: Option<Account>,
    /// Whether nobody has set this installation up yet.
    pub needs_set_up: bool,
    /// The address that leads to the sandbox's own page, where one runs and the
    /// person may see it.
    pub sandbox: Option<String>,
}

/// The body of signing in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// The body of proving again who one is, before something that an open session
/// alone does not allow.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Confirmation {
    /// The password of who is signed in.
    pub password: String,
}

/// The body of setting an installation up: its first administrator.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUp {
    /// The token of the one-time link.
    pub token: String,
    /// The administrator's address.
    pub email: String,
    /// The administrator's name.
    pub name: String,
    /// The administrator's password: 15 to 128 characters.
    pub password: String,
}

/// The body of adding a person.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewAccount {
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their first password: 15 to 128 characters.
    pub password: String,
}

/// The body of changing what a person may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleChange {
    /// What they may do from now on.
    pub role: Role,
}

/// The body of changing one's own password. Every other session of the account
/// ends.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordChange {
    /// The password until now.
    pub current: String,
    /// The new password: 15 to 128 characters.
    pub new: String,
}
