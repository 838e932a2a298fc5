//! What the browser calls the elements that a [`NodeRef`](crate::NodeRef) may
//! lead to.

use wasm_bindgen::JsCast;

/// The name of an element.
pub trait Tag: 'static {
    /// What it is to the browser.
    type Element: JsCast + Clone + 'static;
}

macro_rules! tags {
    ($($name:ident $element:ident $doc:literal),* $(,)?) => {$(
        #[doc = $doc]
        pub struct $name;

        impl Tag for $name {
            type Element = web_sys::$element;
        }
    )*};
}

tags! {
    Button HtmlButtonElement "`<button>`",
    Canvas HtmlCanvasElement "`<canvas>`",
    Dialog HtmlDialogElement "`<dialog>`",
    Div HtmlDivElement "`<div>`",
    Form HtmlFormElement "`<form>`",
    Input HtmlInputElement "`<input>`",
    Li HtmlLiElement "`<li>`",
    Select HtmlSelectElement "`<select>`",
    Span HtmlElement "`<span>`",
    Textarea HtmlTextAreaElement "`<textarea>`",
    Tbody HtmlElement "`<tbody>`",
    Ul HtmlUListElement "`<ul>`",
}
