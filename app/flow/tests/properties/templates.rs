//! Templates: whatever is typed falls into parts.

use flow::expression::{Part, parse, parse_template};
use proptest::prelude::*;

use crate::arbitrary::text;

proptest! {
    #[test]
    fn templates_fall_into_parts_on_characters(text in text()) {
        let template = parse_template(&text);
        let mut at = 0;
        for part in &template.parts {
            let span = match part { Part::Text(span) => span, Part::Expression { span, .. } => span };
            prop_assert!(span.start >= at && text.get(span.clone()).is_some());
            at = span.end;
        }
        for error in &template.errors {
            prop_assert!(!text.get(error.span.clone()).unwrap_or_default().is_empty(), "{error:?}");
        }
        if let Err(error) = parse(&text) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{error:?}");
        }
    }
}
