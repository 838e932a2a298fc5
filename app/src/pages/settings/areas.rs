//! What the client of a connection may do.

use api::{Access, Area, AreaCheck, Standing};
use dom::prelude::*;

use crate::components::{Badge, Tone};

#[component]
pub fn Areas(
    /// What was found out.
    areas: Vec<AreaCheck>,
) -> impl IntoView {
    view! {
        <table class="areas" aria-label="What this client may do">
            <thead>
                <tr>
                    <th scope="col">"Right"</th>
                    <th scope="col">"Needed for"</th>
                    <th scope="col">"This client"</th>
                    <th scope="col">"Scopes that would do"</th>
                </tr>
            </thead>
            <tbody>{areas.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn row(check: AreaCheck) -> View {
    let (right, needed_for) = words(check.area, check.access);
    let (tone, standing) = match check.standing {
        Standing::Allowed => (Tone::Success, "May"),
        Standing::Missing => (Tone::Danger, "May not"),
        Standing::NotOffered => (Tone::Neutral, "Not offered there"),
        Standing::Unknown => (Tone::Warning, "Not found out"),
    };
    let note = match check.missing.as_slice() {
        [] => check.reason,
        [one] => Some(format!("Genesys names {one} as missing.")),
        several => Some(format!(
            "Genesys names as missing one of {}.",
            several.join(", ")
        )),
    };
    let groups = check.scopes.into_iter().enumerate().map(|(index, group)| {
        let before = if index > 0 { " and " } else { "" };
        view! { {before} <code>{group.join(" or ")}</code> }
    });
    view! {
        <tr>
            <th scope="row">{right}</th>
            <td>{needed_for}</td>
            <td>
                <Badge tone dot=true>
                    {standing}
                </Badge>
                {note.map(|note| view! { <span class="table__note">{note}</span> })}
            </td>
            <td>{groups.collect_view()}</td>
        </tr>
    }
}

/// A right in words, and what it is needed for.
fn words(area: Area, access: Access) -> (&'static str, &'static str) {
    match (area, access) {
        (Area::Flows, Access::Read) => ("Read flows", "Opening and comparing what is there"),
        (Area::Flows, Access::Write) => ("Change flows", "Publishing flows"),
        (Area::Modules, Access::Read) => ("Read modules", "Picking and verifying modules"),
        (Area::Modules, Access::Write) => ("Change modules", "Publishing modules"),
        (Area::DataActions, Access::Read) => ("Read data actions", "Picking data actions"),
        (Area::DataActions, Access::Write) => ("Change data actions", "Uploading data actions"),
        (Area::Contacts, Access::Read) => ("Read contacts", "Validation and channels"),
        (Area::Contacts, Access::Write) => ("Change contacts", "Registering contacts"),
        (Area::Conversations, _) => ("Start conversations", "Starting interactions"),
    }
}
