//! Finding out what a client may do, without changing anything.
//!
//! Reading is tried by reading. Writing is tried by what cannot change
//! anything: a change of what has the nil id, which nothing has, or something
//! new without content, which no check lets through. Rights are decided before
//! either, so that only a 403 says that one is missing.

use bytes::Bytes;
use reqwest::Method;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::call::Call;
use crate::connection::Connection;
use crate::failure::{Failure, FailureKind};
use crate::read::read;
use crate::verdict::Resend;

const OPERATION: &str = "connection.probe";
const NIL: &str = "00000000-0000-0000-0000-000000000000";
/// A name that nothing has.
const NO_NAME: &str = "Patchbay connection check";

/// A part of the API that rights are given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// Lookup flows, call flows and shared flows.
    Flows,
    /// Flow modules.
    Modules,
    /// Data actions.
    DataActions,
    /// External contacts.
    Contacts,
    /// Interactions.
    Conversations,
}

/// Reading or changing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Reading.
    Read,
    /// Making and changing.
    Write,
}

/// One thing to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Probe {
    /// The part of the API.
    pub area: Area,
    /// Reading or changing it.
    pub access: Access,
}

/// What a probe showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The client may do it.
    Allowed,
    /// It may not.
    Missing {
        /// The permissions or scopes of which at least one is missing; empty
        /// when Genesys Cloud did not name any.
        names: Vec<String>,
    },
    /// There is nothing at the address.
    NotFound,
    /// No answer decided it.
    Unknown(Failure),
}

impl Probe {
    /// Everything that can be found out. Starting an interaction can only be
    /// tried by changing.
    pub const ALL: [Self; 9] = {
        use Access::{Read, Write};
        use Area::{Contacts, Conversations, DataActions, Flows, Modules};
        [
            Self::of(Flows, Read),
            Self::of(Flows, Write),
            Self::of(Modules, Read),
            Self::of(Modules, Write),
            Self::of(DataActions, Read),
            Self::of(DataActions, Write),
            Self::of(Contacts, Read),
            Self::of(Contacts, Write),
            Self::of(Conversations, Write),
        ]
    };

    const fn of(area: Area, access: Access) -> Self {
        Self { area, access }
    }

    /// Whether its address is there wherever its area is: a 404 then says that
    /// the area is not offered, and not that nothing has the nil id.
    #[must_use]
    pub fn tells_whether_offered(self) -> bool {
        match self.area {
            Area::Flows | Area::Modules | Area::DataActions => self.access == Access::Read,
            Area::Contacts | Area::Conversations => self.access == Access::Write,
        }
    }

    fn template(self) -> &'static str {
        match (self.area, self.access) {
            (Area::Flows, Access::Read) => "/api/v2/flows",
            (Area::Flows, Access::Write) => "/api/v2/flows/{id}",
            (Area::Modules, Access::Read) => "/api/v2/flows/flowmodules",
            (Area::Modules, Access::Write) => "/api/v2/flows/flowmodules/{id}",
            (Area::DataActions, Access::Read) => "/api/v2/tasks/dataactions",
            (Area::DataActions, Access::Write) => "/api/v2/tasks/dataactions/{id}",
            (Area::Contacts, Access::Read) => "/api/v2/externalcontacts/contacts/{id}",
            (Area::Contacts, Access::Write) => "/api/v2/externalcontacts/contacts",
            (Area::Conversations, _) => "/api/v2/conversations",
        }
    }

    /// Whether it asks for a list, of which it is known what it looks like.
    fn lists(self) -> bool {
        self.access == Access::Read && !self.template().ends_with("{id}")
    }

    fn call(self, connection: &Connection) -> Call {
        let template = self.template();
        let segments: Vec<_> = template
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| if segment == "{id}" { NIL } else { segment })
            .collect();
        let mut url = connection.url(&segments);
        let names_one = template.ends_with("{id}");
        let method = match (self.access, names_one) {
            (Access::Read, _) => Method::GET,
            (Access::Write, true) => Method::PUT,
            (Access::Write, false) => Method::POST,
        };
        if method == Method::GET && !names_one {
            url.query_pairs_mut().append_pair("name", NO_NAME);
        }
        let reads = self.access == Access::Read;
        Call {
            operation: OPERATION,
            method,
            template,
            url,
            body: (!reads).then_some(Bytes::from_static(b"{}")),
            resend: if reads { Resend::Reads } else { Resend::Once },
        }
    }
}

/// What is looked at in the answer to a question for a list.
#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "entities")]
    _entities: Vec<IgnoredAny>,
}

/// Whether a failure is what a call was made for: to a probe, a refusal is an
/// answer, and nothing went wrong.
pub(crate) fn is_answer(call: &Call, failure: &Failure) -> bool {
    let decides = matches!(
        failure.kind,
        FailureKind::Conflict(_)
            | FailureKind::Rejected { .. }
            | FailureKind::PermissionMissing { .. }
            | FailureKind::NotFound
    );
    decides && call.operation == OPERATION
}

impl Connection {
    /// Finds out one thing that the client may or may not do.
    pub async fn probe(&self, probe: Probe) -> Standing {
        let call = probe.call(self);
        match self.send(&call).await {
            // A page that says success is no answer of Genesys Cloud.
            Ok(success) => match read::<Listed>(&call, &success) {
                Err(failure) if probe.lists() => Standing::Unknown(failure),
                _ => Standing::Allowed,
            },
            Err(failure) => match failure.kind {
                FailureKind::Conflict(_) | FailureKind::Rejected { .. } => Standing::Allowed,
                FailureKind::PermissionMissing { missing, .. } => {
                    Standing::Missing { names: missing }
                }
                FailureKind::NotFound => Standing::NotFound,
                _ => Standing::Unknown(failure),
            },
        }
    }
}
