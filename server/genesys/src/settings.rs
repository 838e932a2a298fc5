//! What a connection is made of, and what makes it unusable.

use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

/// The OAuth client that calls are made as.
#[derive(Debug, Clone)]
pub struct ClientCredentials {
    /// The client's id.
    pub id: String,
    /// The client's secret; never shown.
    pub secret: SecretString,
    /// The scopes to ask for, space-separated; all that the client has when
    /// absent.
    pub scope: Option<String>,
}

/// Whether a base address may use plain http.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlainHttp {
    /// https only.
    #[default]
    Refused,
    /// http is accepted on loopback addresses, for the sandbox.
    OnLoopback,
}

/// A checked description of a Genesys Cloud connection.
#[derive(Debug, Clone)]
pub struct Settings {
    pub(crate) api: Url,
    pub(crate) oauth: Url,
    pub(crate) client: ClientCredentials,
    pub(crate) plain_http: PlainHttp,
}

/// Why settings were refused. The text is meant for the person who typed them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSettings {
    /// The text is no absolute URL with a host.
    #[error("{what} is not a web address. Write it like https://api.mypurecloud.com.")]
    NotAnAddress {
        /// Which address.
        what: &'static str,
    },
    /// The scheme is neither https nor an accepted http.
    #[error("{what} must start with https://, so that credentials travel encrypted.")]
    NotHttps {
        /// Which address.
        what: &'static str,
    },
    /// More than scheme, host and port was given.
    #[error("{what} must be a host alone, without user, path, query or fragment.")]
    NotAHostAlone {
        /// Which address.
        what: &'static str,
    },
    /// The client id is empty.
    #[error("The client id is missing. Copy it from the OAuth client in Genesys Cloud.")]
    NoClientId,
    /// The client secret is empty.
    #[error("The client secret is missing. Copy it from the OAuth client in Genesys Cloud.")]
    NoClientSecret,
    /// The HTTP client could not be set up, for example without any trusted
    /// certificate on the machine.
    #[error("Secure connections cannot be set up on this machine: {reason}")]
    NoHttpClient {
        /// What the HTTP client said.
        reason: String,
    },
}

impl Settings {
    /// Checks addresses and credentials. `oauth` is derived from `api` when
    /// absent: `api.` becomes `login.`, any other host serves both (spec, the
    /// direct profile's token).
    ///
    /// # Errors
    /// The first thing that makes the settings unusable.
    pub fn new(
        api: &str,
        oauth: Option<&str>,
        client: ClientCredentials,
        plain_http: PlainHttp,
    ) -> Result<Self, InvalidSettings> {
        let api = base(api, "The API address", plain_http)?;
        let oauth = match oauth {
            Some(text) => base(text, "The OAuth address", plain_http)?,
            None => derived_oauth(&api),
        };
        if client.id.is_empty() {
            return Err(InvalidSettings::NoClientId);
        }
        if client.secret.expose_secret().is_empty() {
            return Err(InvalidSettings::NoClientSecret);
        }
        Ok(Self {
            api,
            oauth,
            client,
            plain_http,
        })
    }

    /// The API's base address.
    #[must_use]
    pub fn api(&self) -> &Url {
        &self.api
    }

    /// The base address that tokens come from.
    #[must_use]
    pub fn oauth(&self) -> &Url {
        &self.oauth
    }
}

fn base(text: &str, what: &'static str, plain_http: PlainHttp) -> Result<Url, InvalidSettings> {
    let url = Url::parse(text.trim()).map_err(|_| InvalidSettings::NotAnAddress { what })?;
    let Some(host) = url.host() else {
        return Err(InvalidSettings::NotAnAddress { what });
    };
    let secure = match url.scheme() {
        "https" => true,
        "http" => plain_http == PlainHttp::OnLoopback && is_loopback(&host),
        _ => false,
    };
    if !secure {
        return Err(InvalidSettings::NotHttps { what });
    }
    let host_alone = url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    if host_alone {
        Ok(url)
    } else {
        Err(InvalidSettings::NotAHostAlone { what })
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

fn derived_oauth(api: &Url) -> Url {
    let mut oauth = api.clone();
    let login = api
        .host_str()
        .and_then(|host| host.strip_prefix("api."))
        .map(|domain| format!("login.{domain}"));
    if let Some(login) = login
        && let Err(error) = oauth.set_host(Some(&login))
    {
        // A host that starts with `api.` stays a valid host with `login.`.
        tracing::warn!(%error, "the OAuth host could not be derived");
    }
    oauth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(api: &str, oauth: Option<&str>) -> Result<Settings, InvalidSettings> {
        let client = ClientCredentials {
            id: "client".to_owned(),
            secret: SecretString::from("secret-canary"),
            scope: None,
        };
        Settings::new(api, oauth, client, PlainHttp::OnLoopback)
    }

    #[test]
    fn the_oauth_host_follows_from_the_api_host() {
        for (api, oauth) in [
            (
                "https://api.mypurecloud.com",
                "https://login.mypurecloud.com/",
            ),
            (
                "https://api.usw2.pure.cloud/",
                "https://login.usw2.pure.cloud/",
            ),
            (
                "https://acme.mypurecloud.com",
                "https://acme.mypurecloud.com/",
            ),
            ("https://my-api.example.org", "https://my-api.example.org/"),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000/"),
        ] {
            let settings = settings(api, None).expect("usable settings");
            assert_eq!(settings.oauth().as_str(), oauth);
        }
        let by_hand = settings("https://api.x.org", Some("https://sso.x.org")).expect("usable");
        assert_eq!(by_hand.oauth().as_str(), "https://sso.x.org/");
    }

    #[test]
    fn an_address_must_be_https_and_a_host_alone() {
        let what = "The API address";
        for (api, problem) in [
            (
                "api.mypurecloud.com",
                InvalidSettings::NotAnAddress { what },
            ),
            ("mailto:x@y.z", InvalidSettings::NotAnAddress { what }),
            (
                "http://api.mypurecloud.com",
                InvalidSettings::NotHttps { what },
            ),
            (
                "http://127.0.0.1.example.org",
                InvalidSettings::NotHttps { what },
            ),
            ("ftp://127.0.0.1", InvalidSettings::NotHttps { what }),
            (
                "https://u:p@api.x.org",
                InvalidSettings::NotAHostAlone { what },
            ),
            (
                "https://api.x.org/path",
                InvalidSettings::NotAHostAlone { what },
            ),
            (
                "https://api.x.org/?q=1",
                InvalidSettings::NotAHostAlone { what },
            ),
        ] {
            assert_eq!(settings(api, None).err(), Some(problem), "{api}");
        }
    }

    #[test]
    fn settings_never_show_the_secret() {
        let settings = settings("https://api.x.org", None).expect("usable settings");
        assert!(!format!("{settings:?}").contains("secret-canary"));
    }
}
