//! The table of shortcuts. A new command gets a row here, and with it its
//! keys, its place in the list and in the settings.

use flow::Point;

use super::{Does, Gesture, Group, PageDeed, Shortcut};
use crate::{Command, Direction, geometry::GRID};

use Group::{Build, Edit, Find, Help, Select, View};

/// How far Mod with Shift and an arrow moves.
const FAR: f64 = 5.0 * GRID;

/// Every shortcut. “Mod” is Ctrl, or Cmd on macOS.
pub static SHORTCUTS: &[Shortcut] = &[
    run(
        "zoom-in",
        "Zoom in",
        View,
        &["Mod+=", "Mod++"],
        Command::ZoomIn,
    )
    .also("magnify enlarge"),
    run(
        "zoom-out",
        "Zoom out",
        View,
        &["Mod+-", "Mod+_"],
        Command::ZoomOut,
    ),
    run(
        "fit-all",
        "Fit the flow",
        View,
        &["Shift+1", "1"],
        Command::FitAll,
    )
    .also("overview centre center whole"),
    run(
        "fit-selection",
        "Fit the selection",
        View,
        &["Shift+2", "."],
        Command::FitSelection,
    ),
    run(
        "actual-size",
        "Show at 100%",
        View,
        &["Shift+0", "0", "Mod+0"],
        Command::ZoomTo(1.0),
    )
    .also("reset zoom"),
    run(
        "select-all",
        "Select all",
        Select,
        &["Mod+A"],
        Command::SelectAll,
    ),
    row(
        "escape",
        "Give up, or select nothing",
        Select,
        &["Esc"],
        Does::Escape,
    )
    .fixed(),
    run(
        "next-node",
        "Next node",
        Select,
        &["Tab"],
        Command::FocusNext,
    )
    .fixed(),
    run(
        "previous-node",
        "Previous node",
        Select,
        &["Shift+Tab"],
        Command::FocusPrevious,
    )
    .fixed(),
    run(
        "follow-left",
        "To what leads here",
        Select,
        &["Left"],
        Command::FollowEdge(Direction::Incoming),
    )
    .fixed(),
    run(
        "follow-right",
        "To what follows",
        Select,
        &["Right"],
        Command::FollowEdge(Direction::Outgoing),
    )
    .fixed(),
    run(
        "follow-up",
        "Previous beside, or up",
        Select,
        &["Up"],
        Command::FollowEdge(Direction::PreviousSibling),
    )
    .fixed(),
    run(
        "follow-down",
        "Next beside, or down",
        Select,
        &["Down"],
        Command::FollowEdge(Direction::NextSibling),
    )
    .fixed(),
    run(
        "select-upstream",
        "Select all that leads here",
        Select,
        &["Shift+Left"],
        Command::SelectUpstream,
    ),
    run(
        "select-downstream",
        "Select all that follows",
        Select,
        &["Shift+Right"],
        Command::SelectDownstream,
    ),
    row(
        "hold-view",
        "Select the focused node",
        Select,
        &["Space"],
        Does::HoldView,
    )
    .fixed(),
    row("quick-add", "Add a step", Build, &["N"], Does::QuickAdd).also("new create insert node"),
    row(
        "add-next",
        "Add the next step",
        Build,
        &["A"],
        Does::AddNext,
    )
    .also("append"),
    row(
        "connect",
        "Connect the focused node",
        Build,
        &["C"],
        Does::PickConnection,
    )
    .also("wire link draw line edge"),
    row(
        "properties",
        "Properties",
        Build,
        &["Enter"],
        Does::OpenProperties,
    )
    .fixed()
    .also("edit configure settings inspect"),
    row("rename", "Rename", Build, &["F2"], Does::Rename).also("title label"),
    run(
        "move-left",
        "Move left",
        Build,
        &["Mod+Left"],
        nudge(-GRID, 0.0),
    ),
    run(
        "move-right",
        "Move right",
        Build,
        &["Mod+Right"],
        nudge(GRID, 0.0),
    ),
    run("move-up", "Move up", Build, &["Mod+Up"], nudge(0.0, -GRID)),
    run(
        "move-down",
        "Move down",
        Build,
        &["Mod+Down"],
        nudge(0.0, GRID),
    ),
    run(
        "move-far-left",
        "Move left by five",
        Build,
        &["Mod+Shift+Left"],
        nudge(-FAR, 0.0),
    ),
    run(
        "move-far-right",
        "Move right by five",
        Build,
        &["Mod+Shift+Right"],
        nudge(FAR, 0.0),
    ),
    run(
        "move-far-up",
        "Move up by five",
        Build,
        &["Mod+Shift+Up"],
        nudge(0.0, -FAR),
    ),
    run(
        "move-far-down",
        "Move down by five",
        Build,
        &["Mod+Shift+Down"],
        nudge(0.0, FAR),
    ),
    run(
        "duplicate",
        "Duplicate",
        Build,
        &["Mod+D"],
        Command::Duplicate,
    )
    .also("clone"),
    run(
        "delete",
        "Delete",
        Build,
        &["Delete", "Backspace"],
        Command::Delete,
    )
    .also("remove erase"),
    row("tidy-up", "Tidy up", Build, &["Shift+Alt+T"], Does::TidyUp)
        .also("layout arrange align format beautify"),
    run(
        "disable",
        "Disable or enable",
        Build,
        &["D"],
        Command::ToggleDisabled,
    )
    .also("bypass skip mute deactivate"),
    run(
        "add-note",
        "Add a note",
        Build,
        &["Shift+S"],
        Command::AddNote { at_in_canvas: None },
    )
    .also("sticky comment annotation remark"),
    run("group", "Group", Build, &["Mod+G"], Command::Group).also("frame section container"),
    run(
        "ungroup",
        "Ungroup",
        Build,
        &["Mod+Shift+G"],
        Command::Ungroup,
    )
    .also("dissolve"),
    run(
        "delete-and-heal",
        "Delete and reconnect",
        Build,
        &["Mod+Delete", "Mod+Backspace"],
        Command::DeleteAndHeal,
    )
    .also("remove bypass heal"),
    run("undo", "Undo", Edit, &["Mod+Z"], Command::Undo).also("back revert"),
    run(
        "redo",
        "Redo",
        Edit,
        &["Mod+Shift+Z", "Mod+Y"],
        Command::Redo,
    )
    .also("repeat again"),
    run("copy", "Copy", Edit, &["Mod+C"], Command::Copy)
        .fixed()
        .also("clipboard"),
    run("cut", "Cut", Edit, &["Mod+X"], Command::Cut).fixed(),
    row("paste", "Paste", Edit, &["Mod+V"], Does::Paste)
        .fixed()
        .also("clipboard insert"),
    row(
        "paste-incoming",
        "Paste with what led there",
        Edit,
        &["Mod+Shift+V"],
        Does::Paste,
    )
    .fixed(),
    page(
        "save",
        "Say whether all is saved",
        Edit,
        &["Mod+S"],
        PageDeed::SayWhetherSaved,
    )
    .also("store"),
    page(
        "find",
        "Find in this flow",
        Find,
        &["Mod+F"],
        PageDeed::Find,
    )
    .also("search"),
    page(
        "find-in-all",
        "Find in all flows",
        Find,
        &["Mod+Shift+F"],
        PageDeed::FindInAllFlows,
    ),
    page(
        "find-next",
        "Next that was found",
        Find,
        &["F3"],
        PageDeed::FindNext,
    )
    .also("search"),
    page(
        "find-previous",
        "Previous that was found",
        Find,
        &["Shift+F3"],
        PageDeed::FindPrevious,
    ),
    page(
        "next-problem",
        "Next problem",
        Find,
        &["F8"],
        PageDeed::NextProblem,
    )
    .also("error warning issue validate"),
    page(
        "previous-problem",
        "Previous problem",
        Find,
        &["Shift+F8"],
        PageDeed::PreviousProblem,
    ),
    page(
        "export",
        "Export the drawing as a picture",
        View,
        &[],
        PageDeed::Export,
    )
    .also("svg png image download print"),
    page(
        "commands",
        "All commands",
        Help,
        &["Mod+K"],
        PageDeed::ShowCommands,
    ),
    page(
        "shortcuts",
        "This list",
        Help,
        &["?"],
        PageDeed::ShowShortcuts,
    )
    .also("help keys hotkeys"),
];

