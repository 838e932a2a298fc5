//! Naming elements as a person would: by accessible role and name, or by what
//! they stand for on the canvas.

use std::fmt;

/// Names elements of the page.
#[derive(Clone, Debug)]
pub struct Locator {
    pub(crate) by: By,
    pub(crate) within: Option<Box<Locator>>,
}

#[derive(Clone, Debug)]
pub(crate) enum By {
    /// Role and exact accessible name, as a screen reader is told them.
    Role {
        role: String,
        name: Option<String>,
    },
    Css(String),
}

impl Locator {
    /// By ARIA role (`button`, `textbox`, `dialog`, …) and exact accessible
    /// name.
    #[must_use]
    pub fn role(role: &str, name: &str) -> Self {
        Self::by(By::Role {
            role: role.to_owned(),
            name: Some(name.to_owned()),
        })
    }

    /// By ARIA role, whatever the name.
    #[must_use]
    pub fn any(role: &str) -> Self {
        Self::by(By::Role {
            role: role.to_owned(),
            name: None,
        })
    }

    /// A node of the canvas, by `data-node-id`.
    #[must_use]
    pub fn node(id: &str) -> Self {
        Self::attribute("data-node-id", id)
    }

    /// A port of a node, by `data-port` within `data-node-id`.
    #[must_use]
    pub fn port(node: &str, port: &str) -> Self {
        Self::attribute("data-port", port).within(Self::node(node))
    }

    /// An edge of the canvas, by `data-edge-id`.
    #[must_use]
    pub fn edge(id: &str) -> Self {
        Self::attribute("data-edge-id", id)
    }

    /// A panel, by `data-panel`.
    #[must_use]
    pub fn panel(name: &str) -> Self {
        Self::attribute("data-panel", name)
    }

    /// By an attribute's exact value.
    #[must_use]
    pub fn attribute(attribute: &str, value: &str) -> Self {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        Self::css(&format!("[{attribute}=\"{value}\"]"))
    }

    /// By CSS selector, for what has neither role nor name.
    #[must_use]
    pub fn css(selector: &str) -> Self {
        Self::by(By::Css(selector.to_owned()))
    }

    /// Only inside the first element that `outer` names.
    #[must_use]
    pub fn within(mut self, outer: Self) -> Self {
        self.within = Some(Box::new(match self.within.take() {
            Some(inner) => inner.within(outer),
            None => outer,
        }));
        self
    }

    fn by(by: By) -> Self {
        Self { by, within: None }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.by {
            By::Role {
                role,
                name: Some(name),
            } => write!(f, "{role} “{name}”")?,
            By::Role { role, name: None } => write!(f, "{role}")?,
            By::Css(selector) => write!(f, "{selector}")?,
        }
        match &self.within {
            Some(outer) => write!(f, " within {outer}"),
            None => Ok(()),
        }
    }
}
