//! Names that no other page gives.

use dom::prelude::*;

/// Ten random letters and digits: what this page makes gets a name that no
/// other page has given.
pub(crate) fn random_name() -> String {
    const SIGNS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut random = [0u8; 10];
    let drawn = window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    if drawn.is_err() {
        for byte in &mut random {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    random
        .iter()
        .filter_map(|byte| SIGNS.get(usize::from(*byte) % SIGNS.len()))
        .map(|sign| char::from(*sign))
        .collect()
}
