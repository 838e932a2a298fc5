//! A node that an address names: `/flows/ID?node=NODE`.

use editor::{Command, geometry};
use flow::NodeId;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

use super::desk::{Desk, Phase};

/// Closer than this a node can be read.
const READABLE_ZOOM: f64 = 0.5;

/// Goes to the node that the address names, once the flow is open and whenever
/// another is named. The address forgets it then, so that the same can be named
/// again.
pub(crate) fn follow(desk: Desk) {
    let query = use_query_map();
    let pathname = use_location().pathname;
    let navigate = use_navigate();
    Effect::new(move |_| {
        let node = query.with(|query| query.get("node"));
        let (Some(node), true) = (node, desk.phase.get() == Phase::Open) else {
            return;
        };
        let navigate = navigate.clone();
        // The canvas fits the flow first.
        request_animation_frame(move || {
            desk.show(&NodeId::new(node));
            let Some(path) = pathname.try_get_untracked() else {
                return;
            };
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&path, options);
        });
    });
}

impl Desk {
    /// Selects a node and brings it into view, close enough to be read, and
    /// moves the focus there.
    pub(crate) fn show(self, node: &NodeId) {
        if self.read(|editor| !editor.flow().nodes.contains_key(node)) {
            self.announce("This step is no longer there.");
            return;
        }
        self.select_and_reveal(node);
        let (zoom, card) = self.read(|editor| {
            let card = geometry::node_rect(editor.position_shown(node));
            (editor.camera().zoom, card)
        });
        if zoom < READABLE_ZOOM {
            self.run(Command::CentreOn(card.centre()));
            self.run(Command::ZoomTo(1.0));
        }
        if let Some(surface) = self.surface() {
            surface.focus_node(self, node.clone());
        }
    }
}
