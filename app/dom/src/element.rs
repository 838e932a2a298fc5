//! Elements: made at once, with what is known of them.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Node};

use crate::{
    Attribute, IntoAttribute, IntoView, NodeRef, View, browser::document, effect, ev, html,
    on_cleanup, view::Mounted,
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

const SVG: &str = "http://www.w3.org/2000/svg";

impl Element {
    /// An element of HTML. `made` is its name and, on a line each, its
    /// attributes: `name=value`.
    pub fn html(made: &str) -> Self {
        Self::made(made, |name| document().create_element(name))
    }

    /// An element of SVG.
    pub fn svg(made: &str) -> Self {
        Self::made(made, |name| document().create_element_ns(Some(SVG), name))
    }

    fn made(made: &str, make: impl FnOnce(&str) -> Result<web_sys::Element, JsValue>) -> Self {
        let mut lines = made.split('\n');
        let element = make(lines.next().unwrap_or_default());
        let element = Self(element.unwrap_or_else(|error| wasm_bindgen::throw_val(error)));
        for line in lines {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            element.set(
                Kind::Attribute,
                name,
                &Attribute::Text(value.to_owned().into()),
            );
        }
        element
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

    fn bind(&self, kind: Kind, name: &'static str, value: Attribute) {
        let Attribute::Dynamic(mut compute) = value else {
            return self.set(kind, name, &value);
        };
        let element = Self(self.0.clone());
        let mut before = None;
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
