use api::Role;
use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use super::SqliteStore;
use crate::{AccountChange, AccountRow, Accounts, NewAudit, Result, StoreError};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    email: String,
    name: String,
    role: String,
    password_hash: String,
    created_at_millis: i64,
}

impl TryFrom<Row> for AccountRow {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            role: role_of(&row.role)?,
            id: row.id,
            email: row.email,
            name: row.name,
            password_hash: row.password_hash,
            created_at_millis: row.created_at_millis,
        })
    }
}

const ROLES: [(Role, &str); 5] = [
    (Role::Viewer, "viewer"),
    (Role::Editor, "editor"),
    (Role::Publisher, "publisher"),
    (Role::Administrator, "administrator"),
    (Role::Auditor, "auditor"),
];

fn role_of(name: &str) -> Result<Role> {
    ROLES
        .iter()
        .find(|(_, text)| *text == name)
        .map(|(role, _)| *role)
        .ok_or_else(|| StoreError::unreadable("role", name))
}

fn role_name(role: Role) -> &'static str {
    ROLES
        .iter()
        .find(|(known, _)| *known == role)
        .map_or("viewer", |(_, name)| name)
}

async fn insert(tx: &mut Transaction<'static, Sqlite>, account: &AccountRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO accounts (id, email, name, role, password_hash, created_at_millis)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&account.id)
    .bind(&account.email)
    .bind(&account.name)
    .bind(role_name(account.role))
    .bind(&account.password_hash)
    .bind(account.created_at_millis)
    .execute(&mut **tx)
    .await
    .map_err(|error| StoreError::taken(error, "account"))?;
    Ok(())
}

async fn is_there(tx: &mut Transaction<'static, Sqlite>, id: &str) -> Result<AccountChange> {
    let found: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE id = $1")
        .bind(id)
        .fetch_one(&mut **tx)
        .await?;
    Ok(if found == 0 {
        AccountChange::Missing
    } else {
        AccountChange::Done
    })
}

/// Whether an administrator is left without this account. The write lock that
/// the transaction holds keeps two of them from removing each other.
async fn may_go(tx: &mut Transaction<'static, Sqlite>, id: &str) -> Result<AccountChange> {
    let others: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE role = $2 AND id <> $1")
            .bind(id)
            .bind(role_name(Role::Administrator))
            .fetch_one(&mut **tx)
            .await?;
    match is_there(tx, id).await? {
        AccountChange::Done if others == 0 => Ok(AccountChange::LastAdministrator),
        found => Ok(found),
    }
}

#[async_trait]
impl Accounts for SqliteStore {
    async fn create_account(&self, account: &AccountRow, audit: NewAudit) -> Result<()> {
        let mut tx = self.begin().await?;
        insert(&mut tx, account).await?;
        self.audit_in(&mut tx, audit).await?;
        Ok(tx.commit().await?)
    }

    async fn account(&self, id: &str) -> Result<Option<AccountRow>> {
        sqlx::query_as::<_, Row>("SELECT * FROM accounts WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?
            .map(TryInto::try_into)
            .transpose()
    }

    async fn account_by_email(&self, email: &str) -> Result<Option<AccountRow>> {
        sqlx::query_as::<_, Row>("SELECT * FROM accounts WHERE email = $1")
            .bind(email)
            .fetch_optional(&self.readers)
            .await?
            .map(TryInto::try_into)
            .transpose()
    }

    async fn accounts(&self) -> Result<Vec<AccountRow>> {
        sqlx::query_as::<_, Row>("SELECT * FROM accounts ORDER BY created_at_millis, id")
            .fetch_all(&self.readers)
            .await?
            .into_iter()
            .map(TryInto::try_into)
            .collect()
    }

    async fn set_password_hash(&self, id: &str, password_hash: &str) -> Result<()> {
        sqlx::query("UPDATE accounts SET password_hash = $2 WHERE id = $1")
            .bind(id)
            .bind(password_hash)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn change_password(
        &self,
        id: &str,
        password_hash: &str,
        keep_session: &str,
        audit: NewAudit,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let changed = sqlx::query("UPDATE accounts SET password_hash = $2 WHERE id = $1")
            .bind(id)
            .bind(password_hash)
            .execute(&mut *tx)
            .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND id_hash <> $2")
            .bind(id)
            .bind(keep_session)
            .execute(&mut *tx)
            .await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn set_role(&self, id: &str, role: Role, audit: NewAudit) -> Result<AccountChange> {
        let mut tx = self.begin().await?;
        let allowed = if role == Role::Administrator {
            is_there(&mut tx, id).await?
        } else {
            may_go(&mut tx, id).await?
        };
        if allowed != AccountChange::Done {
            return Ok(allowed);
        }
        sqlx::query("UPDATE accounts SET role = $2 WHERE id = $1")
            .bind(id)
            .bind(role_name(role))
            .execute(&mut *tx)
            .await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(AccountChange::Done)
    }

    async fn delete_account(&self, id: &str, audit: NewAudit) -> Result<AccountChange> {
        let mut tx = self.begin().await?;
        let allowed = may_go(&mut tx, id).await?;
        if allowed != AccountChange::Done {
            return Ok(allowed);
        }
        // Its sessions go with it.
        sqlx::query("DELETE FROM accounts WHERE id = $1")
            .bind(id)
            .execute(&mut *tx)
            .await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(AccountChange::Done)
    }

    async fn delete_account_of(&self, email: &str, audit: NewAudit) -> Result<bool> {
        let mut tx = self.begin().await?;
        let removed = sqlx::query("DELETE FROM accounts WHERE email = $1")
            .bind(email)
            .execute(&mut *tx)
            .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn replace_set_up_token(&self, token_hash: &str, expires_at_millis: i64) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM set_up_tokens")
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO set_up_tokens (token_hash, expires_at_millis) VALUES ($1, $2)")
            .bind(token_hash)
            .bind(expires_at_millis)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn spend_set_up_token(
        &self,
        token_hash: &str,
        now_millis: i64,
        administrator: &AccountRow,
        audit: NewAudit,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let spent = sqlx::query(
            "DELETE FROM set_up_tokens WHERE token_hash = $1 AND expires_at_millis > $2",
        )
        .bind(token_hash)
        .bind(now_millis)
        .execute(&mut *tx)
        .await?;
        if spent.rows_affected() == 0 {
            return Ok(false);
        }
        insert(&mut tx, administrator).await?;
        self.audit_in(&mut tx, audit).await?;
        tx.commit().await?;
        Ok(true)
    }
}
