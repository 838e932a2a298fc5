//! Patchbay in the browser: pages, components, and the way to the server.
#![allow(
    unreachable_pub,
    reason = "Leptos's component macro writes `pub` whatever the function says"
)]

mod app;
mod editor;
mod pages;
mod panic;

fn main() {
    panic::report_in_page();
    leptos::mount::mount_to_body(app::App);
}
