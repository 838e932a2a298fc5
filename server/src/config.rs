//! How the server is started: options, and the environment where an option is
//! not given. A variable that is empty is as if it were not set.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::Args;
use genesys::{Limits, PlainHttp};
use secrecy::SecretString;
use url::{Host, Url};

use crate::{accounts::Clients, connections::Environment};

/// What Genesys Cloud allows unless an organisation has agreed on more.
const CALLS_PER_MINUTE: u32 = 300;
const MOST_CALLS_PER_MINUTE: i64 = 100_000;

/// A browser keeps up to six connections open, each for ten seconds: forty people
/// behind one address who open a page at the same time.
const CONNECTIONS_PER_ADDRESS: u16 = 256;
/// Connections at once, of all addresses together. Below the 1,024 files that a
/// process may usually have open.
pub(crate) const CONNECTIONS: u16 = 768;
const MOST_CONNECTIONS: i64 = CONNECTIONS as i64;

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
    /// Take the address of a client from the last entry of X-Forwarded-For,
    /// which a proxy in front of the server writes.
    #[arg(long, env = "PATCHBAY_TRUST_FORWARDED_FOR")]
    pub trust_forwarded_for: bool,
    /// Connections that one address may have at once: all that a browser opens,
    /// for everybody behind that address. Editing sockets are counted by person.
    #[arg(
        long,
        env = "PATCHBAY_CONNECTIONS_PER_ADDRESS",
        default_value_t = CONNECTIONS_PER_ADDRESS,
        value_name = "CONNECTIONS",
        value_parser = clap::value_parser!(u16).range(1..=MOST_CONNECTIONS)
    )]
    pub connections_per_address: u16,
    /// Directory with the built site, in place of the embedded one.
    #[arg(long, env = "PATCHBAY_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Address on which a Prometheus finds /metrics; nobody is asked who they
    /// are there, so keep it from the outside. Off by default.
    #[arg(long, env = "PATCHBAY_METRICS_ADDR", value_name = "ADDRESS")]
    pub metrics_addr: Option<SocketAddr>,
    /// 32 random bytes in hexadecimal that seal secrets at rest; without it, a
    /// key file in the data directory is used, and made at the first start.
    #[arg(long, env = "PATCHBAY_KEY", hide_env_values = true, hide = true)]
    pub key: Option<String>,
    /// Calls per minute that leave through each connection; more than that wait
    /// their turn. 300 is what Genesys Cloud allows an OAuth client.
    #[arg(
        long,
        env = "PATCHBAY_CALLS_PER_MINUTE",
        default_value_t = CALLS_PER_MINUTE,
        value_name = "CALLS",
        value_parser = clap::value_parser!(u32).range(1..=MOST_CALLS_PER_MINUTE)
    )]
    pub calls_per_minute: u32,
    /// How much faster than the machine's the clock runs by which calls to
    /// Genesys Cloud are paced; for tests, with a sandbox only.
    #[arg(long, env = "PATCHBAY_CLOCK_FACTOR", hide = true, default_value_t = 1)]
    pub clock_factor: u32,
    /// How long an answer of Genesys Cloud may take, in milliseconds, in place
    /// of the 10 seconds that are usual; for tests, with a sandbox only.
    #[arg(
        long,
        env = "PATCHBAY_ANSWER_MILLIS",
        hide = true,
        value_name = "MILLIS"
    )]
    pub answer_millis: Option<u64>,
    /// Who receives webhooks in the sandbox's place, on this machine; for
    /// tests, with a sandbox only.
    #[arg(long, env = "PATCHBAY_SANDBOX_HOOKS", hide = true, value_name = "ADDR")]
    pub sandbox_hooks: Option<SocketAddr>,
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
        "--sandbox runs on loopback addresses only, such as 127.0.0.1:8700, and takes no --origin but one of this machine: it has a demonstration sign-in and takes plain http"
    )]
    PublicSandbox,
    /// Session cookies need TLS.
    #[error(
        "on an address that is not loopback, say by --origin https://… under which address browsers reach this server through TLS"
    )]
    NoOrigin,
    /// The origin is not usable.
    #[error(
        "--origin is a web address of a name alone, such as https://patchbay.example.org; plain http is for this machine only"
    )]
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
            trust_forwarded_for: false,
            connections_per_address: CONNECTIONS_PER_ADDRESS,
            site: None,
            metrics_addr: None,
            key: None,
            clock_factor: 1,
            answer_millis: None,
            sandbox_hooks: None,
            calls_per_minute: CALLS_PER_MINUTE,
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
        let is_host_alone = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let is_safe = match url.scheme() {
            "https" => true,
            "http" => is_loopback && is_this_machine(&url),
            _ => false,
        };
        if !is_host_alone || !is_safe {
            return Err(ConfigError::BadOrigin);
        }
        // Behind a proxy the demonstration sign-in would be on the internet.
        if self.sandbox && !is_this_machine(&url) {
            return Err(ConfigError::PublicSandbox);
        }
        Ok(Some(url))
    }

    /// How the addresses of clients are learned.
    pub(crate) fn clients(&self) -> Clients {
        if self.trust_forwarded_for {
            Clients::Forwarded
        } else if given(self.origin.as_deref()).is_some() {
            Clients::BehindProxy
        } else {
            Clients::Direct
        }
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

    /// The numbers that every call to Genesys Cloud keeps.
    pub(crate) fn limits(&self) -> Limits {
        let limits = Limits {
            calls_per_minute: self.calls_per_minute,
            ..Limits::default()
        };
        match self.answer_millis.filter(|_| self.sandbox) {
            Some(millis) => limits.answering_within(Duration::from_millis(millis)),
            None => limits,
        }
    }

    pub(crate) fn plain_http(&self) -> PlainHttp {
        if self.sandbox {
            PlainHttp::OnLoopback
        } else {
            PlainHttp::Refused
        }
    }

    /// The factor of the clock of calls to Genesys Cloud; a real one is called
    /// in real time.
    pub(crate) fn clock_factor(&self) -> u32 {
        if self.sandbox {
            self.clock_factor.max(1)
        } else {
            1
        }
    }

    /// Who receives the webhooks of the sandbox in its place: nobody but on
    /// this machine.
    pub(crate) fn sandbox_hooks(&self) -> Option<SocketAddr> {
        self.sandbox_hooks
            .filter(|address| self.sandbox && address.ip().is_loopback())
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

/// Whether an address names the machine that the browser runs on.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
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
            args("0.0.0.0:80", false, None),
            Err(ConfigError::NoOrigin)
        ));
        for (addr, sandbox, origin) in [
            ("127.0.0.1:0", false, "https://p.example"),
            ("127.0.0.1:0", true, "http://localhost:3000"),
            ("[::1]:0", true, "https://[::1]:3000"),
        ] {
            let taken = args(addr, sandbox, Some(origin));
            assert!(matches!(taken, Ok(Some(_))), "{origin}: {taken:?}");
        }
        for (addr, origin) in [
            ("0.0.0.0:80", "https://p.example"),
            ("127.0.0.1:0", "https://p.example"),
            ("127.0.0.1:0", "https://localhost.p.example"),
        ] {
            let refused = args(addr, true, Some(origin));
            assert!(
                matches!(refused, Err(ConfigError::PublicSandbox)),
                "{origin}: {refused:?}"
            );
        }
        for origin in [
            "https://p.example/x",
            "https://u:p@p.example",
            "https://p.example/#x",
            "http://p.example",
            "ftp://p.example",
            "p.example",
        ] {
            let refused = args("[::1]:80", false, Some(origin));
            assert!(
                matches!(refused, Err(ConfigError::BadOrigin)),
                "{origin}: {refused:?}"
            );
        }
        let refused = args("0.0.0.0:80", false, Some("http://localhost"));
        assert!(
            matches!(refused, Err(ConfigError::BadOrigin)),
            "{refused:?}"
        );
    }
}
