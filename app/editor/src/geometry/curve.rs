//! The curve of an edge: it leaves and enters the way that the flow leads, with
//! a straight piece before the entry where that is far, and in between where it
//! leads back.

use flow::Point;

use super::{
    Cubic, Orientation, Rect,
    cubic::{distance_to_segment, segments_cross},
    distance,
};

/// The least length of an edge's tangents, so that even the shortest edge has a
/// direction.
const MIN_TANGENT: f64 = 1.0;
/// The greatest length, so that long edges do not swing far out.
const MAX_TANGENT: f64 = 160.0;
/// How widely an edge turns at its ends where it has room to: the radius of the
/// curve there.
const TURN_RADIUS: f64 = 24.0;
/// How steeply an edge may come back up between two ends that are close.
const MOST_RISE: f64 = 0.5;
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
/// Between cards at least so far apart an edge that leads back passes.
const PASSAGE: f64 = 16.0;

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

/// The bend of an edge that leads on. Where little room is left for it, it dips
/// below its start and comes in from above its end, as far as it takes to turn
/// widely.
fn onward(from: Point, to: Point, orientation: Orientation) -> Cubic {
    let most = bend(orientation);
    let bend_to = Point::new(to.x, to.y.min(from.y + most));
    let room = bend_to.y - from.y;
    let least = room / 2.0;
    let more = (dip((to.x - from.x).abs(), room) - least).max(0.0);
    let length = (least + more * (1.0 - room / most)).max(MIN_TANGENT);
    Cubic {
        from,
        control_from: from + Point::new(0.0, length),
        control_to: bend_to - Point::new(0.0, length),
        to: bend_to,
    }
}

/// How long the tangents of an S over so much are that turns widely, and yet
/// comes back up by little in its middle.
fn dip(across: f64, down: f64) -> f64 {
    (2.0 * tangent(across / 2.0))
        .min(down + across * MOST_RISE)
        .min(MAX_TANGENT)
}

/// The cubics of an edge that leads back, from the origin to so far to the
/// right and up. A line joins them: aslant between the cards, if they are far
/// enough apart, else up beside them.
fn back(across: f64, down: f64, orientation: Orientation) -> (Cubic, Cubic) {
    let half_card = orientation.half_card();
    let between = across - 2.0 * half_card;
    let to = Point::new(across, down);
    if between < PASSAGE {
        let beside = across + half_card + CLEARANCE;
        let up = Point::new(0.0, -1.0);
        let bend = turn(beside, up);
        let swing = turn(half_card + CLEARANCE, up).map(|at| to + Point::new(at.x, -at.y));
        return (bend, reversed(swing));
    }
    // As steep as it takes to pass both corners at a distance; where it leads
    // back by little, as steep as an edge that leads on would rise there.
    let rise = dip(across, 0.0) - down;
    let slope = (rise / across).max(-2.0 * down / between);
    let bend = turn((across + down / slope) / 2.0, Point::new(1.0, -slope));
    (bend, reversed(bend.map(|at| to - at)))
}

/// The turn from down to `direction`, from the origin to so far to the right.
fn turn(across: f64, direction: Point) -> Cubic {
    let length = tangent(across);
    let to = Point::new(across, 0.0);
    // As deep on either side, but not beyond the middle.
    let deep = length / -direction.y;
    let reach = if direction.x > 0.0 {
        deep.min(across / 2.0 / direction.x)
    } else {
        deep
    };
    Cubic {
        from: Point::default(),
        control_from: Point::new(0.0, length),
        control_to: to - Point::new(direction.x * reach, direction.y * reach),
        to,
    }
}

/// The length of the tangent with which a turn over so much has the radius that
/// turns have: the radius at the end of a cubic is 3/2 of the tangent's square
/// over how far off the second control point lies.
fn tangent(across: f64) -> f64 {
    (across * TURN_RADIUS * 2.0 / 3.0).sqrt().min(MAX_TANGENT)
}

