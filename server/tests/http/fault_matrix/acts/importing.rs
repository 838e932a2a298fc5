//! An import of one row.

use api::{ContactImport, ImportState};
use serde_json::json;
use tokio::time::Instant;

use super::{Ended, Subject, contacts::external_id, failed, patiently, read};
use crate::organisation::Organisation;

impl Organisation {
    /// Begins an import of one row, or lets one that waits or was paused go on.
    pub(super) async fn import(&self, subject: &mut Subject, key: &str) -> Ended {
        let person = &self.person;
        let mut import: ContactImport = match &subject.job {
            Some(id) => {
                let path = format!("/api/contact-imports/{id}");
                // What it waits for is over; it need not wait for the clock.
                for command in ["pause", "resume"] {
                    person.put(&path, json!({ "command": command })).await;
                }
                person.read(&path).await
            }
            None => {
                let text = format!(
                    "id,name,phone\n{},Acme,+15551234567\n",
                    external_id(&subject.name)
                );
                let body = json!({
                    "key": format!("{} {key}", subject.name), "fileName": "people.csv", "text": text,
                    "columns": ["externalContactId", "name", "voice"], "connection": self.connection,
                });
                read(person.post("/api/contact-imports", body).await).await
            }
        };
        let path = format!("/api/contact-imports/{}", import.id);
        let was_begun = subject.job.replace(import.id.clone()).is_some();
        let started = Instant::now();
        loop {
            let counts = import.counts;
            let sum =
                counts.waiting + counts.new + counts.exists + counts.different + counts.failed;
            assert_eq!((sum, counts.rows), (1, 1), "the row is accounted for");
            match import.state {
                ImportState::Done if counts.new + counts.exists == 1 => return Ended::Done,
                ImportState::Done => {
                    // What Genesys did not take is imported again by another file.
                    subject.job = None;
                    let result = person.get(&format!("{path}/result")).await;
                    return failed("row failed", &result.text().await.expect("a file"), "");
                }
                ImportState::Paused => return failed("paused", &import.note, &import.note),
                // What was not carried out is tried again, and not for ever.
                ImportState::Running
                    if !was_begun
                        && !import.note.is_empty()
                        && !import.note.contains("not carried out") =>
                {
                    return failed("waits", &import.note, &import.note);
                }
                _ => {}
            }
            patiently(started).await;
            import = person.read(&path).await;
        }
    }
}
