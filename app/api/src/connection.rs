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
    /// Whether flows are published through it unless another is named.
    pub is_default: bool,
    /// Whether it is preset from the environment or the sandbox and so cannot
    /// be edited here.
    pub preset: bool,
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
    /// Whether it becomes the default.
    #[serde(default)]
    pub is_default: bool,
}

/// What trying a connection showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionCheck {
    /// Whether a token was given and flows can be read with it.
    pub ok: bool,
    /// What happened.
    pub sentence: String,
    /// What to do, when something is wrong.
    pub next_step: Option<String>,
}
