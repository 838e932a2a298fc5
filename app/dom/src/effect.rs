//! What runs again when a signal changes that it read.

use leptos::reactive::{
    effect::{Effect as Leptos, RenderEffect},
    graph::untrack,
};

use crate::on_cleanup;

/// Runs something after this turn, and again after each change of a signal
/// that it read, until the component ends.
#[derive(Clone, Copy)]
pub struct Effect;

impl Effect {
    /// `run` gets what it returned the last time.
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) -> Self {
        let mut before = None;
        later(Box::new(move || before = Some(run(before.take()))));
        Self
    }

    /// Calls `tell` with what `watched` gives, with what it gave before, and
    /// with what `tell` returned, after each change; at once too if `now`.
    pub fn watch<D: 'static, T: 'static>(
        watched: impl Fn() -> D + 'static,
        mut tell: impl FnMut(&D, Option<&D>, Option<T>) -> T + 'static,
        now: bool,
    ) {
        let mut before: Option<D> = None;
        let mut returned = None;
        later(Box::new(move || {
            let given = watched();
            if now || before.is_some() {
                returned = Some(untrack(|| tell(&given, before.as_ref(), returned.take())));
            }
            before = Some(given);
        }));
    }
}

/// Runs. A closure by a trait of our own: `dyn FnMut` would carry a second copy
/// of each, for who calls it once.
pub(crate) trait Run {
    fn run(&mut self);
}

impl<F: FnMut()> Run for F {
    fn run(&mut self) {
        self();
    }
}

fn later(mut run: Box<dyn Run>) {
    Leptos::new(move |_: Option<()>| run.run());
}

/// Runs something now, and again after each change of a signal that it read,
/// until what made it ends.
pub(crate) fn at_once(mut run: Box<dyn Run>) {
    let effect = RenderEffect::new(move |_: Option<()>| run.run());
    on_cleanup(move || drop(effect));
}
