//! The canvas as a hand works on it: dragging steps from the palette,
//! connecting them, and what is there to see.

use tests::{Browser, Context, Locator, Point, Result, ensure, eventually};

/// Movements on the way of a drag.
const STEPS: u32 = 8;

/// Where a card lies, by its style and by how it is dragged, if there is one.
const PLACE: &str = r#"
    const card = document.querySelector(`[data-node-id="${arguments[0]}"]`);
    if (!card) return null;
    const { left, top, transform } = getComputedStyle(card);
    const by = new DOMMatrix(transform === "none" ? "" : transform);
    return [parseFloat(left) + by.e, parseFloat(top) + by.f];
"#;

/// A connection on the canvas: the node and exit it leaves, the node it enters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Connection {
    pub(crate) source: String,
    pub(crate) port: String,
    pub(crate) target: String,
}

/// A place on the window, with its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The canvas of the flow that is open in a browser.
#[derive(Clone, Copy)]
pub(crate) struct Drawing<'a> {
    pub(crate) browser: &'a Browser,
}

impl<'a> Drawing<'a> {
    pub(crate) fn of(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// Where the canvas lies in the window.
    pub(crate) async fn pane(self) -> Result<Area> {
        self.area(&Locator::panel("canvas")).await
    }

    /// A place of the canvas, in screen pixels from its upper left corner.
    pub(crate) async fn at(self, x: f64, y: f64) -> Result<Point> {
        let pane = self.pane().await?;
        Ok(Point::new(pane.left + x, pane.top + y))
    }

    /// Where an element lies in the window. (WebDriver's own answer leaves
    /// out what a zoomed parent does to it.)
    pub(crate) async fn area(self, locator: &Locator) -> Result<Area> {
        let script = "const box = arguments[0].getBoundingClientRect();
            return [box.x, box.y, box.width, box.height];";
        let found = eventually(&format!("the place of {locator}"), async || {
            let element = self.browser.find(locator).await?.to_json()?;
            Ok(Some(self.browser.script(script, vec![element]).await?))
        })
        .await?;
        let [left, top, width, height] = serde_json::from_value(found)?;
        Ok(Area {
            left,
            top,
            width,
            height,
        })
    }

    /// The ids of the nodes, in document order.
    pub(crate) async fn nodes(self) -> Result<Vec<String>> {
        self.values(".node[data-node-id]", "data-node-id").await
    }

    /// The ids of the nodes that are selected.
    pub(crate) async fn selected(self) -> Result<Vec<String>> {
        let selected = ".node[data-node-id][aria-selected='true']";
        self.values(selected, "data-node-id").await
    }

    /// The connections, in an order of their own.
    pub(crate) async fn connections(self) -> Result<Vec<Connection>> {
        let mut found = Vec::new();
        for mark in self.browser.all(&Locator::css("[data-edge-id]")).await? {
            let part = async |name: &str| mark.attr(name).await;
            found.push(Connection {
                source: part("data-source").await?.unwrap_or_default(),
                port: part("data-port").await?.unwrap_or_default(),
                target: part("data-target").await?.unwrap_or_default(),
            });
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Waits until so many nodes are there.
    pub(crate) async fn has_nodes(self, count: usize) -> Result<()> {
        eventually(&format!("{count} nodes"), async || {
            let nodes = self.nodes().await?;
            ensure!(nodes.len() == count, "there are {}", nodes.len());
            Ok(Some(()))
        })
        .await
    }

    /// Waits until exactly these nodes are selected.
    pub(crate) async fn has_selected(self, nodes: &[&str]) -> Result<()> {
        let mut wanted = nodes.to_vec();
        wanted.sort_unstable();
        eventually(&format!("{wanted:?} to be selected"), async || {
            let mut selected = self.selected().await?;
            selected.sort_unstable();
            ensure!(selected == wanted, "selected are {selected:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Where a node lies on the canvas, in canvas units, wherever it is dragged.
    pub(crate) async fn place(self, node: &str) -> Result<(f64, f64)> {
        let place = self.browser.script(PLACE, vec![node.into()]).await?;
        serde_json::from_value(place).with_context(|| format!("no card of {node}"))
    }

    /// Waits until a node lies there.
    pub(crate) async fn lies_at(self, node: &str, place: (f64, f64)) -> Result<()> {
        eventually(&format!("{node} to lie at {place:?}"), async || {
            let now = self.place(node).await?;
            ensure!(now == place, "it lies at {now:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Drags a step from the palette so that its middle comes to lie at a
    /// place of the window; gives the new node's id.
    pub(crate) async fn drag_from_palette(self, step: &str, to: Point) -> Result<String> {
        let before = self.nodes().await?;
        let item = Locator::role("button", step).within(Locator::panel("palette"));
        let from = self.browser.centre(&item).await?;
        self.browser.drag(from, to, STEPS).await?;
        self.new_node(step, &before).await
    }

    /// Waits for a node that was not there before.
    pub(crate) async fn new_node(self, what: &str, before: &[String]) -> Result<String> {
        eventually(&format!("a new node: {what}"), async || {
            let now = self.nodes().await?;
            Ok(now.into_iter().find(|id| !before.contains(id)))
        })
        .await
    }

    /// Connects by dragging from an exit to where a node is entered.
    pub(crate) async fn connect(self, source: &str, port: &str, target: &str) -> Result<()> {
        let from = self.browser.centre(&Locator::port(source, port)).await?;
        let to = self.browser.centre(&Locator::port(target, "in")).await?;
        self.browser.drag(from, to, STEPS).await?;
        self.has_connection(source, port, target).await
    }

    /// Waits until two nodes are connected.
    pub(crate) async fn has_connection(self, source: &str, port: &str, target: &str) -> Result<()> {
        let wanted = Connection {
            source: source.to_owned(),
            port: port.to_owned(),
            target: target.to_owned(),
        };
        eventually(&format!("{wanted:?}"), async || {
            let now = self.connections().await?;
            ensure!(now.contains(&wanted), "there are {now:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Waits until so many connections are there.
    pub(crate) async fn has_connections(self, count: usize) -> Result<()> {
        eventually(&format!("{count} connections"), async || {
            let now = self.connections().await?;
            ensure!(now.len() == count, "there are {now:?}");
            Ok(Some(()))
        })
        .await
    }

    /// A place on a node's card where nothing else takes the press.
    pub(crate) async fn grip(self, node: &str) -> Result<Point> {
        self.browser.centre(&Locator::node(node)).await
    }

    /// The middle of an edge in the window.
    pub(crate) async fn on_edge(self, source: &str, target: &str) -> Result<Point> {
        let mark = format!("[data-edge-id][data-source='{source}'][data-target='{target}']");
        self.browser.centre(&Locator::css(&mark)).await
    }

    /// A place between the cards of two nodes, one below the other, beside
    /// what comes up in the middle of their edge: `part` of the way down.
    pub(crate) async fn between(self, upper: &str, lower: &str, part: f64) -> Result<Point> {
        let from = self.browser.centre(&Locator::port(upper, "out")).await?;
        let to = self.browser.centre(&Locator::port(lower, "in")).await?;
        Ok(Point::new(
            from.x + (to.x - from.x) * part,
            from.y + (to.y - from.y) * part,
        ))
    }

    /// Clicks a node, which selects it alone.
    pub(crate) async fn select(self, node: &str) -> Result<()> {
        self.browser.click_at(self.grip(node).await?).await?;
        self.has_selected(&[node]).await
    }

    /// Drags a node so far across the window.
    pub(crate) async fn drag_node(self, node: &str, dx: f64, dy: f64) -> Result<()> {
        let from = self.grip(node).await?;
        self.browser.drag(from, from.offset(dx, dy), STEPS).await
    }

    /// Waits until the layer above the cards shows something at a place in the
    /// window, or nothing.
    pub(crate) async fn shows_on_top(self, at: Point, shown: bool) -> Result<()> {
        let look = "const [x, y] = arguments;
            const live = document.querySelector('.canvas__live');
            if (getComputedStyle(live).display === 'none') return false;
            const box = live.getBoundingClientRect();
            const scale = live.width / box.width;
            const [left, top] = [(x - box.left) * scale - 3, (y - box.top) * scale - 3];
            const pixels = live.getContext('2d').getImageData(left, top, 7, 7).data;
            return pixels.some((value, at) => at % 4 === 3 && value > 0);";
        let what = if shown { "a line" } else { "no line" };
        eventually(&format!("{what} at {at:?}"), async || {
            let arguments = vec![at.x.into(), at.y.into()];
            let is_shown = self.browser.script(look, arguments).await?;
            Ok((is_shown == shown).then_some(()))
        })
        .await
    }

    /// What stands in the button between the zoom buttons: `100%`.
    pub(crate) async fn zoom(self) -> Result<String> {
        self.browser.text(&Locator::css(".zoom__value")).await
    }

    async fn values(self, selector: &str, attribute: &str) -> Result<Vec<String>> {
        eventually(&format!("{attribute} of all {selector}"), async || {
            let mut values = Vec::new();
            for element in self.browser.all(&Locator::css(selector)).await? {
                values.extend(element.attr(attribute).await?);
            }
            Ok(Some(values))
        })
        .await
    }
}
