//! One flow in the table.

use api::{FlowSummary, Right};
use dom::prelude::*;

use super::{actions::FlowActions, state::StateBadge};
use crate::{
    components::{
        Badge, ButtonKind, IconButton, MenuButton, MenuItem, MenuSeparator, RelativeTime,
        TooltipSide,
    },
    flow_kind::{FlowTile, NO_NAME},
    session::SessionState,
};

#[component]
pub fn FlowRow(flow: FlowSummary) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let actions = expect_context::<FlowActions>();
    let busy = RwSignal::new(false);
    let may_edit = Signal::derive(move || session.may(Right::EditFlows));
    let address = format!("/flows/{}", flow.id);
    let id = StoredValue::new(flow.id.clone());
    let nameless = flow.name.trim().is_empty();
    let name = StoredValue::new(if nameless {
        NO_NAME.to_owned()
    } else {
        flow.name.clone()
    });

    let duplicate = move |_| actions.duplicate(id.get_value(), name.get_value(), busy);
    let download = move |()| actions.download(id.get_value(), name.get_value());
    let delete = move |()| actions.ask_to_delete(id.get_value(), name.get_value());
    view! {
        <tr class="table__row">
            // The name gives way, so that the rest fits beside it.
            <td style:width="40%" style:max-width="0">
                <a class="table__name" href=address>
                    <FlowTile kind=flow.kind />
                    <span class="truncate" class:text-muted=nameless>
                        {name.get_value()}
                    </span>
                </a>
            </td>
            <td data-narrow="hide">
                <Badge>{flow.kind.title()}</Badge>
            </td>
            <td class="table__number" data-narrow="hide">
                {flow.nodes}
            </td>
            <td>
                <StateBadge flow=flow.clone() />
            </td>
            <td class="truncate" data-narrow="hide">
                <RelativeTime at=flow.changed_at.clone() />
            </td>
            <td class="truncate" data-narrow="hide">{flow.changed_by.clone()}</td>
            <td>
                <div class="table__actions">
                    <Show when=move || may_edit.get()>
                        <IconButton
                            icon="copy"
                            label="Duplicate"
                            small=true
                            busy
                            on_click=duplicate
                        />
                    </Show>
                    <MenuButton
                        label="More"
                        icon="more"
                        kind=ButtonKind::Ghost
                        icon_only=true
                        small=true
                        side=TooltipSide::End
                    >
                        <MenuItem icon="file-down" on_choose=download>
                            "Download file"
                        </MenuItem>
                        <Show when=move || may_edit.get()>
                            <MenuSeparator />
                            <MenuItem icon="trash" danger=true on_choose=delete>
                                "Delete…"
                            </MenuItem>
                        </Show>
                    </MenuButton>
                </div>
            </td>
        </tr>
    }
}