/// What is done with the pointer.
pub static GESTURES: &[Gesture] = &[
    by_hand("Move the view", View, "Wheel"),
    by_hand("Move the view sideways", View, "Shift+Wheel"),
    by_hand("Zoom at the pointer", View, "Mod+Wheel"),
    by_hand("Drag the view", View, "Space+Drag"),
    by_hand("Add or take away", Select, "Shift+Click"),
    by_hand("Add what a frame touches", Select, "Shift+Drag"),
    by_hand("Keep to one direction", Build, "Shift+Drag"),
    by_hand("Drag a copy", Build, "Alt+Drag"),
    by_hand("Drag off the grid", Build, "Mod+Drag"),
    by_hand("Add a step where there is none", Build, "Double-click"),
    by_hand("Cut connections", Build, "Alt+Drag"),
    by_hand("Menu", Help, "Right-click"),
];

const fn row(
    id: &'static str,
    name: &'static str,
    group: Group,
    chords: &'static [&'static str],
    does: Does,
) -> Shortcut {
    Shortcut {
        id,
        name,
        group,
        chords,
        does,
        also: "",
        is_fixed: false,
    }
}

const fn run(
    id: &'static str,
    name: &'static str,
    group: Group,
    chords: &'static [&'static str],
    command: Command,
) -> Shortcut {
    row(id, name, group, chords, Does::Run(command))
}

