//! Menus, in the browser's top layer: a press elsewhere and Escape close them.

mod item;
mod place;

pub use item::{MenuChoice, MenuItem, MenuLabel, MenuSeparator};

use dom::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ToggleEvent};

use self::place::{Place, pixels};

use super::{ButtonKind, Icon, element_id};

/// Opens and closes a [`Menu`]. A button opens it by carrying
/// `popovertarget=menu.target()`: the browser then also closes it on the next
/// press. Anything else opens it with [`MenuHandle::open_at`].
#[derive(Clone, Copy)]
pub struct MenuHandle {
    id: StoredValue<String>,
    element: NodeRef<html::Div>,
    open: RwSignal<bool>,
    place: RwSignal<Place>,
}

impl MenuHandle {
    /// A closed menu.
    pub fn new() -> Self {
        Self {
            id: StoredValue::new(element_id("menu")),
            element: NodeRef::new(),
            open: RwSignal::new(false),
            place: RwSignal::new(Place::default()),
        }
    }

    /// The value of `popovertarget` for the button that opens it.
    pub fn target(self) -> String {
        self.id.get_value()
    }

    /// Whether it is open; for `aria-expanded`.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    /// Opens it at a point of the window, such as where the right button was
    /// pressed. It grows towards the farther edges.
    pub fn open_at(self, left_in_screen: f64, top_in_screen: f64) {
        if let Some(element) = self.element.get_untracked() {
            // It may be open already; then it moves to its new place.
            let _ = element.show_popover();
            self.place.set(Place::at(left_in_screen, top_in_screen));
        }
    }

    /// Closes it.
    pub fn close(self) {
        if let Some(element) = self.element.get_untracked() {
            // It may be closed already, which is what is wanted.
            let _ = element.hide_popover();
        }
    }

    fn stand_by_its_button(self) {
        let button = document()
            .query_selector(&format!("[popovertarget='{}']", self.target()))
            .ok()
            .flatten();
        if let Some(button) = button {
            self.place.set(Place::beside(&button));
        }
    }

    fn items(self) -> Vec<HtmlElement> {
        let Some(element) = self.element.get_untracked() else {
            return Vec::new();
        };
        let Ok(found) = element.query_selector_all(".menu__item:not([aria-disabled='true'])")
        else {
            return Vec::new();
        };
        (0..found.length())
            .filter_map(|at| found.item(at)?.dyn_into().ok())
            .collect()
    }

    fn focus(self, at: usize) {
        if let Some(item) = self.items().get(at) {
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = item.focus();
        }
    }

    fn key_down(self, event: &KeyboardEvent) {
        let items = self.items();
        if items.is_empty() {
            return;
        }
        let last = items.len() - 1;
        let active = document().active_element();
        let here = items
            .iter()
            .position(|item| active.as_ref() == Some(item.as_ref()));
        let there = match (event.key().as_str(), here) {
            ("ArrowDown", None) | ("Home", _) => 0,
            ("ArrowDown", Some(here)) => (here + 1) % items.len(),
            ("ArrowUp", None) | ("End", _) => last,
            ("ArrowUp", Some(here)) => (here + last) % items.len(),
            ("Tab", _) => return self.close(),
            (typed, here) if typed.chars().count() == 1 && typed != " " => {
                let Some(found) = next_starting_with(&items, typed, here) else {
                    return;
                };
                found
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        self.focus(there);
    }
}

fn next_starting_with(items: &[HtmlElement], typed: &str, here: Option<usize>) -> Option<usize> {
    let typed = typed.to_lowercase();
    let first = here.map_or(0, |here| here + 1);
    (0..items.len())
        .map(|step| (first + step) % items.len())
        .find(|at| {
            items
                .get(*at)
                .and_then(|item| item.text_content())
                .is_some_and(|text| text.trim_start().to_lowercase().starts_with(&typed))
        })
}

/// A menu. Its items exist only while it is open.
#[component]
pub fn Menu(
    /// Opens and closes it.
    handle: MenuHandle,
    /// What it offers.
    #[prop(into)]
    label: Signal<String>,
    /// [`MenuItem`]s, [`MenuChoice`]s, [`MenuLabel`]s and [`MenuSeparator`]s.
    children: ChildrenFn,
) -> impl IntoView {
    let place = handle.place;
    let children = StoredValue::new(children);
    let opening = |event: &Event| event.unchecked_ref::<ToggleEvent>().new_state() == "open";
    let before_toggle = move |event: Event| {
        if opening(&event) {
            handle.stand_by_its_button();
            handle.open.set(true);
        }
    };
    // Told after the fact, when the items are there.
    let toggled = move |event: Event| {
        if opening(&event) {
            handle.focus(0);
        } else {
            handle.open.set(false);
        }
    };
    view! {
        <div
            node_ref=handle.element
            id=handle.target()
            class="menu"
            role="menu"
            popover="auto"
            tabindex="-1"
            aria-label=label
            style:left=move || pixels(place.get().left)
            style:right=move || pixels(place.get().right)
            style:top=move || pixels(place.get().top)
            style:bottom=move || pixels(place.get().bottom)
            on:beforetoggle=before_toggle
            on:toggle=toggled
            on:keydown=move |event| handle.key_down(&event)
        >
            <Show when=move || handle.open.get()>
                <Provider value=handle>{children.with_value(|children| children())}</Provider>
            </Show>
        </div>
    }
}

/// A button that opens a menu.
#[component]
pub fn MenuButton(
    /// The words on it; an icon-only button has them as its tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// How much weight it has.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<Signal<&'static str>>,
    /// Whether only the icon is shown.
    #[prop(optional)]
    icon_only: bool,
    /// 26 px high instead of 32.
    #[prop(optional)]
    small: bool,
    /// Where the tooltip of an icon-only button appears.
    #[prop(optional)]
    side: super::TooltipSide,
    /// What the menu holds.
    children: ChildrenFn,
) -> impl IntoView {
    let menu = MenuHandle::new();
    view! {
        <button
            class=kind.class()
            class:button--icon=icon_only
            class:button--small=small
            type="button"
            popovertarget=menu.target()
            aria-label=label
            aria-haspopup="menu"
            aria-expanded=move || menu.is_open().to_string()
            data-tooltip=move || icon_only.then(|| label.get())
            data-side=side.attribute()
        >
            {icon.map(|icon| view! { <Icon name=icon /> })}
            {(!icon_only)
                .then(|| {
                    view! {
                        <span>{label}</span>
                        <Icon name="chevron-down" />
                    }
                })}
        </button>
        <Menu handle=menu label children />
    }
}
