//! The curve of an edge: a cubic that leaves and enters the way that the flow
//! leads, with a straight piece before the entry where that is far.

use flow::Point;

use super::{Orientation, Rect, distance};

/// The least length of an edge's tangents, so that short edges still leave the
/// way that the flow leads.
const MIN_TANGENT: f64 = 32.0;
/// The greatest length, so that long edges do not swing far out.
const MAX_TANGENT: f64 = 160.0;
/// How far on an edge bends to where it enters: not into the next row or column
/// of a tidy drawing. What lies between its ends is passed in a straight line
/// before the entry, where edges with one target join.
const fn bend(orientation: Orientation) -> f64 {
    match orientation {
        Orientation::TopDown => 76.0,
        Orientation::LeftRight => 160.0,
    }
}
/// How far beside the cards an edge that leads back passes.
const CLEARANCE: f64 = 48.0;
/// Pieces in which the distance to a curve is measured.
const PIECES: u32 = 24;

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

/// A cubic Bézier curve, and a line from its end straight on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Where it starts: an exit.
    pub from: Point,
    /// The control point at the start.
    pub control_from: Point,
    /// The control point at the end of the cubic.
    pub control_to: Point,
    /// Where the cubic ends and the line begins; `to` where there is no line.
    pub bend_to: Point,
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
    /// leads on is a smooth S; one that leads back swings out beside the cards,
    /// so that it crosses neither its source nor its target.
    pub fn between(from: Point, to: Point, orientation: Orientation) -> Self {
        let turned = |point| orientation.turned(point);
        let curve = Self::down(turned(from), turned(to), orientation);
        Self {
            from,
            control_from: turned(curve.control_from),
            control_to: turned(curve.control_to),
            bend_to: turned(curve.bend_to),
            to,
        }
    }

    /// The curve where the flow leads down, with the measures of an orientation.
    fn down(from: Point, to: Point, orientation: Orientation) -> Self {
        let (across, down) = (to.x - from.x, to.y - from.y);
        if down >= MIN_TANGENT {
            let bend_to = Point::new(to.x, to.y.min(from.y + bend(orientation)));
            let tangent = ((bend_to.y - from.y) / 2.0).max(MIN_TANGENT);
            return Self {
                from,
                control_from: from + Point::new(0.0, tangent),
                control_to: bend_to - Point::new(0.0, tangent),
                bend_to,
                to,
            };
        }
        let tangent = (MIN_TANGENT - down).clamp(2.0 * MIN_TANGENT, MAX_TANGENT);
        let side = if across < 0.0 { -1.0 } else { 1.0 };
        // A cubic reaches three quarters of the way to its control points.
        let clear = (orientation.half_card() + CLEARANCE) * 4.0 / 3.0;
        let out = (clear - across.abs() / 2.0).max(0.0) * side;
        Self {
            from,
            control_from: from + Point::new(out, tangent),
            control_to: to + Point::new(out, -tangent),
            bend_to: to,
            to,
        }
    }

    /// Whether a line follows the cubic.
    pub fn has_line(&self) -> bool {
        self.bend_to != self.to
    }

    /// The point at `t` between 0 and 1.
    pub fn point_at(&self, t: f64) -> Point {
        let bend = distance(self.from, self.bend_to);
        let line = distance(self.bend_to, self.to);
        let share = if line > 0.0 {
            bend / (bend + line)
        } else {
            1.0
        };
        if t < share || line == 0.0 {
            return self.on_bend(t / share);
        }
        let down = self.to - self.bend_to;
        let along = (t - share) / (1.0 - share);
        self.bend_to + Point::new(down.x * along, down.y * along)
    }

    fn on_bend(&self, t: f64) -> Point {
        let along = |a, b, c, d| cubic(a, b, c, d, t);
        Point::new(
            along(
                self.from.x,
                self.control_from.x,
                self.control_to.x,
                self.bend_to.x,
            ),
            along(
                self.from.y,
                self.control_from.y,
                self.control_to.y,
                self.bend_to.y,
            ),
        )
    }

    /// The least rectangle that holds the curve.
    pub fn bounds(&self) -> Rect {
        let (min_x, max_x) = extent(
            self.from.x,
            self.control_from.x,
            self.control_to.x,
            self.bend_to.x,
        );
        let (min_y, max_y) = extent(
            self.from.y,
            self.control_from.y,
            self.control_to.y,
            self.bend_to.y,
        );
        Rect {
            min: Point::new(min_x, min_y),
            max: Point::new(max_x.max(self.to.x), max_y.max(self.to.y)),
        }
    }

    /// How far a point is from the curve, to within the straightness of its
    /// pieces.
    pub fn distance_to(&self, point: Point) -> f64 {
        let mut nearest = distance_to_segment(point, self.bend_to, self.to);
        let mut start = self.from;
        for piece in 1..=PIECES {
            let end = self.on_bend(f64::from(piece) / f64::from(PIECES));
            nearest = nearest.min(distance_to_segment(point, start, end));
            start = end;
        }
        nearest
    }

    /// Whether a straight line crosses the curve, to within the straightness
    /// of its pieces.
    pub(crate) fn crosses(&self, from: Point, to: Point) -> bool {
        let mut start = self.from;
        let on_bend = (1..=PIECES).any(|piece| {
            let end = self.on_bend(f64::from(piece) / f64::from(PIECES));
            let crosses = segments_cross((start, end), (from, to));
            start = end;
            crosses
        });
        on_bend || segments_cross((self.bend_to, self.to), (from, to))
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
    /// that of several edges.
    pub fn label_point(&self) -> Point {
        self.on_bend(0.5)
    }

    /// The head at the end.
    pub fn arrow(&self) -> Arrow {
        let before = if self.has_line() {
            self.bend_to
        } else {
            self.control_to
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

fn cubic(a: f64, b: f64, c: f64, d: f64, t: f64) -> f64 {
    let s = 1.0 - t;
    s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
}

/// The least and the greatest value of a cubic: at its ends, or where its
/// derivative is zero.
fn extent(a: f64, b: f64, c: f64, d: f64) -> (f64, f64) {
    let (mut min, mut max) = (a.min(d), a.max(d));
    let mut include = |t: f64| {
        if t > 0.0 && t < 1.0 {
            let value = cubic(a, b, c, d, t);
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

fn distance_to_segment(point: Point, start: Point, end: Point) -> f64 {
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
fn segments_cross(one: (Point, Point), other: (Point, Point)) -> bool {
    let side = |(from, to): (Point, Point), at: Point| {
        let (along, off) = (to - from, at - from);
        along.x * off.y - along.y * off.x
    };
    // An end that lies on the other counts to one side: where two pieces of a
    // curve meet, a line crosses one of them.
    (side(one, other.0) < 0.0) != (side(one, other.1) < 0.0)
        && (side(other, one.0) < 0.0) != (side(other, one.1) < 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIENTATIONS: [Orientation; 2] = [Orientation::TopDown, Orientation::LeftRight];

    /// The ends of edges, as they lie where the flow leads down.
    fn ends() -> Vec<(Point, Point)> {
        [
            (0.0, 300.0),
            (400.0, 200.0),
            (-80.0, 40.0),
            (0.0, -300.0),
            (90.0, -20.0),
            (-700.0, -500.0),
        ]
        .map(|(x, y)| (Point::new(10.0, 20.0), Point::new(10.0 + x, 20.0 + y)))
        .to_vec()
    }

    fn curves() -> Vec<Curve> {
        let both = ORIENTATIONS.into_iter().flat_map(|orientation| {
            let turned = move |point| orientation.turned(point);
            let curve = move |(from, to)| Curve::between(turned(from), turned(to), orientation);
            ends().into_iter().map(curve)
        });
        both.collect()
    }

    #[test]
    fn the_bounds_hold_the_curve_and_touch_it() {
        for curve in curves() {
            let bounds = curve.bounds().grown(1e-9);
            let points: Vec<_> = (0..=1000)
                .map(|i| curve.point_at(f64::from(i) / 1000.0))
                .collect();
            assert!(points.iter().all(|point| bounds.contains(*point)));
            let loose = points
                .iter()
                .map(|point| point.x - bounds.min.x)
                .fold(f64::INFINITY, f64::min);
            assert!(loose < 0.5, "{curve:?}");
        }
    }

    #[test]
    fn a_point_of_the_curve_is_near_it_and_a_far_one_is_not() {
        for curve in curves() {
            for i in 0..=20 {
                let on = curve.point_at(f64::from(i) / 20.0);
                assert!(curve.distance_to(on) < 1.5, "{curve:?} at {i}");
            }
            assert!(curve.distance_to(Point::new(5000.0, 5000.0)) > 1000.0);
        }
    }

    #[test]
    fn a_line_across_a_curve_crosses_it_and_one_beside_it_does_not() {
        for curve in curves() {
            for i in 1..20 {
                let on = curve.point_at(f64::from(i) / 20.0);
                let ahead = curve.point_at(f64::from(i) / 20.0 + 0.01);
                let along = Point::new(ahead.x - on.x, ahead.y - on.y);
                let length = along.x.hypot(along.y);
                let across = Point::new(-along.y / length * 4.0, along.x / length * 4.0);
                assert!(curve.crosses(on - across, on + across), "{curve:?} at {i}");
                let far = Point::new(5000.0, 0.0);
                assert!(!curve.crosses(on - across + far, on + across + far));
                assert!(!curve.crosses(on, on), "a point is no line");
            }
        }
        // Through where two pieces meet.
        let upright = Curve::between(
            Point::new(0.0, 0.0),
            Point::new(0.0, 240.0),
            Orientation::TopDown,
        );
        let meets = upright.point_at(0.5);
        assert!(upright.crosses(meets - Point::new(9.0, 0.0), meets + Point::new(9.0, 0.0)));
    }

    #[test]
    fn the_handles_of_an_edge_lie_on_it_off_its_ports() {
        for curve in curves() {
            for (end, port) in [(End::Source, curve.from), (End::Target, curve.to)] {
                let handle = curve.handle(end);
                assert!((10.0..40.0).contains(&distance(handle, port)), "{curve:?}");
                assert!(curve.distance_to(handle) < 1.5, "{curve:?}");
            }
        }
    }

    #[test]
    fn an_edge_leaves_and_enters_the_way_that_the_flow_leads() {
        for orientation in ORIENTATIONS {
            let turned = |point| orientation.turned(point);
            for (from, to) in ends() {
                let curve = Curve::between(turned(from), turned(to), orientation);
                assert!(turned(curve.control_from).y > from.y);
                assert!(turned(curve.arrow().direction).y > 0.0);
            }
        }
    }

    #[test]
    fn a_long_way_on_is_straight_before_the_entry() {
        for orientation in ORIENTATIONS {
            let turned = |point| orientation.turned(point);
            let between = |from, to| Curve::between(turned(from), turned(to), orientation);
            let (from, to) = (Point::new(10.0, 20.0), Point::new(410.0, 720.0));
            let curve = between(from, to);
            assert!(curve.has_line());
            assert_eq!(turned(curve.point_at(0.0)), from);
            assert_eq!(turned(curve.point_at(1.0)), to);
            for i in 0..=100 {
                let on = curve.point_at(f64::from(i) / 100.0);
                assert!(curve.distance_to(on) < 1.5, "{on:?}");
                let on = turned(on);
                assert!(on.x == to.x || on.y <= from.y + bend(orientation), "{on:?}");
            }
            let near = from + Point::new(400.0, bend(orientation));
            assert!(!between(from, near).has_line());
        }
    }

    #[test]
    fn an_edge_that_leads_straight_back_passes_beside_the_cards() {
        for orientation in ORIENTATIONS {
            let turned = |point| orientation.turned(point);
            let back = Point::new(0.0, -400.0);
            let curve = Curve::between(Point::default(), turned(back), orientation);
            assert!(turned(curve.label_point()).x > orientation.half_card());
        }
    }
}
