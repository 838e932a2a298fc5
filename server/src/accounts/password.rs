//! Passwords: argon2id, a few at a time.

use std::sync::{Arc, OnceLock};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use axum::http::StatusCode;
use tokio::sync::Semaphore;

use crate::http::{Problem, Result};

/// 46 MiB, one pass, one lane: OWASP's first choice.
const MEMORY_KIB: u32 = 46 * 1024;
const PASSES: u32 = 1;
const LANES: u32 = 1;
/// Hashes computed at once: they bound the memory that signing in takes.
const AT_ONCE: usize = 2;
/// Hashes waiting for their turn.
const QUEUE: usize = 16;

/// Hashes passwords and compares them.
pub(crate) struct Passwords {
    turn: Semaphore,
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            turn: Semaphore::new(AT_ONCE),
            places: Arc::new(Semaphore::new(AT_ONCE + QUEUE)),
        }
    }
}

/// What comparing a password showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Wrong,
    Right,
    /// Right, and hashed with parameters that are no longer ours: the new hash.
    RightWithNewHash(String),
}

impl Passwords {
    /// The hash of a new password.
    pub(crate) async fn hash(&self, password: String) -> Result<String> {
        self.compute(move || hash(&password)).await?
    }

    /// Compares a password with a stored hash. Without one, as for an unknown
    /// person, it takes the same time and is wrong.
    pub(super) async fn verify(&self, stored: Option<String>, password: String) -> Result<Verdict> {
        self.compute(move || verify(stored.as_deref(), &password))
            .await?
    }

    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let Ok(_place) = self.places.try_acquire() else {
            return Err(Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "sign-in-busy",
                "Many people are signing in at the moment.",
            )
            .next("Try again in a moment.")
            .retry_after(2));
        };
        let _turn = self.turn.acquire().await.map_err(Problem::internal)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Problem::internal)
    }
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Problem::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String> {
    let hash: PasswordHash = hasher()?
        .hash_password(password.as_bytes())
        .map_err(Problem::internal)?;
    Ok(hash.to_string())
}

fn verify(stored: Option<&str>, password: &str) -> Result<Verdict> {
    static DUMMY: OnceLock<String> = OnceLock::new();
    let Some(stored) = stored else {
        let dummy = match DUMMY.get() {
            Some(dummy) => dummy,
            None => DUMMY.get_or_init({
                let made = hash("nobody has this password")?;
                move || made
            }),
        };
        let parsed = PasswordHash::new(dummy).map_err(Problem::internal)?;
        let _ = hasher()?.verify_password(password.as_bytes(), &parsed);
        return Ok(Verdict::Wrong);
    };
    let parsed = PasswordHash::new(stored).map_err(Problem::internal)?;
    if hasher()?
        .verify_password(password.as_bytes(), &parsed)
        .is_err()
    {
        return Ok(Verdict::Wrong);
    }
    let ours = Params::try_from(&parsed).is_ok_and(|params| {
        (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES)
    });
    if ours {
        Ok(Verdict::Right)
    } else {
        Ok(Verdict::RightWithNewHash(hash(password)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let stored = hash("correct horse battery").expect("a hash");
        assert!(
            stored.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"),
            "{stored}"
        );
        let verdict = |password| verify(Some(&stored), password).expect("a verdict");
        assert_eq!(verdict("correct horse battery"), Verdict::Right);
        assert_eq!(verdict("correct horse batterz"), Verdict::Wrong);
        assert_eq!(verify(None, "x").expect("a verdict"), Verdict::Wrong);
    }

    #[test]
    fn a_hash_of_other_parameters_is_replaced() {
        let params = Params::new(19 * 1024, 2, 1, None).expect("params");
        let old: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password(b"correct horse battery")
            .expect("a hash");
        let verdict = verify(Some(&old.to_string()), "correct horse battery");
        assert!(matches!(verdict, Ok(Verdict::RightWithNewHash(_))));
    }
}
