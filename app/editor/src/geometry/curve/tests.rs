use super::{
    super::{
        NODE_SIZE,
        turn::{PASSAGE, bend},
    },
    *,
};

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
