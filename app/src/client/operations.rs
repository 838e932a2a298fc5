//! How calls to Genesys Cloud go.

use api::Operations;

use super::{Client, Failure};

impl Client {
    /// How calls go: the points of one connection, or of all together, from a
    /// step on.
    pub async fn operations(
        self,
        connection: &str,
        since: Option<u64>,
    ) -> Result<Operations, Failure> {
        let since = since.unwrap_or_default();
        let mut path = format!("/api/operations?since={since}");
        if !connection.is_empty() {
            path.push_str("&connection=");
            path.push_str(&String::from(js_sys::encode_uri_component(connection)));
        }
        self.get(&path).await
    }
}
