//! Where an element is.

use std::marker::PhantomData;

use wasm_bindgen::JsCast;

use crate::{RwSignal, html};

/// An element of the page, once it was made.
pub struct NodeRef<H> {
    element: RwSignal<Option<web_sys::Element>>,
    tag: PhantomData<fn() -> H>,
}

impl<H> Clone for NodeRef<H> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<H> Copy for NodeRef<H> {}

impl<H: html::Tag> Default for NodeRef<H> {
    fn default() -> Self {
        Self::new()
    }
}

impl<H: html::Tag> NodeRef<H> {
    /// No element yet.
    pub fn new() -> Self {
        Self {
            element: RwSignal::new(None),
            tag: PhantomData,
        }
    }

    /// The element; whoever runs now runs again when there is one.
    pub fn get(&self) -> Option<H::Element> {
        self.element.get().map(JsCast::unchecked_into)
    }

    /// The element as it is now.
    pub fn get_untracked(&self) -> Option<H::Element> {
        self.element.get_untracked().map(JsCast::unchecked_into)
    }

    /// The same; none after the end of the component.
    pub fn try_get_untracked(&self) -> Option<Option<H::Element>> {
        let element = self.element.try_get_untracked()?;
        Some(element.map(JsCast::unchecked_into))
    }

    pub(crate) fn load(&self, element: web_sys::Element) {
        self.element.set(Some(element));
    }
}
