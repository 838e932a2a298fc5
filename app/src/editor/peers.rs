//! Other people in the flow: their colours and what they have selected.

use api::socket::Person;
use dom::prelude::*;
use flow::NodeId;

use super::desk::Desk;
use crate::components::Avatar;

/// The colours that people have.
pub(crate) const COLOURS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];
/// So many are shown by their initials; the rest as a number.
const MOST_SHOWN: usize = 4;

/// The colour of a connection: the same in every browser.
fn colour(person: &Person) -> &'static str {
    let sum: usize = person.id.bytes().map(usize::from).sum();
    COLOURS[sum % COLOURS.len()]
}

/// The others in the flow.
fn others(desk: Desk) -> Vec<Person> {
    let me = desk.me.get();
    let mut people = desk.people.get();
    people.retain(|person| person.id != me);
    people
}

/// The colour and name of somebody else who has a node selected.
pub(crate) fn on_node(desk: Desk, node: &NodeId) -> Option<(&'static str, String)> {
    let me = desk.me.get();
    desk.people.with(|people| {
        people
            .iter()
            .find(|person| person.id != me && person.selected.contains(node))
            .map(|person| (colour(person), person.name.clone()))
    })
}

/// Everybody else who is in the flow.
#[component]
pub(crate) fn People(desk: Desk) -> impl IntoView {
    let others = Memo::new(move |_| others(desk));
    let avatars = move || {
        others
            .get()
            .into_iter()
            .take(MOST_SHOWN)
            .map(|person| {
                let name = person.name.clone();
                view! {
                    <li title=name.clone()>
                        <Avatar name=name.clone() peer=colour(&person) />
                        <span class="visually-hidden">{name.clone()}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let more = move || {
        let more = others.with(Vec::len).saturating_sub(MOST_SHOWN);
        (more > 0).then(|| {
            view! {
                <li>
                    <span class="avatar avatar--more">{format!("+{more}")}</span>
                </li>
            }
        })
    };
    view! {
        <Show when=move || !others.with(Vec::is_empty)>
            <ul class="avatars" aria-label="Also in this flow" data-narrow="hide">
                {avatars}
                {more}
            </ul>
        </Show>
    }
}
