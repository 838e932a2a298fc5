//! Buttons. More attributes are given with `attr:…`.

use dom::{ev::MouseEvent, prelude::*};

use super::Icon;

/// How much weight a button has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// An ordinary one.
    #[default]
    Plain,
    /// The one that the screen is for.
    Primary,
    /// It takes something away.
    Danger,
    /// Without a frame, in toolbars and rows.
    Ghost,
}

impl ButtonKind {
    /// The classes of a button of this weight.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button--primary",
            Self::Danger => "button button--danger",
            Self::Ghost => "button button--ghost",
        }
    }
}

/// Where a button's tooltip appears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TooltipSide {
    /// Below, centred.
    #[default]
    Below,
    /// Above.
    Top,
    /// To the right, as in the rail.
    Right,
    /// To the left.
    Left,
    /// Below, flush with the right edge: the last button of a bar.
    End,
}

impl TooltipSide {
    /// The value of `data-side`; none leaves the attribute out.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Below => None,
            Self::Top => Some("top"),
            Self::Right => Some("right"),
            Self::Left => Some("left"),
            Self::End => Some("end"),
        }
    }
}

/// A button with words. While busy it keeps its width and takes no presses.
#[component]
pub fn Button(
    /// How much weight it has.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<Signal<&'static str>>,
    /// Whether what it started is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// 26 px high instead of 32.
    #[prop(optional)]
    small: bool,
    /// As wide as what it is in.
    #[prop(optional)]
    wide: bool,
    /// Whether it submits the form that it is in.
    #[prop(optional)]
    submit: bool,
    /// What pressing it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=kind.class()
            class:button--small=small
            class:button--wide=wide
            type=if submit { "submit" } else { "button" }
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            on:click=move |event| press(event, busy, on_click)
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            <span>{children()}</span>
        </button>
    }
}

/// A button with an icon only; its name is its tooltip.
#[component]
pub fn IconButton(
    /// The icon's id in the sprite.
    #[prop(into)]
    icon: Signal<&'static str>,
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// How much weight it has.
    #[prop(default = ButtonKind::Ghost)]
    kind: ButtonKind,
    /// Where the tooltip appears.
    #[prop(optional)]
    side: TooltipSide,
    /// Whether what it started is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether it is switched on; none when it is no switch.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// 26 px high instead of 32.
    #[prop(optional)]
    small: bool,
    /// What pressing it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    view! {
        <button
            class=kind.class()
            class:button--icon=true
            class:button--small=small
            type="button"
            disabled=disabled
            aria-label=label
            aria-busy=move || busy.get().then_some("true")
            aria-pressed=pressed.map(|on| move || on.get().to_string())
            data-tooltip=label
            data-side=side.attribute()
            on:click=move |event| press(event, busy, on_click)
        >
            <Icon name=icon />
        </button>
    }
}

/// A busy button keeps the focus, so it is not `disabled` and must itself see
/// to it that what is under way is not started again.
fn press(event: MouseEvent, busy: Signal<bool>, on_click: Option<Callback<MouseEvent>>) {
    if busy.get_untracked() {
        event.prevent_default();
    } else if let Some(on_click) = on_click {
        on_click.run(event);
    }
}
