//! The style of the pages around the editor, which comes with their code: whoever
//! follows a link to a flow never fetches it.

use std::cell::Cell;

use dom::prelude::document;
use web_sys::CssStyleSheet;

const SHEETS: [&str; 6] = [
    include_str!("../../../style/pages/changes.css"),
    include_str!("../../../style/pages/contacts.css"),
    include_str!("../../../style/pages/data-action.css"),
    include_str!("../../../style/pages/operations.css"),
    include_str!("../../../style/pages/table.css"),
    include_str!("../../../style/pages/webhooks.css"),
];

thread_local! {
    static ADOPTED: Cell<bool> = const { Cell::new(false) };
}

/// Adds it to the page's own, once. A sheet that is made like this is no inline
/// style, which the page's policy forbids.
pub(super) fn adopt() {
    if ADOPTED.replace(true) {
        return;
    }
    // Fails only where the browser is older than any that runs the page.
    let Ok(sheet) = CssStyleSheet::new() else {
        return;
    };
    if sheet.replace_sync(&SHEETS.concat()).is_ok() {
        let adopted = document().adopted_style_sheets();
        adopted.push(&sheet);
        document().set_adopted_style_sheets(&adopted);
    }
}
