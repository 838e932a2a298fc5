//! What keys mean while the canvas has the focus.

use flow::Point;

use crate::{Command, Direction, Key, Modifiers, Preferences, geometry::GRID};

/// What a key asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shortcut {
    /// A command.
    Run(Command),
    /// Gives up what is going on, else selects nothing.
    Escape,
    /// Shows the properties of the node at hand.
    OpenProperties,
    /// Renames the node at hand.
    Rename,
    /// Offers kinds to add.
    QuickAdd,
    /// Lets an exit of the node at hand and a target be chosen.
    PickConnection,
    /// Holds the view, to drag it.
    HoldView,
}

/// How far Mod with Shift and an arrow moves.
const FAR: f64 = 5.0 * GRID;

/// What a key means; none where it belongs to the browser. Mod+V is one of
/// those: the text comes with the browser's own event.
pub(crate) fn shortcut(
    key: &Key,
    modifiers: Modifiers,
    preferences: Preferences,
) -> Option<Shortcut> {
    let Modifiers {
        shift,
        alt,
        primary,
    } = modifiers;
    if alt {
        return None;
    }
    match (primary, shift) {
        (false, false) => plain(key, preferences),
        (false, true) => with_shift(key, preferences),
        (true, shift) => with_primary(key, shift).map(Shortcut::Run),
    }
}

fn plain(key: &Key, preferences: Preferences) -> Option<Shortcut> {
    let command = match key {
        Key::Escape => return Some(Shortcut::Escape),
        Key::Enter => return Some(Shortcut::OpenProperties),
        Key::F2 => return Some(Shortcut::Rename),
        Key::Space => return Some(Shortcut::HoldView),
        Key::Delete | Key::Backspace => Command::Delete,
        Key::Tab => Command::FocusNext,
        Key::Left => Command::FollowEdge(Direction::Incoming),
        Key::Right => Command::FollowEdge(Direction::Outgoing),
        Key::Up => Command::FollowEdge(Direction::PreviousSibling),
        Key::Down => Command::FollowEdge(Direction::NextSibling),
        Key::Digit(_) | Key::Sign(_) if !preferences.single_letter_keys => return None,
        Key::Digit(1) => Command::FitAll,
        Key::Digit(0) => Command::ZoomTo(1.0),
        Key::Sign(sign) => {
            return match sign.as_str() {
                "n" => Some(Shortcut::QuickAdd),
                "c" => Some(Shortcut::PickConnection),
                "d" => Some(Shortcut::Run(Command::ToggleDisabled)),
                _ => None,
            };
        }
        Key::Digit(_) | Key::Other => return None,
    };
    Some(Shortcut::Run(command))
}

fn with_shift(key: &Key, preferences: Preferences) -> Option<Shortcut> {
    let command = match key {
        Key::Sign(sign) if sign == "s" && preferences.single_letter_keys => {
            Command::AddNote { at_in_canvas: None }
        }
        Key::Tab => Command::FocusPrevious,
        Key::Digit(1) => Command::FitAll,
        Key::Digit(2) => Command::FitSelection,
        Key::Digit(0) => Command::ZoomTo(1.0),
        _ => return None,
    };
    Some(Shortcut::Run(command))
}

