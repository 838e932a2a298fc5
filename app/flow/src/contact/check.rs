//! What is wrong with a contact.

use super::{
    Channel, Contact, member, rules,
    shape::{self, Misshapen},
};
use crate::{FieldKey, MAX_TEXT_BYTES, Place, Problem, check::Rule};

/// Characters in an id and in a name.
const MAX_NAME_CHARS: usize = 255;
/// How long a conversation may take, in seconds.
const DURATION_SECONDS: std::ops::RangeInclusive<u64> = 1..=7_200;
/// Entries of metadata.
const MAX_METADATA: usize = 1_000;
/// Characters of what came from outside that a message shows.
const SHOWN_CHARS: usize = 60;

/// Everything that is wrong with a contact, in the order of its wire format.
pub fn check(contact: &Contact) -> Vec<Problem> {
    let mut report = Report::default();
    report.id(&contact.external_contact_id);
    report.name(&contact.name);
    report.channels(contact);
    report.text(
        member::INITIAL_MESSAGE,
        "The first message",
        &contact.initial_message,
        rules::MESSAGE_TOO_LONG,
    );
    report.duration(contact.interaction_duration_seconds);
    report.metadata(contact);
    report.problems
}

#[derive(Default)]
struct Report {
    problems: Vec<Problem>,
}

impl Report {
    fn add(&mut self, rule: Rule, place: Place, message: impl Into<String>) {
        self.problems.push(Problem {
            code: rule.code,
            severity: rule.severity,
            message: message.into(),
            place,
            fix: None,
        });
    }

