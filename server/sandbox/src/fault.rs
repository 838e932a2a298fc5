//! Faults on demand.

use std::collections::BTreeMap;

use axum::http::Method;
use serde::{Deserialize, Serialize};

/// Something that goes wrong for requests to a route.
///
/// In JSON: `{"route":"publish","times":1,"kind":{"type":"status","status":503}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Which requests it meets.
    pub route: Route,
    /// How many of them.
    #[serde(default)]
    pub times: Times,
    /// What happens to them.
    pub kind: FaultKind,
}

/// A kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Every request, the token's included.
    Any,
    /// `POST /oauth/token`
    Oauth,
    /// `POST /api/v2/flows`
    Create,
    /// `GET /api/v2/flows/{id}`
    Get,
    /// `GET /api/v2/flows?name=`
    Find,
    /// `PUT /api/v2/flows/{id}`
    Update,
    /// `POST /api/v2/flows/{id}/publish`
    Publish,
    /// `POST /api/v2/flows/flowmodules`
    CreateModule,
    /// `GET /api/v2/flows/flowmodules/{id}`
    GetModule,
    /// `GET /api/v2/flows/flowmodules?name=`
    FindModule,
    /// `PUT /api/v2/flows/flowmodules/{id}`
    UpdateModule,
    /// `POST /api/v2/tasks/dataactions`
    CreateAction,
    /// `GET /api/v2/tasks/dataactions/{id}`
    GetAction,
    /// `GET /api/v2/tasks/dataactions`, with or without `?name=`
    FindAction,
    /// `PUT /api/v2/tasks/dataactions/{id}`
    UpdateAction,
    /// `POST /api/v2/externalcontacts/contacts`
    CreateContact,
    /// `GET /api/v2/externalcontacts/contacts/{id}`
    GetContact,
    /// `PUT /api/v2/externalcontacts/contacts/{id}`
    UpdateContact,
    /// `POST /api/v2/conversations`
    StartConversation,
    /// `POST /api/v1/customer-lookup`
    Lookup,
    /// `POST /hooks/…`
    Webhook,
}

/// How often a fault happens: `"always"` or a number in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Times {
    /// Until faults are cleared.
    Always,
    /// This often, then no more.
    #[serde(untagged)]
    Count(u32),
}

impl Default for Times {
    fn default() -> Self {
        Self::Count(1)
    }
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// Nothing is done; this is the answer. Without a body an error body of
    /// the status is made.
    Status {
        /// The HTTP status.
        status: u16,
        /// Further headers, for example `Retry-After`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
        /// The body; HTML if it starts with `<`, else JSON.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
    },
    /// The work begins only after this time.
    Delay {
        /// In milliseconds.
        millis: u64,
    },
    /// Nothing is done, and no answer comes until faults are cleared.
    NeverAnswer,
    /// Nothing is done, and the connection closes without an answer.
    CloseBefore,
    /// The work is done, and the connection closes without an answer.
    CloseAfter,
    /// The work is done, and no answer comes until faults are cleared.
    HoldAfter,
    /// All tokens expire at this moment, that of this request included.
    ExpireTokens,
    /// The work is done, and its answer says success in broken JSON.
    Garbage,
    /// The work is done, and its answer is followed by this much more.
    Huge {
        /// In bytes.
        bytes: u64,
    },
    /// The work is done, and this is said in place of its answer.
    Instead {
        /// Further headers, for example `Content-Encoding`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
        /// The body.
        body: String,
    },
    /// The work is done, and its answer breaks off in the middle.
    Truncated,
    /// The work is done, and blanks come in place of its answer, one at a time,
    /// until faults are cleared.
    Trickle {
        /// The time between two of them, in milliseconds.
        millis: u64,
    },
}

