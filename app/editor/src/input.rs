//! What comes from pointer, wheel and keyboard, freed of the browser's types.

use flow::Point;

use crate::keys::Key;

/// One event. Points are in screen pixels from the pane's top left corner,
/// times in milliseconds from any fixed moment.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A button or finger went down.
    PointerDown {
        /// Where.
        at_in_screen: Point,
        /// Which button.
        button: Button,
        /// What was held.
        modifiers: Modifiers,
        /// Mouse, touch or pen.
        pointer: PointerKind,
        /// When.
        at_millis: f64,
    },
    /// The pointer moved.
    PointerMove {
        /// Where to.
        at_in_screen: Point,
        /// What was held.
        modifiers: Modifiers,
    },
    /// A button or finger went up.
    PointerUp {
        /// Where.
        at_in_screen: Point,
        /// Which button.
        button: Button,
        /// What was held.
        modifiers: Modifiers,
        /// When.
        at_millis: f64,
    },
    /// A second finger went down or moved; none when it went up. What the
    /// first does comes as the pointer.
    SecondFinger {
        /// Where it is.
        at_in_screen: Option<Point>,
    },
    /// A menu was asked for, by the right button, a key or a finger that rests.
    ContextMenu {
        /// Where.
        at_in_screen: Point,
    },
    /// The browser took the pointer away.
    PointerCancel,
    /// The pointer left the pane.
    PointerLeave,
    /// The wheel turned, or fingers on a touchpad scrolled or pinched.
    Wheel {
        /// Where the pointer is.
        at_in_screen: Point,
        /// How far, positive right and down.
        delta: Point,
        /// What `delta` counts.
        unit: WheelUnit,
        /// What was held.
        modifiers: Modifiers,
        /// Whether this is a pinch as macOS reports it: `ctrlKey` is set and
        /// the deltas are small.
        pinch: bool,
    },
    /// A key went down while the canvas had the focus.
    KeyDown {
        /// Which.
        key: Key,
        /// What was held.
        modifiers: Modifiers,
    },
    /// A key went up.
    KeyUp {
        /// Which.
        key: Key,
    },
    /// The keyboard went elsewhere: what goes up there is not heard here.
    KeysLeft,
    /// A frame passed. Sent while [`crate::Editor::wants_ticks`].
    Tick {
        /// When.
        at_millis: f64,
    },
}

/// A button of the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum Button {
    #[default]
    Primary,
    Middle,
    Secondary,
}

/// What points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum PointerKind {
    #[default]
    Mouse,
    Touch,
    Pen,
}

/// What the wheel's delta counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum WheelUnit {
    #[default]
    Pixels,
    Lines,
    Pages,
}

/// Keys held while something else happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on macOS.
    pub alt: bool,
    /// “Mod”: Ctrl, or Cmd on macOS.
    pub primary: bool,
}

impl Modifiers {
    /// Nothing held.
    pub const NONE: Self = Self {
        shift: false,
        alt: false,
        primary: false,
    };
}