fn with_primary(key: &Key, shift: bool) -> Option<Command> {
    let step = if shift { FAR } else { GRID };
    let nudge = |x: f64, y: f64| {
        Some(Command::Nudge {
            by: Point::new(x * step, y * step),
        })
    };
    match (key, shift) {
        (Key::Left, _) => nudge(-1.0, 0.0),
        (Key::Right, _) => nudge(1.0, 0.0),
        (Key::Up, _) => nudge(0.0, -1.0),
        (Key::Down, _) => nudge(0.0, 1.0),
        (Key::Delete | Key::Backspace, false) => Some(Command::DeleteAndHeal),
        (Key::Sign(sign), shift) => match (sign.as_str(), shift) {
            ("+" | "=", _) => Some(Command::ZoomIn),
            ("-" | "_", _) => Some(Command::ZoomOut),
            ("z", false) => Some(Command::Undo),
            ("z", true) | ("y", false) => Some(Command::Redo),
            ("a", false) => Some(Command::SelectAll),
            ("c", false) => Some(Command::Copy),
            ("x", false) => Some(Command::Cut),
            ("d", false) => Some(Command::Duplicate),
            ("g", false) => Some(Command::Group),
            ("g", true) => Some(Command::Ungroup),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Preferences = Preferences {
        wheel_zooms: false,
        single_letter_keys: true,
    };

    #[test]
    fn every_shortcut_of_the_table_is_there() {
        let nudge = |x, y| {
            Shortcut::Run(Command::Nudge {
                by: Point::new(x, y),
            })
        };
        let run = Shortcut::Run;
        let table = [
            ("Delete", "", run(Command::Delete)),
            ("Backspace", "", run(Command::Delete)),
            ("Delete", "M", run(Command::DeleteAndHeal)),
            ("Backspace", "M", run(Command::DeleteAndHeal)),
            ("a", "M", run(Command::SelectAll)),
            ("Escape", "", Shortcut::Escape),
            ("z", "M", run(Command::Undo)),
            ("Z", "MS", run(Command::Redo)),
            ("y", "M", run(Command::Redo)),
            ("c", "M", run(Command::Copy)),
            ("x", "M", run(Command::Cut)),
            ("d", "M", run(Command::Duplicate)),
            ("g", "M", run(Command::Group)),
            ("G", "MS", run(Command::Ungroup)),
            ("S", "S", run(Command::AddNote { at_in_canvas: None })),
            ("ArrowLeft", "M", nudge(-20.0, 0.0)),
            ("ArrowDown", "MS", nudge(0.0, 100.0)),
            (
                "ArrowLeft",
                "",
                run(Command::FollowEdge(Direction::Incoming)),
            ),
            (
                "ArrowRight",
                "",
                run(Command::FollowEdge(Direction::Outgoing)),
            ),
            (
                "ArrowUp",
                "",
                run(Command::FollowEdge(Direction::PreviousSibling)),
            ),
            (
                "ArrowDown",
                "",
                run(Command::FollowEdge(Direction::NextSibling)),
            ),
            ("Tab", "", run(Command::FocusNext)),
            ("Tab", "S", run(Command::FocusPrevious)),
            ("Enter", "", Shortcut::OpenProperties),
            ("F2", "", Shortcut::Rename),
            ("+", "MS", run(Command::ZoomIn)),
            ("=", "M", run(Command::ZoomIn)),
            ("-", "M", run(Command::ZoomOut)),
            ("n", "", Shortcut::QuickAdd),
            ("c", "", Shortcut::PickConnection),
            ("d", "", run(Command::ToggleDisabled)),
            (" ", "", Shortcut::HoldView),
        ];
        for (key, held, expected) in table {
            let found = shortcut(&Key::of_event(key, ""), held_keys(held), ON);
            assert_eq!(found, Some(expected), "{held} {key}");
        }
    }

    #[test]
    fn digits_go_by_their_place_whatever_the_layout_writes_there() {
        let table = [
            ("!", "Digit1", "S", Command::FitAll),
            ("1", "Digit1", "S", Command::FitAll),
            ("&", "Digit1", "", Command::FitAll),
            ("\"", "Digit2", "S", Command::FitSelection),
            ("=", "Digit0", "S", Command::ZoomTo(1.0)),
            ("0", "Numpad0", "", Command::ZoomTo(1.0)),
        ];
        for (key, code, held, expected) in table {
            let found = shortcut(&Key::of_event(key, code), held_keys(held), ON);
            assert_eq!(found, Some(Shortcut::Run(expected)), "{key} {code}");
        }
    }

    #[test]
    fn letters_work_on_layouts_without_latin_letters() {
        let key = Key::of_event("я", "KeyZ");
        assert_eq!(
            shortcut(&key, held_keys("M"), ON),
            Some(Shortcut::Run(Command::Undo))
        );
    }

    #[test]
    fn single_letters_can_be_switched_off_and_pasting_is_the_browsers() {
        let off = Preferences {
            single_letter_keys: false,
            ..ON
        };
        for key in ["n", "c", "d", "1", "0"] {
            let code = format!("Digit{key}");
            let key = Key::of_event(key, if key.len() == 1 { &code } else { "" });
            assert_eq!(shortcut(&key, Modifiers::NONE, off), None);
        }
        assert_eq!(
            shortcut(&Key::of_event("v", "KeyV"), held_keys("M"), ON),
            None
        );
    }

    fn held_keys(held: &str) -> Modifiers {
        Modifiers {
            shift: held.contains('S'),
            alt: held.contains('A'),
            primary: held.contains('M'),
        }
    }
}
