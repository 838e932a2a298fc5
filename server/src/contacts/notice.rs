//! What went wrong with a contact, in words.

use api::ContactNotice;
use flow::contact::{Channel, member};
use genesys::{Conflict, FailureKind};

use serde::{Deserialize, Serialize};

use super::{mask::Sight, upstream::Missed};
use crate::http::Problem;

/// What is so, and what to do.
pub(super) fn notice(sentence: impl Into<String>, next_step: &str) -> ContactNotice {
    ContactNotice {
        sentence: sentence.into(),
        next_step: next_step.to_owned(),
        correlation_id: None,
    }
}

/// What went wrong, as it is kept in what is sealed: with the words of Genesys,
/// which may tell who it is about, and without them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kept {
    #[serde(flatten)]
    full: ContactNotice,
    /// The sentence in our words alone; absent where it was not kept apart.
    #[serde(default)]
    ours: Option<String>,
}

impl From<ContactNotice> for Kept {
    fn from(ours: ContactNotice) -> Self {
        Self {
            ours: Some(ours.sentence.clone()),
            full: ours,
        }
    }
}

impl Kept {
    /// The same in our words alone: what may be kept in the clear.
    pub(super) fn ours(&self) -> ContactNotice {
        let sentence = self.ours.clone();
        ContactNotice {
            sentence: sentence.unwrap_or_else(|| UNSAID.to_owned()),
            ..self.full.clone()
        }
    }

    /// The sentence with the words of Genesys, where it has any.
    pub(super) fn words(&self) -> Option<&str> {
        let has_words = self.ours.as_ref() != Some(&self.full.sentence);
        has_words.then_some(self.full.sentence.as_str())
    }

    /// As a person with this sight reads it.
    pub(super) fn seen_by(&self, sight: Sight) -> ContactNotice {
        match sight {
            Sight::Full => self.full.clone(),
            Sight::Masked => self.ours(),
        }
    }
}

const UNSAID: &str = "The last call to Genesys about this contact failed.";

/// Why a call did not do what it was for.
pub(super) fn of_missed(missed: &Missed) -> Kept {
    let full = in_full(missed);
    let ours = match missed {
        Missed::Refused(failed) => in_full(&Missed::Refused(failed.in_our_words())).sentence,
        _ => full.sentence.clone(),
    };
    Kept {
        full,
        ours: Some(ours),
    }
}

fn in_full(missed: &Missed) -> ContactNotice {
    match missed {
        Missed::NotCarriedOut => notice(
            "Genesys did not confirm this. Asked since, it shows that it was not carried out.",
            "Try again.",
        ),
        Missed::Unreadable => notice(
            "Genesys gave an answer about this contact that cannot be understood.",
            "See in Genesys Cloud how the contact stands. If it stays so, tell an administrator.",
        ),
        Missed::Refused(failed) => {
            let next_step = match &failed.kind {
                FailureKind::NotFound => "Register it again to create it there anew.",
                FailureKind::UnknownOutcome { .. } => {
                    "Check its availability to see what Genesys has, then decide."
                }
                FailureKind::Conflict(
                    Conflict::Version | Conflict::AlreadyExists { .. } | Conflict::Other { .. },
                ) => "Check its availability to compare it with what Genesys has, then decide.",
                _ => failed.next_step(),
            };
            let sentence = match &failed.kind {
                FailureKind::NotFound => "This contact no longer exists in Genesys.".to_owned(),
                _ => failed.sentence(),
            };
            ContactNotice {
                correlation_id: failed.correlation_id.clone(),
                ..notice(sentence, next_step)
            }
        }
    }
}

/// Where Genesys rejects parts of a contact, the answer that puts each at its
/// field; none where it rejects something else.
pub(super) fn at_fields(missed: &Missed) -> Option<Problem> {
    let Missed::Refused(failed) = missed else {
        return None;
    };
    let FailureKind::Rejected { problems, .. } = &failed.kind else {
        return None;
    };
    if problems.is_empty() {
        return None;
    }
    let refused = Problem::new(
        axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        "rejected-by-genesys",
        failed.sentence(),
    )
    .next("Correct what is named and send it again.");
    let pointed = problems.iter().fold(refused, |refused, problem| {
        let detail = format!("Genesys does not take this ({}).", problem.code);
        refused.at(field(&problem.pointer), detail)
    });
    Some(pointed)
}

/// The field of our form for a place in the document that was sent.
fn field(pointer: &str) -> String {
    let path = pointer.trim_start_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let is_channel = first == member::CHANNELS && Channel::from_name(rest).is_some();
    format!("/contact/{}", if is_channel { rest } else { first })
}

/// What is wrong with a contact before it is sent; none where nothing is.
pub(super) fn of_checks(contact: &flow::contact::Contact) -> Option<Problem> {
    let errors = flow::contact::check(contact)
        .into_iter()
        .filter(|problem| problem.severity == flow::Severity::Error);
    let mut refused = None::<Problem>;
    for problem in errors {
        let at = problem
            .place
            .field
            .as_ref()
            .map_or("", flow::FieldKey::as_str);
        let pointer = format!("/contact/{at}");
        refused = Some(match refused {
            None => Problem::field(&pointer, &problem.message),
            Some(refused) => refused.at(pointer, problem.message),
        });
    }
    refused
}
