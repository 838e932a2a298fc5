//! Notes and frames on the still layer, where there are too many for elements.

use editor::{Editor, Overlay, Rect, geometry};
use web_sys::CanvasRenderingContext2d;

use super::{inks::Inks, pen};

/// Below this zoom words cannot be read: bars stand for their lines.
const TEXT_FROM: f64 = 0.4;
/// Below this zoom there are no bars either.
const BARS_FROM: f64 = 0.1;
/// How broad a letter is on the average, where bars stand for words.
const LETTER: f64 = 6.6;
/// How high a bar is, and how much of it is seen.
const BAR: (f64, f64) = (6.0, 0.22);
/// Between the edge of a note and its words.
const MARGIN: f64 = 12.0;
/// From line to line.
const LINE: f64 = 18.0;

/// Draws what of them is still in an area.
pub(super) fn draw(context: &CanvasRenderingContext2d, inks: &Inks, editor: &Editor, area: Rect) {
    let flow = editor.flow();
    let zoom = editor.camera().zoom;
    context.set_line_width(1.0_f64.max(0.8 / zoom));
    for id in editor.visible_groups(area) {
        let (Some(group), Some(frame)) = (flow.groups.get(&id), editor.frame_shown(&id)) else {
            continue;
        };
        let (line, paper) = inks.tint(group.tint);
        context.begin_path();
        pen::rounded(context, frame, 12.0);
        context.set_global_alpha(0.45);
        context.set_fill_style_str(paper);
        context.fill();
        context.set_global_alpha(1.0);
        context.set_stroke_style_str(line);
        context.stroke();
        if zoom >= TEXT_FROM {
            title(context, inks, &group.title, geometry::frame_bar(frame));
        }
    }
    let moving = |id: &flow::NoteId| match editor.overlay() {
        Overlay::Dragging { notes, clones, .. } => !clones && notes.contains(id),
        Overlay::Resizing { note, .. } => note == id,
        _ => false,
    };
    for id in editor.visible_notes(area) {
        let (Some(note), Some(rect)) = (flow.notes.get(&id), editor.note_rect_shown(&id)) else {
            continue;
        };
        if moving(&id) {
            continue;
        }
        let (line, paper) = inks.tint(note.tint);
        context.begin_path();
        pen::rounded(context, rect, 6.0);
        context.set_fill_style_str(paper);
        context.fill();
        context.set_stroke_style_str(line);
        context.stroke();
        if zoom >= TEXT_FROM {
            words(context, inks, &note.text, rect);
        } else if zoom >= BARS_FROM {
            bars(context, inks, &note.text, rect);
        }
    }
}

fn title(context: &CanvasRenderingContext2d, inks: &Inks, text: &str, bar: Rect) {
    context.set_font(&format!("600 12px {}", inks.font));
    context.set_text_align("left");
    context.set_text_baseline("middle");
    context.set_fill_style_str(&inks.text);
    // Text that cannot be drawn is in the page once the group is selected.
    let _ = context.fill_text_with_max_width(
        text,
        bar.min.x + MARGIN,
        bar.centre().y,
        bar.width() - 2.0 * MARGIN,
    );
}

/// About as many bars as there are lines, the last of a paragraph as short.
fn bars(context: &CanvasRenderingContext2d, inks: &Inks, text: &str, rect: Rect) {
    let room = rect.width() - 2.0 * MARGIN;
    let (height, alpha) = BAR;
    context.set_fill_style_str(&inks.text);
    context.set_global_alpha(alpha);
    let mut y = rect.min.y + MARGIN + (LINE - height) / 2.0;
    for paragraph in text.lines() {
        let mut left = paragraph.chars().count() as f64 * LETTER;
        while y + height <= rect.max.y - MARGIN / 2.0 {
            context.fill_rect(rect.min.x + MARGIN, y, left.clamp(0.0, room), height);
            y += LINE;
            left -= room;
            if left <= 0.0 {
                break;
            }
        }
    }
    context.set_global_alpha(1.0);
}

/// Lines as long as the note is wide, as many as it is high.
fn words(context: &CanvasRenderingContext2d, inks: &Inks, text: &str, rect: Rect) {
    context.set_font(&format!("13px {}", inks.font));
    context.set_text_align("left");
    context.set_text_baseline("alphabetic");
    context.set_fill_style_str(&inks.text);
    let room = rect.width() - 2.0 * MARGIN;
    let fits = |line: &str| {
        let width = context.measure_text(line).map_or(0.0, |m| m.width());
        width <= room
    };
    let mut y = rect.min.y + MARGIN + 13.0;
    let mut put = |line: &str| {
        if y > rect.max.y - MARGIN / 2.0 {
            return false;
        }
        let _ = context.fill_text_with_max_width(line, rect.min.x + MARGIN, y, room);
        y += LINE;
        true
    };
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let before = line.len();
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            if before > 0 && !fits(&line) {
                line.truncate(before);
                if !put(&line) {
                    return;
                }
                line.clear();
                line.push_str(word);
            }
        }
        if !put(&line) {
            return;
        }
    }
}
