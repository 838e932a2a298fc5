//! What stands where something would be that is loading, missing or failed.

use dom::prelude::*;

use super::{Button, Icon, IconSize, Tone};
use crate::client::Failure;

/// The shape of a skeleton.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonShape {
    /// A word.
    Short,
    /// A few words.
    #[default]
    Medium,
    /// A tile with an icon.
    Tile,
}

/// Stands for something that is being loaded.
#[component]
pub fn Skeleton(
    /// What it stands for.
    #[prop(optional)]
    shape: SkeletonShape,
) -> impl IntoView {
    let class = match shape {
        SkeletonShape::Short => "skeleton skeleton--short",
        SkeletonShape::Medium => "skeleton skeleton--medium",
        SkeletonShape::Tile => "skeleton skeleton--tile",
    };
    view! { <span class=class aria-hidden="true"></span> }
}

/// Turns while something is under way.
#[component]
pub fn Spinner(
    /// What is under way.
    #[prop(default = "Loading".into(), into)]
    label: Signal<String>,
) -> impl IntoView {
    view! { <span class="spinner" role="status" aria-label=label></span> }
}

/// Says why there is nothing and offers the one thing to do about it.
#[component]
pub fn EmptyState(
    /// The icon's id.
    icon: &'static str,
    /// What is so.
    #[prop(into)]
    title: Signal<String>,
    /// Why, or what to do.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// In a panel instead of a page.
    #[prop(optional)]
    compact: bool,
    /// What its colour says.
    #[prop(optional)]
    tone: Tone,
    /// What to look up it by, in small print.
    #[prop(optional, into)]
    details: Option<Signal<String>>,
    /// The one thing to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" class:empty--compact=compact data-tone=tone.attribute()>
            <span class="empty__icon">
                <Icon name=icon size=IconSize::Large />
            </span>
            <h2 class="empty__title">{title}</h2>
            {text.map(|text| view! { <p class="empty__text">{text}</p> })}
            {children.map(|children| view! { <div class="empty__actions">{children()}</div> })}
            {details.map(|details| view! { <p class="empty__details">{details}</p> })}
        </div>
    }
}

/// Says what failed and what to do, and tries again on request. The caller
/// replaces it once there is an answer.
#[component]
pub fn ErrorState(
    /// What failed.
    failure: Failure,
    /// What could not be had, as a title: `Flows could not be loaded`.
    #[prop(into)]
    title: String,
    /// In a panel instead of a page.
    #[prop(optional)]
    compact: bool,
    /// Tries again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let trying = RwSignal::new(false);
    let icon = match failure {
        Failure::Unreachable => "wifi-off",
        _ => "circle-alert",
    };
    let details = failure
        .reference()
        .map(|reference| format!("Reference {reference}"));
    view! {
        <div role="alert">
            <div class="empty" class:empty--compact=compact data-tone="danger">
                <span class="empty__icon">
                    <Icon name=icon size=IconSize::Large />
                </span>
                <h2 class="empty__title">{title}</h2>
                <p class="empty__text">{failure.to_string()}</p>
                <div class="empty__actions">
                    <Button
                        icon="refresh"
                        busy=trying
                        on_click=move |_| {
                            trying.set(true);
                            retry.run(());
                        }
                    >
                        "Try again"
                    </Button>
                </div>
                {details.map(|details| view! { <p class="empty__details">{details}</p> })}
            </div>
        </div>
    }
}
