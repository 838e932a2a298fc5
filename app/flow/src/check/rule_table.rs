//! The form in which rules are written down.

/// Makes a constant of each rule, `RULES` of them all in words, and `CODES`: who sees the
/// constants, what the list is about, then the rules with code, severity,
/// sentence and example, and where one exists what a click does about it.
macro_rules! rule_table {
    (
        $visibility:vis const,
        $about:literal,
        $($name:ident = $code:literal, $severity:ident, $sentence:literal, $example:literal
            $(, fix $fix:literal)?;)*
    ) => {
        $(#[doc = $sentence]
        $visibility const $name: $crate::check::Rule = $crate::check::Rule {
            code: $crate::Code($code),
            severity: $crate::Severity::$severity,
        };)*

        #[doc = $about]
        pub static RULES: &[$crate::check::RuleText] = &[$($crate::check::RuleText {
            code: $name.code,
            severity: $name.severity,
            sentence: $sentence,
            example: $example,
            fix: $crate::check::rule_table::optional!($($fix)?),
        }),*];

        /// The codes alone.
        pub(crate) static CODES: &[$crate::Code] = &[$($name.code),*];
    };
}

/// A literal, or that there is none.
macro_rules! optional {
    () => {
        None
    };
    ($value:literal) => {
        Some($value)
    };
}

pub(crate) use {optional, rule_table};
