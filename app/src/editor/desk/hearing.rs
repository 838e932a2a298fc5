//! What the server says, taken to where it belongs.

use api::{
    Right, Role,
    socket::{FromServer, Refusal},
};
use dom::prelude::*;
use editor::{FromServer as ToEditor, IdSource, Opening, Rights};
use flow::{Flow, Op, Transaction};

use super::{Desk, Phase, Step, doors::Act, random_name};

impl Desk {
    /// Opens a flow that no server knows of.
    pub(crate) fn open(self, flow: Flow, role: Role) {
        self.arrive(String::new(), role);
        self.put_on(flow, 0);
    }

    /// Takes a message of the server.
    pub(crate) fn hear(self, message: FromServer) {
        match message {
            FromServer::Welcome {
                seq,
                flow,
                stamp,
                you,
                role,
            } => {
                self.stamp.set(Some(stamp));
                self.arrive(you, role);
                if self.phase.get_untracked() == Phase::Open {
                    self.act(Act::Receive(ToEditor::Welcome { seq, flow }));
                } else {
                    self.put_on(*flow, seq);
                }
            }
            FromServer::Resumed {
                stamp, you, role, ..
            } => {
                self.stamp.set(Some(stamp));
                self.arrive(you, role);
            }
            FromServer::Acknowledged {
                id,
                seq,
                last_modified,
            } => {
                self.stamp_modified(last_modified);
                if self.is_pending(&id) {
                    self.act(Act::Receive(ToEditor::Acknowledged { id, seq }));
                }
            }
            FromServer::Refused { id, reason } => match reason {
                // Nothing is wrong with the edit: it is kept and sent again.
                Refusal::NotStored { .. } => self.link.hold(self),
                Refusal::DoesNotApply { refused } => self.lose(id, refused.to_string()),
                Refusal::NotAllowed => {
                    self.lose(
                        id,
                        "You may look at this flow but not change it.".to_owned(),
                    );
                }
            },
            // An own edit comes back like this after a reconnect, and when it
            // went over HTTP.
            FromServer::Applied {
                id,
                seq,
                last_modified,
                ..
            } if self.is_pending(&id) => {
                self.stamp_modified(last_modified);
                self.act(Act::Receive(ToEditor::Acknowledged { id, seq }));
            }
            FromServer::Applied {
                id: _,
                seq,
                author,
                transaction,
                last_modified,
            } => {
                self.stamp_modified(last_modified);
                self.tell_of_removed(&author, &transaction);
                self.act(Act::Receive(ToEditor::Applied {
                    seq,
                    transaction,
                    author,
                }));
            }
            FromServer::People { people } => self.people.set(people),
            FromServer::Publish { publish, stamp } => {
                self.stamp.set(Some(stamp));
                self.publish.set(Some(*publish));
            }
            FromServer::Deleted => self.phase.set(Phase::Deleted),
        }
    }

    /// This page does not understand the server any more.
    pub(crate) fn outdated(self) {
        self.link.end();
        self.phase.set(Phase::Outdated);
    }

    /// The flow cannot be sent at all; asking again would change nothing.
    pub(crate) fn too_large(self) {
        self.link.end();
        self.phase.set(Phase::TooLarge);
    }

    /// Nobody is signed in any more: the page asks to, over what is here.
    pub(crate) fn session_ended(self) {
        self.session.end();
    }

    /// Finds out why the socket was refused.
    pub(crate) async fn find_out_why(self) {
        match self.client.session().await {
            Ok(session) if session.account.is_none() => self.session_ended(),
            Ok(_) if !self.opened() => {
                let flow = self.client.flow(&self.flow_id()).await;
                if flow.is_err_and(|failure| failure.is_status(404)) {
                    self.link.end();
                    self.phase.try_set(Phase::NotFound);
                }
            }
            // The server cannot be reached either: trying again goes on.
            Ok(_) | Err(_) => {}
        }
    }

    /// Connects again as soon as somebody has signed in again.
    pub(crate) fn reconnect_after_signing_in(self) {
        let session = self.session;
        Effect::watch(
            move || session.ended(),
            move |ended, before, _| {
                if !ended && before == Some(&true) {
                    self.link.connect_now(self);
                    self.workspace.ask(self.client);
                }
            },
            false,
        );
    }

    /// Says who removed what is selected here: its properties go with it.
    fn tell_of_removed(self, author: &str, transaction: &Transaction) {
        let labels = self.read(|editor| {
            let selected = editor.selection().nodes();
            let removed = transaction.ops.iter().filter_map(|op| match op {
                Op::RemoveNode { id } if selected.contains(id) => editor.flow().nodes.get(id),
                _ => None,
            });
            removed
                .map(|node| format!("“{}”", node.label))
                .collect::<Vec<_>>()
        });
        match labels.as_slice() {
            [] => {}
            [label] => self.toasts.danger(format!("{author} deleted {label}.")),
            many => {
                let count = many.len();
                self.toasts.danger(format!(
                    "{author} deleted {count} steps that you had selected."
                ));
            }
        }
    }

    fn lose(self, id: String, reason: String) {
        self.act(Act::Receive(ToEditor::Refused { id, reason }));
    }

    fn is_pending(self, id: &str) -> bool {
        self.read(|editor| editor.unacknowledged().any(|edit| edit.id == id))
    }

    fn arrive(self, you: String, role: Role) {
        self.me.set(you);
        self.role.set(role);
        if self.phase.get_untracked() == Phase::Open {
            self.act(Act::Rights(rights_of(role)));
        }
    }

    /// Opens a flow: its editor is made from it.
    fn put_on(self, flow: Flow, seq: u64) {
        let opening = Opening {
            flow,
            seq,
            rights: rights_of(self.role.get_untracked()),
            ids: IdSource::new(random_name()),
        };
        self.change(Step::Whole, |editor| editor.open(opening));
        self.phase.set(Phase::Open);
    }

    fn stamp_modified(self, last_modified: String) {
        let differs = |stamp: &Option<flow::Stamp>| {
            stamp
                .as_ref()
                .is_some_and(|stamp| stamp.last_modified != last_modified)
        };
        if self.stamp.with_untracked(differs) {
            self.stamp.update(|stamp| {
                if let Some(stamp) = stamp {
                    stamp.last_modified = last_modified;
                }
            });
        }
    }
}

fn rights_of(role: Role) -> Rights {
    if role.may(Right::EditFlows) {
        Rights::Edit
    } else {
        Rights::Read
    }
}
