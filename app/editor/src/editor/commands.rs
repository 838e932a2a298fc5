//! What each command does.

use flow::{Fix, Flow, FlowSetting, Kind, Op, Point, Transaction};

use super::{Editor, announce};
use crate::{
    Command, Effect, Place, Selection, Update,
    addable::addable,
    graph::Graph,
    history::{Typing, TypingPlace},
    plan::{
        name_of, plan_add, plan_add_after, plan_add_before, plan_add_on_edge, plan_connect,
        plan_cut, plan_delete, plan_delete_and_heal, plan_insert, plan_move, plan_reroute,
    },
};

const NOT_INSERTED: &str = "This node cannot go between these two: it has no entry or no exit, \
                            or the connection is no longer there.";

impl Command {
    /// Whether a gesture goes on when this is given: it moves the view, or comes
    /// from a field of a panel that loses the focus because the canvas was
    /// pressed. Anything else ends the gesture.
    pub(crate) fn spares_gestures(&self) -> bool {
        matches!(
            self,
            Self::ZoomIn
                | Self::ZoomOut
                | Self::ZoomTo(_)
                | Self::FitAll
                | Self::FitSelection
                | Self::CentreOn(_)
                | Self::PanBy(_)
                | Self::GiveUpTidying
                | Self::SetFocus(_)
                | Self::EndTyping
                | Self::SetLabel { .. }
                | Self::SetField { .. }
                | Self::SetEdgeLabel { .. }
                | Self::SetFlow(_)
                | Self::SetNoteText { .. }
                | Self::SetGroupTitle { .. }
                | Self::FocusNote(_)
        )
    }
}

impl Editor {
    /// Does a command; says whether it had a meaning.
    pub(super) fn execute(
        &mut self,
        command: Command,
        at_millis: f64,
        update: &mut Update,
    ) -> bool {
        let typing = |place| Typing { place, at_millis };
        match command {
            // Keystrokes.
            Command::SetLabel { node, label } => {
                let place = TypingPlace::Label(node.clone());
                let words = format!("Rename {}", name_of(self.flow(), &node));
                let is_same = self
                    .flow()
                    .nodes
                    .get(&node)
                    .is_some_and(|n| n.label == label);
                let op = Op::SetLabel { id: node, label };
                self.type_in(op, words, is_same, typing(place), update);
            }
            Command::SetField { node, field, value } => {
                let place = TypingPlace::Field(node.clone(), field.clone());
                let words = self.words_for_field(&node, &field);
                let held = self.flow().nodes.get(&node);
                let is_same = held.is_some_and(|node| node.fields.get(&field) == value.as_ref());
                let op = Op::SetField {
                    id: node,
                    field,
                    value,
                };
                self.type_in(op, words, is_same, typing(place), update);
            }
            Command::SetEdgeLabel { edge, label } => {
                let place = TypingPlace::EdgeLabel(edge.clone());
                let is_same = self
                    .flow()
                    .edges
                    .get(&edge)
                    .is_some_and(|e| e.label == label);
                let op = Op::SetEdgeLabel { id: edge, label };
                let words = "Label a connection".to_owned();
                self.type_in(op, words, is_same, typing(place), update);
            }
            Command::SetFlow(setting) => {
                let (place, words) = match &setting {
                    FlowSetting::Name(_) => (TypingPlace::FlowName, "Rename the flow"),
                    FlowSetting::Description(_) => {
                        (TypingPlace::FlowDescription, "Describe the flow")
                    }
                    FlowSetting::Variables(_) => (TypingPlace::FlowVariables, "Declare variables"),
                    FlowSetting::WireType(_) => (TypingPlace::FlowWireType, "Set the flow's type"),
                    FlowSetting::Inputs(_) => (TypingPlace::FlowInputs, "Declare inputs"),
                    FlowSetting::Outputs(_) => (TypingPlace::FlowOutputs, "Declare outputs"),
                    FlowSetting::Members(_) => (TypingPlace::FlowMembers, "Set what is kept"),
                };
                let is_same = is_set(self.flow(), &setting);
                let op = Op::SetFlow(setting);
                self.type_in(op, words.to_owned(), is_same, typing(place), update);
            }
            Command::SetNoteText {
                note,
                text,
                needs_height,
            } => {
                self.set_note_text((note, text), needs_height, at_millis, update);
            }
            Command::SetGroupTitle { group, title } => {
                self.set_group_title(group, title, at_millis, update);
            }
            other => {
                self.history.end_typing();
                return self.execute_whole(other, update);
            }
        }
        true
    }

