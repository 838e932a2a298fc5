//! `view!` and `#[component]`: what Leptos's macros of these names accept, as
//! calls of `dom`, whose elements have no types of their own.

mod component;
mod view;

use proc_macro::TokenStream;

/// Markup as a `dom::View`.
///
/// `name=value` is an attribute, `class:`, `style:` and `prop:` set those,
/// `on:` listens, `node_ref=` tells where the element is. A function in braces
/// gives several that change together. On a component each
/// `name=value` is a property; `attr:` is set on the element that it renders.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    view::expand(tokens.into()).into()
}

/// A function as a component: its parameters become the properties that
/// `view!` sets. `#[prop(optional)]`, `#[prop(default = …)]` and
/// `#[prop(into)]` say what may be left out and what is converted.
#[proc_macro_attribute]
pub fn component(_attributes: TokenStream, tokens: TokenStream) -> TokenStream {
    component::expand(tokens.into()).into()
}
