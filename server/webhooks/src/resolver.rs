//! Looking up names: the client connects to nothing but what passes here, so
//! that a name which leads elsewhere the next time gains nothing.

use std::{net::SocketAddr, pin::Pin, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::is_public;

/// The addresses of a name, once they are known.
pub type Addresses = Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>>;

/// Where names are looked up.
pub trait Lookup: Send + Sync + 'static {
    /// The addresses of a name; the port does not matter.
    fn lookup(&self, name: &str) -> Addresses;
}

/// The machine's own way of looking up names.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, name: &str) -> Addresses {
        let name = name.to_owned();
        Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
    }
}

/// Why a name is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotCalled {
    #[error("the name is not known")]
    Unknown,
    /// One such address among others is enough: no receiver has any.
    #[error("the name leads to an address that is not public")]
    NotPublic,
}

/// Lets only public addresses through.
pub(crate) struct Guard(pub(crate) Arc<dyn Lookup>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let looking = self.0.lookup(name.as_str());
        Box::pin(async move {
            let addresses = looking.await.map_err(|_| NotCalled::Unknown)?;
            if addresses.is_empty() {
                return Err(NotCalled::Unknown.into());
            }
            if !addresses.iter().all(|address| is_public(address.ip())) {
                return Err(NotCalled::NotPublic.into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
