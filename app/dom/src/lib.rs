//! What the page is made of, on Leptos's reactive graph: signals, elements,
//! components and addresses whose types are erased at once.
//!
//! Leptos gives every element a type of its own, with all its attributes and
//! children in it, and compiles the way to the page anew for each. Here a
//! closure is boxed where it is given, and one function does the rest: a third
//! of the code for the same markup.

#![allow(
    clippy::new_without_default,
    reason = "handles are made on purpose, never by a derived default"
)]

mod attribute;
mod browser;
mod child;
mod component;
mod context;
mod diff;
mod effect;
mod element;
pub mod ev;
mod for_each;
mod glide;
pub mod html;
mod node_ref;
mod region;
pub mod route;
mod signal;
mod source;
mod stored;
mod view;

pub use attribute::{Attribute, Compute, ComputeAll, IntoAttribute};
pub use browser::{
    IntervalHandle, TimeoutHandle, WindowListenerHandle, document, event_target,
    event_target_checked, event_target_value, request_animation_frame, set_interval,
    set_interval_with_handle, set_timeout, set_timeout_with_handle, spawn_local, warn, window,
    window_event_listener,
};
pub use child::{Children, ChildrenFn, ToChildren};
pub use component::{IntoProp, NoProps, Props, props, render};
pub use context::{expect_context, on_cleanup, provide, provide_context, use_context};
pub use dom_macros::{component, view};
pub use effect::Effect;
pub use element::Element;
pub use for_each::for_each;
pub use glide::{Glide, Transform};
pub use leptos::reactive::graph::untrack;
#[doc(hidden)]
pub use leptos::typed_builder;
pub use node_ref::NodeRef;
pub use region::show;
pub use signal::{ArcRwSignal, Memo, RwSignal, Signal, Writable};
pub use stored::{Callback, StoredValue};
pub use view::{AnyView, CollectView, IntoView, Render, View, mount_to_body};

/// All that a file with markup needs.
pub mod prelude {
    pub use crate::{
        AnyView, ArcRwSignal, Attribute, Callback, Children, ChildrenFn, CollectView, Effect,
        IntervalHandle, IntoAttribute, IntoView, Memo, NodeRef, RwSignal, Signal, StoredValue,
        TimeoutHandle, ToChildren, View, WindowListenerHandle, component, document, event_target,
        event_target_checked, event_target_value, expect_context, on_cleanup, provide_context,
        request_animation_frame, set_interval, set_interval_with_handle, set_timeout,
        set_timeout_with_handle, spawn_local, untrack, use_context, view, window,
        window_event_listener,
    };
}
