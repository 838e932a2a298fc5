//! Connections that come from the environment or the sandbox. They live in
//! memory alone and cannot be edited.

use api::Profile;
use genesys::{ClientCredentials, PlainHttp, Settings};
use secrecy::{ExposeSecret, SecretString};

use super::hint;
use crate::clock;

const DEFAULT_API: &str = "https://api.mypurecloud.com";

/// A preset connection.
pub(crate) struct Preset {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) settings: Settings,
    client_id: String,
    secret_hint: String,
    set_at_millis: i64,
}

/// What the environment says of a connection (spec, "Token").
#[derive(Clone, Default)]
pub(crate) struct Environment {
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret: Option<SecretString>,
    /// An API address.
    pub(crate) env_url: Option<String>,
    /// A domain.
    pub(crate) environment: Option<String>,
    /// An organisation's short name.
    pub(crate) org_id: Option<String>,
}

impl Environment {
    /// The connection that the environment presets, if it does.
    ///
    /// # Errors
    /// What is wrong with it, for whoever starts the server.
    pub(crate) fn preset(&self, plain_http: PlainHttp) -> Result<Option<Preset>, String> {
        let (id, secret) = match (&self.client_id, &self.client_secret) {
            (None, None) => return Ok(None),
            (Some(id), Some(secret)) => (id, secret),
            (Some(_), None) => {
                return Err("GENESYS_CLIENT_ID is set and GENESYS_CLIENT_SECRET is not. Set both or neither.".to_owned());
            }
            (None, Some(_)) => {
                return Err("GENESYS_CLIENT_SECRET is set and GENESYS_CLIENT_ID is not. Set both or neither.".to_owned());
            }
        };
        let api = match (&self.env_url, &self.environment, &self.org_id) {
            (Some(url), None, None) => url.clone(),
            (None, Some(domain), None) => format!("https://api.{domain}"),
            (None, None, Some(org)) => format!("https://{org}.mypurecloud.com"),
            (None, None, None) => DEFAULT_API.to_owned(),
            _ => {
                return Err("Set one of GENESYS_ENV_URL, GENESYS_ENVIRONMENT and GENESYS_ORG_ID, not several: each names where Genesys Cloud is.".to_owned());
            }
        };
        Preset::new(
            "environment",
            "From the environment",
            &api,
            id,
            secret,
            plain_http,
        )
        .map(Some)
    }
}

impl Preset {
    /// The connection to the sandbox at this address.
    pub(crate) fn sandbox(address: &str, id: &str, secret: &SecretString) -> Result<Self, String> {
        Self::new(
            "sandbox",
            "Sandbox",
            address,
            id,
            secret,
            PlainHttp::OnLoopback,
        )
    }

    fn new(
        id: &'static str,
        name: &'static str,
        api: &str,
        client_id: &str,
        secret: &SecretString,
        plain_http: PlainHttp,
    ) -> Result<Self, String> {
        let client = ClientCredentials {
            id: client_id.to_owned(),
            secret: secret.clone(),
            scope: None,
        };
        let settings = Settings::new(api, None, client, plain_http)
            .map_err(|error| format!("The connection “{name}” is not usable: {error}"))?;
        Ok(Self {
            id,
            name,
            settings,
            client_id: client_id.to_owned(),
            secret_hint: hint(secret.expose_secret()),
            set_at_millis: clock::now_millis(),
        })
    }

    /// The connection, as settings show it.
    pub(super) fn shown(&self, is_default: bool) -> api::Connection {
        api::Connection {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            profile: Profile::Direct,
            api_url: address(self.settings.api()),
            oauth_url: address(self.settings.oauth()),
            client_id: self.client_id.clone(),
            secret_hint: self.secret_hint.clone(),
            secret_set_at: clock::rfc3339(self.set_at_millis),
            // How old it is, is known where it was set.
            secret_is_due: false,
            scopes: Vec::new(),
            is_default,
            preset: true,
            last_check: None,
        }
    }
}

/// An address of a host, without the slash that a URL ends with.
pub(super) fn address(url: &url::Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment() -> Environment {
        Environment {
            client_id: Some("client".to_owned()),
            client_secret: Some("secret".into()),
            ..Environment::default()
        }
    }

    #[test]
    fn one_of_three_variables_says_where_genesys_cloud_is() {
        let text = |text: &str| Some(text.to_owned());
        for (environment, api) in [
            (environment(), "https://api.mypurecloud.com"),
            (
                Environment {
                    env_url: text("https://api.usw2.pure.cloud"),
                    ..environment()
                },
                "https://api.usw2.pure.cloud",
            ),
            (
                Environment {
                    environment: text("mypurecloud.ie"),
                    ..environment()
                },
                "https://api.mypurecloud.ie",
            ),
            (
                Environment {
                    org_id: text("acme"),
                    ..environment()
                },
                "https://acme.mypurecloud.com",
            ),
        ] {
            let preset = environment.preset(PlainHttp::Refused).expect("usable");
            assert_eq!(preset.expect("a preset").shown(true).api_url, api);
        }
    }

    #[test]
    fn half_or_contradicting_settings_are_refused_in_words() {
        let half = Environment {
            client_secret: None,
            ..environment()
        };
        assert!(half.preset(PlainHttp::Refused).is_err());
        let both = Environment {
            org_id: Some("acme".to_owned()),
            environment: Some("mypurecloud.ie".to_owned()),
            ..environment()
        };
        assert!(both.preset(PlainHttp::Refused).is_err());
        assert!(matches!(
            Environment::default().preset(PlainHttp::Refused),
            Ok(None)
        ));
    }
}
