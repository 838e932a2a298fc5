//! Finding nodes over all flows.

use api::SearchResults;

use super::{Client, Failure};

impl Client {
    /// The nodes of all flows that a query finds, from the beginning or from
    /// where the last answer ended.
    pub async fn search(self, query: &str, after: Option<&str>) -> Result<SearchResults, Failure> {
        let part = |text: &str| String::from(js_sys::encode_uri_component(text));
        let mut path = format!("/api/search?q={}", part(query));
        if let Some(after) = after {
            path.push_str("&after=");
            path.push_str(&part(after));
        }
        self.get(&path).await
    }
}
