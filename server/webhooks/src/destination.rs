//! Where a webhook may lead, as far as its address says.
//!
//! A name is looked up, and what it leads to is looked at, when it is called:
//! see [`crate::resolver`]. An address that is written out never is looked up,
//! so that it is looked at here.

use url::{Host, Url};

use crate::is_public;

/// The ports that receivers may have.
pub const PORTS: &[u16] = &[443, 8443];
const LONGEST: usize = 2048;

/// Names that lead somewhere inside, or nowhere; each with all below it.
const INSIDE: &[&str] = &[
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "private",
    "corp",
    "home",
    "arpa",
    "invalid",
    "test",
    "example",
    "onion",
    "alt",
];

/// Why no webhook may lead to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// It is no web address.
    #[error("This is not a web address. Write it as https://crm.example.com/hook.")]
    NotAnAddress,
    /// It has characters that read otherwise than they look.
    #[error("The address has spaces, backslashes or characters that cannot be printed.")]
    Characters,
    /// It is too long.
    #[error("An address has at most 2,048 characters.")]
    TooLong,
    /// It is not encrypted.
    #[error("The address must begin with https://, so that nobody on the way can read it.")]
    NotHttps,
    /// It has a name or a password.
    #[error("The address must not hold a user name or password. The signature shows who sends.")]
    UserInfo,
    /// It has a part behind `#`.
    #[error("The address must not have a part behind #, which is never sent.")]
    Fragment,
    /// It has another port.
    #[error("The port must be 443 or 8443.")]
    Port,
    /// Its name ends with a dot.
    #[error("The name of the host must not end with a dot.")]
    TrailingDot,
    /// It is a name of this machine or network.
    #[error("The name of the host leads inside a network. A receiver has a name on the internet.")]
    InsideName,
    /// It is an address of this machine or network, or a reserved one.
    #[error("The host is not a public address. A receiver is on the internet.")]
    NotPublic,
}

/// An address that a webhook may lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination(Url);

impl Destination {
    /// The address that a text is, with one of these ports.
    ///
    /// # Errors
    /// Why no webhook may lead there.
    pub fn parse(text: &str, ports: &[u16]) -> Result<Self, Forbidden> {
        let url = parse(text)?;
        match url.port_or_known_default() {
            Some(port) if ports.contains(&port) => {}
            _ => return Err(Forbidden::Port),
        }
        match url.host() {
            None => Err(Forbidden::NotAnAddress),
            Some(Host::Ipv4(address)) if !is_public(address.into()) => Err(Forbidden::NotPublic),
            Some(Host::Ipv6(address)) if !is_public(address.into()) => Err(Forbidden::NotPublic),
            Some(Host::Domain(name)) if name.ends_with('.') => Err(Forbidden::TrailingDot),
            Some(Host::Domain(name)) if is_inside(name) => Err(Forbidden::InsideName),
            Some(_) => Ok(Self(url)),
        }
    }

    /// The address at this host, which is answered by somebody who stands in
    /// for it; `None` when the text is no usable address there.
    pub(crate) fn at(text: &str, host: &str) -> Option<Self> {
        let url = parse(text).ok()?;
        (url.host_str() == Some(host) && url.port().is_none()).then_some(Self(url))
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }
}

/// What a text must be wherever it leads.
fn parse(text: &str) -> Result<Url, Forbidden> {
    if text.len() > LONGEST {
        return Err(Forbidden::TooLong);
    }
    // Readers of addresses drop or turn these, each in its own way.
    let turned = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
    if text.contains(turned) {
        return Err(Forbidden::Characters);
    }
    let url = Url::parse(text).map_err(|_| Forbidden::NotAnAddress)?;
    if url.scheme() != "https" {
        Err(Forbidden::NotHttps)
    } else if !url.username().is_empty() || url.password().is_some() || has_user_info(text) {
        Err(Forbidden::UserInfo)
    } else if url.fragment().is_some() {
        Err(Forbidden::Fragment)
    } else {
        Ok(url)
    }
}

/// Whether the part before the path has an `@`, even where nothing stands
/// before it.
fn has_user_info(text: &str) -> bool {
    let behind = text.split_once("//").map_or(text, |(_, behind)| behind);
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    authority.contains('@')
}

/// Whether a name is of this machine or network: one without a dot, or under a
/// name that is kept for such.
fn is_inside(name: &str) -> bool {
    match name.rsplit_once('.') {
        None => true,
        Some((_, last)) => INSIDE.contains(&last),
    }
}
