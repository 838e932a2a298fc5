//! The routes of the product, and what every page finds in its context.

use dom::{
    prelude::*,
    route::{NavigateOptions, provide_location, use_navigate},
};

use crate::{
    address::{Address, Area, Changes, Page},
    back_button::BackButton,
    client::Client,
    components::{Announcer, AnnouncerRegion, Clock, ToastRegion, Toasts},
    confirming::Confirming,
    editor::EditorPage,
    frame::Frame,
    pages::NotFoundPage,
    part::part,
    parts,
    preferences::Preferences,
    session::SessionState,
    theme::Theme,
};

/// The whole product.
#[component]
pub fn App() -> impl IntoView {
    let session_ended = RwSignal::new(false);
    let confirming = Confirming::new();
    let client = Client::new(session_ended, confirming);
    let session = SessionState::new(session_ended);
    session.load(client);
    provide_context(client);
    provide_context(session);
    provide_context(confirming);
    provide_context(BackButton::listening());
    provide_context(Theme::remembered());
    provide_context(Preferences::remembered());
    provide_context(Clock::ticking());
    provide_context(Toasts::new());
    provide_context(Announcer::new());
    let location = provide_location();
    let address = Memo::new(move |_| location.pathname.with(|path| Address::of(path)));
    // Pages in the frame take turns inside of it: to the outside they are one.
    let outside = Memo::new(move |_| match address.get() {
        Address::Framed(_) => None,
        other => Some(other),
    });
    let page = Memo::new(move |_| match address.get() {
        Address::Framed(page) => Some(page),
        _ => None,
    });
    let outer = move || match outside.get() {
        None => view! { <Frame>{move || framed(page)}</Frame> },
        Some(Address::SignIn) => part(parts::sign_in, |page| page()),
        Some(Address::SetUp) => part(parts::set_up, |page| page()),
        Some(Address::Start) => view! { <Redirect to="/flows" /> },
        Some(_) => view! { <NotFoundPage /> },
    };
    view! {
        {outer}
        <ToastRegion />
        <AnnouncerRegion />
    }
}

/// The pages within the frame. Areas of the settings and flows take turns
/// inside of theirs.
fn framed(page: Memo<Option<Page>>) -> impl IntoView {
    let kind = Memo::new(move |_| page.with(|page| page.as_ref().map(std::mem::discriminant)));
    move || {
        kind.track();
        match page.get_untracked() {
            None => View::Empty,
            Some(Page::Flows) => part(parts::flows, |page| page()),
            Some(Page::Activity) => part(parts::activity, |page| page()),
            Some(Page::Flow(first)) => {
                let id = Memo::new(move |id: Option<&String>| match page.get() {
                    Some(Page::Flow(id)) => id,
                    _ => id.unwrap_or(&first).clone(),
                });
                view! { <EditorPage id /> }
            }
            Some(Page::Changes(first)) => {
                let of = Memo::new(move |of: Option<&Changes>| match page.get() {
                    Some(Page::Changes(of)) => of,
                    _ => of.unwrap_or(&first).clone(),
                });
                part(parts::changes, move |page| page(of))
            }
            Some(Page::Settings(_)) => {
                let area = Memo::new(move |area: Option<&Area>| match page.get() {
                    Some(Page::Settings(area)) => area,
                    _ => area.copied().unwrap_or(Area::First),
                });
                part(parts::settings, move |page| page(area))
            }
        }
    }
}

/// Leads to another address, which takes the place of this one.
#[component]
pub(crate) fn Redirect(to: &'static str) -> impl IntoView {
    let navigate = use_navigate();
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    Effect::new(move |_| navigate(to, options));
}
