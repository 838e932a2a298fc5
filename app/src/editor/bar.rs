//! The editor's bar: the flow's name, whether it is saved, who is in it, what
//! is wrong with it, undo and redo, and Publish.

use api::Right;
use dom::{
    ev::KeyboardEvent,
    html,
    prelude::*,
    route::{NavigateOptions, use_navigate},
};
use editor::Command;
use flow::{FlowKind, FlowSetting};

use super::{
    desk::Desk,
    dock::DockState,
    link::{Connection, SaveState},
    live,
    peers::People,
    problems::Checking,
    publish::{PublishButton, PublishState},
};
use crate::{
    components::{
        Badge, ButtonKind, Icon, IconButton, MenuButton, MenuChoice, MenuItem, MenuSeparator,
        Segment, Segments, Toasts, TooltipSide,
    },
    download::download_flow,
    flow_kind::NO_NAME,
    frame::{Commands, SearchAll},
};

/// What a narrow screen shows; it has room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NarrowView {
    /// The flow as a list.
    Outline,
    /// The drawing.
    #[default]
    Canvas,
    /// Preview and problems.
    Dock,
}

impl NarrowView {
    /// The value of the editor's `data-narrow-view`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Outline => "outline",
            Self::Canvas => "canvas",
            Self::Dock => "dock",
        }
    }
}

/// What the bar opens and closes.
#[derive(Clone, Copy)]
pub(crate) struct Panels {
    /// The left panel.
    pub(crate) left: RwSignal<bool>,
    /// The left panel's tab.
    pub(crate) left_tab: RwSignal<&'static str>,
    /// The right panel.
    pub(crate) right: RwSignal<bool>,
    /// The shortcut sheet.
    pub(crate) shortcuts: RwSignal<bool>,
    /// What makes a picture of the drawing.
    pub(crate) export: RwSignal<bool>,
    /// What a narrow screen shows.
    pub(crate) narrow: RwSignal<NarrowView>,
    /// The dock.
    pub(crate) dock: DockState,
}

/// The bar.
#[component]
pub(crate) fn Bar(desk: Desk, panels: Panels, publish: PublishState) -> impl IntoView {
    let kind = Memo::new(move |_| desk.flow.with(|flow| flow.kind.title()));
    let edit = desk.can_edit();
    view! {
        <header class="editor-bar" data-panel="bar">
            <a
                class="button button--ghost button--icon"
                href="/flows"
                aria-label="Back to flows"
                data-tooltip="Back to flows"
            >
                <Icon name="arrow-left" />
            </a>
            <h1 class="visually-hidden">{move || desk.flow.with(|flow| flow.name.clone())}</h1>
            <Name desk />
            <span class="editor-bar__chip" data-narrow="hide">
                <Badge>{kind}</Badge>
            </span>
            <live::Live desk />
            <Show when=move || !edit.get()>
                <span class="editor-bar__chip">
                    <Badge tone=crate::components::Tone::Info>"View only"</Badge>
                </span>
            </Show>
            <Saved desk />
            <span class="editor-bar__spacer"></span>
            <People desk />
            <Show when=move || edit.get()>
                <span class="editor-bar__separator" data-narrow="hide"></span>
                <UndoRedo desk />
            </Show>
            <span class="editor-bar__separator" data-narrow="hide"></span>
            <ProblemCount desk dock=panels.dock />
            <PublishButton desk publish dock=panels.dock />
            <More desk panels />
            <NarrowViews panels />
        </header>
    }
}

/// The flow's name, edited in place.
#[component]
fn Name(desk: Desk) -> impl IntoView {
    let field: NodeRef<html::Input> = NodeRef::new();
    let name = Memo::new(move |_| desk.flow.with(|flow| flow.name.clone()));
    let edit = desk.can_edit();
    let keyed = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | "Escape")
            && let Some(field) = field.get_untracked()
        {
            // Leaving the field ends the step of undo.
            let _ = field.blur();
        }
    };
    view! {
        <input
            node_ref=field
            class="editor-bar__name"
            aria-label="Name of the flow"
            placeholder=NO_NAME
            spellcheck="false"
            autocomplete="off"
            readonly=move || !edit.get()
            prop:value=name
            on:input=move |event| {
                desk.run(Command::SetFlow(FlowSetting::Name(event_target_value(&event))));
            }
            on:change=move |_| {
                desk.run(Command::EndTyping);
            }
            on:keydown=keyed
        />
    }
}

/// Whether everything is saved, in words.
#[component]
fn Saved(desk: Desk) -> impl IntoView {
    let connection = desk.link.connection();
    let state = Memo::new(move |_| SaveState::of(connection.get(), desk.pending.get()));
    let tone = move || state.with(|state| state.tone);
    let retry = move || matches!(connection.get(), Connection::Lost { .. });
    view! {
        <span class="save-state" role="status" data-state=tone data-panel="save-state">
            {move || {
                state
                    .with(|state| match state.icon {
                        Some(icon) => view! { <Icon name=icon /> }.into_any(),
                        None => view! { <span class="spinner" aria-hidden="true"></span> }.into_any(),
                    })
            }}
            <span>{move || state.with(|state| state.words.clone())}</span>
        </span>
        <Show when=retry>
            <crate::components::Button
                kind=ButtonKind::Ghost
                small=true
                on_click=move |_| desk.link.connect_now(desk)
            >
                "Try now"
            </crate::components::Button>
        </Show>
    }
}

