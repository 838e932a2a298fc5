//! The ways to reach a contact.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A way to reach a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// A call.
    Voice,
    /// A text message.
    Sms,
    /// A letter to a mailbox.
    Email,
    /// A conversation in writing.
    Chat,
}

impl Channel {
    /// Every channel, in the order of the wire.
    pub const ALL: [Self; 4] = [Self::Voice, Self::Sms, Self::Email, Self::Chat];

    /// The channel as the wire names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Chat => "chat",
        }
    }

    /// The channel of a name on the wire.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An address for each channel; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Channels {
    /// A number to call, in E.164.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub voice: String,
    /// A number for text messages, in E.164.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sms: String,
    /// A mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// An address for chats.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub chat: String,
}

impl Channels {
    /// The address of a channel; none where it is empty.
    pub fn get(&self, channel: Channel) -> Option<&str> {
        let address = match channel {
            Channel::Voice => &self.voice,
            Channel::Sms => &self.sms,
            Channel::Email => &self.email,
            Channel::Chat => &self.chat,
        };
        (!address.is_empty()).then_some(address)
    }

    /// Sets the address of a channel; an empty one takes it away.
    pub fn set(&mut self, channel: Channel, address: impl Into<String>) {
        let set = match channel {
            Channel::Voice => &mut self.voice,
            Channel::Sms => &mut self.sms,
            Channel::Email => &mut self.email,
            Channel::Chat => &mut self.chat,
        };
        *set = address.into();
    }

    /// The channels that have an address, in the order of the wire.
    pub fn iter(&self) -> impl Iterator<Item = (Channel, &str)> {
        let all = Channel::ALL.into_iter();
        all.filter_map(|channel| Some((channel, self.get(channel)?)))
    }
}
