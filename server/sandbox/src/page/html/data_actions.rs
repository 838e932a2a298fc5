//! The section of the data actions.

use std::fmt;

use super::{Text, write_json};
use crate::data_actions::DataActionRecord;

pub(super) fn write(f: &mut fmt::Formatter<'_>, actions: &[DataActionRecord]) -> fmt::Result {
    write!(
        f,
        "<section id=\"data-actions\"><h2>Data actions <span class=\"count\">{}</span></h2>",
        actions.len()
    )?;
    if actions.is_empty() {
        f.write_str(
            "<p class=\"empty\">No data action yet. Upload one in Patchbay and it appears here.</p>",
        )?;
    }
    for action in actions {
        write!(
            f,
            "<article class=\"flow\"><h3>{}</h3><p><code>{}</code></p><p>Version {}</p>",
            Text(&action.name),
            Text(&action.id),
            action.version
        )?;
        write_json(f, &format!("action-{}", action.id), "Body", &action.body)?;
        f.write_str("</article>")?;
    }
    f.write_str("</section>")
}
