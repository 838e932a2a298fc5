//! The table of data actions.

use api::DataActionSummary;
use dom::prelude::*;

use super::row::Row;

#[component]
pub(super) fn ActionTable(actions: Memo<Vec<DataActionSummary>>) -> impl IntoView {
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col" class="table__number" data-narrow="hide">
                        "Inputs"
                    </th>
                    <th scope="col" class="table__number" data-narrow="hide">
                        "Outputs"
                    </th>
                    <th scope="col">"State"</th>
                    <th scope="col" data-narrow="hide">
                        "Changed"
                    </th>
                    <th scope="col" data-narrow="hide">
                        "By"
                    </th>
                    <th scope="col"></th>
                </tr>
            </thead>
            <tbody>
                <For each=move || actions.get() key=|action| format!("{action:?}") let:action>
                    <Row action />
                </For>
            </tbody>
        </table>
    }
}
