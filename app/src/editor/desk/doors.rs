//! The doors of the editor, through which all that changes a flow goes. Their
//! code comes at the first touch; what is done until then waits in line.

use std::collections::VecDeque;

use dom::prelude::*;
use editor::{Command, Does, Editor, FromServer, Input, Key, Modifiers, Rights, Update};
use web_sys::Element;

use super::{
    Desk, Step, now_millis,
    type_ahead::{becomes, strike},
};
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

/// Something that comes to the doors.
pub(super) struct Arrival {
    act: Act,
    /// What the key writes, or else is called, where it is one that went down.
    struck: Option<String>,
}

/// Whether the doors are there.
#[derive(Default)]
pub(super) enum Entrance {
    /// Nobody has asked for them.
    #[default]
    Closed,
    /// They were asked for, or a field is about to come; what waits, in order.
    Waiting(VecDeque<Arrival>),
    /// They are there.
    Open(Doors),
}

impl Desk {
    /// Takes an event of pointer, wheel or keyboard; whether it was used.
    pub(crate) fn dispatch(self, input: Input) -> bool {
        self.act(Act::Input(input))
    }

    /// Takes a key that went down; whether it was used. `written` is what it
    /// writes, or else is called.
    pub(crate) fn strike(self, key: Key, modifiers: Modifiers, written: String) -> bool {
        self.admit(Arrival {
            act: Act::Input(Input::KeyDown { key, modifiers }),
            // With these it writes nothing.
            struck: (!modifiers.primary && !modifiers.alt).then_some(written),
        })
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
        self.admit(Arrival { act, struck: None })
    }

    fn admit(self, arrival: Arrival) -> bool {
        let entrance = self.entrance.try_with_value(|entrance| match entrance {
            Entrance::Open(doors) => Some(*doors),
            Entrance::Closed | Entrance::Waiting(_) => None,
        });
        match entrance {
            Some(Some(doors)) if arrival.is_key() && self.expects_field() => {
                let line = VecDeque::from([arrival]);
                self.entrance.try_set_value(Entrance::Waiting(line));
                spawn_local(self.let_in(doors));
                true
            }
            Some(Some(doors)) => {
                let act = arrival.act;
                let step = match &act {
                    Act::Input(Input::Wheel { .. }) => Step::OneOfMany,
                    _ => Step::Whole,
                };
                self.change(step, |editor| doors(editor, act))
            }
            Some(None) => {
                let used = self.is_known_key(&arrival.act);
                self.wait_with(Some(arrival));
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

    fn wait_with(self, arrival: Option<Arrival>) {
        let begins = self.entrance.try_update_value(|entrance| match entrance {
            Entrance::Open(_) => false,
            Entrance::Waiting(line) => {
                line.extend(arrival);
                false
            }
            Entrance::Closed => {
                *entrance = Entrance::Waiting(arrival.into_iter().collect());
                true
            }
        });
        if begins == Some(true) {
            spawn_local(self.open_doors());
        }
    }

    /// Opens the doors and lets in what waits.
    pub(crate) async fn open_doors(self) {
        match parts::doors().await {
            Ok(doors) => {
                arrived();
                self.failure_is_over(NOT_LOADED);
                self.let_in(doors).await;
            }
            Err(_) => {
                self.tell_of_failure(NOT_LOADED);
                self.entrance.try_set_value(Entrance::Closed);
            }
        }
    }

    /// Lets in what waits. Keys that were struck for a field are typed there as
    /// soon as it has the focus.
    async fn let_in(self, doors: Doors) {
        // Whoever went elsewhere meanwhile types there.
        let was_at_flow = self.is_at_flow();
        // What had the focus when a field was asked for is not that field.
        let mut before = None;
        let mut line = self.take_line(doors);
        while let Some(next) = line.pop_front() {
            if !next.is_key() || !self.awaits_text() {
                before = self.elsewhere();
                self.admit(next);
                continue;
            }
            let Some(key) = next.struck.filter(|_| was_at_flow) else {
                continue;
            };
            let has_come = || {
                self.elsewhere()
                    .is_some_and(|at| before.as_ref() != Some(&at))
            };
            if !has_come() {
                // What comes meanwhile comes after what waits.
                self.entrance.try_set_value(Entrance::Waiting(line));
                if !becomes(has_come).await {
                    // It does not come, so that the next key is for the flow.
                    self.field_target.try_set(None);
                }
                line = self.take_line(doors);
            }
            if has_come() {
                strike(&key);
            }
        }
    }

    /// Opens the entrance, and gives what waited there.
    fn take_line(self, doors: Doors) -> VecDeque<Arrival> {
        let before = self
            .entrance
            .try_update_value(|entrance| std::mem::replace(entrance, Entrance::Open(doors)));
        match before {
            Some(Entrance::Waiting(line)) => line,
            _ => VecDeque::new(),
        }
    }

    /// Whether keys go to the flow on the canvas.
    fn is_at_flow(self) -> bool {
        self.surface().is_some_and(|surface| surface.has_focus())
    }

    /// What has the focus, where it is not the flow.
    fn elsewhere(self) -> Option<Element> {
        let active = document().active_element()?;
        let is_lost = active.tag_name() == "BODY";
        (!is_lost && !self.is_at_flow()).then_some(active)
    }

    /// Whether a field takes the focus in a moment. Each of these goes with the
    /// focus, so that it has not come yet while the flow has it.
    fn expects_field(self) -> bool {
        let is_opened = self.projection.beside.takes_text()
            || untrack(|| {
                self.renaming.with(Option::is_some) || self.field_target.with(Option::is_some)
            });
        is_opened && self.is_at_flow()
    }

    /// Whether something is or will be open that takes what is typed: keys that
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

impl Arrival {
    fn is_key(&self) -> bool {
        matches!(
            self.act,
            Act::Input(Input::KeyDown { .. } | Input::KeyUp { .. })
        )
    }
}
