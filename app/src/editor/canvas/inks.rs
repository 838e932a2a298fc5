//! The colours that the canvases draw with, as the style sheet has them.

use super::drawn_icon::Icons;
use flow::Sort as _;
use flow::Tint;
use web_sys::HtmlElement;

use super::super::peers::COLOURS;

/// Colours and fonts, read from custom properties; read again when the theme
/// changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Inks {
    pub(super) background: String,
    pub(super) edge: String,
    pub(super) edge_hover: String,
    pub(super) edge_selected: String,
    pub(super) edge_invalid: String,
    pub(super) label_fill: String,
    pub(super) label_border: String,
    pub(super) label_text: String,
    pub(super) found: String,
    pub(super) node_fill: String,
    pub(super) node_border: String,
    pub(super) node_selected: String,
    pub(super) text: String,
    pub(super) text_muted: String,
    pub(super) error: String,
    pub(super) on_error: String,
    pub(super) on_warning: String,
    pub(super) font: String,
    /// Name, strong colour and tint of each family of colour.
    families: Vec<(&'static str, String, String)>,
    /// What other people select, by the name of their colour.
    peers: Vec<(&'static str, String)>,
    pub(super) icons: Icons,
    /// Line and paper of each colour that notes and groups have.
    tints: Vec<(Tint, String, String)>,
}

/// The families of colour that `data-category` names: the catalogue's, and the
/// one of kinds that it does not know.
fn families() -> impl Iterator<Item = &'static str> {
    let mut names: Vec<_> = flow::catalogue()
        .iter()
        .map(|spec| spec.category.as_str())
        .chain(["unknown"])
        .collect();
    names.order();
    names.dedup();
    names.into_iter()
}

impl Inks {
    /// The colours as they are on this element.
    pub(super) fn read(element: &HtmlElement) -> Self {
        let style =
            web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
        let get = |name: &str| {
            style
                .as_ref()
                .and_then(|style| style.get_property_value(name).ok())
                .map(|value| value.trim().to_owned())
                .unwrap_or_default()
        };
        Self {
            background: get("--canvas-background"),
            edge: get("--canvas-edge"),
            edge_hover: get("--canvas-edge-hover"),
            edge_selected: get("--canvas-edge-selected"),
            edge_invalid: get("--canvas-edge-invalid"),
            label_fill: get("--canvas-label-bg"),
            label_border: get("--canvas-label-border"),
            label_text: get("--canvas-label-text"),
            found: get("--canvas-warning"),
            node_fill: get("--canvas-node-fill"),
            node_border: get("--canvas-node-border"),
            node_selected: get("--canvas-node-selected"),
            text: get("--canvas-text"),
            text_muted: get("--canvas-text-muted"),
            error: get("--canvas-error"),
            on_error: get("--on-solid"),
            on_warning: get("--canvas-on-warning"),
            peers: COLOURS
                .map(|name| (name, get(&format!("--peer-{name}"))))
                .into(),
            icons: Icons::default(),
            font: get("--font-sans"),
            families: families()
                .map(|name| {
                    (
                        name,
                        get(&format!("--category-{name}")),
                        get(&format!("--category-{name}-tint")),
                    )
                })
                .collect(),
            tints: Tint::ALL
                .map(|tint| {
                    let name = tint.as_str();
                    let line = get(&format!("--note-{name}-line"));
                    (tint, line, get(&format!("--note-{name}")))
                })
                .into(),
        }
    }

    /// The colour of somebody else.
    pub(super) fn peer(&self, name: &str) -> &str {
        let found = self.peers.iter().find(|(known, _)| *known == name);
        found.map_or(&self.node_selected, |(_, colour)| colour)
    }

    /// The line and the paper of a note's or a group's colour.
    pub(super) fn tint(&self, tint: Tint) -> (&str, &str) {
        let found = self.tints.iter().find(|(known, ..)| *known == tint);
        found.map_or((&self.node_border, &self.node_fill), |(_, line, paper)| {
            (line, paper)
        })
    }

    /// The strong colour and the tint of a family.
    pub(super) fn family(&self, name: &str) -> (&str, &str) {
        self.families
            .iter()
            .find(|(family, ..)| *family == name)
            .map_or((&self.node_border, &self.node_fill), |(_, strong, tint)| {
                (strong, tint)
            })
    }
}
