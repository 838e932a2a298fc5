//! Elements: made at once, with what is known of them.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Node};

use crate::{
    Attribute, ComputeAll, Glide, IntoAttribute, IntoView, NodeRef, View, browser::document,
    effect, ev, html, on_cleanup, view::Mounted,
};

/// An element on its way into the page.
pub struct Element(web_sys::Element);

/// What a value is set on.
#[derive(Clone, Copy)]
enum Kind {
    Attribute,
    Class,
    Style,
    Property,
}

impl Kind {
    /// What a name in markup is the name of.
    fn of(name: &'static str) -> (Self, &'static str) {
        match name.split_once(':') {
            Some(("class", class)) => (Self::Class, class),
            Some(("style", style)) => (Self::Style, style),
            Some(("prop", property)) => (Self::Property, property),
            _ => (Self::Attribute, name),
        }
    }
}

/// Where an element is on its way to.
const GLIDE: &str = "glide:transform";
const SVG: &str = "http://www.w3.org/2000/svg";

thread_local! {
    /// One element of each that stands in markup, by where its text lies: the
    /// others are copies, one call where each attribute would take one more.
    static FIRST: RefCell<Vec<((*const u8, usize), web_sys::Element)>> =
        const { RefCell::new(Vec::new()) };
}

impl Element {
    /// An element of HTML. `made` is its name and, on a line each, its
    /// attributes: `name=value`.
    pub fn html(made: &'static str) -> Self {
        Self::made(made, |name| document().create_element(name))
    }

    /// An element of SVG.
    pub fn svg(made: &'static str) -> Self {
        Self::made(made, |name| document().create_element_ns(Some(SVG), name))
    }

    fn made(made: &'static str, make: fn(&str) -> Result<web_sys::Element, JsValue>) -> Self {
        let key = (made.as_ptr(), made.len());
        let copy = FIRST.with_borrow_mut(|all| {
            let at = match all.binary_search_by_key(&key, |(key, _)| *key) {
                Ok(at) => at,
                Err(at) => {
                    all.insert(at, (key, Self::first(made, make)));
                    at
                }
            };
            all.get(at).and_then(|(_, first)| first.clone_node().ok())
        });
        match copy {
            Some(copy) => Self(copy.unchecked_into()),
            None => Self(Self::first(made, make)),
        }
    }

    fn first(made: &str, make: fn(&str) -> Result<web_sys::Element, JsValue>) -> web_sys::Element {
        let mut lines = made.split('\n');
        let element = make(lines.next().unwrap_or_default());
        let element = Self(element.unwrap_or_else(|error| wasm_bindgen::throw_val(error)));
        for line in lines {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            // The browser refuses names that are none; those stand in our markup.
            let _ = element.0.set_attribute(name, value);
        }
        element.0
    }

    /// Sets what changes together, by the names that it has in markup; as
    /// `glide:transform` also where it is on its way to.
    pub fn attributes(&self, compute: impl ComputeAll + 'static) {
        self.bind_all(Box::new(compute));
    }

    /// Sets an attribute.
    pub fn attribute(&self, name: &'static str, value: impl IntoAttribute) {
        self.bind(Kind::Attribute, name, value.into_attribute());
    }

    /// Sets a class or takes it away.
    pub fn class(&self, name: &'static str, value: impl IntoAttribute) {
        self.bind(Kind::Class, name, value.into_attribute());
    }

    /// Sets a property of its style.
    pub fn style(&self, name: &'static str, value: impl IntoAttribute) {
        self.bind(Kind::Style, name, value.into_attribute());
    }

    /// Sets a property of the object, which is what it holds now.
    pub fn property(&self, name: &'static str, value: impl IntoAttribute) {
        self.bind(Kind::Property, name, value.into_attribute());
    }

