//! What documents say of their life upstream.

use super::{Fault, object::Object};
use crate::Stamp;

/// The id and the version at the top of a module, a call flow or a shared
/// flow. `publishedVersion` is part of answers and never sent (spec, decision
/// 5).
pub(super) fn versioned(document: &mut Object) -> Result<Option<Stamp>, Fault> {
    let upstream_id = document.text("id")?.filter(|id| !id.is_empty());
    let version = document.whole_number("version")?;
    document.take("publishedVersion");
    if upstream_id.is_none() && version.is_none() {
        return Ok(None);
    }
    Ok(Some(Stamp {
        upstream_id,
        version: version.unwrap_or(1),
        last_modified: String::new(),
    }))
}
