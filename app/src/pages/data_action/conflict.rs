//! Two people changed the same: one of them says for each part which stands.

use api::ComparedActionPart;
use dom::prelude::*;

use super::{
    choices::{ChoiceList, Choices},
    desk::ActionDesk,
    saving::Conflict,
};
use crate::components::{Button, ButtonKind, Dialog};

#[component]
pub(super) fn ConflictDialog(desk: ActionDesk) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(desk.saving.conflict.with(Option::is_some)));
    let body = move || {
        let conflict = desk.saving.conflict.get()?;
        Some(view! { <Deciding desk conflict /> })
    };
    view! {
        <Dialog open title="Somebody changed the same" dismissible=false attr:data-panel="conflict">
            {body}
        </Dialog>
    }
}

#[component]
fn Deciding(desk: ActionDesk, conflict: Conflict) -> impl IntoView {
    let (base, ours) = (desk.saving.base(), desk.action.get_untracked());
    let theirs = &conflict.theirs.action;
    let parts = conflict.parts.iter().map(|part| ComparedActionPart {
        part: *part,
        base: part.shown(&base),
        ours: part.shown(&ours),
        theirs: part.shown(theirs),
    });
    let choices = Choices::of(parts.collect());
    let text = format!(
        "{} saved this while you were changing the same. Nothing of yours was saved since, and nothing is lost: choose which stands. What only one of you changed is kept.",
        conflict.theirs.summary.changed_by
    );
    let settle = move |_| {
        if let Some(theirs_in) = untrack(|| choices.theirs_in()) {
            desk.saving.settle(desk, &theirs_in);
        }
    };
    view! {
        <div class="dialog__body">
            <p>{text}</p>
            <ChoiceList choices there="Theirs" />
        </div>
        <footer class="dialog__foot">
            <Button
                kind=ButtonKind::Primary
                disabled=Signal::derive(move || choices.theirs_in().is_none())
                on_click=settle
            >
                "Go on with these choices"
            </Button>
        </footer>
    }
}
