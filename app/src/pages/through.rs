//! Which connection is meant: its name and address, and a choice where there are
//! several.

use api::Connection;
use dom::prelude::*;

use crate::{client::Client, components::Select};

/// A row that says through which connection something goes. `chosen` stays
/// empty as long as nobody chose: then it is the default one.
#[component]
pub fn Through(
    chosen: RwSignal<Option<String>>,
    /// What the choice is called for those who listen.
    #[prop(default = "Connection")]
    label: &'static str,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let known = RwSignal::new(None::<Vec<Connection>>);
    spawn_local(async move {
        // Without an answer it still goes through the default one, and says so.
        let found = client.connections().await.unwrap_or_default();
        known.try_set(Some(found));
    });
    let through = move || {
        let known = known.get().unwrap_or_default();
        if known.len() < 2 {
            let words = match known.first() {
                Some(connection) => words(connection),
                None => "The default connection".to_owned(),
            };
            return view! { <span class="rows__end truncate">{words}</span> }.into_any();
        }
        let default = known.iter().find(|one| one.is_default).or(known.first());
        let default = default.map(|one| one.id.clone()).unwrap_or_default();
        let options: Vec<_> = known
            .iter()
            .map(|one| (one.id.clone(), words(one)))
            .collect();
        let value = Signal::derive(move || chosen.get().unwrap_or_else(|| default.clone()));
        view! {
            <span class="rows__end">
                <Select
                    label=label.to_owned()
                    value
                    on_change=move |id| chosen.set(Some(id))
                    options=Signal::stored(options)
                />
            </span>
        }
        .into_any()
    };
    view! {
        <div class="rows through">
            <div class="rows__row">"Through" {through}</div>
        </div>
    }
}

/// A row that says that something goes through the default connection, where no
/// other can be chosen.
#[component]
pub fn ThroughDefault() -> impl IntoView {
    let client = expect_context::<Client>();
    let name = RwSignal::new("The default connection".to_owned());
    spawn_local(async move {
        // Without an answer it still goes through the default one, and says so.
        let known = client.connections().await.unwrap_or_default();
        if let Some(default) = known.iter().find(|one| one.is_default) {
            name.try_set(words(default));
        }
    });
    view! {
        <div class="rows through">
            <div class="rows__row">
                "Through" <span class="rows__end truncate">{name}</span>
            </div>
        </div>
    }
}

fn words(connection: &Connection) -> String {
    format!("{} ({})", connection.name, connection.api_url)
}