    fn id(&mut self, id: &str) {
        let place = at(member::ID);
        let count = id.chars().count();
        if id.is_empty() {
            let message = "The contact has no id. Give it the one that your own systems know it by, of letters, digits, “-” and “_”.";
            return self.add(rules::ID_MISSING, place, message);
        }
        if count > MAX_NAME_CHARS {
            let message = format!(
                "The contact's id has {count} characters, and at most {MAX_NAME_CHARS} are possible. Shorten it."
            );
            self.add(rules::ID_TOO_LONG, place.clone(), message);
        }
        let wrong = id
            .char_indices()
            .find(|(_, c)| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
        if let Some((start, c)) = wrong {
            let message = format!(
                "“{c}” cannot be in a contact's id. Write letters from a to z, digits, “-” and “_” only."
            );
            let span = start..start + c.len_utf8();
            self.add(rules::ID_INVALID, place.span(span), message);
        }
    }

    fn name(&mut self, name: &str) {
        let count = name.chars().count();
        if name.trim().is_empty() {
            let message = "The contact has no name. Give it one.";
            self.add(rules::NAME_MISSING, at(member::NAME), message);
        } else if count > MAX_NAME_CHARS {
            let message = format!(
                "The contact's name has {count} characters, and at most {MAX_NAME_CHARS} are possible. Shorten it."
            );
            self.add(rules::NAME_TOO_LONG, at(member::NAME), message);
        }
        if let Some((start, c)) = name.char_indices().find(|(_, c)| is_unseen(*c)) {
            let message = format!(
                "The contact's name has a character that cannot be seen (U+{:04X}). Write it anew, on one line.",
                u32::from(c)
            );
            let place = at(member::NAME).span(start..start + c.len_utf8());
            self.add(rules::NAME_INVALID, place, message);
        }
    }

    fn channels(&mut self, contact: &Contact) {
        if contact.channels.iter().next().is_none() {
            let message = "The contact cannot be reached. Give it a number for calls or text messages, a mail address or an address for chats.";
            self.add(rules::CHANNEL_MISSING, at(member::CHANNELS), message);
        }
        for (channel, address) in contact.channels.iter() {
            match channel {
                Channel::Voice => self.number(channel, "The number for calls", address),
                Channel::Sms => self.number(channel, "The number for text messages", address),
                Channel::Email => self.email(address),
                Channel::Chat => self.text(
                    channel.as_str(),
                    "The address for chats",
                    address,
                    rules::CHAT_TOO_LONG,
                ),
            }
        }
        for name in kept(contact, member::CHANNELS) {
            let message = format!(
                "“{}” is no channel that is known: those are voice, sms, email and chat. It is sent as it came; remove it where that is not wanted.",
                shown(&name)
            );
            self.add(rules::CHANNEL_UNKNOWN, at(member::CHANNELS), message);
        }
    }

    fn number(&mut self, channel: Channel, which: &str, number: &str) {
        let Err(Misshapen { what, span }) = shape::number(number) else {
            return;
        };
        let advice = match shape::nearest_number(number) {
            Some(meant) => format!("Write it as {meant}."),
            None => {
                "Write “+”, the country code and the number, digits only: +15551234567.".to_owned()
            }
        };
        let message = format!(
            "{which} “{}” is not in E.164: {what}. {advice}",
            shown(number)
        );
        let place = at(channel.as_str()).span(span);
        self.add(rules::NUMBER_INVALID, place, message);
    }

    fn email(&mut self, address: &str) {
        if let Err(Misshapen { what, span }) = shape::email(address) {
            let message = format!(
                "“{}” is no mail address: {what}. Write it as name@example.org.",
                shown(address)
            );
            let place = at(Channel::Email.as_str()).span(span);
            self.add(rules::EMAIL_INVALID, place, message);
        }
    }

    fn text(&mut self, member: &'static str, which: &str, text: &str, rule: Rule) {
        if text.len() > MAX_TEXT_BYTES {
            let message = format!(
                "{which} has {} bytes, and at most {MAX_TEXT_BYTES} are possible. Shorten it.",
                text.len()
            );
            self.add(rule, at(member), message);
        }
    }

    fn duration(&mut self, seconds: u64) {
        if !DURATION_SECONDS.contains(&seconds) {
            let (min, max) = DURATION_SECONDS.into_inner();
            let message = format!(
                "A conversation with the contact may take {seconds} s, and {min} to {max} s are possible. Choose a duration among these."
            );
            self.add(rules::DURATION_OUT_OF_RANGE, at(member::DURATION), message);
        }
    }

    fn metadata(&mut self, contact: &Contact) {
        let count = contact.metadata.len();
        if count > MAX_METADATA {
            let message = format!(
                "The contact has {count} entries of metadata, and at most {MAX_METADATA} are possible. Remove some."
            );
            return self.add(rules::METADATA_TOO_MANY, at(member::METADATA), message);
        }
        for (row, (name, value)) in contact.metadata.iter().enumerate() {
            let place = || at(member::METADATA).row(row);
            let chars = name.chars().count();
            if name.is_empty() {
                let message = "An entry of metadata has no name. Name it or remove it.";
                self.add(rules::METADATA_NAME_MISSING, place(), message);
            } else if chars > MAX_NAME_CHARS {
                let message = format!(
                    "The name “{}” in the metadata has {chars} characters, and at most {MAX_NAME_CHARS} are possible. Shorten it.",
                    shown(name)
                );
                self.add(rules::METADATA_NAME_TOO_LONG, place(), message);
            }
            if value.len() > MAX_TEXT_BYTES {
                let message = format!(
                    "“{}” in the metadata has {} bytes, and at most {MAX_TEXT_BYTES} are possible. Shorten it.",
                    shown(name),
                    value.len()
                );
                self.add(rules::METADATA_VALUE_TOO_LONG, place(), message);
            }
        }
        for name in kept(contact, member::METADATA) {
            let message = format!(
                "“{}” in the metadata is no text. Write its value as a text, or remove it.",
                shown(&name)
            );
            self.add(rules::METADATA_NOT_TEXT, at(member::METADATA), message);
        }
    }
}

/// The names of the members of an object of the document that were kept as
/// they came.
fn kept(contact: &Contact, object: &str) -> Vec<String> {
    let inside = contact.extra.keys().filter_map(|pointer| {
        let token = pointer.strip_prefix('/')?.strip_prefix(object)?;
        Some(
            token
                .strip_prefix('/')?
                .replace("~1", "/")
                .replace("~0", "~"),
        )
    });
    inside.collect()
}

fn at(member: &'static str) -> Place {
    Place {
        field: Some(FieldKey::of(member)),
        ..Place::default()
    }
}

/// Whether a character breaks a line, steers, or turns the direction of what
/// follows: a name with it is not what it looks like.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The beginning of a text, as far as a message shows it.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