    /// Does a command that is no keystroke.
    fn execute_whole(&mut self, command: Command, update: &mut Update) -> bool {
        match command {
            Command::AddNode { kind, at } => self.add_node(&kind, at, update),
            Command::Delete => self.delete(plan_delete, update),
            Command::DeleteAndHeal => self.delete(plan_delete_and_heal, update),
            Command::AddNote { at_in_canvas } => self.add_note(at_in_canvas, update),
            Command::PlaceNote { note, rect } => self.place_note(note, rect, update),
            Command::TintNotes(tint) => self.tint_notes(tint, update),
            Command::FocusNote(note) => {
                if self.flow().notes.contains_key(&note) {
                    self.set_note_focus(Some(note), update);
                }
            }
            Command::SelectNote(note) => {
                if self.flow().notes.contains_key(&note) {
                    self.select(Selection::of_notes([note]), update);
                }
            }
            Command::Group => self.group(update),
            Command::Ungroup => self.ungroup(update),
            Command::SelectGroup(group) => {
                self.select_group(&group, crate::SelectMode::Replace, update);
            }
            Command::SetGroupTint { group, tint } => self.set_group_tint(group, tint, update),
            Command::ToggleDisabled => self.toggle_disabled(update),
            Command::Duplicate => self.duplicate(update),
            Command::Copy => return self.copy(update),
            Command::Cut => {
                if self.may_edit_or_says_no(update) && self.copy(update) {
                    self.delete(plan_delete, update);
                }
            }
            Command::Paste {
                text,
                at_in_canvas,
                keeps_incoming,
            } => self.paste(&text, at_in_canvas, keeps_incoming, update),
            Command::SelectAll => {
                let all = Selection::of_nodes(self.flow().nodes.keys().cloned());
                let all = all.with_notes(self.flow().notes.keys().cloned());
                self.select(all, update);
                self.tell_selection(update);
            }
            Command::Select { nodes, mode } => {
                let exists = |id: &flow::NodeId| self.flow().nodes.contains_key(id);
                let wanted = Selection::of_nodes(nodes.into_iter().filter(exists));
                self.select(self.selection.combined(wanted, mode), update);
            }
            Command::SelectEdge(edge) => {
                if self.flow().edges.contains_key(&edge) {
                    self.select(Selection::of_edge(edge), update);
                }
            }
            Command::Clear => self.select(Selection::default(), update),
            Command::Undo => self.undo(update),
            Command::Redo => self.redo(update),
            Command::Nudge { by } => {
                if self.move_at_hand(by, update) {
                    self.keep_at_hand_in_view(update);
                }
            }
            Command::TidyUp(orientation) => self.tidy_up(orientation, update),
            Command::MoveTidied(tidied) => self.move_tidied(*tidied, update),
            Command::GiveUpTidying => return self.give_up_tidying(update),
            Command::Insert { node, by, edge } => {
                match plan_insert(self.flow(), &self.scene, (&node, by), &edge) {
                    Some(plan) => {
                        self.commit(plan, None, update);
                    }
                    None => announce(update, NOT_INSERTED.to_owned()),
                }
            }
            Command::Connect {
                source,
                port,
                target,
            } => match plan_connect(self.flow(), &self.scene, source, port, &target) {
                Ok(plan) => {
                    self.commit(plan, None, update);
                }
                Err(reason) => announce(update, reason.to_string()),
            },
            Command::Reroute {
                edge,
                source,
                port,
                target,
            } => match plan_reroute(self.flow(), &self.scene, &edge, (source, port), target) {
                Ok(plan) => {
                    if let Some(plan) = plan {
                        self.commit(plan, None, update);
                    }
                }
                Err(reason) => announce(update, reason.to_string()),
            },
            Command::CutEdges(edges) => {
                if let Some(plan) = plan_cut(self.flow(), edges) {
                    self.commit(plan, None, update);
                }
            }
            Command::Disconnect(id) => {
                let ops = vec![Op::Disconnect { id }];
                self.commit(Transaction::new("Delete a connection", ops), None, update);
            }
            Command::ApplyFix(Fix { label, ops }) => {
                self.commit(Transaction::new(label, ops), None, update);
            }
            Command::SetFocus(focus) => {
                let exists = |id: &flow::NodeId| self.flow().nodes.contains_key(id);
                let focus = focus.filter(exists);
                self.set_note_focus(None, update);
                self.set_focus(focus, update);
            }
            Command::FocusNext => return self.walk(true, update),
            Command::FocusPrevious => return self.walk(false, update),
            Command::ToggleFocused => {
                if let Some(focus) = self.focus.clone() {
                    self.select_by_space(focus, update);
                }
            }
            Command::WalkTo(id) => {
                if self.flow().nodes.contains_key(&id) {
                    self.walk_to(id, update);
                }
            }
            Command::FollowEdge(direction) => self.follow_edge(direction, update),
            Command::SelectUpstream => self.select_reached(Graph::ancestors, update),
            Command::SelectDownstream => self.select_reached(Graph::descendants, update),
            Command::Reveal(id) => self.reveal(id, update),
            Command::ZoomIn => {
                self.move_camera(self.camera.zoomed_in(self.viewport), update);
                self.tell_zoom(update);
            }
            Command::ZoomOut => {
                let camera = self.camera.zoomed_out(self.viewport, self.least_zoom());
                self.move_camera(camera, update);
                self.tell_zoom(update);
            }
            Command::ZoomTo(zoom) => {
                let middle = self.camera.to_screen(self.middle_in_canvas());
                self.move_camera(self.camera.zoomed(zoom, self.least_zoom(), middle), update);
                self.tell_zoom(update);
            }
            Command::FitAll => {
                self.fit_all(update);
                self.tell_zoom(update);
            }
            Command::FitSelection => {
                self.fit_selection(update);
                self.tell_zoom(update);
            }
            Command::CentreOn(point) => {
                let camera = self.camera.centred_on(point, self.viewport);
                self.move_camera(camera, update);
            }
            Command::PanBy(by) => self.move_camera(self.camera.panned(by), update),
            Command::EndTyping
            | Command::SetLabel { .. }
            | Command::SetField { .. }
            | Command::SetEdgeLabel { .. }
            | Command::SetNoteText { .. }
            | Command::SetGroupTitle { .. }
            | Command::SetFlow(_) => {}
        }
        true
    }

