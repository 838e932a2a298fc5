//! Taking the log along, and proving that it is as it was written.

use api::AuditVerification;
use dom::prelude::*;

use crate::{
    client::{Client, Failure, Wanted},
    components::{Banner, Button, Tone},
};

#[component]
pub(super) fn Keeping(
    /// What is exported.
    wanted: Memo<Wanted>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let busy = RwSignal::new(false);
    let verdict = RwSignal::new(None::<Result<AuditVerification, Failure>>);
    let verify = move |_| {
        busy.set(true);
        verdict.set(None);
        spawn_local(async move {
            let answer = client.verify_activity().await;
            busy.try_set(false);
            verdict.try_set(Some(answer));
        });
    };
    let export = move |format: &'static str| {
        move || wanted.with(|wanted| format!("/api/audit/export?format={format}{}", wanted.query()))
    };
    view! {
        <div class="page__tools">
            <Button icon="shield-check" busy on_click=verify>
                "Verify the log"
            </Button>
            <a class="button" href=export("csv") download="audit.csv" rel="external">
                "Export as CSV"
            </a>
            <a class="button" href=export("ndjson") download="audit.ndjson" rel="external">
                "Export as NDJSON"
            </a>
        </div>
        {move || verdict.get().and_then(shown)}
    }
}

fn shown(verdict: Result<AuditVerification, Failure>) -> Option<View> {
    let (tone, title, text) = match verdict {
        Err(Failure::SessionEnded) => return None,
        Err(failure) => (
            Tone::Danger,
            "The log was not verified".to_owned(),
            failure.to_string(),
        ),
        Ok(AuditVerification::Intact { entries }) => (
            Tone::Success,
            "The log is intact".to_owned(),
            format!("All {entries} entries are where and as they were written. Note the number: entries cut off at the end can be seen by it alone."),
        ),
        Ok(AuditVerification::BrokenAt { seq }) => (
            Tone::Danger,
            format!("The log is broken at entry {seq}"),
            "It was altered, or one before it was removed, by somebody who can write to the database. Compare it with a backup or with an earlier export.".to_owned(),
        ),
    };
    Some(view! {
        <div class="page__tools">
            <Banner tone title>
                <p>{text}</p>
            </Banner>
        </div>
    })
}
