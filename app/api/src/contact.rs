//! Contacts: people outside of the organisation, registered from here.
//!
//! Whoever may not see personal data gets it masked; the server masks.

use flow::contact::{Channel, Contact as Document};
use serde::{Deserialize, Serialize};

/// What a contact consists of: the body of registering and of changing one,
/// and how it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactFields {
    /// The id that the organisation gave.
    pub external_contact_id: String,
    /// The name that people read.
    pub name: String,
    /// A number to call, in E.164; empty where there is none.
    #[serde(default)]
    pub voice: String,
    /// A number for text messages, in E.164; empty where there is none.
    #[serde(default)]
    pub sms: String,
    /// A mail address; empty where there is none.
    #[serde(default)]
    pub email: String,
    /// An address for chats; empty where there is none.
    #[serde(default)]
    pub chat: String,
    /// What a conversation begins with; empty for the usual greeting.
    #[serde(default)]
    pub initial_message: String,
    /// How long a conversation may take, in seconds.
    pub interaction_duration_seconds: u64,
    /// Texts by name that travel with the contact, in order.
    #[serde(default)]
    pub metadata: Vec<MetadataEntry>,
}

/// A text by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetadataEntry {
    /// The name.
    pub name: String,
    /// The text.
    pub value: String,
}

/// The body of registering a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewContact {
    /// The contact.
    pub contact: ContactFields,
    /// The connection to register it through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// The body of saving a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveContact {
    /// The version that was changed. Where the contact is another by now,
    /// nothing is sent or stored and the answer is 409.
    pub version: String,
    /// What it is to be.
    pub contact: ContactFields,
}

/// The body of taking over what Genesys has of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdoptContact {
    /// The version that was looked at. Where the contact is another by now,
    /// nothing is taken over and the answer is 409.
    pub version: String,
}

/// How far a contact has come (spec, decision 18): new, then validating, then
/// what the check said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ContactStage {
    /// It is being sent; whether it arrived is not known yet.
    Registering,
    /// Genesys did not take it.
    NotRegistered,
    /// It is there; nobody has asked yet what the check says.
    New,
    /// It is there; what the check says is being asked for.
    Validating,
    /// It was there before, and says something else than here.
    Different,
    /// It may be spoken to.
    Passed,
    /// It may be spoken to as long as nothing else is found.
    Pending,
    /// It may not be spoken to.
    Failed,
    /// The check says nothing.
    Unknown,
}

/// A contact in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactSummary {
    /// Its id here.
    pub id: String,
    /// The id that the organisation gave.
    pub external_contact_id: String,
    /// The name, masked where it must be.
    pub name: String,
    /// The addresses, masked where they must be, by channel.
    pub channels: Vec<ContactChannel>,
    /// How far it has come.
    pub stage: ContactStage,
    /// When it was registered: RFC 3339, UTC.
    pub registered_at: String,
    /// Who registered it.
    pub registered_by: String,
    /// When its availability was last asked for: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<String>,
}

/// Some of the contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactList {
    /// The contacts, in the order that was asked for.
    pub contacts: Vec<ContactSummary>,
    /// How many there are, whether they are among these or not.
    pub total: u64,
    /// What to ask for to get the next ones; none when there are no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A way to reach a contact, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactChannel {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub channel: Channel,
    /// The address, masked where it must be.
    pub address: String,
    /// What Genesys said of it last: `available`; none when it was not asked or
    /// did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<String>,
}

/// A contact with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Its id here.
    pub id: String,
    /// Names the contact with what Genesys and others have of it as they stand
    /// here. What its check says of channels leaves the version as it is.
    pub version: String,
    /// The connection's name.
    pub connection: String,
    /// The contact, masked where it must be.
    pub contact: ContactFields,
    /// Whether personal data is masked.
    pub is_masked: bool,
    /// How far it has come.
    pub stage: ContactStage,
    /// Its channels.
    pub channels: Vec<ContactChannel>,
    /// How long Genesys took to make it, in milliseconds; none when it was
    /// there already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creation_latency_ms: Option<u64>,
    /// When it was registered: RFC 3339, UTC.
    pub registered_at: String,
    /// Who registered it.
    pub registered_by: String,
    /// When its availability was last asked for: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<String>,
    /// The channels by which an interaction can be started now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub startable: Vec<Channel>,
    /// Why no interaction can be started, and what to do; or what went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<ContactNotice>,
    /// Where it says something else than what Genesys has.
    pub differences: Vec<ContactDifference>,
    /// What an import brought of it that is neither here nor in Genesys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ContactProposal>,
    /// The interactions with it, the latest first.
    pub interactions: Vec<Interaction>,
}

