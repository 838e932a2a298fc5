//! Tidy places for nodes: in layers along the way of the flow, so that edges
//! lead one way, cross little and keep clear of cards (after Sugiyama, Tagawa
//! and Toda, 1981).
//!
//! A second run moves nothing: layers and columns follow from the graph and from
//! the order of nodes within layers alone; that order is kept unless another one
//! crosses clearly less; and what lies as it should stays where it is.
//!
//! Large flows take longer than a page may stand still, so the work is done in
//! pieces, with pauses in which the page does what else there is.

mod acyclic;
mod adjacency;
mod columns;
mod crossings;
mod drawing;
mod exchange;
mod layers;
mod measure;
mod monotone;
mod net;
mod order;
mod pace;
mod pack;
mod part;
mod shape;
mod space;
mod sweep;

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use flow::{NodeId, Point};

use crate::geometry::Orientation;

pub(crate) use drawing::Drawing;
use pace::{PIECE, Pace};
use pack::Anchor;
use shape::Shape;

/// Where nodes belong that are elsewhere.
type Moves = Vec<(NodeId, Point)>;

/// Which nodes are to be tidied, and how they are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct TidyTask {
    pub(crate) drawing: Arc<Drawing>,
    pub(crate) orientation: Orientation,
    /// Tells it from others.
    pub(crate) number: u64,
}

/// What tidying led to: see [`crate::Command::MoveTidied`].
#[derive(Clone, Debug, PartialEq)]
pub struct Tidied {
    pub(crate) task: TidyTask,
    /// Where nodes belong that are elsewhere; none where there is no room.
    pub(crate) moves: Option<Moves>,
}

/// A task under way.
pub struct Tidy {
    task: TidyTask,
    work: Pin<Box<dyn Future<Output = Option<Moves>>>>,
}

impl Tidy {
    /// A task of which nothing is done yet.
    pub fn new(task: TidyTask) -> Self {
        Self::with_pieces_of(task, PIECE)
    }

    pub(crate) fn with_pieces_of(task: TidyTask, piece: usize) -> Self {
        let work = tidied(Arc::clone(&task.drawing), task.orientation, piece);
        Self {
            task,
            work: Box::pin(work),
        }
    }

    /// Whether what it is for is still wanted: see
    /// [`crate::Editor::is_tidying`].
    pub fn task(&self) -> &TidyTask {
        &self.task
    }

    /// Does a piece of the work: about a millisecond's. Gives what it led to
    /// once all is done, after which there is nothing more to do.
    pub fn step(&mut self) -> Option<Tidied> {
        // Nothing outside is waited for: each pause is over at once.
        let mut context = Context::from_waker(Waker::noop());
        match self.work.as_mut().poll(&mut context) {
            Poll::Pending => None,
            Poll::Ready(moves) => Some(Tidied {
                task: self.task.clone(),
                moves,
            }),
        }
    }
}

impl fmt::Debug for Tidy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tidy")
            .field("task", &self.task.number)
            .finish_non_exhaustive()
    }
}

/// Where nodes of a drawing belong that are elsewhere: top left corners on
/// the grid. None where there is no room for them.
async fn tidied(drawing: Arc<Drawing>, orientation: Orientation, piece: usize) -> Option<Moves> {
    let pace = Pace::new(piece);
    let present: Vec<(f64, f64)> = drawing
        .nodes
        .iter()
        .map(|node| orientation.split(node.at))
        .collect();
    let mut shapes = Vec::new();
    for part in part::parts(&drawing, |node| present[node].0) {
        shapes.push(Shape::of(&part, orientation, &present, &pace).await);
    }
    let anchor = if drawing.others.is_empty() {
        Anchor::TopLeft
    } else {
        Anchor::Middle
    };
    let mut places = pack::settle(
        shapes,
        &present,
        &drawing.others,
        anchor,
        orientation,
        &pace,
    )
    .await?;
    places.sort_unstable_by_key(|(node, _)| *node);
    let moves = places.into_iter().filter_map(|(node, to)| {
        let node = drawing.nodes.get(node)?;
        (node.at != to).then(|| (node.id.clone(), to))
    });
    Some(moves.collect())
}
