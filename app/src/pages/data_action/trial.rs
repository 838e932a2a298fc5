//! Trying a data action with a sample: what goes in is held against the declared
//! inputs, what would come out against the declared outputs, and what the script
//! can return is read from it. Nothing is run.

mod outcome;
mod sample;

use api::{Trial, TryDataAction};
use dom::prelude::*;

use self::{
    outcome::Outcome,
    sample::{Begun, InputFields, Sample, begun},
};
use super::desk::ActionDesk;
use crate::{
    client::Failure,
    components::{Banner, Button, ButtonKind, Field, Segment, Segments, TextArea, Tone},
};

/// How a sample is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A field for each input.
    Fields,
    /// All of it as JSON.
    Json,
}

#[component]
pub(super) fn TryIt(desk: ActionDesk) -> impl IntoView {
    let sample = Sample::of(desk);
    let form = RwSignal::new(Form::Fields);
    let text = RwSignal::new(String::new());
    let result = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let wrong_result = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Result<Trial, Failure>>);
    let choose = move |chosen: Form| {
        // What was typed goes along, as far as the other form can show it.
        match chosen {
            Form::Json => text.set(format!("{:#}", sample.value())),
            Form::Fields => sample.take(&text.get_untracked()),
        }
        wrong.set(None);
        form.set(chosen);
    };
    let start = move |_| {
        let input = match form.get_untracked() {
            Form::Fields => Some(sample.value()),
            Form::Json => read(&text.get_untracked(), wrong),
        };
        let typed = result.get_untracked();
        let given = match typed.trim() {
            "" => {
                wrong_result.set(None);
                Some(None)
            }
            typed => read(typed, wrong_result).map(Some),
        };
        let (Some(input), Some(result)) = (input, given) else {
            return outcome.set(None);
        };
        busy.set(true);
        let body = TryDataAction {
            action: (*desk.action.get_untracked()).clone(),
            input,
            result,
        };
        spawn_local(async move {
            let answer = desk.client.try_data_action(&body).await;
            busy.try_set(false);
            outcome.try_set(Some(answer));
        });
    };
    let again = move |_| {
        sample.begin();
        text.set(format!("{:#}", sample.value()));
        wrong.set(None);
        outcome.set(None);
    };
    let begin_result = move |_| {
        let outputs = desk
            .action
            .with_untracked(|action| begun(&action.interface().outputs, Begun::Result));
        result.set(format!("{outputs:#}"));
    };
    // What is wrong with an input stands beside its field.
    let problem_of = Callback::new(move |pointer: String| {
        outcome.with(|outcome| {
            let problems = &outcome.as_ref()?.as_ref().ok()?.problems;
            let found = problems.iter().find(|problem| problem.pointer == pointer);
            found.map(|problem| problem.detail.clone())
        })
    });
    let shown = move || match outcome.get()? {
        Ok(trial) => Some(view! { <Outcome desk trial /> }),
        Err(failure) => Some(view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }),
    };
    let input = move || match form.get() {
        Form::Fields => view! { <InputFields desk sample problem_of /> },
        Form::Json => view! {
            <Field label="Sample input" hint="What a flow would hand over, as JSON." error=wrong>
                <TextArea
                    value=text
                    on_input=move |typed: String| text.set(typed)
                    lines=5
                    code=true
                />
            </Field>
        },
    };
    view! {
        <div class="action__scroll action__try" data-panel="try">
            <div>
                <Segments
                    label="Sample input"
                    value=form
                    on_change=choose
                    segments=vec![
                        Segment { value: Form::Fields, label: "Fields", icon: None },
                        Segment { value: Form::Json, label: "JSON", icon: None },
                    ]
                />
                {input}
                <Field
                    label="Sample result"
                    hint="What the script would return for it, as JSON. It is held against the outputs."
                    optional=true
                    error=wrong_result
                >
                    <TextArea
                        value=result
                        on_input=move |typed: String| result.set(typed)
                        lines=3
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
                    <Button kind=ButtonKind::Ghost small=true on_click=begin_result>
                        "Begin a result"
                    </Button>
                </div>
            </div>
            <div role="status" aria-label="Outcome of the try">
                {shown}
                <Show when=move || outcome.with(Option::is_none)>
                    <p class="text-muted">
                        "Genesys Cloud offers no test of a data action here. What you give is held against what is declared, and the script is read for what it can return. It is never run."
                    </p>
                </Show>
            </div>
        </div>
    }
}

/// A text as JSON; says why where it is none.
fn read(text: &str, wrong: RwSignal<Option<String>>) -> Option<serde_json::Value> {
    match serde_json::from_str(text) {
        Ok(value) => {
            wrong.set(None);
            Some(value)
        }
        Err(error) => {
            wrong.set(Some(format!(
                "This is no JSON: {error}. Correct it and try again."
            )));
            None
        }
    }
}
