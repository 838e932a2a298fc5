//! Refuses contacts and conversations that Genesys Cloud would refuse (spec,
//! "Contacts").

use serde_json::Value;

use super::{Problem, field::Field};

const CHANNELS: [&str; 4] = ["voice", "sms", "email", "chat"];
const LONGEST_NAME: usize = 255;
const LONGEST_DURATION_SECONDS: u64 = 7_200;

/// Checks the body of a `POST`; the contact's id.
pub(crate) fn new_contact(document: &Value) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let id = contact(&Field::root(document), &mut problems);
    finish(id, problems)
}

/// Checks the body of a `PUT` to the contact `id`, which it must name.
pub(crate) fn changed_contact(document: &Value, id: &str) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let root = Field::root(document);
    let sent = contact(&root, &mut problems);
    if sent.as_deref().is_some_and(|sent| sent != id)
        && let Some(field) = root.optional("externalContactId")
    {
        field.refuse(
            "id.differs",
            "the id is not that of the path",
            &mut problems,
        );
    }
    finish(sent, problems).map(drop)
}

/// What starts a conversation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Start {
    pub(crate) contact_id: String,
    pub(crate) channel: String,
}

/// Checks the body that starts a conversation.
pub(crate) fn new_conversation(document: &Value) -> Result<Start, Vec<Problem>> {
    let mut problems = Vec::new();
    let root = Field::root(document);
    only(
        &root,
        &["contactId", "type", "initialMessage", "metadata"],
        &mut problems,
    );
    let contact_id = root
        .required("contactId", &mut problems)
        .and_then(|field| field.text(&mut problems).map(str::to_owned));
    let channel = root
        .required("type", &mut problems)
        .and_then(|field| channel_name(&field, &mut problems));
    if let Some(message) = root.required("initialMessage", &mut problems) {
        message.text(&mut problems);
    }
    if let Some(metadata) = root.required("metadata", &mut problems)
        && metadata.is_object(&mut problems)
    {
        if let Some(source) = metadata.required("source", &mut problems) {
            source.text(&mut problems);
        }
        if let Some(time) = metadata.required("timestamp", &mut problems)
            && let Some(text) = time.text(&mut problems)
            && !is_time(text)
        {
            let message = "a time is written like 2026-01-01T00:00:00Z";
            time.refuse("time.invalid", message, &mut problems);
        }
    }
    let start = contact_id.zip(channel);
    finish(
        start.map(|(contact_id, channel)| Start {
            contact_id,
            channel,
        }),
        problems,
    )
}

fn finish<T>(found: Option<T>, problems: Vec<Problem>) -> Result<T, Vec<Problem>> {
    match found {
        Some(found) if problems.is_empty() => Ok(found),
        _ => Err(problems),
    }
}

fn contact(root: &Field<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    if !root.is_object(problems) {
        return None;
    }
    let id = root
        .required("externalContactId", problems)
        .and_then(|id| contact_id(&id, problems));
    if let Some(name) = root.required("name", problems)
        && let Some(text) = name.text(problems)
        && text.chars().count() > LONGEST_NAME
    {
        name.refuse("too.long", "a name has 1 to 255 characters", problems);
    }
    if let Some(channels) = root.required("channels", problems)
        && channels.is_object(problems)
    {
        check_channels(&channels, problems);
    }
    if let Some(message) = root.optional("initialMessage")
        && !message.value().is_string()
    {
        message.refuse("type.wrong", "a text is expected", problems);
    }
    if let Some(duration) = root.optional("interactionDurationSeconds") {
        let seconds = duration.value().as_u64();
        if !seconds.is_some_and(|seconds| (1..=LONGEST_DURATION_SECONDS).contains(&seconds)) {
            let message = "a duration is 1 to 7200 seconds";
            duration.refuse("duration.range", message, problems);
        }
    }
    if let Some(metadata) = root.optional("metadata")
        && metadata.is_object(problems)
    {
        for (_, value) in metadata.members() {
            if !value.value().is_string() {
                value.refuse("type.wrong", "a text is expected", problems);
            }
        }
    }
    id
}

fn contact_id(field: &Field<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = field.text(problems)?;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if text.len() > LONGEST_NAME || !text.bytes().all(is_allowed) {
        let message = "an id has 1 to 255 letters, digits, - and _";
        field.refuse("id.invalid", message, problems);
        return None;
    }
    Some(text.to_owned())
}

fn check_channels(channels: &Field<'_>, problems: &mut Vec<Problem>) {
    let mut has_one = false;
    for (name, address) in channels.members() {
        if address.value().is_null() {
            continue;
        }
        if !CHANNELS.contains(&name) {
            address.refuse("channel.unknown", format!("{name} is no channel"), problems);
            continue;
        }
        let Some(text) = address.text(problems) else {
            continue;
        };
        has_one = true;
        match name {
            "voice" | "sms" if !is_number(text) => {
                address.refuse("number.invalid", "a number is in E.164", problems);
            }
            "email" if !is_email(text) => {
                address.refuse("email.invalid", "it is no mail address", problems);
            }
            _ => {}
        }
    }
    if !has_one {
        channels.refuse(
            "channel.missing",
            "at least one channel is needed",
            problems,
        );
    }
}

