//! The flows and the flow modules that the sandbox holds, and how their
//! versions move. Both are kept alike, each in a store of its own.
//!
//! A flow has a draft and perhaps something published. Creating makes draft
//! version 1; each accepted update, which must name the version last read,
//! makes the next. Publishing leaves the draft's version alone and counts on
//! its own: the first is 1, and each publish of changed content one more, so
//! that publishing twice without a change answers the same number.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::held::{Held, Identified};
use crate::validate::Form;

/// A flow as the sandbox holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowRecord {
    /// Its id.
    pub id: String,
    /// Its name, unique; empty for a call flow that was sent without one.
    pub name: String,
    /// The draft's version.
    pub version: u64,
    /// The body as it was last sent, without the id that an update carries.
    pub draft: Value,
    /// What is live, of flows that are published by a call of their own.
    pub published: Option<Published>,
    /// Who has it locked: nobody else changes or publishes it meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_by: Option<String>,
}

/// What is live of a flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// Its number among the published ones.
    pub version: u64,
    /// The body that was published.
    pub body: Value,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotFound,
    /// The name belongs to the flow of this id.
    NameTaken {
        id: String,
    },
    /// The version sent is not the version held.
    Stale {
        held: u64,
    },
    /// Somebody has it locked.
    Locked {
        by: String,
    },
    /// It is of a form that is live as it is saved (spec, decision 6).
    LiveAsSaved,
}

impl Identified for FlowRecord {
    fn id(&self) -> &str {
        &self.id
    }
}

/// All flows, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct FlowStore {
    flows: Held<FlowRecord>,
}

impl FlowStore {
    pub(crate) fn new(flows: Held<FlowRecord>) -> Self {
        Self { flows }
    }

    pub(crate) fn held(&mut self) -> &mut Held<FlowRecord> {
        &mut self.flows
    }

    pub(crate) fn list(&self) -> &[FlowRecord] {
        self.flows.all()
    }

    pub(crate) fn get(&self, id: &str) -> Result<&FlowRecord, Refusal> {
        self.flows.get(id).ok_or(Refusal::NotFound)
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        self.get(id).is_ok()
    }

    /// Takes one away; false if there is none of this id.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        self.flows.remove(id)
    }

    /// Makes a new one; without a name it is known by its id alone.
    pub(crate) fn create(
        &mut self,
        name: Option<&str>,
        body: Value,
    ) -> Result<FlowRecord, Refusal> {
        let name = name.unwrap_or_default();
        self.check_name(name, None)?;
        let flow = FlowRecord {
            id: Uuid::new_v4().to_string(),
            name: name.to_owned(),
            version: 1,
            draft: without_id(body),
            published: None,
            locked_by: None,
        };
        self.flows.put(flow.clone());
        Ok(flow)
    }

    /// Changes one. Without a name it keeps the one that it has.
    pub(crate) fn update(
        &mut self,
        id: &str,
        name: Option<&str>,
        version: u64,
        body: Value,
    ) -> Result<FlowRecord, Refusal> {
        let held = self.unlocked(id)?.version;
        if held != version {
            return Err(Refusal::Stale { held });
        }
        if let Some(name) = name {
            self.check_name(name, Some(id))?;
        }
        let flow = self.unlocked(id)?;
        flow.version += 1;
        if let Some(name) = name {
            name.clone_into(&mut flow.name);
        }
        flow.draft = without_id(body);
        Ok(flow.clone())
    }

    /// Locks one for somebody, or lets it go; false if there is none.
    pub(crate) fn lock(&mut self, id: &str, by: Option<&str>) -> bool {
        let flow = self.get_mut(id);
        let found = flow.is_ok();
        if let Ok(flow) = flow {
            flow.locked_by = by.map(str::to_owned);
        }
        found
    }

    pub(crate) fn unlock_all(&mut self) {
        let locked = self.list().iter().filter(|flow| flow.locked_by.is_some());
        let locked: Vec<String> = locked.map(|flow| flow.id.clone()).collect();
        for id in locked {
            self.lock(&id, None);
        }
    }

    /// Changes one past all checks, as somebody else would; false if there is
    /// none.
    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Value)) -> bool {
        let Ok(flow) = self.get_mut(id) else {
            return false;
        };
        change(&mut flow.draft);
        flow.draft = without_id(flow.draft.take());
        flow.version += 1;
        if let Some(name) = flow.draft.get("name").and_then(Value::as_str) {
            name.clone_into(&mut flow.name);
        }
        true
    }

    /// Gives a name to one whose document has none.
    pub(crate) fn rename(&mut self, id: &str, name: &str) {
        if let Ok(flow) = self.get_mut(id) {
            name.clone_into(&mut flow.name);
        }
    }

    /// Publishes the draft and returns the number of what is live now.
    pub(crate) fn publish(&mut self, id: &str) -> Result<u64, Refusal> {
        let flow = self.unlocked(id)?;
        if Form::of(&flow.draft) != Form::Lookup {
            return Err(Refusal::LiveAsSaved);
        }
        let version = match &flow.published {
            None => 1,
            Some(live) if content(&live.body) == content(&flow.draft) => return Ok(live.version),
            Some(live) => live.version + 1,
        };
        flow.published = Some(Published {
            version,
            body: flow.draft.clone(),
        });
        Ok(version)
    }

    fn get_mut(&mut self, id: &str) -> Result<&mut FlowRecord, Refusal> {
        self.flows.get_mut(id).ok_or(Refusal::NotFound)
    }

    fn unlocked(&mut self, id: &str) -> Result<&mut FlowRecord, Refusal> {
        let flow = self.get_mut(id)?;
        match &flow.locked_by {
            Some(by) => Err(Refusal::Locked { by: by.clone() }),
            None => Ok(flow),
        }
    }

    fn check_name(&self, name: &str, own_id: Option<&str>) -> Result<(), Refusal> {
        if name.is_empty() {
            return Ok(());
        }
        let holder = self
            .list()
            .iter()
            .find(|flow| flow.name == name && Some(flow.id.as_str()) != own_id);
        match holder {
            None => Ok(()),
            Some(flow) => Err(Refusal::NameTaken {
                id: flow.id.clone(),
            }),
        }
    }
}

