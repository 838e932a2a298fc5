//! What a menu offers.

use dom::prelude::*;

use super::MenuHandle;
use crate::components::{Icon, Kbd, element_id};

/// Something to do.
#[component]
pub fn MenuItem(
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<Signal<&'static str>>,
    /// A shortcut or remark after the words.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
    /// The keys that do the same.
    #[prop(optional)]
    keys: Option<&'static str>,
    /// A sentence on what it is, below the words.
    #[prop(optional, into)]
    detail: Option<String>,
    /// Whether it takes something away.
    #[prop(optional)]
    danger: bool,
    /// Whether it cannot be done now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What choosing it does.
    #[prop(into)]
    on_choose: Callback<()>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let menu = expect_context::<MenuHandle>();
    // The name stays short: the sentence describes it.
    let detail = detail.map(|text| (text, element_id("detail")));
    let described_by = detail.as_ref().map(|(_, detail)| detail.clone());
    let words = match detail {
        None => view! { <span>{children()}</span> }.into_any(),
        Some((text, detail_id)) => view! {
            <span class="menu__words">
                <span>{children()}</span>
                <span class="menu__detail" id=detail_id aria-hidden="true">
                    {text}
                </span>
            </span>
        }
        .into_any(),
    };
    view! {
        <button
            class="menu__item"
            class:menu__item--danger=danger
            type="button"
            role="menuitem"
            tabindex="-1"
            aria-describedby=described_by
            aria-disabled=move || disabled.get().then_some("true")
            on:click=move |_| {
                if !disabled.get_untracked() {
                    menu.close();
                    on_choose.run(());
                }
            }
        >
            {icon.map(|icon| view! { <Icon name=icon /> })}
            {words}
            {note.map(|note| view! { <span class="menu__note">{note}</span> })}
            {keys
                .map(|keys| {
                    // The keys are no part of the item's name.
                    view! {
                        <span class="menu__keys" aria-hidden="true">
                            <Kbd keys />
                        </span>
                    }
                })}
        </button>
    }
}

/// Something that is so or not; choosing it leaves the menu open.
#[component]
pub fn MenuChoice(
    /// Whether it is so.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether it is one of several of which one is chosen.
    #[prop(optional)]
    exclusive: bool,
    /// What choosing it does.
    #[prop(into)]
    on_choose: Callback<()>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="menu__item"
            type="button"
            role=if exclusive { "menuitemradio" } else { "menuitemcheckbox" }
            tabindex="-1"
            aria-checked=move || checked.get().to_string()
            on:click=move |_| on_choose.run(())
        >
            <Icon name="check" />
            <span>{children()}</span>
        </button>
    }
}

/// The name of a group of items.
#[component]
pub fn MenuLabel(
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <div class="menu__label" role="presentation">{children()}</div> }
}

/// A line between groups of items.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <hr class="menu__separator" /> }
}
