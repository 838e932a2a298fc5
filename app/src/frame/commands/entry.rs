//! Something that the list of commands offers.

use std::sync::Arc;

use editor::Chord;

/// A command with its name.
#[derive(Clone)]
pub(crate) struct Entry {
    /// Names it for good, so that it is known again when it was used.
    pub(crate) id: String,
    /// The icon's id in the sprite.
    pub(crate) icon: &'static str,
    /// What it does, in words.
    pub(crate) title: String,
    /// What other products call it, one word after the other.
    pub(crate) also: &'static str,
    /// Where it belongs.
    pub(crate) note: String,
    /// The keys that do it too.
    pub(crate) chord: Option<Chord>,
    /// Why it has no effect now.
    pub(crate) unavailable: Option<String>,
    /// Whether it is one of very many, which are shown only when they are
    /// asked for.
    pub(crate) is_one_of_many: bool,
    /// Does it. Counted, since the list that it came from is gone by then.
    pub(crate) run: Arc<dyn Fn() + Send + Sync>,
}

impl Entry {
    /// A command without keys that can be given now.
    pub(crate) fn new(
        id: impl Into<String>,
        (icon, title, note): (&'static str, impl Into<String>, &str),
        run: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            id: id.into(),
            icon,
            title: title.into(),
            also: "",
            note: note.to_owned(),
            chord: None,
            unavailable: None,
            is_one_of_many: false,
            run: Arc::new(run),
        }
    }
}
