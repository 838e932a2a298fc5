//! What a flow can refer to: the modules, shared flows and data actions around
//! it, with what they take, give back and call themselves.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{EntityKind, EntityRef, Flow, FlowKind, Interface};

/// The things that flows can refer to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", from = "Stored", into = "Stored")]
pub struct Workspace {
    entities: Vec<Entity>,
    /// Whether everything that exists is among them. On the command line only
    /// the files that were named can be seen.
    is_complete: bool,
    by_id: FxHashMap<(EntityKind, String), usize>,
    by_name: FxHashMap<(EntityKind, String), usize>,
}

/// Something that a flow can refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its id in Genesys Cloud; none before it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The ids that it has in other organisations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<String>,
    /// Its name, unique in the organisation.
    pub name: String,
    /// What it takes and gives back as it is live, or as it is drawn where it
    /// was never published; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<Interface>,
    /// What it takes and gives back as it is drawn, where its next publish
    /// changes that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Interface>,
    /// What it calls itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<(EntityKind, EntityRef)>,
}

/// The form in which a workspace travels.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    entities: Vec<Entity>,
    is_complete: bool,
}

impl From<Stored> for Workspace {
    fn from(stored: Stored) -> Self {
        Self::new(stored.entities, stored.is_complete)
    }
}

impl From<Workspace> for Stored {
    fn from(workspace: Workspace) -> Self {
        Self {
            entities: workspace.entities,
            is_complete: workspace.is_complete,
        }
    }
}

impl Workspace {
    /// A workspace of these. Of two with one id or one name the first counts.
    pub fn new(entities: Vec<Entity>, is_complete: bool) -> Self {
        let (mut by_id, mut by_name) = (FxHashMap::default(), FxHashMap::default());
        for (index, entity) in entities.iter().enumerate() {
            for id in entity.id.iter().chain(&entity.elsewhere) {
                by_id.entry((entity.kind, id.clone())).or_insert(index);
            }
            let name = (entity.kind, entity.name.clone());
            by_name.entry(name).or_insert(index);
        }
        Self {
            entities,
            is_complete,
            by_id,
            by_name,
        }
    }

    /// The same with this in place of what is meant by its reference now;
    /// beside the others where nothing is.
    #[must_use]
    pub fn with(&self, entity: Entity) -> Self {
        let mut entities = self.entities.clone();
        let index = self.index_of(entity.kind, &entity.reference());
        match index.and_then(|index| entities.get_mut(index)) {
            Some(known) => *known = entity,
            None => entities.push(entity),
        }
        Self::new(entities, self.is_complete)
    }

    /// Whether everything that exists is in it.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// All that is in it, in the order in which it came.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// What a reference means.
    pub fn find(&self, kind: EntityKind, reference: &EntityRef) -> Option<&Entity> {
        self.index_of(kind, reference)
            .and_then(|index| self.entities.get(index))
    }

    pub(crate) fn index_of(&self, kind: EntityKind, reference: &EntityRef) -> Option<usize> {
        let key = (kind, reference.as_str().to_owned());
        match reference {
            EntityRef::Name(_) => self.by_name.get(&key).copied(),
            // What has no id yet can only be meant by its name, wherever that
            // stands.
            EntityRef::Id(_) => self.by_id.get(&key).copied().or_else(|| {
                let named = self.by_name.get(&key).copied()?;
                let entity = self.entities.get(named)?;
                entity.id.is_none().then_some(named)
            }),
        }
    }
}

impl Entity {
    /// How others refer to it: by its id once it has one.
    pub fn reference(&self) -> EntityRef {
        match &self.id {
            Some(id) => EntityRef::Id(id.clone()),
            None => EntityRef::Name(self.name.clone()),
        }
    }

    /// A flow as others refer to it; none for flows that cannot be called.
    pub fn of_flow(flow: &Flow, upstream_id: Option<&str>) -> Option<Self> {
        Some(Self {
            kind: flow.kind.entity()?,
            id: upstream_id.map(str::to_owned),
            elsewhere: Vec::new(),
            name: flow.name.clone(),
            interface: Some(flow.interface.clone()),
            draft: None,
            // What is disabled is not called.
            calls: flow
                .as_sent()
                .calls()
                .map(|call| (call.kind, call.reference.clone()))
                .collect(),
        })
    }
}

impl FlowKind {
    /// What others refer to it as; none for flows that cannot be called.
    pub fn entity(self) -> Option<EntityKind> {
        match self {
            Self::Module => Some(EntityKind::Module),
            Self::Shared => Some(EntityKind::SharedFlow),
            Self::Lookup | Self::Call | Self::Architect => None,
        }
    }
}
