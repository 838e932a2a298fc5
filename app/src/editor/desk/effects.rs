//! What only the browser can do, done.

use editor::{Effect, geometry};
use flow::{Point, Transaction};

use super::{AddThen, Desk, FieldTarget, LostEdit, Picking, QuickAdd};
use crate::clipboard;

impl Desk {
    pub(super) fn perform(self, effect: Effect) {
        match effect {
            Effect::CopyText(text) => self.put_on_clipboard(text),
            Effect::OpenProperties(node) => self.field_target.set(Some(FieldTarget {
                node,
                field: None,
                row: None,
            })),
            Effect::Rename(node) => self.renaming.set(Some(node)),
            Effect::FocusNode(node) => self.focus_node(node),
            Effect::EditNote(note) => self.projection.beside.writing.set(Some(note)),
            Effect::RenameGroup(group) => self.projection.beside.renaming.set(Some(group)),
            Effect::FocusNote(note) => {
                if let Some(surface) = self.surface() {
                    surface.focus_note(self, note);
                }
            }
            Effect::FocusCanvas => {
                if let Some(surface) = self.surface() {
                    surface.focus_canvas(self);
                }
            }
            Effect::QuickAdd { at_in_screen, from } => self.quick_add.set(Some(QuickAdd {
                at_in_screen,
                then: match from {
                    Some((node, port)) => AddThen::After(node, port),
                    None => AddThen::Alone,
                },
            })),
            Effect::OfferNext { node, port } => {
                let at_in_screen = self.read(|editor| {
                    let card = geometry::node_rect(editor.position_shown(&node));
                    editor
                        .camera()
                        .to_screen(Point::new(card.max.x, card.min.y))
                });
                self.quick_add.set(Some(QuickAdd {
                    at_in_screen,
                    then: AddThen::Next(node, port),
                }));
            }
            Effect::QuickAddBefore { at_in_screen, edge } => {
                self.quick_add.set(Some(QuickAdd {
                    at_in_screen,
                    then: AddThen::Before(edge),
                }));
            }
            Effect::OpenCallee(node) => self.callee.set(Some(node)),
            Effect::ContextMenu { at_in_screen, on } => self.menu.set(Some((at_in_screen, on))),
            Effect::PickConnection { node, exit } => {
                self.picking.set(Some(Picking { node, exit }));
            }
            Effect::Tidy(task) => self.tidy(task),
            Effect::Announce(sentence) => self.announcer.say(sentence),
            Effect::AnnounceState(sentence) => self.announce_state(sentence),
            Effect::Lost {
                transaction,
                sentence,
            } => self.keep_lost(&transaction, sentence),
            Effect::Refused(sentence) => self.toasts.warning(sentence),
            Effect::PasteRefused(sentence) => self.toasts.danger(sentence),
            Effect::LeftOut(sentence) => self.toasts.warning(sentence),
            Effect::Resync => self.link.start_over(self),
        }
    }

    /// Says something to assistive technology.
    pub(crate) fn announce(self, sentence: impl Into<String>) {
        self.announcer.say(sentence);
    }

    /// Says what went wrong, for all to see.
    pub(crate) fn tell_of_failure(self, sentence: &'static str) {
        self.toasts.danger(sentence);
    }

    /// What went wrong went well after all: nothing is to be said of it any more.
    pub(crate) fn failure_is_over(self, sentence: &'static str) {
        self.toasts.over(sentence);
    }

    /// Puts a text on the clipboard and says so.
    pub(crate) fn copy_text(self, text: String, done: &'static str) {
        clipboard::copy_text(self.toasts, text, done);
    }

    /// Puts what was copied on the clipboard: by way of the event that asked
    /// for it, else by asking the browser.
    fn put_on_clipboard(self, text: String) {
        let Some(surface) = self.surface() else {
            return;
        };
        if !surface.offer_to_clipboard(&text) {
            self.copy_text(text, "Copied.");
        }
    }

    fn keep_lost(self, transaction: &Transaction, sentence: String) {
        let text = serde_json::to_string_pretty(transaction).unwrap_or_default();
        self.announcer.say(sentence.clone());
        self.lost.update(|lost| {
            let number = lost.last().map_or(1, |edit| edit.number + 1);
            lost.push(LostEdit {
                number,
                sentence,
                text,
            });
        });
    }
}
