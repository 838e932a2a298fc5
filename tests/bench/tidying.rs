//! Tidying: natively by size, and in the browser from the key to the drawing.

use std::hint::black_box;
use std::time::{Duration, Instant};

use api::{FlowSummary, Import};
use editor::{Command, Editor, Effect, IdSource, Opening, Orientation, Rights, Tidy, TidyTask};
use flow::Flow;
use serde_json::Value;
use tests::{Browser, Context, Locator, Person, Result, Server, eventually};

use crate::{Figure, drawing, median};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// Each size is measured for so long, and at least so often.
const FOR: Duration = Duration::from_millis(500);
const RUNS: usize = 7;

/// Medians: of the work natively, and of the wait and the longest task of the
/// page for a flow of a thousand nodes.
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for size in SIZES {
        let flow = drawing::realistic(size);
        let nodes = flow.nodes.len();
        let task = task(flow)?;
        let mut runs = Vec::new();
        let begun = Instant::now();
        while runs.len() < RUNS || begun.elapsed() < FOR {
            let run = Instant::now();
            let mut tidy = Tidy::new(task.clone());
            while black_box(tidy.step()).is_none() {}
            runs.push(run.elapsed().as_secs_f64() * 1_000.0);
        }
        let what = format!("tidy, {nodes} nodes, natively");
        figures.push(Figure::new(what, median(runs), "ms"));
    }
    figures.extend(in_browser().await?);
    Ok(figures)
}

fn task(flow: Flow) -> Result<TidyTask> {
    let mut editor = Editor::new(Opening {
        flow,
        seq: 0,
        rights: Rights::Edit,
        ids: IdSource::new("bench"),
    });
    let asked = editor.run(Command::TidyUp(Orientation::TopDown), 0.0);
    let mut effects = asked.effects.into_iter();
    let task = effects.find_map(|effect| match effect {
        Effect::Tidy(task) => Some(task),
        _ => None,
    });
    task.context("nothing is tidied")
}

/// Takes the time from the key to the sentence that says what moved, and of
/// the tasks that block the page meanwhile.
const WATCH: &str = "
    window.__tidy = { longest: 0 };
    // Not the first key alone: Shift and Alt go down before T.
    addEventListener('keydown', (event) => {
        if (event.code === 'KeyT') window.__tidy.begun ??= performance.now();
    }, { capture: true });
    new PerformanceObserver((list) => {
        for (const task of list.getEntries())
            window.__tidy.longest = Math.max(window.__tidy.longest, task.duration);
    }).observe({ type: 'longtask' });
    const moved = new MutationObserver(() => {
        if (!window.__tidy.begun) return;
        moved.disconnect();
        requestAnimationFrame(() => setTimeout(() => {
            window.__tidy.waited = performance.now() - window.__tidy.begun;
        }));
    });
    moved.observe(document.querySelector('.canvas [role=listbox][aria-label=Nodes]'),
        { subtree: true, attributes: true, childList: true });";

async fn in_browser() -> Result<Vec<Figure>> {
    let server = Server::start().await?;
    let person = Person::demonstration(&server).await?;
    let flow = drawing::on_a_grid();
    let nodes = flow.nodes.len();
    let text = drawing::file(flow)?;
    let made: FlowSummary = person.post("/api/flows/import", &Import { text }).await?;
    let browser = Browser::open().await?;
    browser.sign_in_as(&person).await?;
    browser
        .goto(&server.url(&format!("/flows/{}", made.id)))
        .await?;
    let canvas = Locator::panel("canvas");
    eventually("the flow to be open", async || {
        let name = browser.find(&canvas).await?.attr("aria-label").await?;
        let is_open = name.is_some_and(|name| name.contains(&format!("{nodes} nodes")));
        Ok(is_open.then_some(()))
    })
    .await?;
    let (mut waits, mut longest) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let focus = "document.querySelector('[data-panel=canvas]').focus()";
        browser.script(focus, Vec::new()).await?;
        // Cards are there at this zoom, so that their moving can be seen; wherever
        // the view was before, the middle of the flow is not empty.
        browser.keys("1").await?;
        browser.keys("0").await?;
        eventually("cards", async || {
            let cards = browser.count(&Locator::css(".node[data-node-id]")).await?;
            Ok((cards > 0).then_some(()))
        })
        .await?;
        browser.script(WATCH, Vec::new()).await?;
        browser.keys("Shift+Alt+t").await?;
        let seen = eventually("the flow to be tidied", async || {
            let seen = browser.script("return window.__tidy", Vec::new()).await?;
            Ok(seen["waited"].is_number().then_some(seen))
        })
        .await?;
        let millis = |name: &str| seen.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        waits.push(millis("waited"));
        longest.push(millis("longest"));
        browser.keys("Control+z").await?;
        eventually("the flow to be as it was", async || {
            let redo = Locator::role("button", "Redo: Tidy up");
            Ok((browser.count(&redo).await? == 1).then_some(()))
        })
        .await?;
    }
    browser.close().await?;
    let what = format!("tidy, {nodes} nodes, key to drawing");
    let blocked = format!("tidy, {nodes} nodes, longest task over 50 ms");
    Ok(vec![
        Figure::new(what, median(waits), "ms"),
        Figure::new(blocked, median(longest), "ms"),
    ])
}
