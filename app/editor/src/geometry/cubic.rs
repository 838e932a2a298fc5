//! A cubic Bézier curve, and the segments that stand for it where it is measured.

use flow::Point;

use super::{Rect, distance};

/// Pieces in which the distance to a cubic is measured.
const PIECES: u32 = 24;

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cubic {
    /// Where it starts.
    pub from: Point,
    /// The control point at the start.
    pub control_from: Point,
    /// The control point at the end.
    pub control_to: Point,
    /// Where it ends.
    pub to: Point,
}

impl Cubic {
    /// The point at `t` between 0 and 1.
    pub(super) fn at(&self, t: f64) -> Point {
        let [x, y] = self.axes().map(|values| value(values, t));
        Point::new(x, y)
    }

    /// The least rectangle that holds it.
    pub(super) fn bounds(&self) -> Rect {
        let [(min_x, max_x), (min_y, max_y)] = self.axes().map(extent);
        Rect {
            min: Point::new(min_x, min_y),
            max: Point::new(max_x, max_y),
        }
    }

    /// Its points across and down.
    fn axes(&self) -> [[f64; 4]; 2] {
        let points = [self.from, self.control_from, self.control_to, self.to];
        [points.map(|point| point.x), points.map(|point| point.y)]
    }

    /// The segments that stand for it.
    pub(super) fn pieces(self) -> impl Iterator<Item = (Point, Point)> {
        let mut start = self.from;
        (1..=PIECES).map(move |piece| {
            let end = self.at(f64::from(piece) / f64::from(PIECES));
            (std::mem::replace(&mut start, end), end)
        })
    }

    /// The same curve with its points put elsewhere.
    pub(super) fn map(self, put: impl Fn(Point) -> Point) -> Self {
        Self {
            from: put(self.from),
            control_from: put(self.control_from),
            control_to: put(self.control_to),
            to: put(self.to),
        }
    }
}

fn value([a, b, c, d]: [f64; 4], t: f64) -> f64 {
    let s = 1.0 - t;
    s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
}

/// The least and the greatest value of a cubic: at its ends, or where its
/// derivative is zero.
fn extent(values: [f64; 4]) -> (f64, f64) {
    let [a, b, c, d] = values;
    let (mut min, mut max) = (a.min(d), a.max(d));
    let mut include = |t: f64| {
        if t > 0.0 && t < 1.0 {
            let value = value(values, t);
            min = min.min(value);
            max = max.max(value);
        }
    };
    // Derivative over 3: (b − a)s² + 2(c − b)st + (d − c)t², as q2 t² + q1 t + q0.
    let (q0, q1, q2) = (b - a, 2.0 * (a - 2.0 * b + c), d - a + 3.0 * (b - c));
    if q2.abs() < f64::EPSILON {
        if q1.abs() > f64::EPSILON {
            include(-q0 / q1);
        }
    } else {
        let under_root = q1 * q1 - 4.0 * q2 * q0;
        if under_root >= 0.0 {
            let root = under_root.sqrt();
            include((-q1 + root) / (2.0 * q2));
            include((-q1 - root) / (2.0 * q2));
        }
    }
    (min, max)
}

/// How far a point is from a segment.
pub(super) fn distance_to_segment(point: Point, (start, end): (Point, Point)) -> f64 {
    let along = end - start;
    let length_squared = along.x * along.x + along.y * along.y;
    if length_squared == 0.0 {
        return distance(point, start);
    }
    let offset = point - start;
    let share = ((offset.x * along.x + offset.y * along.y) / length_squared).clamp(0.0, 1.0);
    distance(point, start + Point::new(along.x * share, along.y * share))
}

/// Whether two segments meet: each has its ends on both sides of the other.
pub(super) fn segments_cross(one: (Point, Point), other: (Point, Point)) -> bool {
    let side = |(from, to): (Point, Point), at: Point| {
        let (along, off) = (to - from, at - from);
        along.x * off.y - along.y * off.x
    };
    // An end that lies on the other counts to one side: where two pieces of a
    // curve meet, a line crosses one of them.
    (side(one, other.0) < 0.0) != (side(one, other.1) < 0.0)
        && (side(other, one.0) < 0.0) != (side(other, one.1) < 0.0)
}
