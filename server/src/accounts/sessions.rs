//! Sessions in the store: the session layer's four questions, with hashed ids.

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use store::{SessionRow, Store, StoreError};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::standing::{SIGNED_IN, SessionHash, SignedIn};
use crate::clock;

/// The cookie's name where browsers come over TLS. The prefix makes them refuse
/// it from anything but this host, over TLS, and hide it from scripts.
const SECURE_NAME: &str = "__Host-Http-console";
/// The cookie's name on loopback, where there is no TLS.
const LOOPBACK_NAME: &str = "console_dev";

/// The name of the session's cookie.
pub(crate) fn cookie_name(secure: bool) -> &'static str {
    if secure { SECURE_NAME } else { LOOPBACK_NAME }
}

/// The cookie that removes the session's, with its flags: a browser ignores
/// one of that name without them.
pub(crate) fn removal_cookie(secure: bool) -> String {
    let name = cookie_name(secure);
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict{secure}")
}

/// Sessions in the store.
#[derive(Clone)]
pub(crate) struct SessionRecords(pub(crate) Arc<dyn Store>);

impl fmt::Debug for SessionRecords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionRecords")
    }
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

fn row(record: &Record) -> Result<SessionRow> {
    let signed_in: Option<SignedIn> = record
        .data
        .get(SIGNED_IN)
        .and_then(|value| serde_json::from_value(value.clone()).ok());
    // The layer's own date is that of a cookie. A session of nobody is not kept.
    let now = clock::now_millis();
    let ends_at = signed_in.as_ref().map(SignedIn::ends_at_millis);
    Ok(SessionRow {
        id_hash: SessionHash::of(record.id).0,
        created_at_millis: signed_in
            .as_ref()
            .map_or(now, |signed_in| signed_in.at_millis),
        account_id: signed_in.map(|signed_in| signed_in.account),
        data: serde_json::to_string(&record.data)
            .map_err(|error| Error::Encode(error.to_string()))?,
        expires_at_millis: ends_at.unwrap_or(now),
    })
}

#[async_trait]
impl SessionStore for SessionRecords {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self
            .0
            .create_session(&row(record)?)
            .await
            .map_err(backend)?
        {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        match self.0.save_session(&row(record)?).await {
            // Only that somebody was active is noted here: a store that takes
            // nothing at the moment must not keep people from reading.
            Err(error @ (StoreError::Full | StoreError::Busy)) => {
                tracing::warn!(%error, "a session's activity was not noted");
                Ok(())
            }
            saved => saved.map_err(backend),
        }
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let hash = SessionHash::of(*id);
        let row = self.0.session(&hash.0, clock::now_millis()).await;
        let Some(row) = row.map_err(backend)? else {
            return Ok(None);
        };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date =
            time::OffsetDateTime::from_unix_timestamp(row.expires_at_millis.div_euclid(1_000))
                .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let hash = SessionHash::of(*id);
        self.0.delete_session(&hash.0).await.map_err(backend)
    }
}
