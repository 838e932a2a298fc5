//! The steps of a publish and how they stand.

use std::time::Instant;

use api::{Step, StepName, StepState};

/// The steps, with a watch on the one under way.
#[derive(Debug)]
pub(crate) struct Steps {
    steps: Vec<Step>,
    started: Instant,
}

impl Steps {
    /// These, all of them still to come.
    pub(crate) fn of(names: &[StepName]) -> Self {
        let step = |name: &StepName| Step {
            name: *name,
            state: StepState::Pending,
            duration_millis: None,
            note: None,
        };
        Self::from_stored(names.iter().map(step).collect())
    }

    /// As they were left.
    pub(crate) fn from_stored(steps: Vec<Step>) -> Self {
        Self {
            steps,
            started: Instant::now(),
        }
    }

    pub(crate) fn as_slice(&self) -> &[Step] {
        &self.steps
    }

    /// The step under way.
    pub(crate) fn current(&self) -> Option<StepName> {
        let running = |step: &&Step| step.state == StepState::Running;
        self.steps.iter().find(running).map(|step| step.name)
    }

    pub(crate) fn start(&mut self, name: StepName) {
        self.started = Instant::now();
        self.set(name, StepState::Running, None);
    }

    pub(crate) fn done(&mut self, name: StepName) {
        let took = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.set(name, StepState::Done, Some(took));
    }

    /// A word on the step under way.
    pub(crate) fn note(&mut self, note: String) {
        if let Some(step) = self.running() {
            step.note = Some(note);
        }
    }

    /// The step under way, or else the next one, did not go through.
    pub(crate) fn fail(&mut self) {
        let took = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        if let Some(step) = self.running() {
            step.state = StepState::Failed;
            step.duration_millis = Some(took);
        } else if let Some(step) = self
            .steps
            .iter_mut()
            .find(|step| step.state == StepState::Pending)
        {
            step.state = StepState::Failed;
        }
    }

    fn running(&mut self) -> Option<&mut Step> {
        self.steps
            .iter_mut()
            .find(|step| step.state == StepState::Running)
    }

    fn set(&mut self, name: StepName, state: StepState, duration_millis: Option<u64>) {
        if let Some(step) = self.steps.iter_mut().find(|step| step.name == name) {
            step.state = state;
            step.duration_millis = duration_millis;
            step.note = None;
        }
    }
}
