//! What a try came to: what does not fit, and what the script can return.

use api::{FieldProblem, PossibleReturn, Trial};
use dom::prelude::*;

use super::super::desk::ActionDesk;
use crate::components::{Banner, Tone};

#[component]
pub(super) fn Outcome(desk: ActionDesk, trial: Trial) -> impl IntoView {
    let Trial {
        problems,
        result_problems,
        returns,
    } = trial;
    let of_result = result_problems.map(|problems| {
        verdict(
            problems,
            "The result fits the outputs.",
            "The result does not fit the outputs",
        )
    });
    let of_input = verdict(
        problems,
        "The sample fits the inputs.",
        "The sample does not fit the inputs",
    );
    let outputs: Vec<String> = desk.action.with_untracked(|action| {
        let outputs = action.interface().outputs.iter();
        outputs.map(|output| output.name.clone()).collect()
    });
    let returned = match returns {
        None => view! {
            <p class="text-muted">
                "What the script returns cannot be told from reading it. See its problems."
            </p>
        },
        Some(returns) if returns.is_empty() => view! {
            <p class="text-muted">"The script has no return."</p>
        },
        Some(returns) => {
            let rows = returns
                .into_iter()
                .map(|found| view! { <Returned desk found outputs=outputs.clone() /> })
                .collect_view();
            view! {
                <table class="action__returns">
                    <caption>"What the script can return"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Line"</th>
                            <th scope="col">"Gives"</th>
                            <th scope="col">"Leaves empty"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        }
    };
    view! {
        {of_input}
        {of_result}
        {returned}
    }
}

fn verdict(problems: Vec<FieldProblem>, fits: &'static str, does_not: &'static str) -> View {
    if problems.is_empty() {
        return view! { <Banner tone=Tone::Success>{fits}</Banner> };
    }
    let rows = problems.into_iter();
    let rows = rows.map(|problem| view! { <li>{problem.detail}</li> });
    let rows = rows.collect_view();
    view! {
        <Banner tone=Tone::Danger title=does_not>
            <ul class="action__list">{rows}</ul>
        </Banner>
    }
}

#[component]
fn Returned(desk: ActionDesk, found: PossibleReturn, outputs: Vec<String>) -> impl IntoView {
    let PossibleReturn {
        line,
        outputs: given,
        may_hold_more,
    } = found;
    let missing: Vec<_> = outputs
        .into_iter()
        .filter(|output| !given.contains(output))
        .collect();
    let mut gives = given.join(", ");
    if may_hold_more {
        gives.push_str(if given.is_empty() {
            "what is known only when it runs"
        } else {
            " and perhaps more"
        });
    }
    let leaves = if may_hold_more {
        "Not known".to_owned()
    } else {
        missing.join(", ")
    };
    let go = move |_| {
        let start = desk.action.with_untracked(|action| {
            let text = action.definition.code.text().unwrap_or_default();
            let breaks = text.match_indices('\n');
            let mut ends = breaks.map(|(at, _)| at + 1);
            line.checked_sub(2)
                .map_or(0, |before| ends.nth(before).unwrap_or_default())
        });
        desk.wanted_span.set(Some(start..start));
    };
    view! {
        <tr>
            <td>
                <button class="rows__link" type="button" on:click=go>
                    {format!("Line {line}")}
                </button>
            </td>
            <td>{gives}</td>
            <td class="text-muted">{leaves}</td>
        </tr>
    }
}
