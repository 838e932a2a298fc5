//! The client of a connection: made once, and again when the connection
//! changes.

use std::sync::{Arc, PoisonError};

use axum::http::StatusCode;
use genesys::{ClientCredentials, Clock, ScaledClock, Settings, SystemClock};
use secrecy::SecretString;
use store::ConnectionRow;

use super::{Preset, secret_place};
use crate::{
    app::App,
    http::{Problem, Result},
};

/// A connection that can be called.
#[derive(Clone)]
pub(crate) struct Reachable {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) client: genesys::Connection,
}

/// Presets do not change while the server runs.
const PRESET_REVISION: i64 = 0;

impl super::Connections {
    /// The id of the connection that is meant, whether it can be called or not;
    /// none where none is named and there is none.
    pub(crate) async fn meant(&self, app: &App, id: Option<&str>) -> Result<Option<String>> {
        let stored = app.store.connections().await?;
        let is_wanted = |known: &str, is_default: bool| match id {
            Some(id) => known == id,
            None => is_default,
        };
        let row = stored.iter().find(|row| is_wanted(&row.id, row.is_default));
        if let Some(row) = row {
            return Ok(Some(row.id.clone()));
        }
        match (self.preset(app, id).await?, id) {
            (Some(preset), _) => Ok(Some(preset.id.to_owned())),
            (None, Some(_)) => Err(Problem::not_found("connection")),
            (None, None) => Ok(None),
        }
    }

    /// The preset of this id, or the one that is the default where no stored
    /// connection is.
    async fn preset(&self, app: &App, id: Option<&str>) -> Result<Option<&Preset>> {
        if let Some(id) = id {
            return Ok(self.presets.iter().find(|preset| preset.id == id));
        }
        let chosen = app.store.default_preset().await?;
        let chosen = self
            .presets
            .iter()
            .find(|preset| chosen.as_deref() == Some(preset.id));
        Ok(chosen.or(self.presets.first()))
    }

    /// The connection of this id, or the default one.
    pub(crate) async fn reach(&self, app: &App, id: Option<&str>) -> Result<Reachable> {
        let stored = match id {
            Some(id) => app.store.connection(id).await?,
            None => {
                let stored = app.store.connections().await?;
                stored.into_iter().find(|row| row.is_default)
            }
        };
        if let Some(row) = stored {
            let settings = self.settings(app, &row)?;
            return self.client(row.id, row.name, row.revision, &settings);
        }
        match self.preset(app, id).await? {
            Some(preset) => self.client(
                preset.id.to_owned(),
                preset.name.to_owned(),
                PRESET_REVISION,
                &preset.settings,
            ),
            None if id.is_some() => Err(Problem::not_found("connection")),
            None => Err(Problem::conflict(
                "no-connection",
                "There is no connection to Genesys Cloud yet.",
            )
            .next("An administrator must add one in Settings → Connections.")),
        }
    }

    /// How many calls a connection makes in a minute, at most.
    pub(crate) fn calls_per_minute(&self) -> u32 {
        self.limits.calls_per_minute.max(1)
    }

    /// How many contacts a connection makes in a minute, at most.
    pub(crate) fn contacts_per_minute(&self) -> u32 {
        self.limits.contacts_per_minute.max(1)
    }

    /// Forgets a connection that went, and how its calls did.
    pub(super) fn forget_all_of(&self, id: &str) {
        self.forget(id);
        self.watch.forget(id);
    }

    /// Forgets the client of a connection that changed.
    pub(super) fn forget(&self, id: &str) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.remove(id);
    }

    fn settings(&self, app: &App, row: &ConnectionRow) -> Result<Settings> {
        let secret = app
            .keys
            .open(secret_place(&row.id), &row.sealed_secret)
            .map_err(|error| {
                tracing::error!(%error, connection = row.id, "a secret does not open");
                Problem::conflict(
                    "secret-unreadable",
                    format!("The stored secret of “{}” cannot be read.", row.name),
                )
                .next("An administrator must enter it again in Settings → Connections.")
            })?;
        self.settings_with(row, secret)
    }

    /// The settings of a stored connection with this secret.
    fn settings_with(&self, row: &ConnectionRow, secret: SecretString) -> Result<Settings> {
        let client = ClientCredentials {
            id: row.client_id.clone(),
            secret,
            scope: Some(row.scopes.clone()).filter(|scopes| !scopes.is_empty()),
        };
        Settings::new(&row.api_url, Some(&row.oauth_url), client, self.plain_http)
            .map_err(|error| unusable(&row.name, &error))
    }

    /// A client of its own, with a token that it has just got by this secret:
    /// what is called meanwhile goes on with the one that is there.
    pub(super) async fn tried(
        &self,
        row: &ConnectionRow,
        secret: SecretString,
    ) -> Result<genesys::Connection, Untried> {
        let settings = self.settings_with(row, secret)?;
        let (limits, clock) = (self.limits.clone(), Arc::new(SystemClock));
        let client = genesys::Connection::with(&settings, limits, clock)
            .map_err(|error| unusable(&row.name, &error))?;
        let client = self.watch.watched(&row.id, &row.name, client);
        match client.sign_in().await {
            Ok(()) => Ok(client),
            Err(failure) => Err(Untried::Refused(failure)),
        }
    }

    /// From now on calls go through this client.
    pub(super) fn take_over(&self, row: &ConnectionRow, client: genesys::Connection) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.insert(row.id.clone(), (row.revision, client));
    }

    fn client(
        &self,
        id: String,
        name: String,
        revision: i64,
        settings: &Settings,
    ) -> Result<Reachable> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = clients
            .get(&id)
            .filter(|(kept, _)| *kept == revision)
            .map(|(_, client)| client.clone());
        let client = match kept {
            Some(client) => client,
            None => {
                let limits = self.limits.clone().on_a_clock_times(self.clock_factor);
                let clock: Arc<dyn Clock> = match self.clock_factor {
                    1 => Arc::new(SystemClock),
                    factor => Arc::new(ScaledClock::new(factor)),
                };
                let client = genesys::Connection::with(settings, limits, clock)
                    .map_err(|error| unusable(&name, &error))?;
                let client = self.watch.watched(&id, &name, client);
                clients.insert(id.clone(), (revision, client.clone()));
                client
            }
        };
        Ok(Reachable { id, name, client })
    }
}

/// Why a new secret did not prove itself.
pub(super) enum Untried {
    /// It could not be tried.
    Problem(Problem),
    /// No token was given for it.
    Refused(genesys::Failure),
}

impl From<Problem> for Untried {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

fn unusable(name: &str, error: &genesys::InvalidSettings) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "connection-unusable",
        format!("The connection “{name}” is not usable. {error}"),
    )
    .next("An administrator must correct it in Settings → Connections.")
}
