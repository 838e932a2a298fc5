//! The demonstration administrator of a sandbox on loopback, so that the
//! product is in use a minute after it was built. Its password is this data
//! directory's own; it is printed at every start and stored nowhere. A start
//! without the sandbox removes it.

use api::{Outcome, Role};
use store::{AccountRow, Store};

use super::Passwords;
use crate::{audit, clock, http::Result, keys::KeyRing, random};

/// The address that it signs in with.
pub(super) const EMAIL: &str = "demo@patchbay.invalid";

/// How to sign in as the demonstration administrator.
pub(crate) struct Demonstration {
    pub(crate) email: &'static str,
    pub(crate) password: String,
}

/// Makes sure that the account is there.
pub(crate) async fn ensure(
    store: &dyn Store,
    keys: &KeyRing,
    passwords: &Passwords,
) -> Result<Demonstration> {
    let password = keys
        .derived_text("demonstration password")
        .map_err(crate::http::Problem::internal)?;
    if store.account_by_email(EMAIL).await?.is_none() {
        let account = AccountRow {
            id: random::id(),
            email: EMAIL.to_owned(),
            name: "Demo".to_owned(),
            role: Role::Administrator,
            password_hash: passwords.hash(password.clone()).await?,
            created_at_millis: clock::now_millis(),
        };
        let entry = audit::entry("account.add", "system", Outcome::Done)
            .about(Some(account.id.clone()))
            .saying("Added the sandbox's demonstration administrator.");
        store.create_account(&account, entry.into()).await?;
    }
    Ok(Demonstration {
        email: EMAIL,
        password,
    })
}

/// Removes the account that an earlier start with a sandbox left: its address
/// is known to everybody.
pub(crate) async fn remove(store: &dyn Store) -> Result<()> {
    let entry = audit::entry("account.remove", "system", Outcome::Done)
        .saying("Removed the sandbox's demonstration administrator: the server runs without one.");
    if store.delete_account_of(EMAIL, entry.into()).await? {
        tracing::info!("the demonstration administrator of the sandbox was removed");
    }
    Ok(())
}
