//! An edge as it is drawn: where its strokes end, and its arrowhead.

use flow::Point;

use super::{Cubic, Curve};

/// Between the tip of an edge and the card that it enters, so that the tip
/// touches the port and does not lie under it.
const TIP_GAP: f64 = 5.0;
/// Half the width and the length of an arrowhead.
const HEAD: (f64, f64) = (4.5, 6.0);

/// The strokes of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strokes {
    /// The cubic at the start.
    pub bend: Cubic,
    /// Where the line ends that leads on from there, if one does.
    pub line_to: Option<Point>,
    /// The cubic after it, if the edge leads back.
    pub swing: Option<Cubic>,
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
        // The last of them ends at the tip.
        let (mut bend, mut swing) = (self.bend, self.swing);
        let line_to = self
            .has_line()
            .then(|| swing.map_or(tip, |swing| swing.from));
        match &mut swing {
            Some(swing) => swing.to = tip,
            None if line_to.is_none() => bend.to = tip,
            None => {}
        }
        Strokes {
            bend,
            line_to,
            swing,
            tip,
            barbs: (back + aside, back - aside),
        }
    }
}
