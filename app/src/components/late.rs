//! Events that come after the end of what they belong to.

use dom::prelude::*;

/// Runs a callback for `change`. A browser fires that also when it removes a
/// changed control, and then what the callback belongs to is gone already:
/// nothing is left to be told.
pub(super) fn late<In: 'static>(callback: Callback<In>, input: In) {
    callback.try_run(input);
}
