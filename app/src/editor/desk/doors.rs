//! The doors of the editor, through which all that changes a flow goes. Their
//! code comes at the first touch; what is done until then waits in line.

use dom::prelude::*;
use editor::{Command, Does, Editor, FromServer, Input, Rights, Update};

use super::{Desk, Step, now_millis};
use crate::{
    frame::{Commands, SearchAll},
    part::arrived,
    parts,
};

/// Why nothing that was done has an effect.
const NOT_LOADED: &str =
    "What edits the flow could not be loaded. Check your network and try again.";

/// Something for the editor.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// An event of pointer, wheel or keyboard.
    Input(Input),
    /// What a person asked for, and when in milliseconds since the page was
    /// opened.
    Command(Command, f64),
    /// What something of the table of shortcuts does.
    Give(Does),
    /// A message of the server.
    Receive(FromServer),
    /// What this person may do from now on.
    Rights(Rights),
}

/// Lets the editor have something.
pub(crate) type Doors = fn(&mut Editor, Act) -> Update;

/// The editor's doors.
pub(crate) fn doors() -> Doors {
    |editor, act| match act {
        Act::Input(input) => editor.dispatch(input),
        Act::Command(command, at_millis) => editor.run(command, at_millis),
        Act::Give(does) => editor.give(&does),
        Act::Receive(message) => editor.receive(message),
        Act::Rights(rights) => editor.set_rights(rights),
    }
}

/// Whether the doors are there.
#[derive(Default)]
pub(super) enum Entrance {
    /// Nobody has asked for them.
    #[default]
    Closed,
    /// They were asked for; what waits, in order.
    Waiting(Vec<Act>),
    /// They are there.
    Open(Doors),
}

impl Desk {
    /// Takes an event of pointer, wheel or keyboard; whether it was used.
    pub(crate) fn dispatch(self, input: Input) -> bool {
        self.act(Act::Input(input))
    }

    /// Does what a person asked for; whether that was possible.
    pub(crate) fn run(self, command: Command) -> bool {
        self.act(Act::Command(command, now_millis()))
    }

    /// Does what something of the table of shortcuts does, as its keys would.
    pub(crate) fn give(self, does: &Does) {
        self.act(Act::Give(does.clone()));
    }

    /// Lets the editor have something; whether it was used.
    pub(super) fn act(self, act: Act) -> bool {
        let entrance = self.entrance.try_with_value(|entrance| match entrance {
            Entrance::Open(doors) => Some(*doors),
            Entrance::Closed | Entrance::Waiting(_) => None,
        });
        match entrance {
            Some(Some(doors)) => {
                let step = match &act {
                    Act::Input(Input::Wheel { .. }) => Step::OneOfMany,
                    _ => Step::Whole,
                };
                self.change(step, |editor| doors(editor, act))
            }
            Some(None) => {
                let used = self.is_known_key(&act);
                let is_meant = !(is_key(&act) && self.awaits_text());
                self.wait_with(is_meant.then_some(act));
                used
            }
            // The page may have gone away while a request was under way.
            None => false,
        }
    }

    /// Has the doors there before they are needed: somebody is about to act.
    pub(crate) fn prepare(self) {
        self.wait_with(None);
    }

    fn wait_with(self, act: Option<Act>) {
        let begins = self.entrance.try_update_value(|entrance| match entrance {
            Entrance::Open(_) => false,
            Entrance::Waiting(line) => {
                line.extend(act);
                false
            }
            Entrance::Closed => {
                *entrance = Entrance::Waiting(act.into_iter().collect());
                true
            }
        });
        if begins == Some(true) {
            spawn_local(self.open_doors());
        }
    }

    /// Opens the doors and lets in what waits.
    pub(crate) async fn open_doors(self) {
        let next = match parts::doors().await {
            Ok(doors) => {
                arrived();
                self.failure_is_over(NOT_LOADED);
                Entrance::Open(doors)
            }
            Err(_) => {
                self.tell_of_failure(NOT_LOADED);
                Entrance::Closed
            }
        };
        let opens = matches!(next, Entrance::Open(_));
        let before = self
            .entrance
            .try_update_value(|entrance| std::mem::replace(entrance, next));
        if let (true, Some(Entrance::Waiting(line))) = (opens, before) {
            for act in line {
                if !(is_key(&act) && self.awaits_text()) {
                    self.act(act);
                }
            }
        }
    }

    /// Whether something is or will be open that takes what is typed. Keys that
    /// were struck for it before it came mean nothing to the flow.
    fn awaits_text(self) -> bool {
        let opened = [
            self.commands.map(Commands::is_open_now),
            self.search.map(SearchAll::is_open_now),
        ];
        opened.contains(&Some(true))
            || self.find.is_open_now()
            || self.projection.beside.takes_text()
            || untrack(|| {
                self.quick_add.with(Option::is_some)
                    || self.picking.with(Option::is_some)
                    || self.renaming.with(Option::is_some)
                    || self.field_target.with(Option::is_some)
                    || self.menu.with(Option::is_some)
            })
    }

    /// Whether it is a key that will be used, so that the browser does nothing
    /// of its own for it.
    fn is_known_key(self, act: &Act) -> bool {
        match act {
            // What the page does is the page's: it hears these keys itself.
            Act::Input(Input::KeyDown { key, modifiers }) => self.read(|editor| {
                let shortcut = editor.shortcut(key, *modifiers);
                shortcut.is_some_and(|shortcut| !matches!(shortcut.does, Does::Page(_)))
            }),
            _ => false,
        }
    }
}

fn is_key(act: &Act) -> bool {
    matches!(act, Act::Input(Input::KeyDown { .. } | Input::KeyUp { .. }))
}
