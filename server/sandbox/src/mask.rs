//! Takes secrets out of what is recorded.

use serde_json::Value;

pub(crate) const CLIENT_SECRET: &str = "<client secret>";
pub(crate) const ACCESS_TOKEN: &str = "<access token>";
pub(crate) const WEBHOOK_SECRET: &str = "<webhook secret>";

/// The secrets that are known, each with the word that stands for it.
#[derive(Debug, Default)]
pub(crate) struct Masks(Vec<(String, &'static str)>);

impl Masks {
    pub(crate) fn add(&mut self, secret: &str, word: &'static str) {
        if !secret.is_empty() {
            self.0.push((secret.to_owned(), word));
        }
    }

    pub(crate) fn text(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (secret, word)| {
            text.replace(secret, word)
        })
    }

    /// Masks every string, and whole values whose key says what they are, so
    /// that a secret that nobody knows here (a mistyped one) is masked as well.
    pub(crate) fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => members
                .into_iter()
                .map(|(key, value)| {
                    let value = match key.as_str() {
                        "client_secret" => CLIENT_SECRET.into(),
                        "access_token" => ACCESS_TOKEN.into(),
                        _ => self.value(value),
                    };
                    (self.text(&key), value)
                })
                .collect(),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let mut masks = Masks::default();
        masks.add("s3cret", CLIENT_SECRET);
        masks.add("t0ken", ACCESS_TOKEN);
        let masked = masks.value(json!({
            "client_secret": "mistyped", "note": "my s3cret", "deep": [{"t0ken": "x t0ken"}], "n": 1,
        }));
        assert_eq!(
            masked,
            json!({
                "client_secret": "<client secret>", "note": "my <client secret>",
                "deep": [{"<access token>": "x <access token>"}], "n": 1,
            })
        );
    }
}
