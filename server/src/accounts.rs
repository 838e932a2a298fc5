//! Who is there: accounts, signing in, sessions, and the first administrator.

mod actor;
mod client;
pub(crate) mod confirmation;
pub(crate) mod demonstration;
mod device;
mod guessable;
pub(crate) mod own_password;
mod password;
pub(crate) mod people;
mod sessions;
pub(crate) mod set_up;
pub(crate) mod sign_in;
mod standing;
mod throttle;

pub(crate) use actor::Actor;
pub(crate) use client::Clients;
pub(crate) use confirmation::confirm_session;
pub(crate) use own_password::change_password;
pub(crate) use password::Passwords;
pub(crate) use people::{add_account, change_role, holder, list_accounts, remove_account};
pub(crate) use sessions::{SessionRecords, cookie_name, removal_cookie};
pub(crate) use set_up::{new_token, set_up};
pub(crate) use sign_in::{show_session, sign_in, sign_out};
pub(crate) use standing::{SessionHash, of_request, of_socket};

use store::AccountRow;

/// An account, as the API shows it.
pub(crate) fn shown(row: &AccountRow) -> api::Account {
    api::Account {
        id: row.id.clone(),
        email: row.email.clone(),
        name: row.name.clone(),
        role: row.role,
    }
}
