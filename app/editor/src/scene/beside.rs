//! Where notes and the frames of groups are.

use flow::Sort as _;
use flow::{Changes, Flow, GroupId, NodeId, NoteId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Shift, bounds_of};
use crate::{
    geometry::{self, Rect},
    grid::Grid,
};

/// What lies beside the graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    notes: Grid<NoteId>,
    frames: Grid<GroupId>,
    members: FxHashMap<GroupId, Vec<NodeId>>,
}

impl Beside {
    /// Follows the changes to a flow; whether something lies elsewhere now.
    pub(super) fn update(&mut self, flow: &Flow, changes: &Changes) -> bool {
        for id in &changes.notes {
            match flow.notes.get(id) {
                Some(note) => self.notes.set(id, geometry::note_rect(note), ()),
                None => self.notes.remove(id),
            }
        }
        let regrouped = !changes.groups.is_empty();
        if !regrouped && self.members.is_empty() {
            return !changes.notes.is_empty();
        }
        let mut touched: FxHashSet<&GroupId> = changes.groups.iter().collect();
        if regrouped {
            self.members.clear();
            for (node, group) in &flow.grouped {
                let members = self.members.entry(group.clone()).or_default();
                members.push(node.clone());
            }
        }
        let nodes = changes.nodes.iter().chain(&changes.moved);
        touched.extend(nodes.filter_map(|id| flow.grouped.get(id)));
        for id in &touched {
            let members = self.members.get(*id);
            match members.and_then(|members| bounds_of(flow, members)) {
                Some(bounds) => self.frames.set(id, geometry::frame_around(bounds), ()),
                None => self.frames.remove(id),
            }
        }
        !changes.notes.is_empty() || !touched.is_empty()
    }

    /// The nodes of a group, by their keys.
    pub(crate) fn members(&self, id: &GroupId) -> &[NodeId] {
        self.members.get(id).map_or(&[], Vec::as_slice)
    }

    /// The frame of a group, some nodes shifted; none for a group without
    /// nodes, which shows nowhere.
    pub(crate) fn frame(
        &self,
        flow: &Flow,
        id: &GroupId,
        shift: Option<Shift<'_>>,
    ) -> Option<Rect> {
        let members = self.members(id).iter();
        let cards = members.map(|node| {
            let position =
                shift.map_or_else(|| flow.position(node), |shift| shift.position(flow, node));
            geometry::node_rect(position)
        });
        let bounds = cards.reduce(|all, card| all.united(&card))?;
        Some(geometry::frame_around(bounds))
    }

    /// Calls back for the notes that touch the area, none of them shifted.
    pub(crate) fn for_each_note_in(&self, area: &Rect, mut found: impl FnMut(&NoteId)) {
        self.notes.for_each_in(area, |id, ()| found(id));
    }

    /// Calls back for the groups whose frames touch the area, as the flow has
    /// them.
    pub(crate) fn for_each_group_in(&self, area: &Rect, mut found: impl FnMut(&GroupId)) {
        self.frames.for_each_in(area, |id, ()| found(id));
    }

    /// The notes that touch the area, some of them shifted, by their keys.
    pub(crate) fn notes_in(
        &self,
        flow: &Flow,
        area: &Rect,
        shift: Option<Shift<'_>>,
    ) -> Vec<NoteId> {
        let is_shifted = |id: &NoteId| shift.is_some_and(|shift| shift.notes.contains(id));
        let mut found = Vec::new();
        self.for_each_note_in(area, |id| {
            if !is_shifted(id) {
                found.push(id.clone());
            }
        });
        for id in shift.into_iter().flat_map(|shift| shift.notes) {
            let rect = flow.notes.get(id).map(|note| geometry::note_rect(note));
            let by = shift.map_or_else(Default::default, |shift| shift.by);
            if rect.is_some_and(|rect| rect.shifted(by).intersects(area)) {
                found.push(id.clone());
            }
        }
        found.order();
        found
    }

    /// The groups whose frames touch the area, some nodes shifted, by their
    /// keys.
    pub(crate) fn groups_in(
        &self,
        flow: &Flow,
        area: &Rect,
        shift: Option<Shift<'_>>,
    ) -> Vec<GroupId> {
        let mut found = Vec::new();
        if self.members.is_empty() {
            return found;
        }
        let nodes = shift.into_iter().flat_map(|shift| shift.nodes);
        let stretched: FxHashSet<&GroupId> = nodes.filter_map(|id| flow.grouped.get(id)).collect();
        self.for_each_group_in(area, |id| {
            if !stretched.contains(id) {
                found.push(id.clone());
            }
        });
        for id in stretched {
            let frame = self.frame(flow, id, shift);
            if frame.is_some_and(|frame| frame.intersects(area)) {
                found.push(id.clone());
            }
        }
        found.order();
        found
    }

    /// The notes in reading order: from the top, then from the left.
    pub(crate) fn note_order(&self, flow: &Flow) -> Vec<NoteId> {
        let mut notes: Vec<_> = flow.notes.iter().map(|(id, note)| (note.at, id)).collect();
        notes.order_by(|(a, id), (b, other)| {
            (a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))).then(id.cmp(other))
        });
        notes.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// The least rectangle that holds every note and every frame.
    pub(super) fn bounds(&self, flow: &Flow) -> Option<Rect> {
        let notes = flow.notes.values().map(|note| geometry::note_rect(note));
        let frames = self
            .members
            .keys()
            .filter_map(|id| self.frame(flow, id, None));
        notes.chain(frames).reduce(|all, one| all.united(&one))
    }

    /// Panics unless this equals what is built anew.
    #[cfg(test)]
    pub(super) fn assert_equals(&self, rebuilt: &Self) {
        assert_eq!(self.notes.rects(), rebuilt.notes.rects());
        assert_eq!(self.frames.rects(), rebuilt.frames.rects());
        assert_eq!(self.members, rebuilt.members);
    }
}
