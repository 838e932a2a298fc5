//! Judges one attempt: is the call done, over, or to be sent again? A pure
//! function of what arrived, so that the retry rules can be read and tested
//! as a table.

use std::time::{Duration, SystemTime};

use bytes::Bytes;

use crate::answer::{Answer, BodyFault, Outcome, RetryAfter};
use crate::error_body::ErrorBody;
use crate::failure::{Conflict, Failure, FailureKind, LostAnswer};
use crate::limits::Limits;

/// What sending a call twice would mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resend {
    /// It reads: harmless.
    Reads,
    /// It changes a version that it names: a second one is refused upstream.
    Versioned,
    /// It makes something: a second one would make it twice.
    Once,
}

/// What follows from an attempt.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The call succeeded.
    Done(Success),
    /// The token was refused: renew it and send again, once.
    Renew(Failure),
    /// Send again after a wait, if attempts, budget and time allow.
    Again(Wait, Failure),
    /// The call failed.
    Over(Failure),
}

/// A 2xx with its body.
#[derive(Debug)]
pub(crate) struct Success {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
    pub(crate) correlation_id: Option<String>,
}

/// The wait before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Our own back-off.
    BackOff,
    /// A pause that Genesys Cloud asked for; it holds for the whole bucket.
    Pause(Duration),
}

/// What the judgement rests on beside the attempt itself.
pub(crate) struct Circumstances<'a> {
    pub(crate) resend: Resend,
    pub(crate) limits: &'a Limits,
    pub(crate) now: SystemTime,
    /// Never to survive in a failure's text.
    pub(crate) secrets: &'a [&'a str],
}

