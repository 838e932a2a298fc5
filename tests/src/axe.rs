//! axe-core's rules of accessibility, run against the page that is open. The
//! program is no part of the checkout: `.ci/tools.sh` fetches it, and the
//! browser is given it by WebDriver, which the page's policy does not bind.

use std::env;
use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::browser::Browser;

/// The version that is used. `.ci/tools.sh` fetches it, with its digest.
const VERSION: &str = "4.14.1";

/// Something that keeps people from using the page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Hindrance {
    /// The rule's name.
    pub id: String,
    /// How bad it is: `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// The rule.
    pub help: String,
    /// The elements that break it, each with what is wrong.
    pub elements: Vec<String>,
}

impl Hindrance {
    /// Whether it is serious or critical.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        matches!(self.impact.as_str(), "serious" | "critical")
    }
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            impact,
            help,
            elements,
        } = self;
        write!(f, "{impact}: {help} ({id})")?;
        for element in elements.iter().take(5) {
            write!(f, "\n    {element}")?;
        }
        Ok(())
    }
}

impl Browser {
    /// Everything that breaks a rule of axe-core on the page as it is now.
    ///
    /// # Errors
    /// When axe-core is not there, or finds nothing to look at.
    pub async fn hindrances(&self) -> Result<Vec<Hindrance>> {
        let is_there = "return window.axe?.version ?? null";
        if self.script(is_there, Vec::new()).await? != VERSION {
            self.script(&program().await?, Vec::new()).await?;
            let version = self.script(is_there, Vec::new()).await?;
            ensure!(version == VERSION, "axe-core is {version}, not {VERSION}");
        }
        let run = "return axe.run(document).then(found => [
            found.passes.length,
            found.violations.map(broken => ({
                id: broken.id, impact: broken.impact ?? 'minor', help: broken.help,
                elements: broken.nodes.map(node =>
                    node.html.slice(0, 160) + ': ' + node.failureSummary.replace(/\\s+/g, ' ')),
            })),
        ]);";
        let found = self.script(run, Vec::new()).await?;
        let (kept, broken): (u64, Vec<Hindrance>) = serde_json::from_value(found)?;
        ensure!(kept > 0, "axe-core looked at nothing");
        Ok(broken)
    }
}

async fn program() -> Result<String> {
    let path = match env::var_os("AXE") {
        Some(named) => PathBuf::from(named),
        None => cache()?.join(format!("patchbay/tools/axe-core-{VERSION}/axe.min.js")),
    };
    tokio::fs::read_to_string(&path).await.with_context(|| {
        format!(
            "{} is not there: `make test` fetches axe-core, and so does \
             `bash -c '. .ci/tools.sh; need_axe'`",
            path.display()
        )
    })
}

fn cache() -> Result<PathBuf> {
    let named = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    named("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(named("HOME")?).join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME says where axe-core is")
}