fn channel_name(field: &Field<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = field.text(problems)?;
    if CHANNELS.contains(&text) {
        return Some(text.to_owned());
    }
    field.refuse("channel.unknown", format!("{text} is no channel"), problems);
    None
}

fn only(field: &Field<'_>, names: &[&str], problems: &mut Vec<Problem>) {
    if !field.is_object(problems) {
        return;
    }
    for (name, member) in field.members() {
        if !names.contains(&name) {
            member.refuse("field.unknown", format!("{name} is not known"), problems);
        }
    }
}

/// `^\+[1-9]\d{6,14}$` (spec, decision 18).
fn is_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_local = |text: &str| {
        !text.is_empty()
            && !text.starts_with('.')
            && !text.ends_with('.')
            && !text.contains("..")
            && text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'@' && byte != b'"')
    };
    is_local(local) && domain.contains('.') && domain.split('.').all(is_label)
}

/// A time in RFC 3339, by its shape: a date, `T`, a time of day and an offset.
fn is_time(text: &str) -> bool {
    let shape = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(byte, wanted)| match wanted {
                    b'0' => byte.is_ascii_digit(),
                    wanted => byte == wanted,
                })
    };
    let Some((date, rest)) = text.split_once('T') else {
        return false;
    };
    let (time, has_offset) = match (rest.strip_suffix('Z'), rest.rfind(['+', '-'])) {
        (Some(time), _) => (time, true),
        (None, Some(at)) => {
            let (time, offset) = rest.split_at(at);
            (
                time,
                offset.get(1..).is_some_and(|offset| shape(offset, "00:00")),
            )
        }
        (None, None) => (rest, false),
    };
    let (seconds, fraction) = time.split_once('.').unwrap_or((time, "0"));
    has_offset
        && shape(date, "0000-00-00")
        && shape(seconds, "00:00:00")
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn contact_body() -> Value {
        json!({
            "externalContactId": "EXT-1", "name": "Acme",
            "channels": {"voice": "+15551234567", "email": "a@acme.com"},
            "interactionDurationSeconds": 600, "metadata": {"region": "us"},
        })
    }

    #[test]
    fn every_rule_for_contacts_is_refused_at_its_place() {
        assert_eq!(new_contact(&contact_body()), Ok("EXT-1".to_owned()));
        for (pointer, value, code) in [
            ("/externalContactId", json!(""), "empty"),
            ("/externalContactId", json!("a/b"), "id.invalid"),
            ("/externalContactId", json!("9".repeat(256)), "id.invalid"),
            ("/name", json!(""), "empty"),
            ("/name", json!("n".repeat(256)), "too.long"),
            ("/channels", json!({}), "channel.missing"),
            ("/channels/voice", json!("5551234567"), "number.invalid"),
            ("/channels/voice", json!("+0551234567"), "number.invalid"),
            ("/channels/email", json!("acme.com"), "email.invalid"),
            ("/interactionDurationSeconds", json!(0), "duration.range"),
            ("/interactionDurationSeconds", json!(7201), "duration.range"),
            ("/metadata/region", json!(1), "type.wrong"),
        ] {
            let mut body = contact_body();
            *body.pointer_mut(pointer).expect("a place") = value.clone();
            let problems = new_contact(&body).expect_err("refused");
            let found: Vec<_> = problems
                .iter()
                .map(|p| (p.pointer.as_str(), p.code))
                .collect();
            assert_eq!(found, [(pointer, code)], "{value}");
        }
        let mut fax = contact_body();
        fax["channels"]["fax"] = json!("1");
        let problems = new_contact(&fax).expect_err("refused");
        assert_eq!(
            problems.first().map(|p| p.pointer.as_str()),
            Some("/channels/fax")
        );
        assert!(changed_contact(&contact_body(), "EXT-1").is_ok());
        assert!(changed_contact(&contact_body(), "EXT-2").is_err());
    }

    #[test]
    fn every_rule_for_conversations_is_refused_at_its_place() {
        let body = || {
            json!({"contactId": "EXT-1", "type": "voice", "initialMessage": "Hello",
                "metadata": {"source": "s", "timestamp": "2026-01-01T00:00:00Z"}})
        };
        assert!(new_conversation(&body()).is_ok());
        for (pointer, value, code) in [
            ("/contactId", json!(""), "empty"),
            ("/type", json!("fax"), "channel.unknown"),
            ("/initialMessage", json!(""), "empty"),
            ("/metadata/source", json!(3), "type.wrong"),
            ("/metadata/timestamp", json!("yesterday"), "time.invalid"),
            (
                "/metadata/timestamp",
                json!("2026-01-01T00:00:00"),
                "time.invalid",
            ),
        ] {
            let mut wrong = body();
            *wrong.pointer_mut(pointer).expect("a place") = value.clone();
            let problems = new_conversation(&wrong).expect_err("refused");
            let found: Vec<_> = problems
                .iter()
                .map(|p| (p.pointer.as_str(), p.code))
                .collect();
            assert_eq!(found, [(pointer, code)], "{value}");
        }
        for time in [
            "2026-01-01T00:00:00.123456+00:00",
            "2026-01-01T00:00:00-05:30",
        ] {
            let mut right = body();
            right["metadata"]["timestamp"] = json!(time);
            assert!(new_conversation(&right).is_ok(), "{time}");
        }
    }
}
