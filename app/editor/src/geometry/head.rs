//! An edge as it is drawn: where its strokes end, and its arrowhead.

use flow::Point;

use super::Curve;

/// Between the tip of an edge and the card that it enters, so that the tip
/// touches the port and does not lie under it.
const TIP_GAP: f64 = 5.0;
/// Half the width and the length of an arrowhead.
const HEAD: (f64, f64) = (4.5, 6.0);

/// The strokes of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strokes {
    /// Where the cubic ends.
    pub bend_to: Point,
    /// Whether a line leads on from there to the tip.
    pub has_line: bool,
    /// Where the edge ends, short of the card.
    pub tip: Point,
    /// Where the two lines begin that lead to the tip and make the head.
    pub barbs: (Point, Point),
}

impl Curve {
    /// What is drawn of it.
    pub fn strokes(&self) -> Strokes {
        let direction = self.arrow().direction;
        let tip = self.to - Point::new(direction.x * TIP_GAP, direction.y * TIP_GAP);
        let (half, length) = HEAD;
        let back = tip - Point::new(direction.x * length, direction.y * length);
        let aside = Point::new(-direction.y * half, direction.x * half);
        let has_line = self.has_line();
        Strokes {
            bend_to: if has_line { self.bend_to } else { tip },
            has_line,
            tip,
            barbs: (back + aside, back - aside),
        }
    }
}
