//! The addresses of the product.

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// The address of the site alone: leads to the flows.
    Start,
    /// Signing in.
    SignIn,
    /// Setting an installation up.
    SetUp,
    /// A page in the frame of who is signed in.
    Framed(Page),
    /// It leads nowhere.
    Nowhere,
}

/// A page for who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// All flows.
    Flows,
    /// The editor of a flow, by its id.
    Flow(String),
    /// A change of many flows, or what flows refer to.
    Changes(Changes),
    /// What happened.
    Activity,
    /// The settings of an area.
    Settings(Area),
}

/// The pages about changes of many flows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Linking a module.
    Link,
    /// Repointing references.
    Repoint,
    /// Those that were made.
    All,
    /// One that was made, by its id.
    Batch(String),
    /// What flows refer to upstream.
    References,
}

/// The areas of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// The first one that a person may see.
    First,
    /// Connections to Genesys Cloud.
    Connections,
    /// Who may do what.
    People,
    /// One's own account.
    Account,
    /// How it looks.
    Appearance,
    /// Which keys do what.
    Keyboard,
}

impl Address {
    /// What a path leads to.
    pub fn of(path: &str) -> Self {
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        let page = match steps.as_slice() {
            [] => return Self::Start,
            ["sign-in"] => return Self::SignIn,
            ["set-up"] => return Self::SetUp,
            ["flows"] => Page::Flows,
            ["flows", id] => Page::Flow((*id).to_owned()),
            ["link"] => Page::Changes(Changes::Link),
            ["repoint"] => Page::Changes(Changes::Repoint),
            ["references"] => Page::Changes(Changes::References),
            ["batches"] => Page::Changes(Changes::All),
            ["batches", id] => Page::Changes(Changes::Batch((*id).to_owned())),
            ["activity"] => Page::Activity,
            ["settings"] => Page::Settings(Area::First),
            ["settings", "connections"] => Page::Settings(Area::Connections),
            ["settings", "people"] => Page::Settings(Area::People),
            ["settings", "account"] => Page::Settings(Area::Account),
            ["settings", "appearance"] => Page::Settings(Area::Appearance),
            ["settings", "keyboard"] => Page::Settings(Area::Keyboard),
            _ => return Self::Nowhere,
        };
        Self::Framed(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_leads_to_its_page_and_any_other_nowhere() {
        for (path, leads_to) in [
            ("/", Address::Start),
            ("/sign-in", Address::SignIn),
            ("/flows", Address::Framed(Page::Flows)),
            ("/flows/", Address::Framed(Page::Flows)),
            ("/flows/f1", Address::Framed(Page::Flow("f1".to_owned()))),
            ("/flows/f1/more", Address::Nowhere),
            (
                "/batches/b1",
                Address::Framed(Page::Changes(Changes::Batch("b1".to_owned()))),
            ),
            ("/settings", Address::Framed(Page::Settings(Area::First))),
            (
                "/settings/people",
                Address::Framed(Page::Settings(Area::People)),
            ),
            ("/elsewhere", Address::Nowhere),
        ] {
            assert_eq!(Address::of(path), leads_to, "{path}");
        }
    }
}