    fn type_in(
        &mut self,
        op: Op,
        words: String,
        is_same: bool,
        typing: Typing,
        update: &mut Update,
    ) {
        if !is_same {
            let transaction = Transaction::new(words, vec![op]);
            self.commit(transaction, Some(typing), update);
        }
    }

    fn words_for_field(&self, node: &flow::NodeId, field: &flow::FieldKey) -> String {
        let spec = self
            .flow()
            .nodes
            .get(node)
            .and_then(|node| node.kind.spec());
        let field = spec
            .and_then(|spec| spec.fields.iter().find(|known| known.key == field.as_str()))
            .map_or(field.as_str(), |known| known.label);
        format!("Set {field} of {}", name_of(self.flow(), node))
    }

    /// Moves the selected nodes and notes; whether anything moved.
    pub(super) fn move_at_hand(&mut self, by: Point, update: &mut Update) -> bool {
        let at_hand = (&self.nodes_at_hand(), &self.notes_at_hand());
        let plan = plan_move(self.flow(), at_hand, by);
        plan.is_some_and(|plan| self.commit(plan, None, update))
    }

    fn add_node(&mut self, kind: &Kind, at: Place, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        if let Err(reason) = addable(self.flow(), kind) {
            let title = kind.spec().map_or(kind.as_str(), |spec| spec.title);
            return announce(update, format!("{title} was not added: {reason}."));
        }
        let id = self.ids.next_node();
        let plan = match at {
            Place::InCanvas(middle) => plan_add(&self.scene, id.clone(), kind, middle),
            Place::Centre => {
                let middle = self.room_in_the_middle();
                plan_add(&self.scene, id.clone(), kind, middle)
            }
            Place::After {
                node,
                port,
                at_in_canvas,
            } => plan_add_after(
                self.flow(),
                &self.scene,
                id.clone(),
                kind,
                (&node, &port),
                at_in_canvas,
            ),
            Place::Before { edge, at_in_canvas } => {
                let place = (&edge, at_in_canvas);
                match plan_add_before(self.flow(), &self.scene, id.clone(), kind, place) {
                    Some(plan) => plan,
                    None => return announce(update, NOT_INSERTED.to_owned()),
                }
            }
            Place::OnEdge { edge, at_in_canvas } => {
                let place = (&edge, at_in_canvas);
                match plan_add_on_edge(self.flow(), &self.scene, id.clone(), kind, place) {
                    Some(plan) => plan,
                    None => return announce(update, NOT_INSERTED.to_owned()),
                }
            }
        };
        if self.commit(plan, None, update) {
            self.select_added(vec![id], Vec::new(), update);
            self.keep_at_hand_in_view(update);
        }
    }

