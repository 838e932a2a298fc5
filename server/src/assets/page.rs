//! The page that the site begins with.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// What there is to see before the site was built.
pub(super) const NOT_BUILT: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>Patchbay</title>
<h1>The site has not been built</h1>
<p>This server runs, but it was built without its pages.
Run <code>make run</code> in the checkout, or <code>make site</code> and build the server again.</p>
</html>
";

/// The SHA-256 of every inline script of a page, in base64: what a content
/// security policy needs to know of them.
pub(super) fn inline_script_hashes(page: &[u8]) -> Vec<String> {
    let page = String::from_utf8_lossy(page);
    let mut hashes = Vec::new();
    let mut rest = page.as_ref();
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else {
            break;
        };
        let Some((script, after)) = after.split_once("</script>") else {
            break;
        };
        let is_inline = !attributes
            .split_ascii_whitespace()
            .any(|attribute| attribute.starts_with("src="));
        if is_inline {
            hashes.push(BASE64.encode(&Sha256::digest(script)));
        }
        rest = after;
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_hashed_and_others_are_not() {
        let page = br#"<script src="/theme.js"></script><script type="module">alert(1)</script>
            <script nonce="x" src=/a.js></script>"#;
        assert_eq!(
            inline_script_hashes(page),
            ["bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="]
        );
    }
}
