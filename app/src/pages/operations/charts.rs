//! The four charts.

use std::collections::VecDeque;

use api::OperationsPoint;
use dom::prelude::*;

use super::{
    chart::{Chart, Drawing, Series},
    feed::Feed,
    numbers::{self, millis},
};

#[component]
pub(super) fn Charts(feed: Feed) -> impl IntoView {
    let calls = drawing(feed, |points, steps, seconds| {
        let rate = |read: fn(&OperationsPoint) -> u32| {
            let rate = |point: Option<&OperationsPoint>| {
                Some(point.map_or(0.0, |point| f64::from(read(point)) / seconds))
            };
            spread(points, steps, rate)
        };
        vec![
            series("Succeeded", "success", rate(|point| point.succeeded)),
            series("Failed", "danger", rate(|point| point.failed)),
            series("Retries", "2", rate(|point| point.retried)),
        ]
    });
    let latency = drawing(feed, |points, steps, _| {
        let at =
            |read: fn(&OperationsPoint) -> Option<f64>| spread(points, steps, |point| read(point?));
        vec![
            series("p50", "1", at(|point| point.p50_millis)),
            series("p95", "2", at(|point| point.p95_millis)),
        ]
    });
    let headroom = drawing(feed, |points, steps, _| {
        let left = spread(points, steps, |point| point?.headroom.map(f64::from));
        vec![series("Calls left", "1", held(left))]
    });
    let queue = drawing(feed, |points, steps, _| {
        let waiting = spread(points, steps, |point| {
            Some(point.map_or(0.0, |point| f64::from(point.queued)))
        });
        vec![series("Waiting", "2", waiting)]
    });
    view! {
        <div class="charts">
            <Chart
                title="Calls per second"
                meaning="Every attempt, by how it ended; a retry is an attempt after another one."
                drawing=calls
                words=per_second
            />
            <Chart
                title="Latency"
                meaning="From asking to the answer: half of the calls take p50 or less, 95 of 100 take p95 or less."
                drawing=latency
                words=millis
            />
            <Chart
                title="Rate limit headroom"
                meaning="Calls that Genesys Cloud still takes in this minute."
                drawing=headroom
                words=whole
            />
            <Chart
                title="Calls waiting for their turn"
                meaning="Calls that are held back so that the limit is kept."
                drawing=queue
                words=whole
            />
        </div>
    }
}

fn series(name: &'static str, look: &'static str, values: Vec<Option<f64>>) -> Series {
    Series { name, look, values }
}

/// The steps of a chart: the number of the first, and how many.
#[derive(Clone, Copy)]
struct Steps {
    first: u64,
    count: usize,
}

type Lines = fn(&VecDeque<OperationsPoint>, Steps, f64) -> Vec<Series>;

fn drawing(feed: Feed, lines: Lines) -> Memo<Drawing> {
    Memo::new(move |_| {
        let known = feed.with(|latest| (latest.step, latest.steps_kept, latest.step_seconds));
        let Some((step, kept, seconds)) = known else {
            return Drawing::default();
        };
        let seconds = f64::from(seconds);
        // The step that is under way would seem to fall short.
        let steps = Steps {
            first: step.saturating_sub(u64::from(kept)),
            count: kept as usize,
        };
        Drawing {
            first_second: steps.first as f64 * seconds,
            step_seconds: seconds,
            series: feed.with_points(|points| lines(points, steps, seconds)),
        }
    })
}

/// A value for each step, made of its point where there is one.
fn spread(
    points: &VecDeque<OperationsPoint>,
    steps: Steps,
    value: impl Fn(Option<&OperationsPoint>) -> Option<f64>,
) -> Vec<Option<f64>> {
    let mut points = points.iter().peekable();
    let numbers = (steps.first..).take(steps.count);
    numbers
        .map(|step| {
            while points.next_if(|point| point.step < step).is_some() {}
            value(points.next_if(|point| point.step == step))
        })
        .collect()
}

/// What an answer told holds until the next one, at most for the minute that
/// the rate limit counts by.
fn held(mut values: Vec<Option<f64>>) -> Vec<Option<f64>> {
    const STEPS: usize = 30;
    let mut last = None;
    for (step, value) in values.iter_mut().enumerate() {
        match *value {
            Some(told) => last = Some((step, told)),
            None => {
                *value = last
                    .filter(|(at, _)| step - at < STEPS)
                    .map(|(_, told)| told);
            }
        }
    }
    values
}

fn per_second(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if value >= 10.0 || value == 0.0 => format!("{value:.0}/s"),
        Some(value) => format!("{value:.1}/s"),
    }
}

fn whole(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        // Half of an odd number, on the scale.
        Some(value) if value.fract() > 0.0 => format!("{value:.1}"),
        Some(value) => numbers::count(value as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_holds_for_a_minute() {
        let mut told = vec![None; 100];
        told[10] = Some(7.0);
        told[15] = Some(5.0);
        let held = held(told);
        for (step, value) in [
            (9, None),
            (10, Some(7.0)),
            (14, Some(7.0)),
            (44, Some(5.0)),
            (45, None),
        ] {
            assert_eq!(held.get(step), Some(&value), "{step}");
        }
    }
}
