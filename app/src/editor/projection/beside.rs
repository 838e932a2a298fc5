//! Notes and groups as signals, one per thing that is in view.

use std::sync::Arc;

use dom::prelude::*;
use editor::{Editor, Rect, Update};
use flow::{Group, GroupId, Note, NoteId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::set_if_different;
use super::window::Window;

/// With more notes and groups in view than this the canvas draws them, and only
/// those that a person deals with are elements.
const MOST_ELEMENTS: usize = 100;

/// What stands beside the logic, as the page shows it.
#[derive(Clone, Copy)]
pub(crate) struct Beside {
    /// The notes that have an element.
    pub(crate) notes: RwSignal<Vec<NoteId>>,
    /// The groups that have one.
    pub(crate) groups: RwSignal<Vec<GroupId>>,
    /// The note that the keyboard acts on.
    pub(crate) focused: RwSignal<Option<NoteId>>,
    /// The note that is being written.
    pub(crate) writing: RwSignal<Option<NoteId>>,
    /// The group that is being renamed.
    pub(crate) renaming: RwSignal<Option<GroupId>>,
    /// Whether the canvas draws them because there are too many.
    pub(crate) simplified: RwSignal<bool>,
    parts: StoredValue<Parts>,
}

#[derive(Default)]
struct Parts {
    notes: FxHashMap<NoteId, ArcRwSignal<NoteShown>>,
    groups: FxHashMap<GroupId, ArcRwSignal<GroupShown>>,
}

/// A note as it is seen.
#[derive(Clone, PartialEq)]
pub(crate) struct NoteShown {
    /// What is written on it, and its colour.
    pub(crate) note: Arc<Note>,
    /// Where it lies, in canvas units.
    pub(crate) rect: Rect,
    /// Whether it is selected.
    pub(crate) selected: bool,
}

/// A group as it is seen.
#[derive(Clone, PartialEq)]
pub(crate) struct GroupShown {
    /// Its title and colour.
    pub(crate) group: Arc<Group>,
    /// Its frame, in canvas units.
    pub(crate) frame: Rect,
    /// How many nodes are in it.
    pub(crate) nodes: usize,
    /// Whether they are selected, and nothing else is.
    pub(crate) selected: bool,
}

impl Beside {
    /// Whether a note or the title of a group is being written.
    pub(crate) fn takes_text(&self) -> bool {
        let writing = self.writing.try_get_untracked().flatten().is_some();
        writing || self.renaming.try_get_untracked().flatten().is_some()
    }

    pub(super) fn new() -> Self {
        Self {
            notes: RwSignal::new(Vec::new()),
            groups: RwSignal::new(Vec::new()),
            focused: RwSignal::new(None),
            writing: RwSignal::new(None),
            renaming: RwSignal::new(None),
            simplified: RwSignal::new(false),
            parts: StoredValue::new_local(Parts::default()),
        }
    }

    /// The signal of a note.
    pub(crate) fn note(self, id: &NoteId) -> Option<ArcRwSignal<NoteShown>> {
        let note = self
            .parts
            .try_with_value(|parts| parts.notes.get(id).cloned());
        note.flatten()
    }

    /// The signal of a group.
    pub(crate) fn group(self, id: &GroupId) -> Option<ArcRwSignal<GroupShown>> {
        let group = self
            .parts
            .try_with_value(|parts| parts.groups.get(id).cloned());
        group.flatten()
    }

    /// Tells the page what an update changed.
    pub(super) fn refresh(self, editor: &Editor, update: &Update) {
        if update.focus || !update.changes.notes.is_empty() {
            set_if_different(self.focused, editor.focused_note().cloned());
        }
        let is_shown = self
            .parts
            .try_with_value(|parts| !(parts.notes.is_empty() && parts.groups.is_empty()));
        let flow = editor.flow();
        let is_there = !(flow.notes.is_empty() && flow.groups.is_empty());
        if !is_there && is_shown != Some(true) {
            return;
        }
        let window = Window::of(editor, None).area;
        let mut notes = editor.visible_notes(window);
        let mut groups = editor.visible_groups(window);
        let simplified = notes.len() + groups.len() > MOST_ELEMENTS;
        if simplified {
            let selected = editor.selection().notes();
            let writing = self.writing.get_untracked();
            let dealt_with = |id: &NoteId| selected.contains(id) || writing.as_ref() == Some(id);
            notes.retain(dealt_with);
            notes.truncate(MOST_ELEMENTS);
            let renaming = self.renaming.get_untracked();
            let selected = editor.selected_group();
            groups.retain(|id| renaming.as_ref() == Some(id) || selected.as_ref() == Some(id));
        }
        // The browser's focus would be lost with the element that has it.
        if let Some(focused) = editor.focused_note()
            && !notes.contains(focused)
        {
            notes.push(focused.clone());
        }
        self.parts
            .try_update_value(|parts| parts.refresh(editor, &notes, &groups));
        set_if_different(self.simplified, simplified);
        set_if_different(self.notes, notes);
        set_if_different(self.groups, groups);
    }
}

impl Parts {
    fn refresh(&mut self, editor: &Editor, notes: &[NoteId], groups: &[GroupId]) {
        let flow = editor.flow();
        let keep: FxHashSet<&NoteId> = notes.iter().collect();
        self.notes.retain(|id, _| keep.contains(id));
        for id in notes {
            let (Some(note), Some(rect)) = (flow.notes.get(id), editor.note_rect_shown(id)) else {
                continue;
            };
            let shown = NoteShown {
                note: Arc::clone(note),
                rect,
                selected: editor.selection().notes().contains(id),
            };
            match self.notes.get(id) {
                Some(signal) => set_if_different(signal.clone(), shown),
                None => {
                    self.notes.insert(id.clone(), ArcRwSignal::new(shown));
                }
            }
        }
        let keep: FxHashSet<&GroupId> = groups.iter().collect();
        self.groups.retain(|id, _| keep.contains(id));
        let selected = editor.selected_group();
        for id in groups {
            let (Some(group), Some(frame)) = (flow.groups.get(id), editor.frame_shown(id)) else {
                continue;
            };
            let shown = GroupShown {
                group: Arc::clone(group),
                frame,
                nodes: editor.members(id).len(),
                selected: selected.as_ref() == Some(id),
            };
            match self.groups.get(id) {
                Some(signal) => set_if_different(signal.clone(), shown),
                None => {
                    self.groups.insert(id.clone(), ArcRwSignal::new(shown));
                }
            }
        }
    }
}

/// The nodes of a group as a person counts them.
pub(crate) fn counted(nodes: usize) -> String {
    match nodes {
        1 => "1 step".to_owned(),
        many => format!("{many} steps"),
    }
}
