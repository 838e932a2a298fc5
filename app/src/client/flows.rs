//! Flows: the list, making, importing, downloading, deleting.

use api::{FlowSummary, Import, NewFlow, Submitted, socket::FromServer};

use super::{Client, Failure};

/// A flow or a data action as a file.
pub struct FlowFile {
    /// The text.
    pub text: String,
    /// The name that the server gives it.
    pub name: Option<String>,
}

impl Client {
    /// All flows.
    pub async fn flows(self) -> Result<Vec<FlowSummary>, Failure> {
        self.get("/api/flows").await
    }

    /// One flow, as the list shows it.
    pub async fn flow(self, id: &str) -> Result<FlowSummary, Failure> {
        self.get(&format!("/api/flows/{id}")).await
    }

    /// Makes a flow.
    pub async fn add_flow(self, new: &NewFlow) -> Result<FlowSummary, Failure> {
        self.post("/api/flows", new).await
    }

    /// Makes a flow from the text of a file.
    pub async fn import_flow(self, text: String) -> Result<FlowSummary, Failure> {
        self.post("/api/flows/import", &Import { text }).await
    }

    /// A flow as Patchbay's own file.
    pub async fn flow_file(self, id: &str) -> Result<FlowFile, Failure> {
        self.file(&format!("/api/flows/{id}/file")).await
    }

    /// A file at this address.
    pub(super) async fn file(self, path: &str) -> Result<FlowFile, Failure> {
        let (text, response) = self.get_text(path).await?;
        let name = response
            .headers()
            .get("Content-Disposition")
            .and_then(|header| {
                let (_, name) = header.split_once("filename=\"")?;
                Some(name.split_once('"')?.0.to_owned())
            });
        Ok(FlowFile { text, name })
    }

    /// Deletes a flow here.
    pub async fn delete_flow(self, id: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/flows/{id}")).await
    }

    /// Submits an edit that is too large for the editing socket; the answer is
    /// what the socket would have said.
    pub async fn submit(self, flow: &str, edit: &Submitted) -> Result<FromServer, Failure> {
        self.post(&format!("/api/flows/{flow}/transactions"), edit)
            .await
    }
}