const fn page(
    id: &'static str,
    name: &'static str,
    group: Group,
    chords: &'static [&'static str],
    deed: PageDeed,
) -> Shortcut {
    row(id, name, group, chords, Does::Page(deed))
}

const fn nudge(x: f64, y: f64) -> Command {
    Command::Nudge {
        by: Point::new(x, y),
    }
}

const fn by_hand(name: &'static str, group: Group, keys: &'static str) -> Gesture {
    Gesture { name, group, keys }
}

impl Shortcut {
    /// With what other products call it.
    const fn also(mut self, words: &'static str) -> Self {
        self.also = words;
        self
    }

    /// With keys that nobody can change.
    const fn fixed(mut self) -> Self {
        self.is_fixed = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shortcuts::{Chord, Keymap};

    #[test]
    fn keys_do_what_the_conventions_say() {
        let nudge = |x, y| {
            Does::Run(Command::Nudge {
                by: Point::new(x, y),
            })
        };
        let follow = |direction| Does::Run(Command::FollowEdge(direction));
        let run = Does::Run;
        let table = [
            ("Delete", run(Command::Delete)),
            ("Backspace", run(Command::Delete)),
            ("Mod+Delete", run(Command::DeleteAndHeal)),
            ("Mod+Backspace", run(Command::DeleteAndHeal)),
            ("Mod+A", run(Command::SelectAll)),
            ("Esc", Does::Escape),
            ("Mod+Z", run(Command::Undo)),
            ("Mod+Shift+Z", run(Command::Redo)),
            ("Mod+Y", run(Command::Redo)),
            ("Mod+C", run(Command::Copy)),
            ("Mod+X", run(Command::Cut)),
            ("Mod+V", Does::Paste),
            ("Mod+D", run(Command::Duplicate)),
            ("Mod+Left", nudge(-20.0, 0.0)),
            ("Mod+Right", nudge(20.0, 0.0)),
            ("Mod+Up", nudge(0.0, -20.0)),
            ("Mod+Shift+Down", nudge(0.0, 100.0)),
            ("Left", follow(Direction::Incoming)),
            ("Right", follow(Direction::Outgoing)),
            ("Up", follow(Direction::PreviousSibling)),
            ("Down", follow(Direction::NextSibling)),
            ("Shift+Left", run(Command::SelectUpstream)),
            ("Shift+Right", run(Command::SelectDownstream)),
            ("Mod+Shift+V", Does::Paste),
            ("Tab", run(Command::FocusNext)),
            ("Shift+Tab", run(Command::FocusPrevious)),
            ("Enter", Does::OpenProperties),
            ("F2", Does::Rename),
            ("Mod++", run(Command::ZoomIn)),
            ("Mod+=", run(Command::ZoomIn)),
            ("Mod+-", run(Command::ZoomOut)),
            ("1", run(Command::FitAll)),
            ("Shift+1", run(Command::FitAll)),
            ("Shift+2", run(Command::FitSelection)),
            (".", run(Command::FitSelection)),
            ("0", run(Command::ZoomTo(1.0))),
            ("Shift+0", run(Command::ZoomTo(1.0))),
            ("N", Does::QuickAdd),
            ("A", Does::AddNext),
            ("C", Does::PickConnection),
            ("Space", Does::HoldView),
            ("F8", Does::Page(PageDeed::NextProblem)),
            ("Shift+F8", Does::Page(PageDeed::PreviousProblem)),
            ("Mod+S", Does::Page(PageDeed::SayWhetherSaved)),
            ("?", Does::Page(PageDeed::ShowShortcuts)),
        ];
        let keymap = Keymap::default();
        for (chord, expected) in table {
            let found = keymap.shortcut(&Chord::written(chord));
            assert_eq!(found.map(|row| &row.does), Some(&expected), "{chord}");
        }
    }
}
