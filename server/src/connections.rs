//! Connections to Genesys Cloud: those that are stored, with sealed secrets,
//! and those that are preset by the environment or the sandbox. One client per
//! connection is kept, so that its token, pace and breaker are shared.

pub(crate) mod check;
mod client;
pub(crate) mod edit;
pub(crate) mod list;
mod preset;

pub(crate) use check::check_connection;
pub(crate) use client::Reachable;
pub(crate) use edit::{add_connection, change_connection, delete_connection, make_default};
pub(crate) use list::list_connections;
pub(crate) use preset::{Environment, Preset};

use std::{collections::HashMap, sync::Mutex};

use genesys::{Limits, PlainHttp};

use crate::{keys::Place, operations::Registry};

/// What the connections are made of.
pub(crate) struct Connections {
    presets: Vec<Preset>,
    /// Whether connections may use plain http on loopback: in sandbox mode.
    plain_http: PlainHttp,
    limits: Limits,
    /// How much faster than the machine's their clock runs.
    clock_factor: u32,
    /// Clients by connection and revision.
    clients: Mutex<HashMap<String, (i64, genesys::Connection)>>,
    /// What is known of their calls.
    pub(crate) watch: Registry,
}

impl Connections {
    pub(crate) fn new(
        presets: Vec<Preset>,
        plain_http: PlainHttp,
        limits: Limits,
        clock_factor: u32,
    ) -> Self {
        Self {
            presets,
            plain_http,
            limits,
            clock_factor,
            clients: Mutex::default(),
            watch: Registry::default(),
        }
    }
}

/// Where a connection's secret stands in the store.
fn secret_place(id: &str) -> Place<'_> {
    Place {
        table: "connections",
        row: id,
        column: "sealed_secret",
    }
}

/// The last characters of a secret: enough to tell two apart, never more than
/// a quarter of it.
fn hint(secret: &str) -> String {
    let characters = secret.chars().count();
    let shown = (characters / 4).min(4);
    secret.chars().skip(characters - shown).collect()
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn a_hint_is_at_most_a_quarter_of_the_secret() {
        for (secret, shown) in [
            ("", ""),
            ("abc", ""),
            ("abcd", "d"),
            ("abcdefghijklmnopqrst", "qrst"),
        ] {
            assert_eq!(hint(secret), shown);
        }
    }
}
