//! Ids that tie a label, a hint or a menu to what it belongs to.

use std::sync::atomic::{AtomicUsize, Ordering};

/// An element id that is used once in the life of the page.
pub fn element_id(purpose: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{purpose}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
