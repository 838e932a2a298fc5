//! A connection to one organisation with one set of credentials.

use std::sync::Arc;

use url::Url;

use crate::breaker::Breaker;
use crate::bucket::{Bucket, Pace};
use crate::budget::RetryBudget;
use crate::clock::{Clock, SystemClock};
use crate::contacts::Contacts;
use crate::conversations::Conversations;
use crate::data_actions::DataActions;
use crate::flows::Flows;
use crate::gauges::Queue;
use crate::http::Http;
use crate::limits::Limits;
use crate::modules::Modules;
use crate::observer::{Both, Observer, Silent};
use crate::settings::{InvalidSettings, Settings};
use crate::token::{TokenEndpoint, Tokens};

/// A connection to Genesys Cloud. Clones are cheap and share the token, the
/// pace, the pause, the retry budget and the breaker; each may have its own
/// observer.
#[derive(Clone)]
pub struct Connection {
    pub(crate) shared: Arc<Shared>,
    pub(crate) observer: Arc<dyn Observer>,
}

/// What all clones have in common.
pub(crate) struct Shared {
    pub(crate) api: Url,
    pub(crate) client_secret: secrecy::SecretString,
    pub(crate) http: Http,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) bucket: Bucket,
    /// The pace of making contacts, which is slower than that of all calls.
    pub(crate) contact_creations: Pace,
    pub(crate) budget: RetryBudget,
    pub(crate) breaker: Breaker,
    pub(crate) queue: Queue,
}

impl Connection {
    /// A connection on the machine's clock with the product's limits. Nothing
    /// is sent until the first call.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(settings: &Settings) -> Result<Self, InvalidSettings> {
        Self::with(settings, Limits::default(), Arc::new(SystemClock))
    }

    /// A connection with limits and a clock of the caller's.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn with(
        settings: &Settings,
        limits: Limits,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, InvalidSettings> {
        let limits = Arc::new(limits);
        let http = Http::new(settings, Arc::clone(&clock), Arc::clone(&limits))?;
        let endpoint = TokenEndpoint::new(
            http.clone(),
            Arc::clone(&clock),
            Arc::clone(&limits),
            settings,
        );
        let shared = Shared {
            api: settings.api.clone(),
            client_secret: settings.client.secret.clone(),
            tokens: Arc::new(Tokens::new(endpoint)),
            bucket: Bucket::new(Arc::clone(&clock), &limits),
            contact_creations: Pace::new(
                Arc::clone(&clock),
                limits.contacts_per_minute,
                limits.contact_burst,
            ),
            budget: RetryBudget::new(limits.retry_share, limits.retry_floor),
            breaker: Breaker::new(limits.breaker.clone()),
            queue: Queue::default(),
            http,
            clock,
            limits,
        };
        Ok(Self {
            shared: Arc::new(shared),
            observer: Arc::new(Silent),
        })
    }

    /// The same connection, whose calls are told to `observer` too from here
    /// on: what is done for one person can be written down as theirs.
    #[must_use]
    pub fn observed_by(&self, observer: Arc<dyn Observer>) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            observer: Arc::new(Both(Arc::clone(&self.observer), observer)),
        }
    }

    /// The operations on flow modules.
    #[must_use]
    pub fn modules(&self) -> Modules<'_> {
        Modules::new(self)
    }

    /// The operations on flows.
    #[must_use]
    pub fn flows(&self) -> Flows<'_> {
        Flows::new(self)
    }

    /// The operations on data actions.
    #[must_use]
    pub fn data_actions(&self) -> DataActions<'_> {
        DataActions::new(self)
    }

    /// The operations on contacts.
    #[must_use]
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts::new(self)
    }

    /// The operations on conversations.
    #[must_use]
    pub fn conversations(&self) -> Conversations<'_> {
        Conversations::new(self)
    }

    /// The clock of its pace and of the times that its failures name.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.shared.clock)
    }

    /// Gets a token, or tells why there is none: proves address, client id and
    /// secret without touching anything.
    ///
    /// # Errors
    /// Why no token could be had.
    pub async fn sign_in(&self) -> Result<(), crate::Failure> {
        self.shared.tokens.get(&self.observer).await.map(drop)
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("api", &self.shared.api.as_str())
            .finish_non_exhaustive()
    }
}
