//! People with access.

use api::Role;
use async_trait::async_trait;

use crate::{NewAudit, Result};

/// A person with access, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// The account's id.
    pub id: String,
    /// The address, in lower case.
    pub email: String,
    /// The name that others see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The password's hash, as a PHC string.
    pub password_hash: String,
    /// When it was made.
    pub created_at_millis: i64,
}

/// What became of a change to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// It was made.
    Done,
    /// There is no such account.
    Missing,
    /// It would leave nobody who manages people; nothing was changed.
    LastAdministrator,
}

/// People with access, and the token of the first one.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Adds an account.
    ///
    /// # Errors
    /// [`StoreError::Taken`](crate::StoreError::Taken) when the address has one.
    async fn create_account(&self, account: &AccountRow, audit: NewAudit) -> Result<()>;
    /// The account of this id.
    async fn account(&self, id: &str) -> Result<Option<AccountRow>>;
    /// The account of this address, which is in lower case.
    async fn account_by_email(&self, email: &str) -> Result<Option<AccountRow>>;
    /// All accounts, the oldest first.
    async fn accounts(&self) -> Result<Vec<AccountRow>>;
    /// Replaces a password's hash by one of the same password.
    async fn set_password_hash(&self, id: &str, password_hash: &str) -> Result<()>;
    /// Gives an account a new password, and ends all its sessions save the one
    /// of this hash; `false` when there is no such account.
    async fn change_password(
        &self,
        id: &str,
        password_hash: &str,
        keep_session: &str,
        audit: NewAudit,
    ) -> Result<bool>;
    /// Changes what a person may do. There is always an administrator.
    async fn set_role(&self, id: &str, role: Role, audit: NewAudit) -> Result<AccountChange>;
    /// Removes an account and ends its sessions. There is always an
    /// administrator.
    async fn delete_account(&self, id: &str, audit: NewAudit) -> Result<AccountChange>;
    /// Removes the account of this address and ends its sessions, even where no
    /// administrator is left; `false` when it has none.
    async fn delete_account_of(&self, email: &str, audit: NewAudit) -> Result<bool>;
    /// Makes this the only set-up token. Only its hash is kept.
    async fn replace_set_up_token(&self, token_hash: &str, expires_at_millis: i64) -> Result<()>;
    /// Uses the set-up token up and adds the administrator, or does neither
    /// and says `false` when there is no such token or it has expired.
    async fn spend_set_up_token(
        &self,
        token_hash: &str,
        now_millis: i64,
        administrator: &AccountRow,
        audit: NewAudit,
    ) -> Result<bool>;
}
