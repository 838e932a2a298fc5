//! How long tidying takes, by the size of a flow.

#[path = "../../flow/tests/draw/mod.rs"]
mod draw;

use divan::Bencher;
use draw::realistic;
use editor::{Command, Editor, Effect, IdSource, Opening, Orientation, Rights, Tidy, TidyTask};
use flow::Flow;

/// Nodes of the flows that are measured.
const SIZES: &[usize] = &[100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// All of the work, in the pieces that a page does it in.
#[divan::bench(args = SIZES)]
fn in_pieces(bencher: Bencher<'_, '_>, nodes: usize) {
    let tasks = tasks(realistic(nodes));
    bencher.bench(|| {
        for task in &tasks {
            let mut tidy = Tidy::new(task.clone());
            while divan::black_box(tidy.step()).is_none() {}
        }
    });
}

/// What tidying all of a flow asks for.
fn tasks(flow: Flow) -> Vec<TidyTask> {
    let mut editor = Editor::new(Opening {
        flow,
        seq: 0,
        rights: Rights::Edit,
        ids: IdSource::new("bench"),
    });
    let asked = editor.run(Command::TidyUp(Orientation::TopDown), 0.0);
    let effects = asked.effects.into_iter();
    let task = effects.filter_map(|effect| match effect {
        Effect::Tidy(task) => Some(task),
        _ => None,
    });
    task.collect()
}
