//! Contacts and imports of them.

use api::{
    AdoptContact, CheckContacts, ChecksBegun, Contact, ContactComparison, ContactFields,
    ContactImport, ContactList, ContactOrder, ContactStage, DryRun, DryRunResult, ImportChange,
    ImportCommand, ImportRow, Interaction, NewContact, NewImport, NewInteraction, RowState,
    SaveContact,
};
use js_sys::encode_uri_component;

use super::{Client, Failure};

/// Which contacts a list shows, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactsWanted {
    /// Words that all occur in them.
    pub search: String,
    /// How far they have come; any when none.
    pub stage: Option<ContactStage>,
    /// In which order.
    pub order: ContactOrder,
}

impl ContactsWanted {
    fn query(&self) -> String {
        let mut query = format!(
            "search={}",
            String::from(encode_uri_component(&self.search))
        );
        let mut add = |name: &str, value: Result<serde_json::Value, serde_json::Error>| {
            if let Some(value) = value.ok().as_ref().and_then(|value| value.as_str()) {
                query.push_str(&format!("&{name}={value}"));
            }
        };
        if let Some(stage) = self.stage {
            add("stage", serde_json::to_value(stage));
        }
        add("order", serde_json::to_value(self.order));
        query
    }
}

impl Client {
    /// Contacts that are wanted, after a place in the list.
    pub async fn contacts(
        self,
        wanted: &ContactsWanted,
        after: Option<&str>,
    ) -> Result<ContactList, Failure> {
        let after = after.map(|after| format!("&after={after}"));
        let query = wanted.query();
        let path = format!("/api/contacts?{query}{}", after.unwrap_or_default());
        self.get(&path).await
    }

    /// Has the wanted contacts validated.
    pub async fn check_contacts(self, wanted: &ContactsWanted) -> Result<ChecksBegun, Failure> {
        let body = CheckContacts {
            search: wanted.search.clone(),
            stage: wanted.stage,
        };
        self.post("/api/contacts/checks", &body).await
    }

    /// Compares what was entered with the contact that is here.
    pub async fn compare_contact(self, new: &NewContact) -> Result<ContactComparison, Failure> {
        self.post("/api/contacts/comparison", new).await
    }

    /// Compares what was changed of a contact with how it stands by now.
    pub async fn compare_changes(
        self,
        id: &str,
        fields: &ContactFields,
    ) -> Result<ContactComparison, Failure> {
        self.post(&format!("/api/contacts/{id}/comparison"), fields)
            .await
    }

    /// Leaves a contact as it is, and not as an import had it; `version` is the
    /// one that was looked at.
    pub async fn drop_proposal(self, id: &str, version: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/contacts/{id}/proposal?version={version}"))
            .await
    }

    /// One contact.
    pub async fn contact(self, id: &str) -> Result<Contact, Failure> {
        self.get(&format!("/api/contacts/{id}")).await
    }

    /// Registers a contact.
    pub async fn register_contact(self, new: &NewContact) -> Result<Contact, Failure> {
        self.post("/api/contacts", new).await
    }

    /// Makes Genesys have a contact as it is here.
    pub async fn save_contact(self, id: &str, save: &SaveContact) -> Result<Contact, Failure> {
        self.put(&format!("/api/contacts/{id}"), save).await
    }

    /// Asks whether and how a contact may be spoken to.
    pub async fn check_contact(self, id: &str) -> Result<Contact, Failure> {
        self.post(&format!("/api/contacts/{id}/check"), &()).await
    }

    /// Takes over what Genesys has of a contact; `version` is the one that was
    /// looked at.
    pub async fn adopt_contact(self, id: &str, version: String) -> Result<Contact, Failure> {
        let seen = AdoptContact { version };
        self.post(&format!("/api/contacts/{id}/adopt"), &seen).await
    }

    /// Starts an interaction.
    pub async fn start_interaction(
        self,
        id: &str,
        new: &NewInteraction,
    ) -> Result<Interaction, Failure> {
        self.post(&format!("/api/contacts/{id}/interactions"), new)
            .await
    }

    /// The imports, the latest first.
    pub async fn contact_imports(self) -> Result<Vec<ContactImport>, Failure> {
        self.get("/api/contact-imports").await
    }

    /// How an import stands.
    pub async fn contact_import(self, id: &str) -> Result<ContactImport, Failure> {
        self.get(&format!("/api/contact-imports/{id}")).await
    }

    /// Looks at a file without importing it.
    pub async fn try_import(self, file: &DryRun) -> Result<DryRunResult, Failure> {
        self.post("/api/contact-imports/dry-run", file).await
    }

    /// Begins an import.
    pub async fn begin_import(self, new: &NewImport) -> Result<ContactImport, Failure> {
        self.post("/api/contact-imports", new).await
    }

    /// Pauses, resumes or cancels an import.
    pub async fn change_import(
        self,
        id: &str,
        command: ImportCommand,
    ) -> Result<ContactImport, Failure> {
        let change = ImportChange { command };
        self.put(&format!("/api/contact-imports/{id}"), &change)
            .await
    }

    /// The first rows of an import that came to this end.
    pub async fn import_rows(self, id: &str, state: RowState) -> Result<Vec<ImportRow>, Failure> {
        let state = match state {
            RowState::Different => "different",
            _ => "failed",
        };
        self.get(&format!("/api/contact-imports/{id}/rows?state={state}"))
            .await
    }

    /// The result of an import as a CSV file.
    pub async fn import_result(self, id: &str) -> Result<String, Failure> {
        let path = format!("/api/contact-imports/{id}/result");
        Ok(self.get_text(&path).await?.0)
    }
}