impl FlowRecord {
    /// The number of what is live, if anything is.
    #[must_use]
    pub fn published_version(&self) -> Option<u64> {
        self.published.as_ref().map(|live| live.version)
    }

    /// The answer to a read: the stored body with `id`, `version` and, if any,
    /// `publishedVersion` (spec, decision 5).
    pub(crate) fn answer(&self) -> Value {
        let mut answer = Map::new();
        answer.insert("id".to_owned(), self.id.clone().into());
        if !self.name.is_empty() {
            answer.insert("name".to_owned(), self.name.clone().into());
        }
        if let Value::Object(members) = self.draft.clone() {
            answer.extend(members);
        }
        if let Some(Value::Object(metadata)) = answer.get_mut("metadata") {
            metadata.insert("version".to_owned(), self.version.into());
        }
        answer.insert("version".to_owned(), self.version.into());
        if let Some(version) = self.published_version() {
            answer.insert("publishedVersion".to_owned(), version.into());
        }
        Value::Object(answer)
    }
}

/// What a read adds does not become part of the stored body when it is sent
/// back.
fn without_id(body: Value) -> Value {
    let Value::Object(mut members) = body else {
        return body;
    };
    for added in ["id", "version", "publishedVersion"] {
        members.shift_remove(added);
    }
    Value::Object(members)
}

/// What counts as content: all but the version and the time of change.
fn content(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(Value::Object(metadata)) = body.get_mut("metadata") {
        metadata.shift_remove("version");
        metadata.shift_remove("lastModified");
    }
    body
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body(description: &str, version: u64) -> Value {
        json!({"name": "A", "description": description, "metadata": {"version": version, "lastModified": "t"}})
    }

    #[test]
    fn publishing_counts_changed_content_and_leaves_the_draft_alone() {
        let mut store = FlowStore::default();
        let id = store.create(Some("A"), body("one", 1)).expect("created").id;
        assert_eq!(store.publish(&id), Ok(1));
        assert_eq!(store.publish(&id), Ok(1));
        assert_eq!(store.get(&id).expect("held").version, 1);

        store
            .update(&id, Some("A"), 1, body("one", 1))
            .expect("updated");
        assert_eq!(store.publish(&id), Ok(1), "nothing but the version changed");
        store
            .update(&id, Some("A"), 2, body("two", 2))
            .expect("updated");
        assert_eq!(store.publish(&id), Ok(2));
        assert_eq!(store.get(&id).expect("held").version, 3);
    }

    #[test]
    fn an_update_must_name_the_version_held() {
        let mut store = FlowStore::default();
        let id = store.create(Some("A"), body("one", 1)).expect("created").id;
        for version in [0, 2, 99] {
            let refused = store.update(&id, Some("A"), version, body("two", version));
            assert_eq!(refused, Err(Refusal::Stale { held: 1 }));
        }
        assert!(store.update("other", Some("A"), 1, body("two", 1)).is_err());
        assert_eq!(store.get(&id).expect("held").draft, body("one", 1));
    }

    #[test]
    fn a_name_belongs_to_one_flow() {
        let mut store = FlowStore::default();
        let first = store.create(Some("A"), body("", 1)).expect("created").id;
        let taken = Err(Refusal::NameTaken { id: first.clone() });
        assert_eq!(store.create(Some("A"), body("", 1)), taken);
        let second = store.create(Some("B"), body("", 1)).expect("created").id;
        assert_eq!(store.update(&second, Some("A"), 1, body("", 1)), taken);
        assert!(store.update(&first, Some("A"), 1, body("", 1)).is_ok());
    }

    #[test]
    fn a_read_adds_id_and_versions_and_sending_them_back_changes_nothing() {
        let mut store = FlowStore::default();
        let id = store.create(Some("A"), body("one", 7)).expect("created").id;
        store.publish(&id).expect("published");
        let read = store.get(&id).expect("held").answer();
        assert_eq!(read["id"], json!(id));
        assert_eq!(read["version"], json!(1));
        assert_eq!(read["metadata"]["version"], json!(1));
        assert_eq!(read["publishedVersion"], json!(1));
        store.update(&id, Some("A"), 1, read).expect("updated");
        assert_eq!(store.publish(&id), Ok(1));
    }
}
