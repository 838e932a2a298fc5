//! Tidying: what it comes to, and how it goes on while others edit.

mod asking;
mod flows;
mod large;
mod laws;
mod looks;

use flow::{Flow, NodeId, Point};

use crate::{
    Command, Editor, Effect, Orientation, Tidied, Tidy, TidyTask, Update,
    geometry::{GRID, NODE_SIZE},
    testing::Person,
};

const ORIENTATIONS: [Orientation; 2] = [Orientation::TopDown, Orientation::LeftRight];

/// The task that an update asks for.
fn task_of(update: &Update) -> Option<&TidyTask> {
    update.effects.iter().find_map(|effect| match effect {
        Effect::Tidy(task) => Some(task),
        _ => None,
    })
}

fn done(task: &TidyTask) -> Tidied {
    done_in_pieces_of(task, usize::MAX / 2).0
}

/// What a task leads to, and in how many steps.
fn done_in_pieces_of(task: &TidyTask, piece: usize) -> (Tidied, usize) {
    let mut tidy = Tidy::with_pieces_of(task.clone(), piece);
    let mut steps = 1;
    loop {
        if let Some(tidied) = tidy.step() {
            return (tidied, steps);
        }
        steps += 1;
    }
}

/// Does what an update asks for, and what that asks for.
fn finish(person: &mut Person, mut update: Update) {
    while let Some(task) = task_of(&update) {
        let tidied = Box::new(done(task));
        update = person.run(Command::MoveTidied(tidied));
    }
}

fn tidy_up(person: &mut Person, orientation: Orientation) {
    let update = person.run(Command::TidyUp(orientation));
    finish(person, update);
}

fn opened(flow: &Flow) -> Editor {
    Editor::new(crate::Opening {
        flow: flow.clone(),
        seq: 0,
        rights: crate::Rights::Edit,
        ids: crate::IdSource::new("me"),
    })
}

/// The flow after tidying all of it.
fn tidied(flow: &Flow, orientation: Orientation) -> Flow {
    let mut editor = opened(flow);
    let update = editor.run(Command::TidyUp(orientation), 0.0);
    let tidied = done(task_of(&update).expect("a task"));
    editor.run(Command::MoveTidied(Box::new(tidied)), 0.0);
    editor.flow().clone()
}

/// The nodes that are elsewhere than before.
fn moved<'a>(before: &'a Flow, after: &Flow) -> Vec<&'a NodeId> {
    let is_moved =
        |id: &&NodeId| after.nodes.contains_key(*id) && before.position(id) != after.position(id);
    before.nodes.keys().filter(is_moved).collect()
}

fn at(flow: &Flow, id: &str) -> Point {
    flow.position(&id.into())
}

/// Panics if two cards are nearer than the grid, or one is beside it. Cards
/// are looked up by cell, as there can be many.
fn assert_apart(flow: &Flow) {
    let mut cells = rustc_hash::FxHashMap::<(i64, i64), Vec<(&NodeId, Point)>>::default();
    let cell = |at: Point| ((at.x / 300.0).floor() as i64, (at.y / 300.0).floor() as i64);
    for id in flow.nodes.keys() {
        let at = flow.position(id);
        assert_eq!(at.x % GRID, 0.0, "{id} is beside the grid");
        assert_eq!(at.y % GRID, 0.0, "{id} is beside the grid");
        let (column, row) = cell(at);
        for near in (row - 1..=row + 1)
            .flat_map(|row| (column - 1..=column + 1).map(move |column| (column, row)))
        {
            for (other, there) in cells.get(&near).into_iter().flatten() {
                let (x, y) = ((at.x - there.x).abs(), (at.y - there.y).abs());
                let is_apart = x >= NODE_SIZE.width + GRID || y >= NODE_SIZE.height + GRID;
                assert!(is_apart, "{id} is on {other}");
            }
        }
        cells.entry((column, row)).or_default().push((id, at));
    }
}
