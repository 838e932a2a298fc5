//! What upstream says of a contact: whether and how it may be spoken to.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize};

use super::Channel;

/// What `GET /api/v2/externalcontacts/contacts/{id}` says of a contact besides
/// what was sent (spec, "Contacts").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Standing {
    /// Whether the contact may be spoken to.
    #[serde(deserialize_with = "null_as_absent")]
    pub validation_status: ValidationStatus,
    /// Why not.
    #[serde(
        deserialize_with = "null_as_absent",
        skip_serializing_if = "String::is_empty"
    )]
    pub validation_failure_reason: String,
    /// What can be said of each channel, by its name, in the order of the
    /// answer.
    #[serde(deserialize_with = "null_as_absent")]
    pub channel_availability: IndexMap<String, String>,
}

/// Whether a contact may be spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ValidationStatus {
    /// It may.
    Passed,
    /// It may as long as nothing else is found.
    Pending,
    /// It may not.
    Failed,
    /// Nobody says, or says something else (spec, decision 18).
    #[default]
    #[serde(other)]
    Unknown,
}

impl Standing {
    /// What a channel is called that can be used.
    const AVAILABLE: &'static str = "available";

    /// The channels that can be used, in the order of the answer.
    pub fn available(&self) -> impl Iterator<Item = Channel> {
        let channels = self.channel_availability.iter();
        let available = channels.filter(|(_, availability)| *availability == Self::AVAILABLE);
        available.filter_map(|(name, _)| Channel::from_name(name))
    }

    /// The channels by which a conversation may be started, of which there is
    /// at least one; else why none may, and what to do.
    pub fn startable(&self) -> Result<Vec<Channel>, String> {
        match self.validation_status {
            ValidationStatus::Passed | ValidationStatus::Pending => {
                let channels: Vec<_> = self.available().collect();
                if channels.is_empty() {
                    let message = "None of the contact's channels is available. Try again later, or give the contact another channel.";
                    return Err(message.to_owned());
                }
                Ok(channels)
            }
            ValidationStatus::Failed => {
                let reason = match self.validation_failure_reason.trim() {
                    "" => "no reason is given",
                    reason => reason,
                };
                Err(format!(
                    "The contact failed its validation: {}. Correct the contact and have it validated again.",
                    reason.trim_end_matches('.')
                ))
            }
            ValidationStatus::Unknown => Err(
                "It is not known whether the contact passed its validation. Wait until it was validated."
                    .to_owned(),
            ),
        }
    }
}

/// A member that is `null` counts as absent (spec, decision 1).
fn null_as_absent<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
