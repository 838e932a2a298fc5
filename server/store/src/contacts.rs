//! Contacts that were registered from here, and the interactions with them.
//! What is personal arrives here sealed.

use api::{ContactNotice, ContactOrder, ContactStage, InteractionState};
use async_trait::async_trait;
use flow::contact::Channel;

use crate::{NewAudit, NewEvent, Result};

/// A contact, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Its id: a keyed hash of the connection and the contact's own id.
    pub id: String,
    /// The connection's id.
    pub connection_id: String,
    /// The connection's name.
    pub connection_name: String,
    /// How far it has come.
    pub stage: ContactStage,
    /// The contact and what upstream says of it, sealed.
    pub sealed_record: String,
    /// Who registered it first.
    pub registered_by: String,
    /// When it was registered first.
    pub registered_at_millis: i64,
    /// When its availability was last asked for.
    pub checked_at_millis: Option<i64>,
    /// How long upstream took to make it; kept once it is known.
    pub creation_latency_millis: Option<i64>,
}

/// An interaction, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InteractionRow {
    /// Its id.
    pub id: String,
    /// The contact's id.
    pub contact_id: String,
    /// The channel.
    pub channel: Channel,
    /// How it stands.
    pub state: InteractionState,
    /// The conversation's id upstream.
    pub conversation_id: Option<String>,
    /// How long upstream took to start it.
    pub latency_millis: Option<i64>,
    /// What went wrong, in our words.
    pub notice: Option<ContactNotice>,
    /// Its sentence with the words of Genesys, sealed; none where it has none.
    pub sealed_words: Option<String>,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at_millis: i64,
}

/// Where a list of contacts goes on: after the contact of this time and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPlace {
    /// The time by which the list is ordered: when it was registered, or
    /// checked; 0 where it never was.
    pub at_millis: i64,
    /// Its id.
    pub id: String,
}

impl ContactPlace {
    /// The place of a contact in a list in this order.
    pub fn of(row: &ContactRow, order: ContactOrder) -> Self {
        let at_millis = match order {
            ContactOrder::Newest | ContactOrder::Oldest => row.registered_at_millis,
            ContactOrder::LastChecked | ContactOrder::LongestUnchecked => {
                row.checked_at_millis.unwrap_or_default()
            }
        };
        Self {
            at_millis,
            id: row.id.clone(),
        }
    }
}

/// Contacts and interactions.
#[async_trait]
pub trait Contacts: Send + Sync {
    /// Adds a contact, or replaces one of this id that was not registered;
    /// `false` when there is another of this id, and then nothing is stored.
    async fn add_contact(&self, contact: &ContactRow, audit: NewAudit) -> Result<bool>;
    /// Replaces a contact that still has this record; who registered it first
    /// and when stays. `false` when it was changed meanwhile, and then nothing
    /// is stored.
    async fn replace_contact(
        &self,
        contact: &ContactRow,
        sealed_before: &str,
        audit: NewAudit,
    ) -> Result<bool>;
    /// One contact.
    async fn contact(&self, id: &str) -> Result<Option<ContactRow>>;
    /// Those of these contacts that there are, in no order.
    async fn contacts_among(&self, ids: &[String]) -> Result<Vec<ContactRow>>;
    /// Contacts in this order from a place on, those in a stage only.
    async fn contacts(
        &self,
        stage: Option<ContactStage>,
        order: ContactOrder,
        after: Option<&ContactPlace>,
        limit: u32,
    ) -> Result<Vec<ContactRow>>;
    /// How many contacts there are in a stage, or in all.
    async fn contact_count(&self, stage: Option<ContactStage>) -> Result<u64>;
    /// Has these contacts validated, but for those that are not registered or
    /// validated already; how many they are, by connection.
    async fn queue_checks(&self, ids: &[String], audit: NewAudit) -> Result<Vec<(String, u64)>>;
    /// The connections of which contacts are being validated.
    async fn connections_validating(&self) -> Result<Vec<String>>;
    /// Contacts of a connection that are being validated, the earliest
    /// registered first.
    async fn validating_contacts(&self, connection: &str, limit: u32) -> Result<Vec<ContactRow>>;
    /// Takes the contacts of a connection out of validation: they are new again.
    async fn stop_checks(&self, connection: &str, audit: NewAudit) -> Result<()>;
    /// The contacts of which it is not known whether they arrived upstream.
    async fn registering_contacts(&self) -> Result<Vec<ContactRow>>;
    /// Stores the intent of an interaction. The same click gets the interaction
    /// that it began, and nothing is stored.
    async fn begin_interaction(
        &self,
        interaction: &InteractionRow,
        click_key: &str,
        audit: NewAudit,
    ) -> Result<Option<InteractionRow>>;
    /// Stores how an interaction ended, and queues what is to be told of it.
    async fn finish_interaction(
        &self,
        interaction: &InteractionRow,
        event: Option<&NewEvent>,
        audit: NewAudit,
    ) -> Result<()>;
    /// The interactions with a contact, the latest first.
    async fn interactions_of(&self, contact_id: &str, limit: u32) -> Result<Vec<InteractionRow>>;
    /// The interactions that no outcome is known of.
    async fn starting_interactions(&self) -> Result<Vec<InteractionRow>>;
}
