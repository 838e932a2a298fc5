//! Patchbay in the browser: pages, components, and the way to the server.
#![allow(
    unreachable_pub,
    reason = "what a component takes is as public as it is"
)]

mod address;
mod app;
mod back_button;
mod client;
mod clipboard;
mod components;
mod confirming;
mod data_type;
mod download;
mod editor;
mod flow_kind;
mod frame;
mod live_state;
mod meant;
mod new_password;
mod pages;
mod panic;
mod part;
mod parts;
mod preferences;
mod query_field;
mod remaining;
mod role;
mod session;
mod storage;
mod struck;
mod theme;

fn main() {
    panic::report_in_page();
    // There, a script of the page begins.
    if !editor::bench::is_asked_for() {
        dom::mount_to_body(|| dom::render(app::App, dom::NoProps));
    }
}
