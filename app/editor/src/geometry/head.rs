//! The arrowhead with which an edge is drawn.

use flow::Point;

use super::Curve;

/// Between the tip of an edge and the card that it enters, so that the tip
/// touches the port and does not lie under it.
const TIP_GAP: f64 = 5.0;
/// Half the width and the length of an arrowhead.
const HEAD: (f64, f64) = (4.5, 6.0);

impl Curve {
    /// Where a drawn edge ends: short of the card.
    pub fn tip(&self) -> Point {
        let direction = self.arrow().direction;
        self.to - Point::new(direction.x * TIP_GAP, direction.y * TIP_GAP)
    }

    /// The ends of the two lines that lead to the tip and make an arrowhead.
    pub fn barbs(&self) -> (Point, Point) {
        let (half, length) = HEAD;
        let direction = self.arrow().direction;
        let back = self.tip() - Point::new(direction.x * length, direction.y * length);
        let aside = Point::new(-direction.y * half, direction.x * half);
        (back + aside, back - aside)
    }
}
