//! Parts of a data action that both sides changed: somebody takes either for
//! each.

use api::{ComparedActionPart, Side};
use dom::prelude::*;
use flow::data_action::ActionPart;

use crate::components::{Button, Compared};

/// Parts that are being decided.
#[derive(Clone, Copy)]
pub(super) struct Choices {
    parts: StoredValue<Vec<ComparedActionPart>>,
    sides: RwSignal<Vec<Option<Side>>>,
}

impl Choices {
    /// Nothing is chosen yet.
    pub(super) fn of(parts: Vec<ComparedActionPart>) -> Self {
        Self {
            sides: RwSignal::new(vec![None; parts.len()]),
            parts: StoredValue::new(parts),
        }
    }

    /// The parts in which theirs stands, once a side was chosen for each.
    /// Reacts.
    pub(super) fn theirs_in(self) -> Option<Vec<ActionPart>> {
        let sides = self.sides.get().into_iter().collect::<Option<Vec<_>>>()?;
        let theirs = self.parts.with_value(|parts| {
            let chosen = parts.iter().zip(sides);
            let theirs = chosen.filter(|(_, side)| *side == Side::Theirs);
            theirs.map(|(part, _)| part.part).collect()
        });
        Some(theirs)
    }
}

/// The parts, each with what was, what is here and what is there.
#[component]
pub(super) fn ChoiceList(
    choices: Choices,
    /// What the other side is called.
    there: &'static str,
) -> impl IntoView {
    let Choices { parts, sides } = choices;
    let parts = parts.get_value();
    let take_all = move |side: Side| sides.update(|sides| sides.fill(Some(side)));
    let all = (parts.len() > 1).then(|| {
        view! {
            <div class="compare__all">
                <Button small=true on_click=move |_| take_all(Side::Ours)>
                    "Take all from here"
                </Button>
                <Button small=true on_click=move |_| take_all(Side::Theirs)>
                    "Take all of theirs"
                </Button>
            </div>
        }
    });
    let rows = parts.into_iter().enumerate().map(|(index, part)| {
        let choose = move |side: Side| {
            sides.update(|sides| {
                if let Some(of_part) = sides.get_mut(index) {
                    *of_part = Some(side);
                }
            });
        };
        view! {
            <li class="compare__part">
                <Compared
                    title=capitalised(part.part.title())
                    name=format!("compare-part-{index}")
                    base=part.base
                    ours=part.ours
                    theirs=part.theirs
                    there
                    chosen=Signal::derive(move || sides.with(|sides| *sides.get(index)?))
                    on_choose=choose
                />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        {all}
        <ol class="compare">{rows}</ol>
    }
}

/// As a title: "The script".
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
