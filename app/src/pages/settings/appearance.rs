//! How Patchbay looks and feels in this browser.

use dom::prelude::*;

use crate::{
    components::{Segment, Segments},
    pages::PageTitle,
    preferences::{Preferences, Wheel},
    theme::{Theme, ThemeChoice},
};

#[component]
pub fn AppearancePage() -> impl IntoView {
    let theme = expect_context::<Theme>();
    let preferences = expect_context::<Preferences>();
    view! {
        <PageTitle title="Appearance" />
        <header class="page__head">
            <div class="page__title">
                <h2 class="title-section">"Appearance"</h2>
                <p class="page__text">"These choices are kept in this browser."</p>
            </div>
        </header>
        <div class="page__column">
            <section class="card">
                <header class="card__head">
                    <h3 class="card__title">"Theme"</h3>
                </header>
                <Segments
                    label="Theme"
                    value=Signal::derive(move || theme.choice())
                    on_change=move |choice| theme.choose(choice)
                    segments=vec![
                        Segment {
                            value: ThemeChoice::System,
                            label: "System",
                            icon: Some("monitor"),
                        },
                        Segment { value: ThemeChoice::Light, label: "Light", icon: Some("sun") },
                        Segment { value: ThemeChoice::Dark, label: "Dark", icon: Some("moon") },
                    ]
                />
            </section>
            <section class="card">
                <header class="card__head">
                    <h3 class="card__title">"Drawing"</h3>
                </header>
                <div class="field">
                    <span class="field__label">"The wheel over a drawing"</span>
                    <div>
                        <Segments
                            label="The wheel over a drawing"
                            value=Signal::derive(move || preferences.wheel())
                            on_change=move |wheel| preferences.choose_wheel(wheel)
                            segments=vec![
                                Segment { value: Wheel::Pan, label: "Moves it", icon: None },
                                Segment { value: Wheel::Zoom, label: "Zooms", icon: None },
                            ]
                        />
                    </div>
                    <p class="field__hint">
                        "Moving suits trackpads, zooming suits mice. With Ctrl or ⌘ the wheel does the other of the two; pinching always zooms."
                    </p>
                </div>
            </section>
        </div>
    }
}
