//! Contacts and imports of them.

use api::{
    Contact, ContactFields, ContactImport, ContactList, DryRun, DryRunResult, ImportChange,
    ImportCommand, Interaction, NewContact, NewImport, NewInteraction,
};
use js_sys::encode_uri_component;

use super::{Client, Failure};

impl Client {
    /// Contacts in which these words occur, after a place in the list.
    pub async fn contacts(self, search: &str, after: Option<&str>) -> Result<ContactList, Failure> {
        let search = String::from(encode_uri_component(search));
        let after = after.map(|after| format!("&after={after}"));
        let path = format!("/api/contacts?search={search}{}", after.unwrap_or_default());
        self.get(&path).await
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
    pub async fn save_contact(self, id: &str, fields: &ContactFields) -> Result<Contact, Failure> {
        self.put(&format!("/api/contacts/{id}"), fields).await
    }

    /// Asks whether and how a contact may be spoken to.
    pub async fn check_contact(self, id: &str) -> Result<Contact, Failure> {
        self.post(&format!("/api/contacts/{id}/check"), &()).await
    }

    /// Takes over what Genesys has of a contact.
    pub async fn adopt_contact(self, id: &str) -> Result<Contact, Failure> {
        self.post(&format!("/api/contacts/{id}/adopt"), &()).await
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

    /// The result of an import as a CSV file.
    pub async fn import_result(self, id: &str) -> Result<String, Failure> {
        let path = format!("/api/contact-imports/{id}/result");
        Ok(self.get_text(&path).await?.0)
    }
}
