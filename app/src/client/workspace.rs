//! What flows can refer to.

use flow::Workspace;

use super::{Client, Failure};

impl Client {
    /// The modules, shared flows and data actions that flows can refer to.
    pub async fn workspace(self) -> Result<Workspace, Failure> {
        self.get("/api/workspace").await
    }
}
