//! What runs in the browser.
fn main() {}
