//! How busy the browser's main thread is while somebody pans and drags in a
//! large flow.

use std::f64::consts::TAU;
use std::time::{Duration, Instant};

use api::{FlowSummary, Import};
use flow::{FlowFile, NodeId};
use serde_json::{Value, json};
use tests::{Browser, Context, Locator, Person, Point, Result, Server, ensure, eventually};
use tokio::time::{MissedTickBehavior, interval};

use crate::{Figure, drawing, median};

/// Movements of the pointer in one gesture, spread over a second.
const MOVES: u32 = 60;
const BETWEEN_MOVES: Duration = Duration::from_nanos(16_666_667);
/// How far the pointer strays from where it began, in screen pixels.
const RADIUS_IN_SCREEN: f64 = 120.0;
const RUNS: usize = 5;

/// Counts frames from now on.
const COUNT_FRAMES: &str = "
    window.__frames = 0;
    if (!window.__counting) {
        window.__counting = true;
        const count = () => { window.__frames += 1; requestAnimationFrame(count); };
        requestAnimationFrame(count);
    }";

/// What the pointer does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gesture {
    Pan,
    Drag,
}

impl Gesture {
    const ALL: [Self; 2] = [Self::Pan, Self::Drag];

    fn name(self) -> &'static str {
        match self {
            Self::Pan => "pan",
            Self::Drag => "drag a node",
        }
    }

    /// The button, as the DevTools protocol names it and in its mask.
    fn button(self) -> (&'static str, u32) {
        match self {
            Self::Pan => ("middle", 4),
            Self::Drag => ("left", 1),
        }
    }
}

/// Views and the keys that lead to them.
const VIEWS: [(&str, &str); 2] = [("at 100 %", "0"), ("whole flow", WHOLE_FLOW)];
const WHOLE_FLOW: &str = "1";

/// Medians over several gestures: busy time of the main thread by frame.
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let server = Server::start().await?;
    let person = Person::demonstration(&server).await?;
    let flow = drawing::on_a_grid();
    let nodes = flow.nodes.len();
    let middle = drawing::middle(&flow).context("the flow has no middle")?;
    let text = drawing::file(flow)?;
    let made: FlowSummary = person.post("/api/flows/import", &Import { text }).await?;

    let browser = Browser::open().await?;
    browser.sign_in_as(&person).await?;
    let page = server.url(&format!("/flows/{}", made.id));
    browser.goto(&page).await?;
    let canvas = Locator::panel("canvas");
    eventually("the flow to be open", async || {
        let name = browser.find(&canvas).await?.attr("aria-label").await?;
        let is_open = name.is_some_and(|name| name.contains(&format!("{nodes} nodes")));
        Ok(is_open.then_some(()))
    })
    .await?;
    let cdp = browser.session()?.cdp();
    cdp.send_raw("Performance.enable", json!({ "timeDomain": "threadTicks" }))
        .await?;

    let desk = Desk {
        browser: &browser,
        person: &person,
        flow_id: made.id,
        middle,
        canvas,
    };
    let mut figures = Vec::new();
    for (view, key) in VIEWS {
        for gesture in Gesture::ALL {
            let mut busy = Vec::new();
            let mut rates = Vec::new();
            for _ in 0..RUNS {
                desk.look(key).await?;
                let run = desk
                    .perform(gesture)
                    .await
                    .with_context(|| gesture.name())?;
                busy.push(run.busy_millis / run.frames);
                rates.push(run.frames / run.seconds);
            }
            let what = format!("{} {view}, {nodes} nodes", gesture.name());
            figures.push(Figure::new(
                format!("{what}: busy"),
                median(busy),
                "ms per frame",
            ));
            figures.push(Figure::new(
                format!("{what}: frames"),
                median(rates),
                "per second",
            ));
        }
    }
    browser.close().await?;
    Ok(figures)
}

/// The flow, open in the browser.
struct Desk<'a> {
    browser: &'a Browser,
    person: &'a Person,
    flow_id: String,
    middle: NodeId,
    canvas: Locator,
}

struct Run {
    busy_millis: f64,
    frames: f64,
    seconds: f64,
}

