//! How a contact differs from what Genesys has, part by part in words.

use api::ContactDifference;
use flow::contact::{Channel, Contact, differences, member};

use super::mask::Sight;

/// The differences, as a person with this sight sees them.
pub(super) fn shown(ours: &Contact, theirs: &Contact, sight: Sight) -> Vec<ContactDifference> {
    let found = differences(ours, theirs).into_iter();
    let shown = found.map(|difference| {
        let (part, name) = part(&difference.part);
        let mask = |text: &str| match part {
            Part::Name => sight.name(text),
            Part::Channel(channel) => sight.address(channel, text),
            Part::Duration => text.to_owned(),
            Part::Text => sight.text(text),
        };
        ContactDifference {
            ours: mask(&difference.ours),
            theirs: mask(&difference.theirs),
            part: name,
        }
    });
    shown.collect()
}

/// In which parts two contacts differ, in words.
pub(super) fn parts(one: &Contact, other: &Contact) -> Vec<String> {
    let found = differences(one, other).into_iter();
    found.map(|difference| part(&difference.part).1).collect()
}

/// What a part is, for its mask.
#[derive(Clone, Copy)]
enum Part {
    Name,
    Channel(Channel),
    Duration,
    Text,
}

fn part(path: &str) -> (Part, String) {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    if let Some(channel) = Channel::from_name(rest).filter(|_| first == member::CHANNELS) {
        let words = match channel {
            Channel::Voice => "Number for calls",
            Channel::Sms => "Number for text messages",
            Channel::Email => "Mail address",
            Channel::Chat => "Address for chats",
        };
        return (Part::Channel(channel), words.to_owned());
    }
    match first {
        member::NAME => (Part::Name, "Name".to_owned()),
        member::INITIAL_MESSAGE => (Part::Text, "First message".to_owned()),
        member::DURATION => (Part::Duration, "Duration in seconds".to_owned()),
        _ => (Part::Text, format!("Metadata “{rest}”")),
    }
}
