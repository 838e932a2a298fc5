//! One flow in the table.

use api::{FlowSummary, Right};
use dom::prelude::*;
use flow::FlowKind;

use super::{actions::FlowActions, many::ManyFlows, state::StateBadge};
use crate::{
    components::{
        Badge, ButtonKind, IconButton, MenuButton, MenuItem, MenuSeparator, RelativeTime,
        TooltipSide,
    },
    flow_kind::{FlowTile, NO_NAME},
    pages::deletion::Deletion,
    session::SessionState,
};

#[component]
pub fn FlowRow(flow: FlowSummary) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let actions = expect_context::<FlowActions>();
    let deletion = expect_context::<Deletion>();
    let many = expect_context::<ManyFlows>();
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
    let delete = move |()| deletion.ask(id.get_value(), name.get_value());
    view! {
        <tr class="table__row">
            <td class="table__select">
                <Show when=move || may_edit.get()>
                    <input
                        type="checkbox"
                        aria-label=format!("Select {}", name.get_value())
                        prop:checked=move || id.with_value(|id| many.has(id))
                        on:change=move |event| {
                            id.with_value(|id| many.select(id, event_target_checked(&event)));
                        }
                    />
                </Show>
            </td>
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
                        <Show when=move || may_edit.get() && flow.kind == FlowKind::Module>
                            <MenuItem icon="link" on_choose=move |()| id.with_value(|id| many.link(id))>
                                "Link into flows…"
                            </MenuItem>
                        </Show>
                        <Show when=move || may_edit.get() && flow.kind.entity().is_some()>
                            <MenuItem icon="refresh" on_choose=move |()| id.with_value(|id| many.repoint(id))>
                                "Repoint references…"
                            </MenuItem>
                        </Show>
                        <Show when=move || may_edit.get()>
                            <MenuItem icon="circle-check" on_choose=move |()| id.with_value(|id| many.verify(id))>
                                "Verify references"
                            </MenuItem>
                            <MenuSeparator />
                        </Show>
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
