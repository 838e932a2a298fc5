//! Parts of the page that change as a whole.

use std::{cell::RefCell, mem, rc::Rc};

use web_sys::{Comment, Node};

use crate::{
    IntoView, Memo, View,
    browser::document,
    effect,
    view::{Mounted, Render, insert},
};

/// A place in the page whose content is rendered again when a signal changes.
pub struct Region {
    state: RefCell<State>,
}

enum State {
    /// Rendered, not yet in the page.
    Waiting(View),
    /// In the page, before a comment that marks the place.
    There(Mounted, Comment),
}

impl Region {
    /// Renders now, and again after each change.
    pub(crate) fn new(mut render: Box<dyn Render>) -> Rc<Self> {
        let region = Rc::new(Self {
            state: RefCell::new(State::Waiting(View::Empty)),
        });
        // The effect keeps the region: what stands in an element nobody else knows.
        let shown = Rc::clone(&region);
        effect::at_once(Box::new(move || {
            let view = render.render();
            shown.show(view);
        }));
        region
    }

    fn show(&self, view: View) {
        let mut state = self.state.borrow_mut();
        let State::There(content, end) = &mut *state else {
            *state = State::Waiting(view);
            return;
        };
        match (&*content, view) {
            (Mounted::Text(text), View::Text(words)) => text.set_data(&words),
            (_, view) => {
                let old = mem::replace(content, Mounted::Empty);
                old.remove();
                if let Some(parent) = end.parent_node() {
                    *content = view.mount(&parent, Some(end));
                }
            }
        }
    }

    /// Puts it into the page.
    pub(crate) fn mount(&self, parent: &Node, before: Option<&Node>) {
        let end = document().create_comment("");
        let mut state = self.state.borrow_mut();
        if let State::Waiting(view) = mem::replace(&mut *state, State::Waiting(View::Empty)) {
            let content = view.mount(parent, before);
            insert(parent, &end, before);
            *state = State::There(content, end);
        }
    }

    /// All nodes, in order.
    pub(crate) fn each(&self, visit: &mut dyn FnMut(&Node)) {
        if let State::There(content, end) = &*self.state.borrow() {
            content.each(visit);
            visit(end);
        }
    }
}

/// Shows something while a condition holds, and something else while not.
pub fn show<V: IntoView, E: IntoView>(
    when: impl Fn() -> bool + 'static,
    children: impl Fn() -> V + 'static,
    fallback: impl Fn() -> E + 'static,
) -> View {
    shown(Box::new(Shown {
        when,
        children,
        fallback,
    }))
}

struct Shown<W, C, F> {
    when: W,
    children: C,
    fallback: F,
}

trait Show {
    fn holds(&self) -> bool;
    fn children(&self) -> View;
    fn fallback(&self) -> View;
}

impl<W, C, F, V, E> Show for Shown<W, C, F>
where
    W: Fn() -> bool,
    C: Fn() -> V,
    F: Fn() -> E,
    V: IntoView,
    E: IntoView,
{
    fn holds(&self) -> bool {
        (self.when)()
    }

    fn children(&self) -> View {
        (self.children)().into_view()
    }

    fn fallback(&self) -> View {
        (self.fallback)().into_view()
    }
}

fn shown(show: Box<dyn Show>) -> View {
    let show: Rc<dyn Show> = show.into();
    let holds = Memo::new({
        let show = Rc::clone(&show);
        move |_| show.holds()
    });
    View::dynamic(Box::new(move || {
        if holds.get() {
            show.children()
        } else {
            show.fallback()
        }
    }))
}
