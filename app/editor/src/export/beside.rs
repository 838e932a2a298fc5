//! What stands beside the logic: notes, and frames around groups.

use flow::{Flow, NodeId, NoteId, Point, Tint};

use super::{Lettering, Look, fitted, markup::Markup};
use crate::{
    Editor,
    geometry::{self, Rect},
};

/// The radius of a frame's corners, and of a note's.
const FRAME_RADIUS: f64 = 12.0;
const NOTE_RADIUS: f64 = 6.0;
/// Between the edge of a note or a frame and its words.
const MARGIN: f64 = 12.0;
/// From line to line, and from the top of the first to its baseline.
const LINE: f64 = 18.0;
const BASELINE: f64 = 13.0;

/// A note or a frame.
pub(super) struct Paper<'a> {
    pub(super) area: Rect,
    tint: Tint,
    words: &'a str,
    is_frame: bool,
}

impl<'a> Paper<'a> {
    /// The frames of groups of which all members are drawn, and the notes that
    /// are drawn. Frames lie below.
    pub(super) fn all(
        editor: &Editor,
        flow: &'a Flow,
        is_drawn: &dyn Fn(&NodeId) -> bool,
        is_note_drawn: &dyn Fn(&NoteId) -> bool,
    ) -> Vec<Self> {
        let frames = flow.groups.iter().filter_map(|(id, group)| {
            let is_whole = flow.members(id).all(is_drawn);
            Some(Self {
                area: editor.frame_shown(id).filter(|_| is_whole)?,
                tint: group.tint,
                words: &group.title,
                is_frame: true,
            })
        });
        let notes = flow.notes.iter().filter(|(id, _)| is_note_drawn(id));
        let notes = notes.map(|(_, note)| Self {
            area: geometry::note_rect(note),
            tint: note.tint,
            words: &note.text,
            is_frame: false,
        });
        frames.chain(notes).collect()
    }

    pub(super) fn draw(&self, markup: &mut Markup, look: &Look<'_>) {
        let (line, paper) = (look.paper)(self.tint);
        let ink = &look.colours.title;
        let left = self.area.min.x + MARGIN;
        let room = self.area.width() - 2.0 * MARGIN;
        if self.is_frame {
            markup.begin_faded(0.6);
            markup.rect(self.area, FRAME_RADIUS, &paper, Some(&line));
            markup.close();
            let title = fitted(self.words, Lettering::Heading, room, look);
            let middle = geometry::frame_bar(self.area).centre().y;
            let from = Point::new(left, middle + 4.0);
            markup.text(from, Lettering::Heading, ink, None, &title);
            return;
        }
        markup.rect(self.area, NOTE_RADIUS, &paper, Some(&line));
        let mut baseline = self.area.min.y + MARGIN + BASELINE;
        for line in lines(self.words, room, look) {
            // What does not fit on the paper is not seen on the screen either.
            if baseline > self.area.max.y - MARGIN / 2.0 {
                break;
            }
            let from = Point::new(left, baseline);
            markup.text(from, Lettering::Body, ink, None, &line);
            baseline += LINE;
        }
    }
}

/// A text in lines that fit; a word that does not fit by itself is shortened.
fn lines(text: &str, room: f64, look: &Look<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let before = line.len();
            if before > 0 {
                line.push(' ');
            }
            line.push_str(word);
            if before > 0 && (look.width)(&line, Lettering::Body) > room {
                line.truncate(before);
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
    }
    let fit = |line: String| fitted(&line, Lettering::Body, room, look);
    lines.into_iter().map(fit).collect()
}
