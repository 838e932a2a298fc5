//! The pages around the editor.

mod activity;
mod flows;
mod not_found;
mod page_title;
mod set_up;
mod settings;
mod sign_in;

pub use activity::ActivityPage;
pub use flows::FlowsPage;
pub use not_found::NotFoundPage;
pub use page_title::PageTitle;
pub use set_up::SetUpPage;
pub use settings::{
    AccountPage, AppearancePage, ConnectionsPage, KeyboardPage, PeoplePage, SettingsPage,
};
pub use sign_in::SignInPage;