#[component]
fn UndoRedo(desk: Desk) -> impl IntoView {
    let words = move |what: &'static str, step: Option<String>| match step {
        Some(step) => format!("{what}: {step}"),
        None => what.to_owned(),
    };
    let history = desk.history;
    view! {
        <IconButton
            icon="undo"
            label=Signal::derive(move || words("Undo", history.get().undo))
            disabled=Signal::derive(move || history.with(|history| history.undo.is_none()))
            on_click=move |_| {
                desk.run(Command::Undo);
            }
        />
        <IconButton
            icon="redo"
            label=Signal::derive(move || words("Redo", history.get().redo))
            disabled=Signal::derive(move || history.with(|history| history.redo.is_none()))
            on_click=move |_| {
                desk.run(Command::Redo);
            }
        />
    }
}

/// How many problems there are; opens their list.
#[component]
fn ProblemCount(desk: Desk, dock: DockState) -> impl IntoView {
    let severity = Memo::new(move |_| {
        desk.problems
            .with(|problems| match (problems.errors, problems.all.len()) {
                (0, 0) if problems.checking != Checking::Done => ("unknown", "unknown"),
                (0, 0) => ("none", "circle-check"),
                (0, _) => ("warning", "triangle-alert"),
                _ => ("error", "circle-alert"),
            })
    });
    let words = move || desk.problems.with(|problems| problems.in_words());
    view! {
        <button
            class="button button--ghost problem-count"
            type="button"
            data-severity=move || severity.get().0
            data-tooltip=words
            on:click=move |_| dock.show("problems")
        >
            <span class="visually-hidden">{words}</span>
            <Icon name=Signal::derive(move || severity.get().1) />
            <span aria-hidden="true">
                {move || {
                    desk.problems
                        .with(|problems| (problems.checking == Checking::Done).then(|| problems.all.len().to_string()))
                }}
            </span>
        </button>
    }
}

/// Chooses what a narrow screen shows.
#[component]
fn NarrowViews(panels: Panels) -> impl IntoView {
    let segment = |value, label| Segment {
        value,
        label,
        icon: None,
    };
    let choose = move |view: NarrowView| {
        panels.narrow.set(view);
        // It would lie over what was chosen.
        panels.right.set(false);
        match view {
            NarrowView::Outline => {
                panels.left_tab.set("outline");
                panels.left.set(true);
            }
            NarrowView::Canvas => {}
            NarrowView::Dock => panels.dock.open.set(true),
        }
    };
    view! {
        <div class="editor__narrow-views">
            <Segments
                label="View"
                value=panels.narrow
                on_change=choose
                segments=vec![
                    segment(NarrowView::Outline, "Outline"),
                    segment(NarrowView::Canvas, "Drawing"),
                    segment(NarrowView::Dock, "Preview"),
                ]
            />
        </div>
    }
}

/// Panels, the flow as a file, and shortcuts.
#[component]
fn More(desk: Desk, panels: Panels) -> impl IntoView {
    let Panels {
        left,
        right,
        shortcuts,
        export,
        dock,
        ..
    } = panels;
    let toasts = expect_context::<Toasts>();
    let search_all = expect_context::<SearchAll>();
    let commands = expect_context::<Commands>();
    let download = move |()| {
        let name = desk.flow.with_untracked(|flow| flow.name.clone());
        download_flow(desk.client, toasts, desk.flow_id(), name);
    };
    let toggle = |shown: RwSignal<bool>| move |()| shown.update(|shown| *shown = !*shown);
    // Where its callers are changed, for what can be called.
    let callers = move || {
        let page = match desk.flow.with(|flow| flow.kind) {
            FlowKind::Module => ("Link into flows…", "/link?module="),
            FlowKind::Shared => ("Repoint references…", "/repoint?from="),
            _ => return None,
        };
        desk.role.get().may(Right::EditFlows).then_some(page)
    };
    let navigate = StoredValue::new_local(use_navigate());
    view! {
        <MenuButton
            label="More"
            kind=ButtonKind::Ghost
            icon="more"
            icon_only=true
            side=TooltipSide::End
        >
            <MenuChoice checked=left on_choose=toggle(left)>
                "Left panel"
            </MenuChoice>
            <MenuChoice checked=right on_choose=toggle(right)>
                "Properties"
            </MenuChoice>
            <MenuChoice checked=dock.open on_choose=toggle(dock.open)>
                "Preview and problems"
            </MenuChoice>
            <MenuSeparator />
            <MenuItem icon="search" keys="Mod+F" on_choose=move |()| desk.find.open(desk)>
                "Find in this flow"
            </MenuItem>
            <MenuItem
                icon="search"
                keys="Mod+Shift+F"
                on_choose=move |()| search_all.open()
            >
                "Find in all flows"
            </MenuItem>
            {move || {
                callers().map(|(words, page)| {
                    let go = move |()| {
                        let to = [page, &desk.flow_id()].concat();
                        navigate.with_value(|navigate| navigate(&to, NavigateOptions::default()));
                    };
                    view! { <MenuItem icon="link" on_choose=go>{words}</MenuItem> }
                })
            }}
            <MenuItem icon="file-down" on_choose=download>
                "Download file"
            </MenuItem>
            <MenuItem icon="upload" on_choose=move |()| export.set(true)>
                "Export as a picture…"
            </MenuItem>
            <MenuItem icon="keyboard" keys="Mod+K" on_choose=move |()| commands.open()>
                "All commands"
            </MenuItem>
            <MenuItem icon="keyboard" keys="?" on_choose=move |()| shortcuts.set(true)>
                "Keyboard shortcuts"
            </MenuItem>
        </MenuButton>
    }
}
