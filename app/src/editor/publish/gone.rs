//! The flow is gone upstream: it can be created there anew, which the dialog's
//! button does, or linked to another one there.

use api::Relink;
use dom::prelude::*;

use super::{super::desk::Desk, PublishState};
use crate::{
    client::Failure,
    components::{Button, Field, TextInput},
};

/// Offers to link the flow to another one upstream.
#[component]
pub(super) fn Gone(desk: Desk, publish: PublishState) -> impl IntoView {
    let id = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let error: RwSignal<Option<String>> = RwSignal::new(None);
    let link = move |_| {
        let upstream_id = id.get_untracked().trim().to_owned();
        if upstream_id.is_empty() {
            error.set(Some(
                "Enter the id that the flow has in Genesys.".to_owned(),
            ));
            return;
        }
        busy.set(true);
        let relink = Relink {
            connection: publish.connection.get_untracked(),
            upstream_id,
        };
        spawn_local(async move {
            let answer = desk.client.relink(&desk.flow_id(), &relink).await;
            busy.try_set(false);
            match answer {
                // The next publish compares both before it sends anything.
                Ok(_) => publish.start(desk, None),
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    error.try_set(Some(failure.in_words()));
                }
            }
        });
    };
    view! {
        <Field
            label="Or link it to another one there"
            hint="Both are compared before anything is sent."
            error
        >
            <div class="relink">
                <TextInput
                    value=id
                    on_input=move |text| {
                        error.set(None);
                        id.set(text);
                    }
                    code=true
                    placeholder="0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11"
                />
                <Button busy on_click=link>"Link and publish"</Button>
            </div>
        </Field>
    }
}
