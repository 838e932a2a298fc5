//! Every operation of the client, with what sending it twice would mean.

use std::future::Future;
use std::pin::Pin;

use genesys::{Connection, DataActionId, ExternalContactId, Failure, ModuleId};

use crate::server::{CONTACT, ID, id};

/// What sending a call twice would mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// It reads.
    Harmless,
    /// It changes a version that it names.
    Refused,
    /// It makes or changes something a second time.
    Twice,
}

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

/// An operation that goes out to Genesys Cloud.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) again: Again,
    pub(crate) call: fn(&Connection) -> Outcome<'_>,
}

/// All of them; a test compares their number with the operations there are.
pub(crate) fn operations() -> Vec<Operation> {
    let operation = |name, again, call| Operation { name, again, call };
    let mut all = flows();
    all.extend([
        operation("modules.get", Again::Harmless, |connection| {
            Box::pin(async { connection.modules().get(&module()).await.map(drop) })
        }),
        operation("modules.find", Again::Harmless, |connection| {
            Box::pin(async { connection.modules().find_by_name("A").await.map(drop) })
        }),
        operation("modules.list", Again::Harmless, |connection| {
            Box::pin(async { connection.modules().list().await.map(drop) })
        }),
        operation("modules.update", Again::Refused, |connection| {
            Box::pin(async { connection.modules().update(&module(), "{}").await.map(drop) })
        }),
        operation("modules.create", Again::Twice, |connection| {
            Box::pin(async { connection.modules().create("{}").await.map(drop) })
        }),
        operation("data_actions.get", Again::Harmless, |connection| {
            Box::pin(async { connection.data_actions().get(&action()).await.map(drop) })
        }),
        operation("data_actions.find", Again::Harmless, |connection| {
            Box::pin(async { connection.data_actions().find_by_name("A").await.map(drop) })
        }),
        operation("data_actions.list", Again::Harmless, |connection| {
            Box::pin(async { connection.data_actions().list().await.map(drop) })
        }),
        operation("data_actions.update", Again::Refused, |connection| {
            Box::pin(async {
                connection
                    .data_actions()
                    .update(&action(), "{}")
                    .await
                    .map(drop)
            })
        }),
        operation("data_actions.create", Again::Twice, |connection| {
            Box::pin(async { connection.data_actions().create("{}").await.map(drop) })
        }),
        operation("contacts.get", Again::Harmless, |connection| {
            Box::pin(async { connection.contacts().get(&contact()).await.map(drop) })
        }),
        operation("contacts.update", Again::Twice, |connection| {
            Box::pin(async {
                connection
                    .contacts()
                    .update(&contact(), "{}")
                    .await
                    .map(drop)
            })
        }),
        operation("contacts.create", Again::Twice, |connection| {
            Box::pin(async { connection.contacts().create("{}").await.map(drop) })
        }),
        operation("conversations.start", Again::Twice, |connection| {
            Box::pin(async { connection.conversations().start("{}").await.map(drop) })
        }),
    ]);
    all
}

fn flows() -> Vec<Operation> {
    let operation = |name, again, call| Operation { name, again, call };
    vec![
        operation("flows.get", Again::Harmless, |connection| {
            Box::pin(async { connection.flows().get(&id()).await.map(drop) })
        }),
        operation("flows.find", Again::Harmless, |connection| {
            Box::pin(async { connection.flows().find_by_name("A b").await.map(drop) })
        }),
        operation("flows.list", Again::Harmless, |connection| {
            Box::pin(async { connection.flows().list().await.map(drop) })
        }),
        operation("flows.update", Again::Refused, |connection| {
            Box::pin(async { connection.flows().update(&id(), "{}").await.map(drop) })
        }),
        operation("flows.create", Again::Twice, |connection| {
            Box::pin(async { connection.flows().create("{}").await.map(drop) })
        }),
        operation("flows.publish", Again::Twice, |connection| {
            Box::pin(async { connection.flows().publish(&id()).await.map(drop) })
        }),
    ]
}

fn module() -> ModuleId {
    ID.parse().expect("an id")
}

fn action() -> DataActionId {
    ID.parse().expect("an id")
}

fn contact() -> ExternalContactId {
    CONTACT.parse().expect("an id")
}
