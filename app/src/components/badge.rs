//! Small marks: states, counts, people.

use dom::prelude::*;

/// What a colour says; never the only sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Current or chosen.
    Accent,
    /// It went through.
    Success,
    /// It works, and wants attention.
    Warning,
    /// It does not work.
    Danger,
    /// It is under way, or worth knowing.
    Info,
}

impl Tone {
    /// The value of `data-tone`; none leaves the attribute out.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Neutral => None,
            Self::Accent => Some("accent"),
            Self::Success => Some("success"),
            Self::Warning => Some("warning"),
            Self::Danger => Some("danger"),
            Self::Info => Some("info"),
        }
    }

    /// The icon that says the same without colour.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Success => "circle-check",
            Self::Warning => "triangle-alert",
            Self::Danger => "circle-alert",
            Self::Neutral | Self::Accent | Self::Info => "info",
        }
    }
}

/// A word on the state of something.
#[component]
pub fn Badge(
    /// What its colour says.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Whether a dot stands before the word, as states of flows have it.
    #[prop(optional)]
    dot: bool,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="badge" class:badge--dot=dot data-tone=move || tone.get().attribute()>
            {children()}
        </span>
    }
}

/// A number of things, absent when there are none.
#[component]
pub fn Count(
    /// How many.
    #[prop(into)]
    of: Signal<usize>,
    /// What its colour says.
    #[prop(optional, into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    move || {
        (of.get() > 0).then(|| {
            view! { <span class="count" data-tone=move || tone.get().attribute()>{of}</span> }
        })
    }
}

/// A person's initials. It stands beside their name or in something that says it.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: Signal<String>,
    /// Whose colour: `self`, or `1` to `6`.
    #[prop(default = "self")]
    peer: &'static str,
) -> impl IntoView {
    view! {
        // A picture made of letters, so the style sheet puts them there.
        <span
            class="avatar"
            data-peer=peer
            data-initials=move || initials(&name.get())
            aria-hidden="true"
        ></span>
    }
}

/// The first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let last = words.next_back();
    [first, last]
        .into_iter()
        .flatten()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        for (name, expected) in [
            ("Dana Whitfield", "DW"),
            ("Ana María de la Cruz", "AC"),
            ("lee", "L"),
            ("  ", ""),
        ] {
            assert_eq!(initials(name), expected, "{name:?}");
        }
    }
}
