//! A flow or a module on the page, with what somebody else could do to it.

use std::fmt;

use serde_json::json;

use super::{Text, write_json};
use crate::flow_store::FlowRecord;
use crate::validate::Form;

/// Who holds locks that the page sets.
const SOMEBODY: &str = "Maria Jones";

pub(super) fn write(
    f: &mut fmt::Formatter<'_>,
    record: &FlowRecord,
    is_module: bool,
) -> fmt::Result {
    let is_live_as_saved = is_module || Form::of(&record.draft) != Form::Lookup;
    let name = if record.name.is_empty() {
        "A call flow without a name"
    } else {
        &record.name
    };
    write!(
        f,
        "<article class=\"flow\"><h3>{}</h3><p><code>{}</code></p><p>{} {}",
        Text(name),
        Text(&record.id),
        if is_live_as_saved {
            "Version"
        } else {
            "Draft version"
        },
        record.version
    )?;
    match &record.published {
        Some(live) => write!(
            f,
            " <span class=\"chip good\">Published version {}</span>",
            live.version
        )?,
        None if is_live_as_saved => {
            f.write_str(" <span class=\"chip good\">Live as saved</span>")?;
        }
        None => f.write_str(" <span class=\"chip\">Not published</span>")?,
    }
    if let Some(by) = &record.locked_by {
        write!(f, " <span class=\"chip bad\">Locked by {}</span>", Text(by))?;
    }
    f.write_str("</p>")?;
    if let Some(live) = &record.published {
        let key = format!("published-{}", record.id);
        write_json(f, &key, "Published body", &live.body)?;
    }
    let key = format!("draft-{}", record.id);
    let title = if is_live_as_saved {
        "Body"
    } else {
        "Draft body"
    };
    write_json(f, &key, title, &record.draft)?;
    f.write_str("<div class=\"actions\">")?;
    for (name, path, body) in [
        (
            "Change it as somebody else",
            "POST /sandbox/changes",
            json!({ "id": record.id }),
        ),
        (
            "Lock it as somebody else",
            "POST /sandbox/locks",
            json!({ "id": record.id, "by": SOMEBODY }),
        ),
    ] {
        write!(
            f,
            "<button type=\"button\" data-send=\"{path}\" data-body=\"{}\">{name}</button>",
            Text(body)
        )?;
    }
    f.write_str("</div></article>")
}
