//! What can be done on every page: going to others, opening flows, choosing a
//! theme.

use std::sync::Arc;

use api::{FlowSummary, Right};
use dom::prelude::*;
use dom::route::{NavigateOptions, use_navigate};

use super::Entry;
use crate::{
    client::Client,
    flow_kind::flow_icon,
    frame::SearchAll,
    session::SessionState,
    theme::{Theme, ThemeChoice},
};

/// The pages: address, icon, name, and who may see them.
const PAGES: [(&str, &str, &str, Right); 8] = [
    ("/flows", "workflow", "Go to flows", Right::ReadFlows),
    (
        "/batches",
        "history",
        "Go to changes of flows",
        Right::ReadFlows,
    ),
    ("/activity", "activity", "Go to activity", Right::ReadAudit),
    (
        "/settings/connections",
        "settings",
        "Go to connections",
        Right::Administer,
    ),
    (
        "/settings/people",
        "users",
        "Go to people",
        Right::Administer,
    ),
    (
        "/settings/account",
        "user",
        "Go to your account",
        Right::ReadFlows,
    ),
    (
        "/settings/appearance",
        "sun",
        "Go to appearance",
        Right::ReadFlows,
    ),
    (
        "/settings/keyboard",
        "keyboard",
        "Go to keyboard",
        Right::ReadFlows,
    ),
];

const THEMES: [(ThemeChoice, &str, &str); 3] = [
    (ThemeChoice::Light, "sun", "Use the light theme"),
    (ThemeChoice::Dark, "moon", "Use the dark theme"),
    (ThemeChoice::System, "monitor", "Use the system’s theme"),
];

/// What these commands need.
#[derive(Clone)]
pub(super) struct Everywhere {
    session: SessionState,
    theme: Theme,
    search: SearchAll,
    /// The flows that can be opened, once they are known.
    flows: RwSignal<Vec<FlowSummary>>,
    /// Goes to a page; counted, since it outlives the list.
    go: Arc<dyn Fn(&str) + Send + Sync>,
}

impl Everywhere {
    /// Asks for the flows, which the list shows when they come.
    pub(super) fn here() -> Self {
        let client = expect_context::<Client>();
        let navigate = use_navigate();
        let flows = RwSignal::new(Vec::new());
        spawn_local(async move {
            // Without them the list is shorter, and every page says why.
            if let Ok(found) = client.flows().await {
                flows.try_set(found);
            }
        });
        Self {
            session: expect_context(),
            theme: expect_context(),
            search: expect_context(),
            flows,
            go: Arc::new(move |path| navigate(path, NavigateOptions::default())),
        }
    }

    /// The commands. Reacts to what is known of flows.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let goes_to = |id: String, words: (&'static str, String, &str), path: String| {
            let go = Arc::clone(&self.go);
            Entry::new(id, words, move || go(&path))
        };
        let (session, theme, search) = (self.session, self.theme, self.search);
        let pages = PAGES.iter().filter(|(.., role)| session.may(*role));
        let mut entries: Vec<_> = pages
            .map(|(path, icon, title, _)| {
                let words = (*icon, (*title).to_owned(), "Page");
                goes_to((*path).to_owned(), words, (*path).to_owned())
            })
            .collect();
        let mut find = Entry::new(
            "find-in-all",
            ("search", "Find in all flows", "Find"),
            move || {
                search.open();
            },
        );
        find.chord = Some(editor::Chord::written("Mod+Shift+F"));
        entries.push(find);
        for (choice, icon, title) in THEMES {
            entries.push(Entry::new(title, (icon, title, "Theme"), move || {
                theme.choose(choice);
            }));
        }
        for flow in self.flows.get() {
            let path = format!("/flows/{}", flow.id);
            let words = (
                flow_icon(flow.kind),
                format!("Open {}", flow.name),
                flow.kind.title(),
            );
            entries.push(goes_to(path.clone(), words, path));
        }
        entries
    }
}