impl Circumstances<'_> {
    pub(crate) fn judge(&self, outcome: Outcome) -> Verdict {
        match outcome {
            Outcome::Answered(answer) => self.judge_answer(answer),
            // Nothing was sent, so that even a POST may go again.
            Outcome::NotSent => Verdict::Again(
                Wait::BackOff,
                Failure::new(FailureKind::Unavailable { status: None }, None),
            ),
            Outcome::NotSecure { reason } => Verdict::Over(Failure::new(
                FailureKind::SecureConnectionFailed { reason },
                None,
            )),
            Outcome::Broken => self.lost(LostAnswer::Broken, None),
            Outcome::TimedOut => self.lost(LostAnswer::TimedOut, None),
        }
    }

    fn judge_answer(&self, answer: Answer) -> Verdict {
        if (200..300).contains(&answer.status) {
            return self.judge_success(answer);
        }
        let status = answer.status;
        let body = match &answer.body {
            Ok(body) => ErrorBody::read(body, self.secrets),
            Err(_) => ErrorBody::default(),
        };
        let correlation_id = answer.correlation_id.or_else(|| body.context_id.clone());
        let failed = |kind| Failure::new(kind, correlation_id.clone());
        match status {
            401 => Verdict::Renew(failed(FailureKind::CredentialsRefused)),
            403 => Verdict::Over(failed(FailureKind::PermissionMissing {
                missing: body.missing,
                message: body.message,
            })),
            404 | 410 => Verdict::Over(failed(FailureKind::NotFound)),
            409 => Verdict::Over(failed(FailureKind::Conflict(conflict(body)))),
            429 => {
                let pause = match answer.retry_after {
                    RetryAfter::Wait(wait) => wait,
                    RetryAfter::Absent | RetryAfter::Unreadable => self.limits.default_pause,
                };
                Verdict::Again(Wait::Pause(pause), failed(self.throttled(pause)))
            }
            503 if let RetryAfter::Wait(pause) = answer.retry_after => {
                let kind = if pause > self.limits.longest_wait {
                    self.throttled(pause)
                } else {
                    FailureKind::Unavailable {
                        status: Some(status),
                    }
                };
                Verdict::Again(Wait::Pause(pause), failed(kind))
            }
            502..=504 => self.lost(LostAnswer::ServerError { status }, correlation_id),
            // What a 500 did is unknown, and doing it again seldom helps.
            500.. if self.resend == Resend::Reads => {
                Verdict::Over(failed(FailureKind::Unavailable {
                    status: Some(status),
                }))
            }
            500.. => Verdict::Over(failed(FailureKind::UnknownOutcome {
                lost: LostAnswer::ServerError { status },
            })),
            400..500 => Verdict::Over(failed(FailureKind::Rejected {
                status,
                code: body.code,
                message: body.message,
                problems: body.details,
            })),
            _ => Verdict::Over(failed(FailureKind::UnexpectedAnswer {
                status,
                reason: "it is neither a success nor an error".to_owned(),
            })),
        }
    }

    fn judge_success(&self, answer: Answer) -> Verdict {
        let fault = match answer.body {
            Ok(body) => {
                return Verdict::Done(Success {
                    status: answer.status,
                    body,
                    correlation_id: answer.correlation_id,
                });
            }
            Err(fault) => fault,
        };
        match (fault, self.resend) {
            (BodyFault::Broken, _) => self.lost(LostAnswer::Broken, answer.correlation_id),
            (BodyFault::TimedOut, _) => self.lost(LostAnswer::TimedOut, answer.correlation_id),
            (BodyFault::Encoded, _) => Verdict::Over(unreadable_answer(
                self.resend,
                answer.status,
                answer.correlation_id,
                "it is compressed, which was not asked for",
            )),
            (BodyFault::TooLarge, Resend::Reads) => Verdict::Over(Failure::new(
                FailureKind::AnswerTooLarge {
                    limit_bytes: self.limits.body_bytes,
                },
                answer.correlation_id,
            )),
            (BodyFault::TooLarge, _) => Verdict::Over(unreadable_answer(
                self.resend,
                answer.status,
                answer.correlation_id,
                "it is too large",
            )),
        }
    }

    /// It was sent, and no answer says what became of it.
    fn lost(&self, lost: LostAnswer, correlation_id: Option<String>) -> Verdict {
        let kind = match (self.resend, &lost) {
            (Resend::Reads, LostAnswer::ServerError { status }) => FailureKind::Unavailable {
                status: Some(*status),
            },
            (Resend::Reads, _) => FailureKind::Unanswered,
            (Resend::Versioned | Resend::Once, _) => FailureKind::UnknownOutcome { lost },
        };
        let failure = Failure::new(kind, correlation_id);
        match self.resend {
            Resend::Reads | Resend::Versioned => Verdict::Again(Wait::BackOff, failure),
            Resend::Once => Verdict::Over(failure),
        }
    }

    fn throttled(&self, pause: Duration) -> FailureKind {
        FailureKind::Throttled {
            until: self.now + pause,
            queueable: pause <= self.limits.longest_queue,
        }
    }
}

/// What is wrong with an answer that was judged a success and then could not
/// be read: for a change that leaves the outcome unknown.
pub(crate) fn unreadable(resend: Resend, success: &Success, reason: &str) -> Failure {
    let correlation_id = success.correlation_id.clone();
    unreadable_answer(resend, success.status, correlation_id, reason)
}

fn unreadable_answer(
    resend: Resend,
    status: u16,
    correlation_id: Option<String>,
    reason: &str,
) -> Failure {
    let reason = reason.to_owned();
    let kind = match resend {
        Resend::Reads => FailureKind::UnexpectedAnswer { status, reason },
        Resend::Versioned | Resend::Once => FailureKind::UnknownOutcome {
            lost: LostAnswer::Unreadable { reason },
        },
    };
    Failure::new(kind, correlation_id)
}

fn conflict(body: ErrorBody) -> Conflict {
    match body.code.as_str() {
        "version.conflict" => Conflict::Version,
        "already.exists" | "architect.flow.already.exists" => Conflict::AlreadyExists {
            entity_id: body.entity_id,
        },
        // The platform has one code for each sort of thing that is locked.
        code if code.ends_with("locked") || code.contains(".locked.") => {
            Conflict::Locked { by: body.locked_by }
        }
        _ => Conflict::Other {
            code: body.code,
            message: body.message,
        },
    }
}

#[cfg(test)]
mod tests;
