//! The curve of an edge: it leaves and enters the way that the flow leads, with
//! a straight piece before the entry where that is far, and in between where it
//! leads back.

use flow::Point;

use super::{
    Cubic, Orientation, Rect,
    cubic::{distance_to_segment, segments_cross},
    distance,
    turn::{back, onward},
};

/// How far from a port the handle of an edge's end is.
const HANDLE_FROM_PORT: f64 = 20.0;
/// Pieces in which the handle's place is looked for.
const HANDLE_PIECES: u32 = 96;

/// An end of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where it leaves a node.
    Source,
    /// Where it enters one.
    Target,
}

/// A cubic Bézier curve, a line from its end straight on, and for an edge that
/// leads back another cubic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Where it starts: an exit.
    pub from: Point,
    /// The cubic at the start.
    pub bend: Cubic,
    /// The cubic at the end of an edge that leads back; the line leads to it.
    pub swing: Option<Cubic>,
    /// Where it ends: an entry.
    pub to: Point,
}

/// The head of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// The point of it.
    pub tip: Point,
    /// Where it points, a vector of length one.
    pub direction: Point,
}

impl Curve {
    /// The curve of an edge from an exit's anchor to an entry's. One that
    /// leads on is a smooth S; one that leads back passes between the cards or
    /// swings out beside them, so that it crosses neither its source nor its
    /// target.
    pub fn between(from: Point, to: Point, orientation: Orientation) -> Self {
        let turned = |point| orientation.turned(point);
        let way = turned(to) - turned(from);
        if way.y >= 0.0 {
            let bend = onward(turned(from), turned(to), orientation);
            return Self {
                from,
                bend: bend.map(turned),
                swing: None,
                to,
            };
        }
        // Found as if it led to the right.
        let side = if way.x < 0.0 { -1.0 } else { 1.0 };
        let (bend, swing) = back(way.x.abs(), way.y, orientation);
        let put = |at: Point| from + turned(Point::new(at.x * side, at.y));
        Self {
            from,
            bend: bend.map(put),
            swing: Some(Cubic {
                to,
                ..swing.map(put)
            }),
            to,
        }
    }

    /// The straight piece after the first cubic.
    fn line(&self) -> (Point, Point) {
        let to = self.swing.map_or(self.to, |swing| swing.from);
        (self.bend.to, to)
    }

    /// Whether a line follows the first cubic.
    pub fn has_line(&self) -> bool {
        let (from, to) = self.line();
        from != to
    }

    /// The point at `t` between 0 and 1.
    pub fn point_at(&self, t: f64) -> Point {
        let (line_from, line_to) = self.line();
        let bend = distance(self.from, line_from);
        let line = distance(line_from, line_to);
        let swing = distance(line_to, self.to);
        let mut left = t * (bend + line + swing);
        if left <= bend && bend > 0.0 {
            return self.bend.at(left / bend);
        }
        left -= bend;
        if left <= line && line > 0.0 {
            let along = line_to - line_from;
            let share = left / line;
            return line_from + Point::new(along.x * share, along.y * share);
        }
        match self.swing {
            Some(curve) if swing > 0.0 => curve.at(((left - line) / swing).min(1.0)),
            _ => self.to,
        }
    }

    /// The least rectangle that holds the curve.
    pub fn bounds(&self) -> Rect {
        let last = match self.swing {
            Some(swing) => swing.bounds(),
            None => Rect::around(self.to, 0.0),
        };
        self.bend.bounds().united(&last)
    }

    /// The segments that stand for it where it is measured.
    fn pieces(&self) -> impl Iterator<Item = (Point, Point)> {
        let swing = self.swing.into_iter().flat_map(Cubic::pieces);
        self.bend.pieces().chain([self.line()]).chain(swing)
    }

    /// How far a point is from the curve, to within the straightness of its
    /// pieces.
    pub fn distance_to(&self, point: Point) -> f64 {
        self.pieces()
            .map(|piece| distance_to_segment(point, piece))
            .fold(f64::INFINITY, f64::min)
    }

    /// Whether a straight line crosses the curve, to within the straightness
    /// of its pieces.
    pub(crate) fn crosses(&self, from: Point, to: Point) -> bool {
        self.pieces().any(|piece| segments_cross(piece, (from, to)))
    }

    /// Where the handle of an end lies: on the edge, a little off the port.
    pub fn handle(&self, end: End) -> Point {
        let along = |piece: u32| {
            let t = f64::from(piece) / f64::from(HANDLE_PIECES);
            match end {
                End::Source => self.point_at(t),
                End::Target => self.point_at(1.0 - t),
            }
        };
        let port = along(0);
        // On a short edge both handles still have room.
        let most = HANDLE_PIECES / 3;
        let mut pieces = 1..most;
        let piece = pieces.find(|piece| distance(port, along(*piece)) >= HANDLE_FROM_PORT);
        along(piece.unwrap_or(most))
    }

    /// Where the edge's label belongs: half way of the bend, as the line may be
    /// that of several edges; of one that leads back half way of the line.
    pub fn label_point(&self) -> Point {
        match self.swing {
            None => self.bend.at(0.5),
            Some(_) => {
                let (from, to) = self.line();
                Point::new(f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y))
            }
        }
    }

    /// The head at the end.
    pub fn arrow(&self) -> Arrow {
        let before = match self.swing {
            Some(swing) => swing.control_to,
            None if self.has_line() => self.bend.to,
            None => self.bend.control_to,
        };
        let back = self.to - before;
        let length = back.x.hypot(back.y);
        let direction = if length > 0.0 {
            Point::new(back.x / length, back.y / length)
        } else {
            Point::new(0.0, 1.0)
        };
        Arrow {
            tip: self.to,
            direction,
        }
    }
}

#[cfg(test)]
mod tests;
