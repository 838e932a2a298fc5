//! Trying a data action with a sample: it is held against what is declared, and
//! what the script can return is read from it. Nothing is run.

use api::{PossibleReturn, Trial, TryDataAction};
use dom::prelude::*;
use flow::{DataType, Interface, ParameterType};
use serde_json::{Map, Value};

use super::desk::ActionDesk;
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Field, TextArea, Tone},
};

#[component]
pub(super) fn TryIt(desk: ActionDesk) -> impl IntoView {
    let sample = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Result<Trial, Failure>>);
    // The sample begins with a value for every input.
    sample.set(untrack(|| {
        desk.action.with(|action| begun(action.interface()))
    }));
    let start = move |_| {
        let input: Value = match serde_json::from_str(&sample.get_untracked()) {
            Ok(input) => input,
            Err(error) => {
                outcome.set(None);
                wrong.set(Some(format!(
                    "This is no JSON: {error}. Correct it and try again."
                )));
                return;
            }
        };
        wrong.set(None);
        busy.set(true);
        let body = TryDataAction {
            action: (*desk.action.get_untracked()).clone(),
            input,
        };
        spawn_local(async move {
            let answer = desk.client.try_data_action(&body).await;
            busy.try_set(false);
            outcome.try_set(Some(answer));
        });
    };
    let again = move |_| {
        sample.set(
            desk.action
                .with_untracked(|action| begun(action.interface())),
        );
        wrong.set(None);
        outcome.set(None);
    };
    let shown = move || match outcome.get()? {
        Ok(trial) => Some(view! { <Outcome desk trial /> }),
        Err(failure) => Some(view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }),
    };
    view! {
        <div class="action__scroll action__try" data-panel="try">
            <div>
                <Field
                    label="Sample input"
                    hint="What a flow would hand over, as JSON."
                    error=wrong
                >
                    <TextArea
                        value=sample
                        on_input=move |text: String| sample.set(text)
                        lines=5
                        code=true
                    />
                </Field>
                <div class="action__buttons">
                    <Button kind=ButtonKind::Primary icon="flask-conical" small=true busy on_click=start>
                        "Try"
                    </Button>
                    <Button kind=ButtonKind::Ghost small=true on_click=again>
                        "Begin from the inputs"
                    </Button>
                </div>
            </div>
            <div role="status" aria-label="Outcome of the try">
                {shown}
                <Show when=move || outcome.with(Option::is_none)>
                    <p class="text-muted">
                        "Genesys Cloud offers no test of a data action here. The sample is held against the declared inputs, and the script is read for what it can return. It is never run."
                    </p>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn Outcome(desk: ActionDesk, trial: Trial) -> impl IntoView {
    let Trial { problems, returns } = trial;
    let verdict = if problems.is_empty() {
        view! { <Banner tone=Tone::Success>"The sample fits the inputs."</Banner> }
    } else {
        let rows = problems
            .into_iter()
            .map(|problem| view! { <li>{problem.detail}</li> });
        let rows = rows.collect_view();
        view! {
            <Banner tone=Tone::Danger title="The sample does not fit the inputs">
                <ul class="action__list">{rows}</ul>
            </Banner>
        }
    };
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
        {verdict}
        {returned}
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

/// A sample with a value for every input.
fn begun(interface: &Interface) -> String {
    let value = |datatype: &ParameterType| match datatype {
        ParameterType::Known(DataType::Integer | DataType::Number) => Value::from(1),
        ParameterType::Known(DataType::Boolean) => Value::from(true),
        ParameterType::Known(DataType::Datetime) => Value::from("2026-01-31T12:00:00Z"),
        ParameterType::Known(DataType::Object) => Value::Object(Map::new()),
        ParameterType::Known(DataType::Array) => Value::Array(Vec::new()),
        ParameterType::Known(DataType::String) | ParameterType::Foreign(_) => Value::from(""),
    };
    let members = interface.inputs.iter();
    let members = members.map(|input| (input.name.clone(), value(&input.datatype)));
    let sample = Value::Object(members.collect());
    format!("{sample:#}")
}
