//! Suites that use a real browser.

mod accessibility;
mod canvas_by_keyboard;
mod canvas_connecting;
mod canvas_selecting;
mod canvas_viewing;
mod connections;
mod drawing;
mod faults;
mod flow_list;
mod harness;
mod inspector;
mod large_flow;
mod main_job;
mod modules;
mod preview;
mod publishing;
mod signing_in;
mod site;
mod template;
mod together;
