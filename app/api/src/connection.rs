//! Connections to Genesys Cloud. The secret goes in and never comes out.

use serde::{Deserialize, Serialize};

/// Which wire formats a connection speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Profile {
    /// The wire format of the guides.
    #[default]
    Direct,
}

/// A connection, as settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The wire formats.
    pub profile: Profile,
    /// The address of the API.
    pub api_url: String,
    /// The address that gives tokens.
    pub oauth_url: String,
    /// The OAuth client's id.
    pub client_id: String,
    /// The last four characters of the secret; fewer secrets show fewer.
    pub secret_hint: String,
    /// When the secret was set: RFC 3339, UTC.
    pub secret_set_at: String,
    /// Whether it is time to replace the secret: it is older than 90 days.
    pub secret_is_due: bool,
    /// The scopes that are asked for; none for all that the client has.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Whether flows are published through it unless another is named.
    pub is_default: bool,
    /// Whether it is preset from the environment or the sandbox and so cannot
    /// be edited here.
    pub preset: bool,
    /// What its last check showed, and when; none when it was not checked since
    /// it was made or changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_check: Option<LastCheck>,
}

/// The last check of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LastCheck {
    /// When: RFC 3339, UTC.
    pub at: String,
    /// What it showed.
    pub check: ConnectionCheck,
}

/// The body of making or changing a connection.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionDraft {
    /// The name.
    pub name: String,
    /// The address of the API.
    pub api_url: String,
    /// The address that gives tokens; derived from the API's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oauth_url: Option<String>,
    /// The OAuth client's id.
    pub client_id: String,
    /// The secret; when changing, absent keeps the one that is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// The scopes to ask for; none for all that the client has.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Whether it becomes the default.
    #[serde(default)]
    pub is_default: bool,
}

/// What trying a connection showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionCheck {
    /// Whether a token was given and nothing is missing that is offered there.
    pub ok: bool,
    /// What happened.
    pub sentence: String,
    /// What to do, when something is wrong.
    pub next_step: Option<String>,
    /// What the client may do; nothing without a token.
    pub areas: Vec<AreaCheck>,
}

/// Whether a client may do one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AreaCheck {
    /// With what.
    pub area: Area,
    /// Reading or changing it.
    pub access: Access,
    /// Whether it may.
    pub standing: Standing,
    /// What Genesys Cloud named as missing; of several, one is enough.
    pub missing: Vec<String>,
    /// The scopes that would do: of each group, one.
    pub scopes: Vec<Vec<String>>,
    /// Why nothing could be found out.
    pub reason: Option<String>,
}

/// A part of what Genesys Cloud offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Area {
    /// Lookup flows, call flows and shared flows.
    Flows,
    /// Flow modules.
    Modules,
    /// Data actions.
    DataActions,
    /// External contacts.
    Contacts,
    /// Interactions.
    Conversations,
}

/// Reading or changing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Access {
    /// Reading.
    Read,
    /// Making and changing.
    Write,
}

/// Whether a client may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// It may.
    Allowed,
    /// It may not.
    Missing,
    /// There is nothing of the kind at this address.
    NotOffered,
    /// No answer decided it.
    Unknown,
}
