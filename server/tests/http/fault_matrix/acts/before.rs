//! What has to be there before something is done.

use serde_json::json;

use super::{Ended, Subject};
use crate::{
    fault_matrix::ways::{Act, Life, Sort},
    organisation::Organisation,
};

impl Organisation {
    /// What all cells of a way share.
    pub(in crate::fault_matrix) async fn set_up(&self, act: Act) -> Subject {
        // Names are told apart in the workspace that all organisations share.
        let own = |name: &str| format!("{}: {name}", self.name);
        let published = async |template: &str, name: &str| {
            let id = self.flow(template, &own(name)).await;
            assert_eq!(self.published(&id, "set up").await, Ended::Done);
            id
        };
        match act {
            Act::Link => Subject {
                other: published("shared-authentication", "Linked").await,
                ..Subject::default()
            },
            Act::Repoint => Subject {
                other: published("shared-email-processor", "From").await,
                to: published("shared-email-processor", "To").await,
                ..Subject::default()
            },
            Act::Verify => Subject {
                id: published("shared-email-processor", "Verified").await,
                ..Subject::default()
            },
            Act::OpenModule(_) => {
                let flow = published("shared-authentication", "Opened").await;
                self.person.delete(&format!("/api/flows/{flow}")).await;
                let held = self.sandbox.modules().pop().expect("a module");
                Subject {
                    id: held.id,
                    name: held.name,
                    ..Subject::default()
                }
            }
            Act::OpenAction(_) => {
                let id = self.data_action(&own("Opened")).await;
                assert_eq!(self.uploaded(&id, "set up").await, Ended::Done);
                self.person.delete(&format!("/api/data-actions/{id}")).await;
                let held = self.sandbox.data_actions().pop().expect("a data action");
                Subject {
                    id: held.id,
                    name: held.name,
                    ..Subject::default()
                }
            }
            Act::CompareAction | Act::MergeAction => {
                let id = self.data_action(&own("Merged")).await;
                assert_eq!(self.uploaded(&id, "set up").await, Ended::Done);
                Subject {
                    id,
                    ..Subject::default()
                }
            }
            Act::RegisterAgain => Subject {
                other: self.second_connection().await,
                ..Subject::default()
            },
            _ => Subject::default(),
        }
    }

    /// What a cell needs for itself.
    pub(in crate::fault_matrix) async fn prepare(
        &self,
        act: Act,
        base: &Subject,
        name: &str,
    ) -> Subject {
        let subject = |id: String| Subject {
            id,
            name: name.to_owned(),
            ..base.clone()
        };
        match act {
            Act::Publish(sort, life) => {
                let id = self.flow(template(sort), name).await;
                if life == Life::There {
                    assert_eq!(self.published(&id, "before").await, Ended::Done);
                }
                subject(id)
            }
            Act::Link => {
                let id = self.seeded(None);
                subject(self.opened("flow", &json!({ "id": id })).await)
            }
            Act::Repoint => {
                let id = self.router(name, &base.other).await;
                assert_eq!(self.published(&id, "before").await, Ended::Done);
                subject(id)
            }
            Act::Upload(life) => {
                let id = self.data_action(name).await;
                if life == Life::There {
                    assert_eq!(self.uploaded(&id, "before").await, Ended::Done);
                }
                subject(id)
            }
            Act::OpenFlow(_) => subject(self.seeded(Some(name))),
            Act::Relink => Subject {
                other: self.seeded(None),
                ..subject(self.flow("empty-call-flow", name).await)
            },
            Act::SaveContact | Act::CheckContact | Act::Interact => {
                let contact = self.registered(name, &self.connection).await;
                self.validated(&contact.id).await;
                subject(contact.id)
            }
            // It is there, and is not known here.
            Act::RegisterAgain => {
                let elsewhere = self.registered(name, &base.other).await;
                self.validated(&elsewhere.id).await;
                subject(String::new())
            }
            Act::Register | Act::Import => subject(String::new()),
            Act::OpenModule(_)
            | Act::OpenAction(_)
            | Act::Verify
            | Act::CompareAction
            | Act::MergeAction => base.clone(),
            Act::CheckConnection => {
                // So that there is a token, and what is checked is met.
                let mut subject = subject(self.connection.clone());
                assert_eq!(self.act(act, &mut subject, "before").await, Ended::Done);
                subject
            }
            Act::ListFlows | Act::ListActions | Act::RenewSecret => {
                subject(self.connection.clone())
            }
        }
    }
}

fn template(sort: Sort) -> &'static str {
    match sort {
        Sort::Lookup => "phone-lookup",
        Sort::Call => "empty-call-flow",
        Sort::Shared => "shared-email-processor",
        Sort::Module => "shared-authentication",
    }
}
