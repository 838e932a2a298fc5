//! What a component renders.

use std::{borrow::Cow, rc::Rc};

use any_spawner::Executor;
use leptos::reactive::owner::Owner;
use wasm_bindgen::JsCast;
use web_sys::{Node, Text};

use crate::{
    Attribute, IntoAttribute, Memo, RwSignal, Signal, browser::document, element, for_each::Rows,
    region::Region,
};

/// Part of the page, not yet in it.
pub enum View {
    /// Nothing.
    Empty,
    /// Words.
    Text(Cow<'static, str>),
    /// An element with all that is in it.
    Node(Node),
    /// Several, side by side.
    List(Vec<View>),
    /// What changes with signals.
    Region(Rc<Region>),
    /// A list whose rows stay the same while their order changes.
    Rows(Rc<Rows>),
}

/// The name that Leptos has for a view without a type.
pub type AnyView = View;

/// Part of the page.
pub(crate) enum Mounted {
    Empty,
    Text(Text),
    Node(Node),
    List(Vec<Mounted>),
    Region(Rc<Region>),
    Rows(Rc<Rows>),
}

impl View {
    /// Words.
    pub fn text(words: impl Into<Cow<'static, str>>) -> Self {
        Self::Text(words.into())
    }

    /// What changes with the signals that this reads.
    pub fn dynamic(render: Box<dyn Render>) -> Self {
        Self::Region(Region::new(render))
    }

    /// Sets an attribute on the element that this is.
    #[must_use]
    pub fn with_attribute(self, name: &'static str, value: impl IntoAttribute) -> Self {
        self.attributed(name, value.into_attribute())
    }

    fn attributed(self, name: &'static str, value: Attribute) -> Self {
        match &self {
            Self::Node(node) => element::set_on(node, name, value),
            Self::List(views) => {
                let first = views.iter().find_map(|view| match view {
                    Self::Node(node) => Some(node),
                    _ => None,
                });
                if let Some(node) = first {
                    element::set_on(node, name, value);
                }
            }
            // What a component renders in this way it puts into an element.
            Self::Empty | Self::Text(_) | Self::Region(_) | Self::Rows(_) => {}
        }
        self
    }

    /// Puts it into the page.
    pub(crate) fn mount(self, parent: &Node, before: Option<&Node>) -> Mounted {
        match self {
            Self::Empty => Mounted::Empty,
            Self::Text(words) => {
                let text = document().create_text_node(&words);
                insert(parent, &text, before);
                Mounted::Text(text)
            }
            Self::Node(node) => {
                insert(parent, &node, before);
                Mounted::Node(node)
            }
            Self::List(views) => Mounted::List(
                views
                    .into_iter()
                    .map(|view| view.mount(parent, before))
                    .collect(),
            ),
            Self::Region(region) => {
                region.mount(parent, before);
                Mounted::Region(region)
            }
            Self::Rows(rows) => {
                rows.mount(parent, before);
                Mounted::Rows(rows)
            }
        }
    }
}

/// Puts a node into the page.
pub(crate) fn insert(parent: &Node, node: &Node, before: Option<&Node>) {
    // Refused only where `before` is not in `parent`: somebody else took it out.
    let _ = parent.insert_before(node, before);
}

impl Mounted {
    /// All nodes, in order.
    pub(crate) fn each(&self, visit: &mut dyn FnMut(&Node)) {
        match self {
            Self::Empty => {}
            Self::Text(text) => visit(text),
            Self::Node(node) => visit(node),
            Self::List(list) => {
                for mounted in list {
                    mounted.each(visit);
                }
            }
            Self::Region(region) => region.each(visit),
            Self::Rows(rows) => rows.each(visit),
        }
    }

    /// Takes it out of the page.
    pub(crate) fn remove(&self) {
        self.each(&mut |node| {
            if let Some(parent) = node.parent_node() {
                // It is a child of its parent.
                let _ = parent.remove_child(node);
            }
        });
    }
}

/// What can stand in markup.
pub trait IntoView {
    /// Converts it.
    fn into_view(self) -> View;

    /// The same, by the name that Leptos has for it.
    fn into_any(self) -> View
    where
        Self: Sized,
    {
        self.into_view()
    }
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for () {
    fn into_view(self) -> View {
        View::Empty
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::text(self)
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::text(self)
    }
}

macro_rules! by_its_text {
    ($($number:ty),*) => {$(
        impl IntoView for $number {
            fn into_view(self) -> View {
                View::text(self.to_string())
            }
        }
    )*};
}

by_its_text!(u8, u32, i32, u64, usize, f64);

impl<T: IntoView> IntoView for Option<T> {
    fn into_view(self) -> View {
        self.map_or(View::Empty, T::into_view)
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_view(self) -> View {
        View::List(self.into_iter().map(T::into_view).collect())
    }
}

impl<T: IntoView, const N: usize> IntoView for [T; N] {
    fn into_view(self) -> View {
        View::List(self.into_iter().map(T::into_view).collect())
    }
}

impl<A: IntoView, B: IntoView> IntoView for (A, B) {
    fn into_view(self) -> View {
        View::List(vec![self.0.into_view(), self.1.into_view()])
    }
}

/// Renders what changes. A closure by a trait of our own: `dyn FnMut` would
/// carry a second copy of each, for who calls it once.
pub trait Render {
    /// The view now.
    fn render(&mut self) -> View;
}

impl<F, T> Render for F
where
    F: FnMut() -> T,
    T: IntoView,
{
    fn render(&mut self) -> View {
        self().into_view()
    }
}

impl<F, T> IntoView for F
where
    F: FnMut() -> T + 'static,
    T: IntoView,
{
    fn into_view(self) -> View {
        View::dynamic(Box::new(self))
    }
}

macro_rules! by_its_value {
    ($($signal:ident),*) => {$(
        impl<T: IntoView + Clone + 'static> Render for $signal<T> {
            fn render(&mut self) -> View {
                self.get().into_view()
            }
        }

        impl<T: IntoView + Clone + 'static> IntoView for $signal<T> {
            fn into_view(self) -> View {
                View::dynamic(Box::new(self))
            }
        }
    )*};
}

by_its_value!(Signal, RwSignal, Memo);

/// Views of all items, side by side.
pub trait CollectView {
    /// Collects them.
    fn collect_view(self) -> View;
}

impl<I> CollectView for I
where
    I: IntoIterator,
    I::Item: IntoView,
{
    fn collect_view(self) -> View {
        View::List(self.into_iter().map(IntoView::into_view).collect())
    }
}

/// Puts a page into the document, for as long as that is there.
pub fn mount_to_body(page: impl FnOnce() -> View) {
    // Refused where it is set already, to the same.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    if let Some(body) = document().body() {
        owner.with(|| {
            let _: Mounted = page().mount(body.unchecked_ref(), None);
        });
    }
    std::mem::forget(owner);
}
