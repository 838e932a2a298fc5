//! The customer-lookup service that the phone-lookup flow calls: two
//! customers, found by phone number.

use serde_json::{Value, json};

/// The path it answers at.
pub const LOOKUP_PATH: &str = "/api/v1/customer-lookup";

/// An answer of the lookup service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupAnswer {
    /// The HTTP status.
    pub status: u16,
    /// JSON text.
    pub body: String,
}

/// Answers one request. 200 with the customer, 404 for an unknown number, 400
/// without a number, 500 for what cannot be read as a JSON object.
#[must_use]
pub fn answer_lookup(content_type: Option<&str>, body: &[u8]) -> LookupAnswer {
    let is_json = content_type
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if !is_json {
        return answer(
            500,
            &json!({"error": "the content type is not application/json"}),
        );
    }
    let Ok(data) = serde_json::from_slice::<Value>(body) else {
        return answer(500, &json!({"error": "the payload is not valid JSON"}));
    };
    match data {
        Value::Null | Value::Bool(false) => no_payload(),
        Value::Object(members) if members.is_empty() => no_payload(),
        Value::Array(items) if items.is_empty() => no_payload(),
        Value::Object(members) => match members.get("phoneNumber").and_then(Value::as_str) {
            None | Some("") => answer(400, &json!({"error": "phoneNumber field missing"})),
            Some(number) => match customer(number) {
                Some(customer) => answer(200, &customer),
                None => answer(404, &json!({"error": "Customer not found"})),
            },
        },
        _ => answer(500, &json!({"error": "the payload is not a JSON object"})),
    }
}

fn no_payload() -> LookupAnswer {
    answer(400, &json!({"error": "No JSON payload provided"}))
}

fn answer(status: u16, body: &Value) -> LookupAnswer {
    LookupAnswer {
        status,
        body: body.to_string(),
    }
}

fn customer(number: &str) -> Option<Value> {
    match number {
        "+12025550147" => Some(json!({
            "id": "CUST-001", "name": "Alice Smith", "tier": "Gold", "last_call": "2023-10-01",
        })),
        "+12025550199" => Some(json!({
            "id": "CUST-002", "name": "Bob Jones", "tier": "Silver", "last_call": "2023-09-15",
        })),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_answers_as_the_guide_says() {
        let json = Some("application/json");
        for (content_type, body, status, part) in [
            (
                json,
                r#"{"phoneNumber":"+12025550147"}"#,
                200,
                "Alice Smith",
            ),
            (json, r#"{ "phoneNumber": "+12025550199" }"#, 200, "Silver"),
            (
                Some("application/json; charset=utf-8"),
                r#"{"phoneNumber":"+12025550199"}"#,
                200,
                "CUST-002",
            ),
            (
                json,
                r#"{"phoneNumber":"+10000000000"}"#,
                404,
                "Customer not found",
            ),
            (
                json,
                r#"{"phoneNumber":""}"#,
                400,
                "phoneNumber field missing",
            ),
            (
                json,
                r#"{"phone":"+12025550147"}"#,
                400,
                "phoneNumber field missing",
            ),
            (json, "{}", 400, "No JSON payload provided"),
            (json, "null", 400, "No JSON payload provided"),
            (json, "[1]", 500, "error"),
            (json, "", 500, "error"),
            (json, "{", 500, "error"),
            (None, r#"{"phoneNumber":"+12025550147"}"#, 500, "error"),
        ] {
            let answer = answer_lookup(content_type, body.as_bytes());
            assert_eq!(answer.status, status, "{body}");
            assert!(answer.body.contains(part), "{body}: {}", answer.body);
        }
    }
}