/// Other data of a contact, waiting for somebody to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactProposal {
    /// The contact as it would be, masked where it must be.
    pub contact: ContactFields,
    /// Where that differs: `theirs` is what was brought.
    pub differences: Vec<ContactDifference>,
}

/// How what was entered of a contact differs from the one that is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactComparison {
    /// The id here of the contact that is here.
    pub id: String,
    /// The version that was compared: what a save on top of it names.
    pub version: String,
    /// How far it has come.
    pub stage: ContactStage,
    /// Who registered it.
    pub registered_by: String,
    /// When: RFC 3339, UTC.
    pub registered_at: String,
    /// Who changed it last; none where nobody has since it was registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
    /// When: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<String>,
    /// Where they differ: `ours` is what is here, `theirs` what was entered.
    pub differences: Vec<ContactDifference>,
}

/// The body of asking for many contacts at once whether and how they may be
/// spoken to: those that the list shows for the same words and the same stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckContacts {
    /// Words that all occur in the contact; empty for any.
    #[serde(default)]
    pub search: String,
    /// How far it has come; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<ContactStage>,
}

/// How many contacts are being asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChecksBegun {
    /// How many are asked about that were not before.
    pub contacts: u64,
    /// About how long it takes, in seconds.
    pub seconds: u64,
}

/// In which order contacts are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ContactOrder {
    /// The latest registered first.
    #[default]
    Newest,
    /// The earliest registered first.
    Oldest,
    /// The latest checked first, those never checked last.
    LastChecked,
    /// Those never checked first, then the earliest checked.
    LongestUnchecked,
}

/// Something to know of a contact, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactNotice {
    /// What is so.
    pub sentence: String,
    /// What to do; empty when nothing is to be done.
    pub next_step: String,
    /// The correlation id that Genesys gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
}

/// A part in which a contact differs from what Genesys has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactDifference {
    /// The part in words: `Number for calls`.
    pub part: String,
    /// What stands here; empty where nothing does.
    pub ours: String,
    /// What Genesys has; empty where it has nothing.
    pub theirs: String,
}

/// The body of starting an interaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewInteraction {
    /// Names this click for good: sent twice, it starts one interaction.
    pub key: String,
    /// The channel.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub channel: Channel,
}

/// An interaction with a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Interaction {
    /// Its id here.
    pub id: String,
    /// The channel.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub channel: Channel,
    /// How it stands.
    pub state: InteractionState,
    /// The conversation's id in Genesys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// How long Genesys took to start it, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u64>,
    /// Who started it.
    pub started_by: String,
    /// When: RFC 3339, UTC.
    pub started_at: String,
    /// What went wrong, and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<ContactNotice>,
}

/// How an interaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum InteractionState {
    /// It is being started.
    Starting,
    /// It was started.
    Started,
    /// It was not.
    Failed,
    /// Its answer was lost, and nothing tells whether it was started.
    Unknown,
}

impl From<ContactFields> for Document {
    fn from(fields: ContactFields) -> Self {
        let mut document = Self {
            external_contact_id: fields.external_contact_id.trim().to_owned(),
            name: fields.name.trim().to_owned(),
            initial_message: fields.initial_message,
            interaction_duration_seconds: fields.interaction_duration_seconds,
            ..Self::default()
        };
        for (channel, address) in [
            (Channel::Voice, fields.voice),
            (Channel::Sms, fields.sms),
            (Channel::Email, fields.email),
            (Channel::Chat, fields.chat),
        ] {
            document.channels.set(channel, address.trim());
        }
        for entry in fields.metadata {
            document.metadata.insert(entry.name, entry.value);
        }
        document
    }
}

impl From<Document> for ContactFields {
    fn from(document: Document) -> Self {
        let metadata = document.metadata.into_iter();
        Self {
            external_contact_id: document.external_contact_id,
            name: document.name,
            voice: document.channels.voice,
            sms: document.channels.sms,
            email: document.channels.email,
            chat: document.channels.chat,
            initial_message: document.initial_message,
            interaction_duration_seconds: document.interaction_duration_seconds,
            metadata: metadata
                .map(|(name, value)| MetadataEntry { name, value })
                .collect(),
        }
    }
}
