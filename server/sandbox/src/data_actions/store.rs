//! The data actions that the sandbox holds, and how their versions move:
//! creating makes version 1, and each accepted update, which must name the
//! version last read, makes the next. What was accepted is live.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::held::{Held, Identified};

/// A data action as the sandbox holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataActionRecord {
    /// Its id.
    pub id: String,
    /// Its name, unique.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// The body as it was last sent, without id and version.
    pub body: Value,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    NotFound,
    /// The name belongs to the data action of this id.
    NameTaken {
        id: String,
    },
    /// The version sent is not the version held.
    Stale {
        held: u64,
    },
}

impl Identified for DataActionRecord {
    fn id(&self) -> &str {
        &self.id
    }
}

/// All data actions, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct DataActionStore {
    actions: Held<DataActionRecord>,
}

impl DataActionStore {
    pub(crate) fn new(actions: Held<DataActionRecord>) -> Self {
        Self { actions }
    }

    pub(crate) fn held(&mut self) -> &mut Held<DataActionRecord> {
        &mut self.actions
    }

    pub(crate) fn list(&self) -> &[DataActionRecord] {
        self.actions.all()
    }

    pub(crate) fn get(&self, id: &str) -> Result<&DataActionRecord, Refusal> {
        self.actions.get(id).ok_or(Refusal::NotFound)
    }

    pub(crate) fn create(&mut self, name: &str, body: Value) -> Result<DataActionRecord, Refusal> {
        self.check_name(name, None)?;
        let action = DataActionRecord {
            id: Uuid::new_v4().to_string(),
            name: name.to_owned(),
            version: 1,
            body: without_added(body),
        };
        self.actions.put(action.clone());
        Ok(action)
    }

    pub(crate) fn update(
        &mut self,
        id: &str,
        name: &str,
        version: u64,
        body: Value,
    ) -> Result<DataActionRecord, Refusal> {
        let held = self.get(id)?.version;
        if held != version {
            return Err(Refusal::Stale { held });
        }
        self.check_name(name, Some(id))?;
        let action = self.get_mut(id)?;
        action.version += 1;
        action.name = name.to_owned();
        action.body = without_added(body);
        Ok(action.clone())
    }

    /// What somebody else does to it.
    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Value)) -> bool {
        let Ok(action) = self.get_mut(id) else {
            return false;
        };
        change(&mut action.body);
        action.version += 1;
        true
    }

    /// Takes one away; false if there is none of this id.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        self.actions.remove(id)
    }

    fn get_mut(&mut self, id: &str) -> Result<&mut DataActionRecord, Refusal> {
        self.actions.get_mut(id).ok_or(Refusal::NotFound)
    }

    fn check_name(&self, name: &str, own_id: Option<&str>) -> Result<(), Refusal> {
        let holder = self
            .list()
            .iter()
            .find(|action| action.name == name && Some(action.id.as_str()) != own_id);
        match holder {
            None => Ok(()),
            Some(action) => Err(Refusal::NameTaken {
                id: action.id.clone(),
            }),
        }
    }
}

impl DataActionRecord {
    /// The answer to a read: the stored body with `id` and `version` (spec,
    /// decision 5).
    pub(crate) fn answer(&self) -> Value {
        let mut answer = Map::new();
        answer.insert("id".to_owned(), self.id.clone().into());
        if let Value::Object(members) = self.body.clone() {
            answer.extend(members);
        }
        answer.insert("version".to_owned(), self.version.into());
        Value::Object(answer)
    }

    /// The same without the code.
    pub(crate) fn listed(&self) -> Value {
        let mut answer = self.answer();
        if let Some(definition) = answer.get_mut("definition").and_then(Value::as_object_mut) {
            definition.shift_remove("code");
        }
        answer
    }
}

/// What a read adds does not become part of the stored body when it is sent
/// back.
fn without_added(body: Value) -> Value {
    let Value::Object(mut members) = body else {
        return body;
    };
    for added in ["id", "version"] {
        members.shift_remove(added);
    }
    Value::Object(members)
}
