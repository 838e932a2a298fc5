//! The platform's `ErrorBody`, as far as users need it.

use serde::Deserialize;

use crate::failure::FieldProblem;

/// The most of an upstream text that is kept.
const LONGEST_TEXT: usize = 1024;

/// All fields are optional on the wire; what is missing or of another type
/// than documented stays empty rather than hiding the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    pub(crate) message: String,
    pub(crate) code: String,
    pub(crate) entity_id: Option<String>,
    pub(crate) context_id: Option<String>,
    pub(crate) details: Vec<FieldProblem>,
    pub(crate) missing: Vec<String>,
    /// Who holds the lock that is in the way.
    pub(crate) locked_by: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Wire {
    message: Option<String>,
    code: Option<String>,
    entity_id: Option<String>,
    context_id: Option<String>,
    message_params: serde_json::Map<String, serde_json::Value>,
    details: Vec<WireDetail>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct WireDetail {
    error_code: Option<String>,
    field_name: Option<String>,
    entity_name: Option<String>,
}

impl ErrorBody {
    /// Reads an error answer; anything that is no `ErrorBody` (an HTML page,
    /// say) gives an empty one. `secrets` never survive in its texts.
    pub(crate) fn read(body: &[u8], secrets: &[&str]) -> Self {
        let Ok(wire) = serde_json::from_slice::<Wire>(body) else {
            return Self::default();
        };
        let clean = |text: Option<String>| text.map(|text| presentable(&text, secrets));
        let missing = ["permissions", "scopes"]
            .into_iter()
            .filter_map(|key| wire.message_params.get(key)?.as_str())
            .flat_map(|list| list.split([',', ' ', '[', ']']))
            .filter(|name| !name.is_empty())
            .map(|name| presentable(name, secrets))
            .collect();
        Self {
            message: clean(wire.message).unwrap_or_default(),
            code: clean(wire.code).unwrap_or_default(),
            entity_id: clean(wire.entity_id),
            context_id: clean(wire.context_id),
            details: wire
                .details
                .into_iter()
                .map(|detail| FieldProblem {
                    pointer: clean(detail.field_name).unwrap_or_default(),
                    code: clean(detail.error_code).unwrap_or_default(),
                    entity: clean(detail.entity_name),
                })
                .collect(),
            missing,
            locked_by: ["lockedBy", "lockedByUser", "user"]
                .into_iter()
                .find_map(|key| wire.message_params.get(key)?.as_str())
                .filter(|name| !name.is_empty())
                .map(|name| presentable(name, secrets)),
        }
    }
}

/// Upstream text made fit to be shown and logged: without secrets that it may
/// echo, without control characters, and short.
pub(crate) fn presentable(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "<hidden>");
    }
    let mut kept = String::with_capacity(text.len().min(LONGEST_TEXT));
    for character in text.chars().filter(|character| !character.is_control()) {
        if kept.len() + character.len_utf8() > LONGEST_TEXT {
            break;
        }
        kept.push(character);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_pointers_and_missing_scopes_are_kept() {
        let body = br#"{"message":"m","code":"c","status":400,"entityId":"e","contextId":"x",
            "messageParams":{"permissions":"[flow:all, flow:write]"},
            "details":[{"errorCode":"url.not.https","fieldName":"/nodes/nodes/1/configuration"}]}"#;
        let read = ErrorBody::read(body, &[]);
        assert_eq!(read.missing, ["flow:all", "flow:write"]);
        assert_eq!(read.entity_id.as_deref(), Some("e"));
        assert_eq!(read.context_id.as_deref(), Some("x"));
        assert_eq!(read.details[0].pointer, "/nodes/nodes/1/configuration");
        assert_eq!(read.details[0].code, "url.not.https");
    }

    #[test]
    fn what_is_no_error_body_reads_as_an_empty_one() {
        for body in ["", "<html>502</html>", "[]", "null", "{\"message\":7}", "{"] {
            let read = ErrorBody::read(body.as_bytes(), &[]);
            assert_eq!(read, ErrorBody::default(), "{body:?}");
        }
    }

    #[test]
    fn an_echoed_secret_is_hidden_and_texts_stay_short() {
        let body = format!(
            r#"{{"message":"bad token-canary\u0007 {}"}}"#,
            "x".repeat(5000)
        );
        let message = ErrorBody::read(body.as_bytes(), &["token-canary"]).message;
        assert!(message.starts_with("bad <hidden> x"));
        assert_eq!(message.len(), LONGEST_TEXT);
    }
}
