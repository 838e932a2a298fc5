//! Lists whose rows stay the same elements while others come, go and move.

use std::{
    any::Any,
    cell::RefCell,
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, Hash},
    rc::Rc,
};

use leptos::reactive::owner::Owner;
use rustc_hash::FxHasher;
use web_sys::{Comment, Node};

use crate::{
    IntoView, View,
    browser::document,
    diff::staying,
    effect, on_cleanup,
    view::{Mounted, insert},
};

/// A key of any type: its hash, and whether another is the same.
pub(crate) trait Key {
    fn hash(&self) -> u64;
    fn is(&self, other: &dyn Any) -> bool;
    fn any(&self) -> &dyn Any;
}

struct Keyed<K>(K);

impl<K: Eq + Hash + 'static> Key for Keyed<K> {
    fn hash(&self) -> u64 {
        BuildHasherDefault::<FxHasher>::default().hash_one(&self.0)
    }

    fn is(&self, other: &dyn Any) -> bool {
        other
            .downcast_ref()
            .is_some_and(|other: &K| *other == self.0)
    }

    fn any(&self) -> &dyn Any {
        &self.0
    }
}

/// An item that may become a row.
struct Item {
    key: Box<dyn Key>,
    render: Box<dyn FnOnce() -> View>,
}

struct Row {
    key: Box<dyn Key>,
    /// What lives in the row ends with it.
    owner: Owner,
    content: Content,
}

enum Content {
    Waiting(View),
    There(Mounted),
}

/// The rows of a list.
pub struct Rows {
    /// Whose children the rows are.
    owner: Owner,
    rows: RefCell<Vec<Row>>,
    end: RefCell<Option<Comment>>,
}

/// A row for each item, the same row as long as an item has its key.
pub fn for_each<T, I, K, V>(
    each: impl Fn() -> I + 'static,
    key: impl Fn(&T) -> K + 'static,
    children: impl Fn(T) -> V + 'static,
) -> View
where
    T: 'static,
    I: IntoIterator<Item = T>,
    K: Eq + Hash + 'static,
    V: IntoView + 'static,
{
    let children = Rc::new(children);
    list(Box::new(move || {
        each()
            .into_iter()
            .map(|item| {
                let key = Box::new(Keyed(key(&item)));
                let children = Rc::clone(&children);
                let render = Box::new(move || children(item).into_view());
                Item { key, render }
            })
            .collect::<Vec<_>>()
    }))
}

/// Gives the items.
trait Items {
    fn items(&self) -> Vec<Item>;
}

impl<F: Fn() -> Vec<Item>> Items for F {
    fn items(&self) -> Vec<Item> {
        self()
    }
}

fn list(items: Box<dyn Items>) -> View {
    let owner = Owner::new();
    let rows = Rc::new(Rows {
        owner: owner.clone(),
        rows: RefCell::default(),
        end: RefCell::default(),
    });
    on_cleanup(move || owner.cleanup());
    // The effect keeps the rows: what stands in an element nobody else knows.
    let shown = Rc::clone(&rows);
    effect::at_once(Box::new(move || {
        let items = items.items();
        leptos::reactive::graph::untrack(|| shown.show(items));
    }));
    View::Rows(rows)
}

impl Rows {
    fn show(&self, items: Vec<Item>) {
        let mut rows = self.rows.borrow_mut();
        let mut old: Vec<Option<Row>> = rows.drain(..).map(Some).collect();
        let mut by_hash: HashMap<u64, Vec<usize>, BuildHasherDefault<FxHasher>> =
            HashMap::default();
        for (at, row) in old.iter().enumerate() {
            if let Some(row) = row {
                by_hash.entry(row.key.hash()).or_default().push(at);
            }
        }
        let mut places = Vec::with_capacity(items.len());
        for Item { key, render } in items {
            let found = by_hash.get(&key.hash()).and_then(|candidates| {
                candidates.iter().copied().find(|at| {
                    let row = old.get(*at).and_then(Option::as_ref);
                    row.is_some_and(|row| row.key.is(key.any()))
                })
            });
            let kept = found.and_then(|at| old.get_mut(at)).and_then(Option::take);
            places.push(kept.as_ref().and(found));
            rows.push(kept.unwrap_or_else(|| {
                let owner = self.owner.child();
                let content = Content::Waiting(owner.with(render));
                Row {
                    key,
                    owner,
                    content,
                }
            }));
        }
        for row in old.into_iter().flatten() {
            row.owner.cleanup();
            if let Content::There(mounted) = row.content {
                mounted.remove();
            }
        }
        let end = self.end.borrow();
        if let Some(end) = &*end
            && let Some(parent) = end.parent_node()
        {
            place(&mut rows, &staying(&places), &parent, end);
        }
    }

    /// Puts the list into the page.
    pub(crate) fn mount(&self, parent: &Node, before: Option<&Node>) {
        let end = document().create_comment("");
        insert(parent, &end, before);
        let mut rows = self.rows.borrow_mut();
        let staying = vec![false; rows.len()];
        place(&mut rows, &staying, parent, &end);
        self.end.replace(Some(end));
    }

    /// All nodes, in order.
    pub(crate) fn each(&self, visit: &mut dyn FnMut(&Node)) {
        for row in self.rows.borrow().iter() {
            if let Content::There(mounted) = &row.content {
                mounted.each(visit);
            }
        }
        if let Some(end) = &*self.end.borrow() {
            visit(end);
        }
    }
}

/// Puts every row that does not stay before the one after it, from the last on.
fn place(rows: &mut [Row], staying: &[bool], parent: &Node, end: &Node) {
    let mut next = end.clone();
    for (row, stays) in rows.iter_mut().zip(staying).rev() {
        match &mut row.content {
            Content::There(_) if *stays => {}
            Content::There(mounted) => {
                mounted.each(&mut |node| insert(parent, node, Some(&next)));
            }
            waiting @ Content::Waiting(_) => {
                let taken = std::mem::replace(waiting, Content::There(Mounted::Empty));
                if let Content::Waiting(view) = taken {
                    *waiting = Content::There(view.mount(parent, Some(&next)));
                }
            }
        }
        if let Content::There(mounted) = &row.content {
            let mut first = None;
            mounted.each(&mut |node| {
                if first.is_none() {
                    first = Some(node.clone());
                }
            });
            next = first.unwrap_or(next);
        }
    }
}
