//! One data action in the table.

use api::{ActionStart, DataActionSummary, PublishState, Right};
use dom::prelude::*;

use super::actions::Actions;
use crate::{
    components::{
        Badge, ButtonKind, Icon, MenuButton, MenuItem, MenuSeparator, RelativeTime, TooltipSide,
    },
    flow_kind::NO_NAME,
    pages::{data_action::upstream_state, deletion::Deletion},
    session::SessionState,
};

#[component]
pub(super) fn Row(action: DataActionSummary) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let actions = expect_context::<Actions>();
    let deletion = expect_context::<Deletion>();
    let may_edit = Signal::derive(move || session.may(Right::EditFlows));
    let (tone, state) = upstream_state(action.upstream.as_ref(), action.upload.as_ref(), false);
    // Why an upload failed is told on hover.
    let why = match &action.upload {
        Some(PublishState::Failed { failure }) => {
            Some(format!("{} {}", failure.sentence, failure.next_step))
        }
        _ => None,
    };
    let nameless = action.name.trim().is_empty();
    let name = StoredValue::new(if nameless {
        NO_NAME.to_owned()
    } else {
        action.name.clone()
    });
    let id = StoredValue::new(action.id.clone());
    let copy = move |()| actions.make(ActionStart::Copy(id.get_value()));
    let download = move |()| actions.download(id.get_value(), name.get_value());
    let delete = move |()| deletion.ask(id.get_value(), name.get_value());
    view! {
        <tr class="table__row">
            // The name gives way, so that the rest fits beside it.
            <td style:width="40%" style:max-width="0">
                <a class="table__name" href=["/data-actions/", &action.id].concat()>
                    <span class="tile" data-category="data">
                        <Icon name="square-function" />
                    </span>
                    <span class="truncate" class:text-muted=nameless>
                        {name.get_value()}
                    </span>
                </a>
            </td>
            <td class="table__number" data-narrow="hide">
                {action.inputs}
            </td>
            <td class="table__number" data-narrow="hide">
                {action.outputs}
            </td>
            <td>
                <Badge tone dot=true attr:title=why>
                    {state}
                </Badge>
            </td>
            <td class="truncate" data-narrow="hide">
                <RelativeTime at=action.changed_at.clone() />
            </td>
            <td class="truncate" data-narrow="hide">{action.changed_by.clone()}</td>
            <td>
                <div class="table__actions">
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
                            <MenuItem icon="copy" on_choose=copy>
                                "Make a copy"
                            </MenuItem>
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
