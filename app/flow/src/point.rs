//! A place on the canvas.

use serde::{Deserialize, Serialize};

/// A position in canvas units, x to the right and y down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Canvas units to the right.
    pub x: f64,
    /// Canvas units down.
    pub y: f64,
}

impl Point {
    /// The point at these coordinates, in canvas units.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Whether both coordinates are numbers that JSON can hold.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, by: Self) -> Self {
        Self::new(self.x + by.x, self.y + by.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Self;
    fn sub(self, by: Self) -> Self {
        Self::new(self.x - by.x, self.y - by.y)
    }
}
