//! How long checking, generating and importing take, by the size of a flow.

#[path = "../tests/draw/mod.rs"]
mod draw;

use divan::Bencher;
use draw::{realistic, stamp};

/// Nodes of the flows that are measured.
const SIZES: &[usize] = &[100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// All that a publish does before it sends, and an editor after an edit.
#[divan::bench(args = SIZES)]
fn check_and_generate(bencher: Bencher<'_, '_>, nodes: usize) {
    let (flow, stamp) = (realistic(nodes), stamp());
    bencher.bench(|| (flow::check(&flow), flow::direct::generate(&flow, &stamp)));
}

#[divan::bench(args = SIZES)]
fn check(bencher: Bencher<'_, '_>, nodes: usize) {
    let flow = realistic(nodes);
    bencher.bench(|| flow::check(&flow));
}

#[divan::bench(args = SIZES)]
fn generate(bencher: Bencher<'_, '_>, nodes: usize) {
    let (flow, stamp) = (realistic(nodes), stamp());
    bencher.bench(|| flow::direct::generate(&flow, &stamp));
}

#[divan::bench(args = SIZES)]
fn import(bencher: Bencher<'_, '_>, nodes: usize) {
    let text = flow::direct::generate(&realistic(nodes), &stamp()).map(|artifact| artifact.text);
    bencher.bench(|| flow::import(text.as_deref().unwrap_or_default()));
}

/// The longest text that a field can hold, full of names that nothing sets.
#[divan::bench]
fn check_a_text_of_unknown_variables(bencher: Bencher<'_, '_>) {
    let mut flow = realistic(100);
    let names = (0..).map(|number| format!("{{{{u{number}}}}}"));
    let mut body = String::new();
    for name in names {
        if body.len() + name.len() > flow::MAX_TEXT_BYTES {
            break;
        }
        body.push_str(&name);
    }
    draw::text(&mut flow, "lookup-0", "body", &body);
    draw::pairs(&mut flow, "lookup-0", "headers", &[]);
    bencher.bench(|| flow::check(&flow));
}
