//! Work in pieces: now and then it pauses, and goes on when it is asked to.

use std::{
    cell::Cell,
    pin::Pin,
    task::{Context, Poll},
};

/// How much work goes into a piece, in items and links that are looked at: what
/// a browser does in about a millisecond.
pub(super) const PIECE: usize = 10_000;

/// Counts the work of a piece.
pub(super) struct Pace {
    piece: usize,
    left: Cell<usize>,
}

impl Pace {
    /// Work in pieces of this size.
    pub(super) fn new(piece: usize) -> Self {
        Self {
            piece,
            left: Cell::new(piece),
        }
    }

    /// Counts work; pauses when a piece is full.
    pub(super) async fn spend(&self, work: usize) {
        match self.left.get().checked_sub(work) {
            Some(left) => self.left.set(left),
            None => {
                self.left.set(self.piece);
                Pause::Ahead.await;
            }
        }
    }
}

/// Pends once.
#[derive(Clone, Copy)]
enum Pause {
    Ahead,
    Over,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match *self {
            Self::Over => Poll::Ready(()),
            Self::Ahead => {
                *self = Self::Over;
                Poll::Pending
            }
        }
    }
}
