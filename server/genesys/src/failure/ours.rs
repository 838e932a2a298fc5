//! A failure without what Genesys Cloud said of it: its words may repeat what
//! was sent, which not everybody may read.

use super::{Conflict, Failure, FailureKind, LostAnswer};

impl Failure {
    /// The same failure, whose sentence is of our words alone. Permissions stay
    /// where they look like nothing but permissions.
    #[must_use]
    pub fn in_our_words(&self) -> Self {
        let kind = match self.kind.clone() {
            FailureKind::PermissionMissing { missing, .. } => FailureKind::PermissionMissing {
                missing: missing
                    .into_iter()
                    .filter(|one| is_permission(one))
                    .collect(),
                message: String::new(),
            },
            FailureKind::Conflict(conflict) => FailureKind::Conflict(conflict.in_our_words()),
            FailureKind::Rejected { status, .. } => FailureKind::Rejected {
                status,
                code: String::new(),
                message: String::new(),
                problems: Vec::new(),
            },
            FailureKind::UnexpectedAnswer { status, .. } => FailureKind::UnexpectedAnswer {
                status,
                reason: "it is not what was asked for".to_owned(),
            },
            FailureKind::UnknownOutcome {
                lost: LostAnswer::Unreadable { .. },
            } => FailureKind::UnknownOutcome {
                lost: LostAnswer::Unreadable {
                    reason: "since it is not what was asked for".to_owned(),
                },
            },
            FailureKind::SecureConnectionFailed { .. } => FailureKind::SecureConnectionFailed {
                reason: String::new(),
            },
            kind => kind,
        };
        Self::new(kind, self.correlation_id.clone())
    }
}

impl Conflict {
    fn in_our_words(self) -> Self {
        match self {
            Self::Version => Self::Version,
            Self::AlreadyExists { .. } => Self::AlreadyExists { entity_id: None },
            Self::Locked { .. } => Self::Locked { by: None },
            Self::Other { .. } => Self::Other {
                code: String::new(),
                message: String::new(),
            },
        }
    }
}

/// `externalContacts:contact:add`: letters and colons, and nothing else.
fn is_permission(name: &str) -> bool {
    let mut parts = name.split(':');
    name.contains(':')
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_words_repeat_nothing_that_genesys_said() {
        let foreign = || "Zebulon +15551234567".to_owned();
        let kinds = [
            FailureKind::PermissionMissing {
                missing: vec![foreign()],
                message: foreign(),
            },
            FailureKind::Conflict(Conflict::Locked {
                by: Some(foreign()),
            }),
            FailureKind::Conflict(Conflict::Other {
                code: foreign(),
                message: foreign(),
            }),
            FailureKind::Rejected {
                status: 400,
                code: foreign(),
                message: foreign(),
                problems: Vec::new(),
            },
            FailureKind::UnexpectedAnswer {
                status: 200,
                reason: foreign(),
            },
            FailureKind::UnknownOutcome {
                lost: LostAnswer::Unreadable { reason: foreign() },
            },
        ];
        for kind in kinds {
            let failure = Failure::new(kind, None);
            assert!(failure.sentence().contains("Zebulon"), "{failure:?}");
            let ours = failure.in_our_words();
            assert!(!format!("{ours:?}").contains("Zebulon"), "{ours:?}");
            assert_eq!(ours.code(), failure.code());
            assert_eq!(ours.next_step(), failure.next_step());
        }
    }

    #[test]
    fn a_permission_that_looks_like_one_stays() {
        for (name, stays) in [
            ("externalContacts:contact:add", true),
            ("Zebulon Quixote", false),
            ("tel:+15551234567", false),
            ("contacts", false),
        ] {
            assert_eq!(is_permission(name), stays, "{name}");
        }
    }
}