impl Desk<'_> {
    /// Brings the middle of the flow into the middle of the canvas.
    async fn look(&self, key: &str) -> Result<()> {
        let focus = "document.querySelector('[data-panel=canvas]').focus()";
        self.browser.script(focus, Vec::new()).await?;
        // The other view may have strayed: the whole flow first.
        self.browser.keys(WHOLE_FLOW).await?;
        self.browser.keys(key).await
    }

    /// Presses, goes round in a circle once, and lets go.
    async fn perform(&self, gesture: Gesture) -> Result<Run> {
        let browser = self.browser;
        let (_, pressed) = gesture.button();
        let from = browser.centre(&self.canvas).await?;
        let before = self.position().await?;
        mouse(browser, gesture, "mouseMoved", from, 0).await?;
        mouse(browser, gesture, "mousePressed", from, pressed).await?;
        // Past the distance at which a press becomes a drag, before the clock
        // runs.
        for step in 1..=4 {
            let near = from.offset(f64::from(step) * 2.0, 0.0);
            mouse(browser, gesture, "mouseMoved", near, pressed).await?;
        }
        if gesture == Gesture::Pan {
            let canvas = browser.find(&self.canvas).await?;
            let tool = canvas.attr("data-tool").await?.unwrap_or_default();
            ensure!(tool == "panning", "the canvas does not pan: {tool}");
        }

        browser.script(COUNT_FRAMES, Vec::new()).await?;
        let begun = Instant::now();
        let busy_before = busy_seconds(browser).await?;
        let mut pace = interval(BETWEEN_MOVES);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for step in 1..=MOVES {
            pace.tick().await;
            let angle = TAU * f64::from(step) / f64::from(MOVES);
            let at = from.offset(
                RADIUS_IN_SCREEN * angle.sin(),
                RADIUS_IN_SCREEN * (1.0 - angle.cos()),
            );
            mouse(browser, gesture, "mouseMoved", at, pressed).await?;
        }
        let busy = busy_seconds(browser).await? - busy_before;
        let frames = browser.script("return window.__frames", Vec::new()).await?;
        let seconds = begun.elapsed().as_secs_f64();
        let end = from.offset(RADIUS_IN_SCREEN, 0.0);
        mouse(browser, gesture, "mouseMoved", end, pressed).await?;
        mouse(browser, gesture, "mouseReleased", end, 0).await?;
        if gesture == Gesture::Drag {
            self.node_is(|now| now != before, "to be moved").await?;
            browser.keys("Control+z").await?;
            self.node_is(|now| now == before, "to be back").await?;
        }
        Ok(Run {
            busy_millis: busy * 1_000.0,
            frames: frames.as_f64().context("frames were not counted")?,
            seconds,
        })
    }

    /// Waits until the server has the node in the middle at such a place.
    async fn node_is(&self, place: impl Fn(flow::Point) -> bool, what: &str) -> Result<()> {
        eventually(&format!("the node {what}"), async || {
            Ok(place(self.position().await?).then_some(()))
        })
        .await
    }

    async fn position(&self) -> Result<flow::Point> {
        let path = format!("/api/flows/{}/file", self.flow_id);
        let file: FlowFile = self.person.get(&path).await?;
        Ok(file.flow.position(&self.middle))
    }
}

async fn mouse(
    browser: &Browser,
    gesture: Gesture,
    kind: &str,
    at: Point,
    buttons: u32,
) -> Result<()> {
    let event = json!({
        "type": kind, "x": at.x, "y": at.y, "button": gesture.button().0, "buttons": buttons,
        "clickCount": 1, "pointerType": "mouse",
    });
    let cdp = browser.session()?.cdp();
    cdp.send_raw("Input.dispatchMouseEvent", event).await?;
    Ok(())
}

/// Processor time that the page's main thread has spent on tasks.
async fn busy_seconds(browser: &Browser) -> Result<f64> {
    let cdp = browser.session()?.cdp();
    let answer = cdp.send_raw("Performance.getMetrics", json!({})).await?;
    let metrics = answer.get("metrics").and_then(Value::as_array);
    metrics
        .into_iter()
        .flatten()
        .find(|metric| metric["name"] == "TaskDuration")
        .and_then(|metric| metric["value"].as_f64())
        .context("the browser does not tell how busy it is")
}
