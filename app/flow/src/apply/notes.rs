//! Notes that come, go, or are changed.

use std::sync::Arc;

use super::{Applied, Refused};
use crate::{Flow, MAX_NOTES, Note, NoteId, Op};

pub(super) fn apply(flow: &mut Flow, op: &Op, applied: &mut Applied) -> Result<(), Refused> {
    let (id, inverse) = match op {
        Op::AddNote { id, note } => {
            if flow.notes.contains_key(id) {
                return Err(Refused::NoteExists { id: id.clone() });
            }
            if flow.notes.len() >= MAX_NOTES {
                return Err(Refused::TooMany {
                    what: "notes".into(),
                    limit: MAX_NOTES,
                });
            }
            flow.notes.insert(id.clone(), Arc::clone(note));
            (id, Op::RemoveNote { id: id.clone() })
        }
        Op::RemoveNote { id } => {
            let note = flow.notes.remove(id).ok_or_else(|| missing(id))?;
            let id_back = id.clone();
            (id, Op::AddNote { id: id_back, note })
        }
        Op::SetNoteText { id, text } => {
            let text = std::mem::replace(&mut note(flow, id)?.text, text.clone());
            let id_back = id.clone();
            (id, Op::SetNoteText { id: id_back, text })
        }
        Op::PlaceNote { id, at, size } => {
            let note = note(flow, id)?;
            let inverse = Op::PlaceNote {
                id: id.clone(),
                at: std::mem::replace(&mut note.at, *at),
                size: std::mem::replace(&mut note.size, *size),
            };
            (id, inverse)
        }
        Op::SetNoteTint { id, tint } => {
            let tint = std::mem::replace(&mut note(flow, id)?.tint, *tint);
            let id_back = id.clone();
            (id, Op::SetNoteTint { id: id_back, tint })
        }
        _ => return Ok(()),
    };
    applied.inverse.push(inverse);
    applied.changes.notes.insert(id.clone());
    Ok(())
}

fn note<'a>(flow: &'a mut Flow, id: &NoteId) -> Result<&'a mut Note, Refused> {
    let note = flow.notes.get_mut(id).ok_or_else(|| missing(id))?;
    Ok(Arc::make_mut(note))
}

fn missing(id: &NoteId) -> Refused {
    Refused::NoteMissing { id: id.clone() }
}