impl Route {
    /// The kind of a request, if it is one that faults can name.
    #[must_use]
    pub fn of(method: &Method, path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method.as_str(), segments.as_slice()) {
            ("POST", ["oauth", "token"]) => Some(Self::Oauth),
            ("POST", ["api", "v2", "flows"]) => Some(Self::Create),
            ("GET", ["api", "v2", "flows"]) => Some(Self::Find),
            ("POST", ["api", "v2", "flows", "flowmodules"]) => Some(Self::CreateModule),
            ("GET", ["api", "v2", "flows", "flowmodules"]) => Some(Self::FindModule),
            ("GET", ["api", "v2", "flows", "flowmodules", _]) => Some(Self::GetModule),
            ("PUT", ["api", "v2", "flows", "flowmodules", _]) => Some(Self::UpdateModule),
            ("GET", ["api", "v2", "flows", _]) => Some(Self::Get),
            ("PUT", ["api", "v2", "flows", _]) => Some(Self::Update),
            ("POST", ["api", "v2", "flows", _, "publish"]) => Some(Self::Publish),
            ("POST", ["api", "v2", "tasks", "dataactions"]) => Some(Self::CreateAction),
            ("GET", ["api", "v2", "tasks", "dataactions"]) => Some(Self::FindAction),
            ("GET", ["api", "v2", "tasks", "dataactions", _]) => Some(Self::GetAction),
            ("PUT", ["api", "v2", "tasks", "dataactions", _]) => Some(Self::UpdateAction),
            ("POST", ["api", "v2", "externalcontacts", "contacts"]) => Some(Self::CreateContact),
            ("GET", ["api", "v2", "externalcontacts", "contacts", _]) => Some(Self::GetContact),
            ("PUT", ["api", "v2", "externalcontacts", "contacts", _]) => Some(Self::UpdateContact),
            ("POST", ["api", "v2", "conversations"]) => Some(Self::StartConversation),
            ("POST", ["api", "v1", "customer-lookup"]) => Some(Self::Lookup),
            ("POST", ["hooks", ..]) => Some(Self::Webhook),
            _ => None,
        }
    }
}

/// The faults that are armed, first come first served.
#[derive(Debug, Default)]
pub(crate) struct Armed(Vec<Fault>);

impl Armed {
    pub(crate) fn arm(&mut self, fault: Fault) {
        if fault.times != Times::Count(0) {
            self.0.push(fault);
        }
    }

    pub(crate) fn list(&self) -> Vec<Fault> {
        self.0.clone()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that meets a request now; a counted one is used up by it.
    pub(crate) fn meet(&mut self, route: Option<Route>) -> Option<FaultKind> {
        let position = self
            .0
            .iter()
            .position(|fault| fault.route == Route::Any || Some(fault.route) == route)?;
        let fault = self.0.get_mut(position)?;
        let kind = fault.kind.clone();
        if let Times::Count(left) = &mut fault.times {
            *left -= 1;
            if *left == 0 {
                self.0.remove(position);
            }
        }
        Some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_fault_happens_that_often_and_only_on_its_route() {
        let mut armed = Armed::default();
        let kind = FaultKind::CloseBefore;
        armed.arm(Fault {
            route: Route::Publish,
            times: Times::Count(2),
            kind: kind.clone(),
        });
        let met: Vec<bool> = [Route::Get, Route::Publish, Route::Publish, Route::Publish]
            .map(|route| armed.meet(Some(route)).is_some())
            .into();
        assert_eq!(met, [false, true, true, false]);
        armed.arm(Fault {
            route: Route::Any,
            times: Times::Always,
            kind,
        });
        assert!((0..10).all(|_| armed.meet(None).is_some()));
    }

    #[test]
    fn faults_read_as_they_are_written() {
        for (json, times) in [
            (
                r#"{"route":"any","kind":{"type":"never_answer"}}"#,
                Times::Count(1),
            ),
            (
                r#"{"route":"any","times":3,"kind":{"type":"never_answer"}}"#,
                Times::Count(3),
            ),
            (
                r#"{"route":"any","times":"always","kind":{"type":"never_answer"}}"#,
                Times::Always,
            ),
        ] {
            let fault: Fault = serde_json::from_str(json).expect("a fault");
            assert_eq!(fault.times, times);
            let again = serde_json::to_string(&fault).expect("json");
            assert_eq!(
                serde_json::from_str::<Fault>(&again).expect("a fault"),
                fault
            );
        }
    }
}