    /// Listens, until the component ends.
    pub fn on<E: ev::Kind + 'static>(&self, kind: E, listener: impl FnMut(E::Event) + 'static) {
        self.listen(kind.name(), ev::listener(kind, listener));
    }

    /// Tells where the element is.
    pub fn node_ref<H: html::Tag>(&self, node_ref: NodeRef<H>) {
        node_ref.load(self.0.clone());
    }

    /// Adds words.
    pub fn text(&self, words: &'static str) {
        self.append(View::text(words));
    }

    /// Adds what can stand in markup.
    pub fn child(&self, child: impl IntoView) {
        self.append(child.into_view());
    }

    /// Adds a view.
    pub fn append(&self, view: View) {
        // What stands in an element goes with it: nobody has to know of it.
        let _: Mounted = view.mount(&self.0, None);
    }

    /// The element as a view.
    pub fn view(self) -> View {
        View::Node(self.0.into())
    }

    fn listen(&self, name: &'static str, listener: Box<dyn ev::Listen>) {
        let listener = ev::closure(listener);
        // Refused only for a callback that is none.
        let _ = self
            .0
            .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        let element = self.0.clone();
        // It may still happen to the element while that goes away.
        on_cleanup(move || {
            let _ = element
                .remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        });
    }

    fn bind_all(&self, mut compute: Box<dyn ComputeAll>) {
        let element = Self(self.0.clone());
        let mut before = Vec::new();
        let mut glide = None;
        effect::at_once(Box::new(move || {
            let now = compute.compute();
            for (at, (name, value)) in now.iter().enumerate() {
                let is_same = match before.get(at) {
                    Some((_, before)) => before == value,
                    // It was made without.
                    None => *value == Attribute::Absent,
                };
                if is_same {
                    continue;
                }
                if *name == GLIDE {
                    let glide = glide.get_or_insert_with(|| Glide::new(element.0.clone()));
                    match value {
                        Attribute::Text(transform) => glide.lead_to(transform),
                        _ => glide.stop(),
                    }
                } else {
                    let (kind, name) = Kind::of(name);
                    element.set(kind, name, value);
                }
            }
            before = now;
        }));
    }

    fn bind(&self, kind: Kind, name: &'static str, value: Attribute) {
        // An element is made without what is not in its text; what it holds may be
        // there of itself.
        let mut before = match kind {
            Kind::Attribute | Kind::Class | Kind::Style => Some(Attribute::Absent),
            Kind::Property => None,
        };
        let Attribute::Dynamic(mut compute) = value else {
            if before.as_ref() != Some(&value) {
                self.set(kind, name, &value);
            }
            return;
        };
        let element = Self(self.0.clone());
        effect::at_once(Box::new(move || {
            let mut value = compute.compute();
            while let Attribute::Dynamic(inner) = &mut value {
                value = inner.compute();
            }
            if before.as_ref() != Some(&value) {
                element.set(kind, name, &value);
                before = Some(value);
            }
        }));
    }

    fn set(&self, kind: Kind, name: &str, value: &Attribute) {
        let text = match value {
            Attribute::Absent | Attribute::Dynamic(_) => None,
            Attribute::Present => Some(""),
            Attribute::Text(text) => Some(text.as_ref()),
        };
        // The browser refuses names that are none; those stand in our markup.
        let _ = match (kind, text) {
            (Kind::Attribute, Some(text)) => self.0.set_attribute(name, text),
            (Kind::Attribute, None) => self.0.remove_attribute(name),
            (Kind::Class, there) => self
                .0
                .class_list()
                .toggle_with_force(name, there.is_some())
                .map(drop),
            (Kind::Style, Some(text)) => self.declarations().set_property(name, text),
            (Kind::Style, None) => self.declarations().remove_property(name).map(drop),
            (Kind::Property, text) => {
                let value = match (value, text) {
                    (Attribute::Text(_), Some(text)) => JsValue::from_str(text),
                    (_, text) => JsValue::from_bool(text.is_some()),
                };
                js_sys::Reflect::set(&self.0, &JsValue::from_str(name), &value).map(drop)
            }
        };
    }

    fn declarations(&self) -> CssStyleDeclaration {
        self.0.unchecked_ref::<web_sys::HtmlElement>().style()
    }
}

/// Sets an attribute on an element that a component rendered.
pub(crate) fn set_on(node: &Node, name: &'static str, value: Attribute) {
    if let Some(element) = node.dyn_ref::<web_sys::Element>() {
        Element(element.clone()).bind(Kind::Attribute, name, value);
    }
}
