//! Sticky notes on the canvas, and the colours that notes and groups have.

use serde::{Deserialize, Serialize};

use crate::Point;

/// A note: words for people, beside what the flow does. A part of the layout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The words, in as many lines as somebody wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Its top left corner.
    pub at: Point,
    /// How large it is.
    pub size: NoteSize,
    /// Its colour.
    #[serde(default)]
    pub tint: Tint,
}

/// How large a note is, in canvas units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteSize {
    /// To the right.
    pub width: f64,
    /// Down.
    pub height: f64,
}

impl NoteSize {
    /// As small as a note may be.
    pub const LEAST: Self = Self::new(80.0, 40.0);
    /// As large as a note may be.
    pub const MOST: Self = Self::new(4_000.0, 4_000.0);

    /// A size of this width and height, in canvas units.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// The nearest size that a note may have.
    #[must_use]
    pub fn fitting(self) -> Self {
        Self {
            width: self.width.clamp(Self::LEAST.width, Self::MOST.width),
            height: self.height.clamp(Self::LEAST.height, Self::MOST.height),
        }
    }
}

impl Default for NoteSize {
    /// Room for a few lines.
    fn default() -> Self {
        Self::new(200.0, 120.0)
    }
}

/// The colour of a note or a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // Each says itself.
pub enum Tint {
    #[default]
    Yellow,
    Green,
    Blue,
    Pink,
    Grey,
}

impl Tint {
    /// Every colour, in the order in which menus show them.
    pub const ALL: [Self; 5] = [
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Pink,
        Self::Grey,
    ];

    /// The value of the attribute that colours an element.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
            Self::Grey => "grey",
        }
    }

    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Yellow => "Yellow",
            Self::Green => "Green",
            Self::Blue => "Blue",
            Self::Pink => "Pink",
            Self::Grey => "Grey",
        }
    }
}
