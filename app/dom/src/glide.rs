//! Elements that move.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Animation, HtmlElement, KeyframeEffect};

/// So long is an animation that stands still at its start, in milliseconds.
const ANY_MILLIS: f64 = 1.0;

/// Where an element lies: moved by pixels, and scaled from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
    /// In width and height.
    pub scale: (f64, f64),
}

impl Transform {
    /// The same as CSS has it.
    pub fn to_css(self) -> String {
        let Self {
            x,
            y,
            scale: (wide, high),
        } = self;
        format!("translate({x}px, {y}px) scale({wide}, {high})")
    }
}

/// Shows an element elsewhere for as long as it moves. After each change of a style
/// the browser sorts the page into layers anew, since they may lie above each other
/// in another way. Of what is animated it takes for granted that it lies anywhere.
/// So this is an animation that stands still and is told where.
pub struct Glide {
    element: web_sys::Element,
    under_way: RefCell<Option<(Animation, KeyframeEffect)>>,
}

impl Glide {
    /// At rest, on this element.
    pub fn new(element: web_sys::Element) -> Self {
        Self {
            element,
            under_way: RefCell::new(None),
        }
    }

    /// Has the element lie there, on its way or for good.
    pub fn place(&self, transform: Transform, is_on_its_way: bool) {
        if is_on_its_way {
            self.lead(transform);
        } else {
            let style = self.element.unchecked_ref::<HtmlElement>().style();
            // Only a read-only style refuses, which an element's own is not.
            let _ = style.set_property("transform", &transform.to_css());
            self.stop();
        }
    }

    /// Leads the element there, whatever its style says.
    pub fn lead(&self, transform: Transform) {
        self.lead_to(&transform.to_css());
    }

    /// The same, as CSS has it.
    pub(crate) fn lead_to(&self, transform: &str) {
        let transform = JsValue::from_str(transform);
        let from_and_to = Array::of2(&transform, &transform);
        let keyframes = Object::new();
        // Fails only on what is no object.
        let _ = Reflect::set(&keyframes, &"transform".into(), &from_and_to);
        if let Some((_, effect)) = &*self.under_way.borrow() {
            // Fails only on keyframes that are none.
            let _ = effect.set_keyframes(Some(&keyframes));
            return;
        }
        // Fails only on what is no element.
        if let Ok(begun) = self.begin(&keyframes) {
            self.under_way.replace(Some(begun));
        }
    }

    fn begin(&self, keyframes: &Object) -> Result<(Animation, KeyframeEffect), JsValue> {
        let effect = KeyframeEffect::new_with_opt_element_and_keyframes_and_f64(
            Some(&self.element),
            Some(keyframes),
            ANY_MILLIS,
        )?;
        let animation = Animation::new_with_effect(Some(&effect))?;
        animation.pause()?;
        Ok((animation, effect))
    }

    /// The element is where its style says again.
    pub fn stop(&self) {
        if let Some((animation, _)) = self.under_way.take() {
            animation.cancel();
        }
    }
}