fn reversed(cubic: Cubic) -> Cubic {
    Cubic {
        from: cubic.to,
        control_from: cubic.control_to,
        control_to: cubic.control_from,
        to: cubic.from,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::NODE_SIZE, *};

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
                assert!(turned(curve.bend.control_from).y > from.y);
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

    /// From an exit to entries close by and far off: level with it, a little
    /// below it, and above it.
    fn nearly_level() -> impl Iterator<Item = (Orientation, Point, Curve)> {
        ORIENTATIONS.into_iter().flat_map(|orientation| {
            let grid = (-60..=60).flat_map(|across| (-40..=3).map(move |down| (across, down)));
            // An exit on its entry leads nowhere.
            let apart = grid.filter(|ends| *ends != (0, 0));
            apart.map(move |(across, down)| {
                let way = Point::new(f64::from(across) * 10.0, f64::from(down) * 10.0);
                let to = orientation.turned(way);
                let curve = Curve::between(Point::default(), to, orientation);
                (orientation, way, curve)
            })
        })
    }

    /// How far a curve turns in all, in degrees, and the least radius with
    /// which it does.
    fn turning(curve: &Curve) -> (f64, f64) {
        const STEPS: u32 = 400;
        let cubics = [Some(curve.bend), curve.swing];
        let (mut turned, mut least) = (0.0, f64::INFINITY);
        let mut before: Option<Point> = None;
        for cubic in cubics.into_iter().flatten() {
            let at = |step: u32| cubic.at(f64::from(step) / f64::from(STEPS));
            for step in 0..STEPS {
                let along = at(step + 1) - at(step);
                if let Some(before) = before {
                    let cross = before.x * along.y - before.y * along.x;
                    let dot = before.x * along.x + before.y * along.y;
                    let angle = cross.atan2(dot).abs();
                    turned += angle;
                    // Where two cubics meet, their steps differ in length.
                    let length = f64::midpoint(before.x.hypot(before.y), along.x.hypot(along.y));
                    if step > 0 && angle > 0.0 {
                        least = least.min(length / angle);
                    }
                }
                before = Some(along);
            }
        }
        (turned.to_degrees(), least)
    }

    #[test]
    fn an_edge_turns_once_around_at_most_and_by_less_where_it_leads_on() {
        for (orientation, way, curve) in nearly_level() {
            let (turned, _) = turning(&curve);
            let most = if way.y >= 0.0 { 235.0 } else { 361.0 };
            assert!(turned < most, "{orientation:?} {way:?}: {turned}");
        }
    }

    #[test]
    fn an_edge_to_what_lies_beside_has_no_tight_turn() {
        for (orientation, way, curve) in nearly_level() {
            // Between cards that nearly touch there is no room to turn.
            if way.y >= 0.0 && way.x.abs() < 100.0 {
                continue;
            }
            let (_, least) = turning(&curve);
            assert!(least > 7.0, "{orientation:?} {way:?}: {least}");
        }
    }

    #[test]
    fn an_edge_that_leads_on_stays_between_its_ends() {
        for (orientation, way, curve) in nearly_level() {
            if way.y >= 0.0 {
                let bounds = curve.bounds();
                let ends = [bounds.min, bounds.max].map(|end| orientation.turned(end).x);
                assert_eq!(ends, [way.x.min(0.0), way.x.max(0.0)], "{way:?}");
            }
        }
    }

    #[test]
    fn an_edge_that_leads_back_crosses_neither_of_its_cards() {
        for (orientation, way, curve) in nearly_level() {
            let half = orientation.half_card();
            let along = match orientation {
                Orientation::TopDown => NODE_SIZE.height,
                Orientation::LeftRight => NODE_SIZE.width,
            };
            let source = Rect {
                min: Point::new(-half, -along),
                max: Point::new(half, 0.0),
            };
            let target = Rect {
                min: way - Point::new(half, 0.0),
                max: way + Point::new(half, along),
            };
            // Around cards that overlap or nearly touch there is no way.
            if way.y >= 0.0 || source.grown(PASSAGE).intersects(&target) {
                continue;
            }
            for step in 1..200 {
                let on = orientation.turned(curve.point_at(f64::from(step) / 200.0));
                for card in [source, target] {
                    let inside = card.grown(-0.5).contains(on);
                    assert!(!inside, "{orientation:?} {way:?}: {on:?}");
                }
            }
        }
    }

    #[test]
    fn the_head_of_an_edge_is_straight_before_its_entry() {
        for (orientation, way, curve) in nearly_level() {
            let direction = orientation.turned(curve.arrow().direction);
            let off = distance(direction, Point::new(0.0, 1.0));
            assert!(off < 1e-6, "{orientation:?} {way:?}: {direction:?}");
        }
    }
}
