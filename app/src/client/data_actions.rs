//! Data actions: the list, the document, checking, trying, uploading.

use api::{
    ActionComparison, ActionFinding, ActionStart, CheckDataAction, CompareUpstream,
    DataActionSummary, Import, NewDataAction, NewPublish, OpenDataAction, OpenUpstreamAction,
    SaveDataAction, TakeUpstream, Trial, TryDataAction, Upload, UpstreamDataAction,
};
use flow::{
    EntityRef,
    data_action::{ActionPart, DataAction},
};

use super::{Client, Failure, flows::FlowFile};

const ALL: &str = "/api/data-actions";

impl Client {
    /// All data actions.
    pub async fn data_actions(self) -> Result<Vec<DataActionSummary>, Failure> {
        self.get(ALL).await
    }

    /// One data action with its document.
    pub async fn data_action(self, id: &str) -> Result<OpenDataAction, Failure> {
        self.get(&of(id, "")).await
    }

    /// Makes a data action.
    pub async fn add_data_action(self, start: ActionStart) -> Result<OpenDataAction, Failure> {
        self.post(ALL, &NewDataAction { start }).await
    }

    /// Makes a data action from the text of a file.
    pub async fn import_data_action(self, text: String) -> Result<OpenDataAction, Failure> {
        self.post("/api/data-actions/import", &Import { text })
            .await
    }

    /// Saves a data action on top of a revision.
    pub async fn save_data_action(
        self,
        id: &str,
        save: &SaveDataAction,
    ) -> Result<DataActionSummary, Failure> {
        self.put(&of(id, ""), save).await
    }

    /// Deletes a data action here.
    pub async fn delete_data_action(self, id: &str) -> Result<(), Failure> {
        self.delete(&of(id, "")).await
    }

    /// A data action as Patchbay's own file.
    pub async fn data_action_file(self, id: &str) -> Result<FlowFile, Failure> {
        self.file(&of(id, "/file")).await
    }

    /// What is wrong with a data action.
    pub async fn check_data_action(
        self,
        action: DataAction,
    ) -> Result<Vec<ActionFinding>, Failure> {
        self.post("/api/data-actions/check", &CheckDataAction { action })
            .await
    }

    /// Tries an input against what a data action declares.
    pub async fn try_data_action(self, body: &TryDataAction) -> Result<Trial, Failure> {
        self.post("/api/data-actions/try", body).await
    }

    /// What the organisation has.
    pub async fn upstream_data_actions(self) -> Result<Vec<UpstreamDataAction>, Failure> {
        self.post("/api/upstream/data-actions", &()).await
    }

    /// Opens one that exists upstream.
    pub async fn open_data_action(self, reference: EntityRef) -> Result<OpenDataAction, Failure> {
        let body = OpenUpstreamAction {
            reference,
            connection: None,
        };
        self.post("/api/data-actions/open", &body).await
    }

    /// Compares a data action with what is upstream.
    pub async fn compare_upstream(self, id: &str) -> Result<ActionComparison, Failure> {
        self.post(&of(id, "/comparison"), &CompareUpstream::default())
            .await
    }

    /// Merges a version that is upstream into a data action. Where both changed
    /// the same, theirs stands in these parts.
    pub async fn take_upstream(
        self,
        id: &str,
        revision: u64,
        version: u64,
        theirs_in: Vec<ActionPart>,
    ) -> Result<OpenDataAction, Failure> {
        let body = TakeUpstream {
            revision,
            version,
            theirs_in,
            connection: None,
        };
        self.post(&of(id, "/merge"), &body).await
    }

    /// Uploads a data action.
    pub async fn upload(self, id: &str, new: &NewPublish) -> Result<Upload, Failure> {
        self.post(&of(id, "/uploads"), new).await
    }

    /// The uploads of a data action, the latest first.
    pub async fn uploads(self, id: &str) -> Result<Vec<Upload>, Failure> {
        self.get(&of(id, "/uploads")).await
    }

    /// How an upload stands.
    pub async fn upload_state(self, id: &str) -> Result<Upload, Failure> {
        self.get(&["/api/uploads/", id].concat()).await
    }
}

fn of(id: &str, below: &str) -> String {
    [ALL, "/", id, below].concat()
}
