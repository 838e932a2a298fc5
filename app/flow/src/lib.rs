//! The domain of Patchbay.
