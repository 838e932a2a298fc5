//! What a sandbox is set up with.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

/// An OAuth client that the sandbox knows.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// Its secret; masked wherever it arrives.
    pub secret: SecretString,
    /// All scopes that it has, for example `flow:all`.
    pub scopes: Vec<String>,
}

/// How a sandbox behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// Who may sign in.
    pub clients: Vec<Client>,
    /// How long a token lives.
    pub token_life: Duration,
    /// Calls per minute and token before 429.
    pub calls_per_minute: u32,
    /// Contacts that the organisation makes in a minute before 429.
    pub contacts_per_minute: u32,
    /// How much faster than the machine's the clock of that minute runs.
    pub clock_factor: u32,
    /// Where flows are kept over restarts; in memory only when absent.
    pub file: Option<PathBuf>,
}

impl Default for Options {
    /// No client, tokens for a day, 300 calls and 100 contacts a minute,
    /// nothing kept.
    fn default() -> Self {
        Self {
            clients: Vec::new(),
            token_life: Duration::from_secs(86_400),
            calls_per_minute: 300,
            contacts_per_minute: 100,
            clock_factor: 1,
            file: None,
        }
    }
}