    fn delete(
        &mut self,
        plan: fn(&Flow, &crate::scene::Scene, &Selection) -> Option<Transaction>,
        update: &mut Update,
    ) {
        let selection = self.selection_at_hand();
        let Some(plan) = plan(self.flow(), &self.scene, &selection) else {
            announce(update, "Select what to delete first.");
            return;
        };
        let had_focus = self
            .focus
            .clone()
            .filter(|id| selection.nodes().contains(id));
        let next = had_focus.and_then(|id| self.survivor_near(&id, &selection));
        let note_goes = self.note_focus.as_ref();
        let note_goes = note_goes.is_some_and(|id| selection.notes().contains(id));
        if !self.commit(plan, None, update) {
            return;
        }
        // The keyboard does not fall off the canvas.
        if let Some(next) = next {
            update.effects.push(Effect::FocusNode(next.clone()));
            self.set_focus(Some(next), update);
        } else if note_goes {
            update.effects.push(Effect::FocusCanvas);
        }
    }

    /// The node nearest in reading order that a removal leaves, before rather
    /// than after.
    fn survivor_near(&self, id: &flow::NodeId, removed: &Selection) -> Option<flow::NodeId> {
        let order = self.reading_order();
        let place = self.scene.place_of(self.flow(), id)?;
        let (before, after) = order.split_at_checked(place)?;
        let stays = |id: &&flow::NodeId| !removed.nodes().contains(*id);
        let mut near = before.iter().rev().chain(after);
        near.find(stays).cloned()
    }
}

fn is_set(flow: &Flow, setting: &FlowSetting) -> bool {
    match setting {
        FlowSetting::Name(name) => flow.name == *name,
        FlowSetting::Description(text) => flow.description == *text,
        FlowSetting::Variables(variables) => flow.variables == *variables,
        FlowSetting::WireType(wire_type) => flow.wire_type == *wire_type,
        FlowSetting::Inputs(inputs) => flow.interface.inputs == *inputs,
        FlowSetting::Outputs(outputs) => flow.interface.outputs == *outputs,
        FlowSetting::Members(members) => flow.extra == *members,
    }
}
