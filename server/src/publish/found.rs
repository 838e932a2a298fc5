//! What is there upstream, read instead of sending again after an answer was
//! lost.

use genesys::FlowForm;

use super::{
    failure,
    job::{Job, MayStop, Stopped},
    journal::{Request, is_same_content},
    target::Stored,
};

impl Job {
    /// After a lost answer: whether what was sent is there. Nothing is sent
    /// again.
    pub(super) async fn find_sent(
        &mut self,
        request: &Request,
        document: &str,
    ) -> Result<Stored, Stopped> {
        let (id, base_version) = match request {
            Request::Create { .. } if !self.target.has_name() => {
                return self.find_nameless(document).await;
            }
            Request::Create { name } => {
                let (client, target) = (self.client.clone(), self.target);
                let finding = target.id_of_name(&client, name);
                match self.call(finding, MayStop::Always).await? {
                    Ok(Some(id)) => (id, 0),
                    Ok(None) => return Err(failure::not_carried_out("the flow was sent").into()),
                    Err(failed) => return Err(failure::unknown(Some(&failed)).into()),
                }
            }
            Request::Update {
                upstream_id,
                base_version,
            } => (upstream_id.clone(), *base_version),
        };
        let stored = self.read_stored(&id).await?;
        let stored = stored.map_err(|failed| failure::unknown(Some(&failed)))?;
        if stored.version > base_version && is_same_content(document, &stored.body) {
            return Ok(stored);
        }
        Err(match request {
            Request::Update { .. } if stored.version > base_version => {
                failure::changed_upstream(base_version, stored.version)
            }
            _ => failure::not_carried_out("the flow was sent"),
        }
        .into())
    }

    /// A call flow goes without a name, so that it is looked for by what it
    /// says among those that belong to no flow here. With two of them there is
    /// no telling.
    async fn find_nameless(&mut self, document: &str) -> Result<Stored, Stopped> {
        let client = self.client.clone();
        let flows = client.flows();
        let listed = self.call(flows.list(), MayStop::Always).await?;
        let listed = listed.map_err(|failed| failure::unknown(Some(&failed)))?;
        let linked = self.app.store.linked_flows(&self.row.connection_id).await?;
        let mut found = Vec::new();
        for summary in listed {
            let id = summary.id.to_string();
            let may_be_it = summary.name.is_empty()
                && summary.version == 1
                && summary.form.is_none_or(|form| form == FlowForm::Call)
                && linked.iter().all(|(linked, _)| *linked != id);
            if !may_be_it {
                continue;
            }
            let stored = self.read_stored(&id).await?;
            let stored = stored.map_err(|failed| failure::unknown(Some(&failed)))?;
            if is_same_content(document, &stored.body) {
                found.push(stored);
            }
        }
        match (found.pop(), found.is_empty()) {
            (Some(stored), true) => Ok(stored),
            (None, _) => Err(failure::not_carried_out("the flow was sent").into()),
            (Some(_), false) => Err(failure::several_alike().into()),
        }
    }

    /// After a lost answer: whether the version is live. One that was live
    /// before proves nothing, and is never called published.
    pub(super) async fn find_live(
        &mut self,
        id: &str,
        version: u64,
        published_before: Option<u64>,
    ) -> Result<u64, Stopped> {
        let stored = self.read_stored(id).await?;
        let stored = stored.map_err(|failed| failure::unknown(Some(&failed)))?;
        match stored.published_version {
            Some(live) if Some(live) != published_before && stored.version == version => Ok(live),
            _ => Err(failure::not_carried_out("the flow was made live").into()),
        }
    }
}
