//! How the server is started: options, and the environment where an option is
//! not given. A variable that is empty is as if it were not set.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use genesys::PlainHttp;
use secrecy::SecretString;
use url::Url;

use crate::connections::Environment;

/// Options of `patchbay serve`.
#[derive(Args, Clone)]
pub struct ServeArgs {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "PATCHBAY_ADDR", default_value = "127.0.0.1:8700")]
    pub addr: SocketAddr,
    /// Directory for the database and the key; made when it is not there.
    #[arg(long, env = "PATCHBAY_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Also run a simulated Genesys Cloud, with a connection to it and a
    /// demonstration sign-in. On loopback addresses only.
    #[arg(long, env = "PATCHBAY_SANDBOX")]
    pub sandbox: bool,
    /// The address that browsers use, such as https://patchbay.example.org;
    /// needed behind a proxy and on any address but loopback.
    #[arg(long, env = "PATCHBAY_ORIGIN", value_name = "URL")]
    pub origin: Option<String>,
    /// Directory with the built site, in place of the embedded one.
    #[arg(long, env = "PATCHBAY_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// 32 random bytes in hexadecimal that seal secrets at rest; without it, a
    /// key file in the data directory is used, and made at the first start.
    #[arg(long, env = "PATCHBAY_KEY", hide_env_values = true, hide = true)]
    pub key: Option<String>,
    #[command(flatten)]
    genesys: GenesysArgs,
}

/// The environment's connection to Genesys Cloud.
#[derive(Args, Clone, Default)]
struct GenesysArgs {
    #[arg(long, env = "GENESYS_CLIENT_ID", hide = true)]
    genesys_client_id: Option<String>,
    #[arg(
        long,
        env = "GENESYS_CLIENT_SECRET",
        hide_env_values = true,
        hide = true
    )]
    genesys_client_secret: Option<String>,
    #[arg(long, env = "GENESYS_ENV_URL", hide = true)]
    genesys_env_url: Option<String>,
    #[arg(long, env = "GENESYS_ENVIRONMENT", hide = true)]
    genesys_environment: Option<String>,
    #[arg(long, env = "GENESYS_ORG_ID", hide = true)]
    genesys_org_id: Option<String>,
}

/// Why the server does not start so.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The sandbox is for this machine alone.
    #[error(
        "--sandbox runs on loopback addresses only, such as 127.0.0.1:8700: it has a demonstration sign-in and takes plain http"
    )]
    PublicSandbox,
    /// Session cookies need TLS.
    #[error(
        "on an address that is not loopback, say by --origin https://… under which address browsers reach this server through TLS"
    )]
    NoOrigin,
    /// The origin is not usable.
    #[error("--origin is a web address without a path, such as https://patchbay.example.org")]
    BadOrigin,
}

impl ServeArgs {
    /// Options for this address and directory, all else as by default.
    pub fn new(addr: SocketAddr, data: PathBuf) -> Self {
        Self {
            addr,
            data,
            sandbox: false,
            origin: None,
            site: None,
            key: None,
            genesys: GenesysArgs::default(),
        }
    }

    /// The public address, checked against where the server listens.
    pub(crate) fn public_origin(&self) -> Result<Option<Url>, ConfigError> {
        let is_loopback = self.addr.ip().is_loopback();
        if self.sandbox && !is_loopback {
            return Err(ConfigError::PublicSandbox);
        }
        let Some(text) = given(self.origin.as_deref()) else {
            return if is_loopback {
                Ok(None)
            } else {
                Err(ConfigError::NoOrigin)
            };
        };
        let url = Url::parse(text).map_err(|_| ConfigError::BadOrigin)?;
        let is_host_alone = url.path() == "/" && url.query().is_none() && url.has_host();
        if !is_host_alone || !matches!(url.scheme(), "https" | "http") {
            return Err(ConfigError::BadOrigin);
        }
        if url.scheme() == "http" && !is_loopback {
            return Err(ConfigError::NoOrigin);
        }
        Ok(Some(url))
    }

    /// Where the site is read from, if not from the binary.
    pub(crate) fn site_directory(&self) -> Option<PathBuf> {
        let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/dist");
        let in_development = cfg!(debug_assertions).then(|| PathBuf::from(built));
        let given = self
            .site
            .clone()
            .filter(|site| !site.as_os_str().is_empty());
        given.or(in_development)
    }

    /// The keys of the environment.
    pub(crate) fn keys(&self) -> Option<&str> {
        given(self.key.as_deref())
    }

    pub(crate) fn plain_http(&self) -> PlainHttp {
        if self.sandbox {
            PlainHttp::OnLoopback
        } else {
            PlainHttp::Refused
        }
    }

    pub(crate) fn environment(&self) -> Environment {
        let text = |value: &Option<String>| given(value.as_deref()).map(str::to_owned);
        let genesys = &self.genesys;
        Environment {
            client_id: text(&genesys.genesys_client_id),
            client_secret: text(&genesys.genesys_client_secret).map(SecretString::from),
            env_url: text(&genesys.genesys_env_url),
            environment: text(&genesys.genesys_environment),
            org_id: text(&genesys.genesys_org_id),
        }
    }
}

fn given(value: Option<&str>) -> Option<&str> {
    value.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_needs_tls_and_takes_no_sandbox() {
        let args = |addr: &str, sandbox: bool, origin: Option<&str>| {
            let addr = addr.parse().expect("an address");
            let args = ServeArgs {
                sandbox,
                origin: origin.map(str::to_owned),
                ..ServeArgs::new(addr, PathBuf::from("data"))
            };
            args.public_origin()
        };
        assert!(matches!(args("127.0.0.1:0", true, None), Ok(None)));
        assert!(matches!(args("127.0.0.1:0", false, Some("")), Ok(None)));
        assert!(matches!(
            args("127.0.0.1:0", false, Some("https://p.example")),
            Ok(Some(_))
        ));
        assert!(matches!(
            args("0.0.0.0:80", true, Some("https://p.example")),
            Err(ConfigError::PublicSandbox)
        ));
        assert!(matches!(
            args("0.0.0.0:80", false, None),
            Err(ConfigError::NoOrigin)
        ));
        assert!(matches!(
            args("0.0.0.0:80", false, Some("http://p.example")),
            Err(ConfigError::NoOrigin)
        ));
        assert!(matches!(
            args("[::1]:80", false, Some("https://p.example/x")),
            Err(ConfigError::BadOrigin)
        ));
    }
}
