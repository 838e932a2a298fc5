//! Two people changed the same: one of them says which stands.

use dom::prelude::*;
use flow::data_action::Side;

use super::{desk::ActionDesk, saving::listed};
use crate::components::{Button, ButtonKind, Dialog};

#[component]
pub(super) fn ConflictDialog(desk: ActionDesk) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(desk.saving.conflict.with(Option::is_some)));
    let text = move || {
        let conflict = desk.saving.conflict.get()?;
        Some(format!(
            "{} saved {} while you were changing the same. Nothing of yours was saved since, and nothing is lost: choose which stands. What only one of you changed is kept.",
            conflict.theirs.summary.changed_by,
            listed(&conflict.parts)
        ))
    };
    let settle = move |prefer: Side| {
        desk.saving.settle(desk, prefer);
    };
    view! {
        <Dialog open title="Somebody changed the same" dismissible=false attr:data-panel="conflict">
            <div class="dialog__body">
                <p>{text}</p>
            </div>
            <footer class="dialog__foot">
                <Button on_click=move |_| settle(Side::Theirs)>"Take theirs"</Button>
                <Button
                    kind=ButtonKind::Primary
                    attr:autofocus=true
                    on_click=move |_| settle(Side::Ours)
                >
                    "Keep mine"
                </Button>
            </footer>
        </Dialog>
    }
}
