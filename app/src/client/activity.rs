//! The audit log.

use api::{AuditEntry, AuditVerification, Outcome};

use super::{Client, Failure};

/// Which entries are wanted. What is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the entry's actor, action or sentence.
    pub text: String,
    /// An action's subject: `flow`, `connection`.
    pub subject: String,
    /// How it went.
    pub outcome: Option<Outcome>,
    /// Not before this moment: RFC 3339.
    pub from: String,
    /// Before this moment: RFC 3339.
    pub until: String,
    /// Who, to the letter.
    pub actor: String,
    /// The id of what it was done to.
    pub object: String,
}

impl Wanted {
    /// As the part of an address behind its question mark.
    pub fn query(&self) -> String {
        let outcome = match self.outcome {
            None => "",
            Some(Outcome::Intended) => "intended",
            Some(Outcome::Done) => "done",
            Some(Outcome::Failed) => "failed",
        };
        let mut query = String::new();
        for (name, value) in [
            ("text", self.text.as_str()),
            ("action", &self.subject),
            ("outcome", outcome),
            ("from", &self.from),
            ("until", &self.until),
            ("actor", &self.actor),
            ("object", &self.object),
        ] {
            let value = value.trim();
            if !value.is_empty() {
                let value = String::from(js_sys::encode_uri_component(value));
                query.push_str(&format!("&{name}={value}"));
            }
        }
        query
    }
}

impl Client {
    /// What happened, the latest first: the entries before one by its number,
    /// or the latest of all.
    pub async fn activity(
        self,
        wanted: Wanted,
        before: Option<u64>,
    ) -> Result<Vec<AuditEntry>, Failure> {
        let before = before.unwrap_or(i64::MAX.unsigned_abs());
        let query = wanted.query();
        self.get(&format!("/api/audit?before={before}{query}"))
            .await
    }

    /// Reads the whole log and says whether it is as it was written.
    pub async fn verify_activity(self) -> Result<AuditVerification, Failure> {
        self.post("/api/audit/verification", &()).await
    }
}
