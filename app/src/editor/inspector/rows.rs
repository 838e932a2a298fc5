//! What fields that hold rows have in common: the frame around the rows, what
//! is wrong with a row, moving a row by keys.

use dom::{ev::KeyboardEvent, html, prelude::*};
use flow::{FieldSpec, Problem};
use wasm_bindgen::JsCast;

use super::remark::remark_look;
use crate::components::{Button, ButtonKind, Icon, element_id};

/// The frame of a field that holds rows: its name, the rows, the buttons that
/// add some, its hint, and what is wrong with the field as a whole.
#[component]
pub(super) fn RowsField(
    spec: &'static FieldSpec,
    /// What the button that adds a row says.
    add_label: &'static str,
    on_add: Callback<()>,
    can_edit: Signal<bool>,
    found: Memo<Vec<Problem>>,
    /// The element around the rows.
    group: NodeRef<html::Div>,
    /// Whether both fields of a row are of one width.
    #[prop(optional)]
    even: bool,
    /// What stands beside the button that adds a row.
    #[prop(optional)]
    beside_add: Option<ChildrenFn>,
    children: Children,
) -> impl IntoView {
    let label_id = element_id(spec.key);
    // A problem of the field as a whole has no row to stand under.
    let general = move || {
        found.with(|found| {
            let general = found.iter().filter(|problem| problem.place.row.is_none());
            general.map(remark).collect_view()
        })
    };
    view! {
        <div class="field" data-field=spec.key>
            <span class="field__label" id=label_id.clone()>
                {spec.label}
            </span>
            <div
                class=if even { "pairs pairs--even" } else { "pairs" }
                role="group"
                aria-labelledby=label_id
                node_ref=group
            >
                {children()}
                <Show when=move || can_edit.get()>
                    <div class="pairs__actions">
                        <Button
                            kind=ButtonKind::Ghost
                            icon="plus"
                            small=true
                            on_click=move |_| on_add.run(())
                            attr:data-add=spec.key
                        >
                            {add_label}
                        </Button>
                        {beside_add.as_ref().map(|beside| beside())}
                    </div>
                </Show>
            </div>
            <p class="field__hint">{spec.help}</p>
            {general}
        </div>
    }
}

/// What is wrong with the row at this place.
#[component]
pub(super) fn RowProblem(found: Memo<Vec<Problem>>, index: Signal<Option<usize>>) -> impl IntoView {
    move || {
        let index = index.get()?;
        found.with(|found| {
            let mut at_row = found.iter();
            let problem = at_row.find(|problem| problem.place.row == Some(index))?;
            Some(remark(problem))
        })
    }
}

/// A problem under what it is about.
fn remark(problem: &Problem) -> impl IntoView + use<> {
    let (class, icon) = remark_look(problem.severity);
    view! {
        <p class=class>
            <Icon name=icon />
            <span>{problem.message.clone()}</span>
        </p>
    }
}

/// Where a row at `from` of `count` goes by this key: Alt with an arrow moves
/// it by one place. The event is consumed when the key means a move, also at
/// either end.
pub(crate) fn place_by_key(event: &KeyboardEvent, from: usize, count: usize) -> Option<usize> {
    let to = match event.key().as_str() {
        "ArrowUp" if event.alt_key() => from.checked_sub(1),
        "ArrowDown" if event.alt_key() => Some(from + 1),
        _ => return None,
    };
    event.prevent_default();
    to.filter(|to| *to < count)
}

/// Moves the focus to the first field of a row once that is in the page.
pub(crate) fn focus_row(group: NodeRef<html::Div>, row: usize) {
    request_animation_frame(move || {
        let Some(group) = group.try_get_untracked().flatten() else {
            return;
        };
        let field = group
            .query_selector(&format!("[data-row='{row}'] input"))
            .ok()
            .flatten()
            .and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(field) = field {
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = field.focus();
        }
    });
}
