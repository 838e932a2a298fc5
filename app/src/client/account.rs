//! Signing in and out, setting up, people.

use api::{
    Account, Confirmation, NewAccount, PasswordChange, Role, RoleChange, Session, SetUp, SignIn,
};

use super::{Client, Failure};

impl Client {
    /// Who is signed in here, and what this installation offers.
    pub async fn session(self) -> Result<Session, Failure> {
        self.get("/api/session").await
    }

    /// Signs in.
    pub async fn sign_in(self, sign_in: &SignIn) -> Result<Session, Failure> {
        self.post_without_session("/api/session", sign_in).await
    }

    /// Signs out.
    pub async fn sign_out(self) -> Result<(), Failure> {
        self.delete("/api/session").await
    }

    /// Proves again who is signed in, for what an open session alone does not
    /// allow.
    pub async fn confirm(self, password: &str) -> Result<(), Failure> {
        let password = password.to_owned();
        self.post("/api/session/confirmation", &Confirmation { password })
            .await
    }

    /// Sets the installation up and signs its first administrator in.
    pub async fn set_up(self, set_up: &SetUp) -> Result<Session, Failure> {
        self.post_without_session("/api/set-up", set_up).await
    }

    /// Everybody with access.
    pub async fn accounts(self) -> Result<Vec<Account>, Failure> {
        self.get("/api/accounts").await
    }

    /// Gives somebody access.
    pub async fn add_account(self, account: &NewAccount) -> Result<Account, Failure> {
        self.post("/api/accounts", account).await
    }

    /// Changes what somebody may do.
    pub async fn change_role(self, id: &str, role: Role) -> Result<Account, Failure> {
        self.put(&format!("/api/accounts/{id}"), &RoleChange { role })
            .await
    }

    /// Takes somebody's access away.
    pub async fn remove_account(self, id: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/accounts/{id}")).await
    }

    /// Changes the password of who is signed in; their other sessions end.
    pub async fn change_password(self, change: &PasswordChange) -> Result<Session, Failure> {
        self.put("/api/session/password", change).await
    }
}
