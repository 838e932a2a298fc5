//! What must still be there after something was done, and what is put back.

use api::{Connection, Contact, FlowSummary, OpenDataAction};
use serde_json::{Value, json};

use super::Subject;
use crate::{fault_matrix::ways::Act, organisation::Organisation};

impl Organisation {
    /// What must be the same before and after, whatever went wrong.
    pub(in crate::fault_matrix) async fn kept(&self, act: Act, subject: &Subject) -> Value {
        let (id, person) = (subject.id.as_str(), &self.person);
        match act {
            // A batch changes the flow first; it is one that can be read.
            Act::Link | Act::Repoint => {
                let flow: FlowSummary = person.read(&format!("/api/flows/{id}")).await;
                json!(flow.name)
            }
            Act::Publish(..) | Act::Relink | Act::Verify => {
                let file: Value = person.read(&format!("/api/flows/{id}/file")).await;
                assert!(file["flow"].is_object(), "{file}");
                file["flow"].clone()
            }
            Act::Upload(_) | Act::CompareAction | Act::MergeAction => {
                let opened: OpenDataAction = person.read(&format!("/api/data-actions/{id}")).await;
                json!(opened.action)
            }
            Act::SaveContact | Act::CheckContact | Act::Interact => {
                let contact: Contact = person.read(&format!("/api/contacts/{id}")).await;
                json!(contact.contact.external_contact_id)
            }
            Act::ListFlows
            | Act::OpenFlow(_)
            | Act::OpenModule(_)
            | Act::ListActions
            | Act::OpenAction(_)
            | Act::Register
            | Act::RegisterAgain
            | Act::Import
            | Act::CheckConnection
            | Act::RenewSecret => {
                let connections: Vec<Connection> = person.read("/api/connections").await;
                let own = connections.iter().find(|one| one.id == self.connection);
                json!(own.map(|own| (&own.name, &own.api_url, &own.client_id)))
            }
        }
    }

    /// Takes away what a cell opened, so that the next one opens it again.
    pub(in crate::fault_matrix) async fn put_back(&self, act: Act, subject: &Subject) {
        let deleted = match act {
            Act::OpenModule(_) => {
                let flows: Vec<FlowSummary> = self.person.read("/api/flows").await;
                let own = |flow: &&FlowSummary| {
                    flow.upstream
                        .as_ref()
                        .is_some_and(|upstream| upstream.id == subject.id)
                };
                flows
                    .iter()
                    .find(own)
                    .map(|flow| format!("/api/flows/{}", flow.id))
            }
            Act::OpenAction(_) => {
                let all: Vec<api::DataActionSummary> = self.person.read("/api/data-actions").await;
                let own = |action: &&api::DataActionSummary| {
                    action
                        .upstream
                        .as_ref()
                        .is_some_and(|upstream| upstream.id == subject.id)
                };
                all.iter()
                    .find(own)
                    .map(|action| format!("/api/data-actions/{}", action.id))
            }
            _ => return,
        };
        let path = deleted.expect("it was opened");
        assert!(self.person.delete(&path).await.status().is_success());
    }
}
