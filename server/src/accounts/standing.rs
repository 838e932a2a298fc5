//! Whether a session still counts, and what its person may do: asked at every
//! request and every edit, so that a changed role or an ended session takes
//! effect at once.

use serde::{Deserialize, Serialize};
use tower_sessions::{Session, session::Id};

use super::Actor;
use crate::{
    app::App,
    clock,
    http::{Problem, Result},
    random,
};

/// A session without requests or edits ends after this.
const IDLE_MILLIS: i64 = 30 * 60 * 1_000;
/// Every session ends after this.
const ABSOLUTE_MILLIS: i64 = 12 * 60 * 60 * 1_000;
/// Activity is noted this often: a write to the disk for every request would
/// be dear.
const NOTED_EVERY_MILLIS: i64 = 60 * 1_000;

/// What a session holds of the person, under this name.
pub(super) const SIGNED_IN: &str = "signedIn";

/// What a session holds of the person.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignedIn {
    pub(super) account: String,
    pub(super) at_millis: i64,
    pub(super) seen_at_millis: i64,
    /// When the password was last given; sessions that began before this was
    /// noted have to give it again.
    #[serde(default)]
    pub(super) proved_at_millis: i64,
}

impl SignedIn {
    /// When the session ends unless its person does something before.
    pub(super) fn ends_at_millis(&self) -> i64 {
        let idle = self.seen_at_millis + IDLE_MILLIS;
        idle.min(self.at_millis + ABSOLUTE_MILLIS)
    }
}

/// The SHA-256 of a session's id: names the session, and opens nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionHash(pub(super) String);

impl SessionHash {
    pub(super) fn of(id: Id) -> Self {
        Self(random::fingerprint(&id.0.to_be_bytes()))
    }
}

/// The person of a request's session. Ends a session that is too old.
pub(crate) async fn of_request(app: &App, session: &Session) -> Result<Option<Actor>> {
    let found: Option<SignedIn> = session.get(SIGNED_IN).await.map_err(Problem::internal)?;
    let (Some(mut signed_in), Some(id)) = (found, session.id()) else {
        return Ok(None);
    };
    let now = clock::now_millis();
    let proved_at_millis = signed_in.proved_at_millis;
    let account = if is_too_old(&signed_in, now) {
        None
    } else {
        app.store.account(&signed_in.account).await?
    };
    let Some(account) = account else {
        session.flush().await.map_err(Problem::internal)?;
        return Ok(None);
    };
    if now - signed_in.seen_at_millis > NOTED_EVERY_MILLIS {
        signed_in.seen_at_millis = now;
        session
            .insert(SIGNED_IN, signed_in)
            .await
            .map_err(Problem::internal)?;
    }
    Ok(Some(Actor {
        account,
        session: SessionHash::of(id),
        proved_at_millis,
    }))
}

/// The person of a socket's session as it is now; none when it has ended.
/// An edit counts as activity, listening does not.
pub(crate) async fn of_socket(app: &App, hash: &SessionHash, edits: bool) -> Result<Option<Actor>> {
    let now = clock::now_millis();
    let Some(mut row) = app.store.session(&hash.0, now).await? else {
        return Ok(None);
    };
    let mut data: serde_json::Value = serde_json::from_str(&row.data).map_err(Problem::internal)?;
    let found = data.get(SIGNED_IN).cloned().unwrap_or_default();
    let Ok(mut signed_in) = serde_json::from_value::<SignedIn>(found) else {
        return Ok(None);
    };
    if is_too_old(&signed_in, now) {
        return Ok(None);
    }
    if edits && now - signed_in.seen_at_millis > NOTED_EVERY_MILLIS {
        signed_in.seen_at_millis = now;
        row.expires_at_millis = signed_in.ends_at_millis();
        if let Some(place) = data.get_mut(SIGNED_IN) {
            *place = serde_json::to_value(&signed_in).map_err(Problem::internal)?;
        }
        row.data = data.to_string();
        app.store.save_session(&row).await?;
    }
    let account = app.store.account(&signed_in.account).await?;
    Ok(account.map(|account| Actor {
        account,
        session: hash.clone(),
        proved_at_millis: signed_in.proved_at_millis,
    }))
}

/// A clock that was set back does not make a session younger than it is.
fn is_too_old(signed_in: &SignedIn, now: i64) -> bool {
    now >= signed_in.at_millis + ABSOLUTE_MILLIS || now < signed_in.at_millis - NOTED_EVERY_MILLIS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_half_an_hour_after_the_last_sign_of_life_and_after_twelve_hours() {
        const MINUTE: i64 = 60 * 1_000;
        for (seen, ends) in [(0, 30), (29, 59), (689, 719), (700, 720), (720, 720)] {
            let signed_in = SignedIn {
                account: String::new(),
                at_millis: 0,
                seen_at_millis: seen * MINUTE,
                proved_at_millis: 0,
            };
            assert_eq!(signed_in.ends_at_millis(), ends * MINUTE, "{seen}");
        }
    }
}
