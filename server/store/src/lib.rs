//! Where Patchbay keeps what must last.
