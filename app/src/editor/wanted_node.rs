//! A node that an address names: `/flows/ID?node=NODE`.

use dom::{
    prelude::*,
    route::{NavigateOptions, use_location, use_navigate, use_query},
};
use editor::{Command, geometry};
use flow::NodeId;

use super::desk::{Desk, Phase};

/// Closer than this a node can be read.
const READABLE_ZOOM: f64 = 0.5;

/// Goes to the node that the address names, once the flow is open and whenever
/// another is named. The address forgets it then, so that the same can be named
/// again.
pub(crate) fn follow(desk: Desk) {
    let wanted = use_query("node");
    let pathname = use_location().pathname;
    let navigate = use_navigate();
    Effect::new(move |_| {
        let (Some(node), true) = (wanted.get(), desk.phase.get() == Phase::Open) else {
            return;
        };
        // The canvas fits the flow first.
        request_animation_frame(move || {
            // By then the address may have led to another flow, whose node it is.
            if desk.phase.try_get_untracked() != Some(Phase::Open) {
                return;
            }
            desk.show(&NodeId::new(node));
            let Some(path) = pathname.try_get_untracked() else {
                return;
            };
            let options = NavigateOptions {
                replace: true,
                scroll: false,
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
