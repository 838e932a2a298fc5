//! The direct profile: the wire format of the guides.

use crate::{Artifact, Flow, Problem, Stamp};

/// The document that creates or updates a flow upstream (spec, "The direct
/// profile, exactly"). Fails only on what cannot be written at all.
pub fn generate(_flow: &Flow, _stamp: &Stamp) -> Result<Artifact, Vec<Problem>> {
    Ok(Artifact { text: String::new(), source_map: Vec::new() })
}
