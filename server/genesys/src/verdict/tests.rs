use super::*;

const PAUSE: RetryAfter = RetryAfter::Wait(Duration::from_secs(7));

fn judged(resend: Resend, outcome: Outcome) -> Verdict {
    let limits = Limits::default();
    let circumstances = Circumstances {
        resend,
        limits: &limits,
        now: SystemTime::UNIX_EPOCH,
        secrets: &[],
    };
    circumstances.judge(outcome)
}

fn answered(status: u16, retry_after: RetryAfter) -> Outcome {
    Outcome::Answered(Answer {
        status,
        correlation_id: Some("ref-1".to_owned()),
        retry_after,
        headroom: None,
        body: Ok(Bytes::from_static(b"<html>oops</html>")),
    })
}

fn cut(fault: BodyFault) -> Outcome {
    Outcome::Answered(Answer {
        status: 200,
        correlation_id: None,
        retry_after: RetryAfter::Absent,
        headroom: None,
        body: Err(fault),
    })
}

/// The verdict in short: what is done next, then the failure's code.
fn short(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Done(_) => "done".to_owned(),
        Verdict::Renew(failure) => format!("renew {}", failure.code()),
        Verdict::Again(Wait::BackOff, failure) => format!("again {}", failure.code()),
        Verdict::Again(Wait::Pause(pause), failure) => {
            format!("again after {} {}", pause.as_secs(), failure.code())
        }
        Verdict::Over(failure) => format!("over {}", failure.code()),
    }
    .replace("genesys.", "")
}

type Make = fn() -> Outcome;

#[test]
fn the_retry_rules_hold_for_every_kind_of_call() {
    let none = "over unknown-outcome";
    let rows: &[(&str, Make, [&str; 3])] = &[
        ("200", || answered(200, RetryAfter::Absent), ["done"; 3]),
        ("204", || answered(204, RetryAfter::Absent), ["done"; 3]),
        (
            "302",
            || answered(302, RetryAfter::Absent),
            ["over unexpected-answer"; 3],
        ),
        (
            "400",
            || answered(400, RetryAfter::Absent),
            ["over rejected"; 3],
        ),
        (
            "401",
            || answered(401, RetryAfter::Absent),
            ["renew credentials-refused"; 3],
        ),
        (
            "403",
            || answered(403, RetryAfter::Absent),
            ["over permission-missing"; 3],
        ),
        (
            "404",
            || answered(404, RetryAfter::Absent),
            ["over not-found"; 3],
        ),
        (
            "409",
            || answered(409, RetryAfter::Absent),
            ["over conflict"; 3],
        ),
        (
            "410",
            || answered(410, RetryAfter::Absent),
            ["over not-found"; 3],
        ),
        (
            "422",
            || answered(422, RetryAfter::Absent),
            ["over rejected"; 3],
        ),
        (
            "429",
            || answered(429, RetryAfter::Absent),
            ["again after 3 throttled"; 3],
        ),
        (
            "429 garbage",
            || answered(429, RetryAfter::Unreadable),
            ["again after 3 throttled"; 3],
        ),
        (
            "429 wait",
            || answered(429, PAUSE),
            ["again after 7 throttled"; 3],
        ),
        (
            "500",
            || answered(500, PAUSE),
            ["over unavailable", none, none],
        ),
        (
            "501",
            || answered(501, RetryAfter::Absent),
            ["over unavailable", none, none],
        ),
        (
            "502",
            || answered(502, PAUSE),
            ["again unavailable", "again unknown-outcome", none],
        ),
        (
            "503",
            || answered(503, RetryAfter::Absent),
            ["again unavailable", "again unknown-outcome", none],
        ),
        (
            "503 garbage",
            || answered(503, RetryAfter::Unreadable),
            ["again unavailable", "again unknown-outcome", none],
        ),
        (
            "503 wait",
            || answered(503, PAUSE),
            ["again after 7 unavailable"; 3],
        ),
        (
            "504",
            || answered(504, RetryAfter::Absent),
            ["again unavailable", "again unknown-outcome", none],
        ),
        ("not sent", || Outcome::NotSent, ["again unavailable"; 3]),
        (
            "not secure",
            || Outcome::NotSecure {
                reason: String::new(),
            },
            ["over secure-connection-failed"; 3],
        ),
        (
            "broken",
            || Outcome::Broken,
            ["again unanswered", "again unknown-outcome", none],
        ),
        (
            "timed out",
            || Outcome::TimedOut,
            ["again unanswered", "again unknown-outcome", none],
        ),
        (
            "body broken",
            || cut(BodyFault::Broken),
            ["again unanswered", "again unknown-outcome", none],
        ),
        (
            "body timed out",
            || cut(BodyFault::TimedOut),
            ["again unanswered", "again unknown-outcome", none],
        ),
        (
            "body too large",
            || cut(BodyFault::TooLarge),
            ["over answer-too-large", none, none],
        ),
    ];
    for (name, outcome, expected) in rows {
        let got = [Resend::Reads, Resend::Versioned, Resend::Once]
            .map(|resend| short(&judged(resend, outcome())));
        assert_eq!(got, *expected, "{name}");
    }
}

#[test]
fn a_pause_longer_than_three_minutes_is_not_worth_queueing() {
    for (seconds, expected) in [(31, true), (180, true), (181, false), (86_400, false)] {
        let wait = RetryAfter::Wait(Duration::from_secs(seconds));
        let Verdict::Again(_, failure) = judged(Resend::Once, answered(429, wait)) else {
            panic!("a 429 is sent again when time allows");
        };
        let until = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let queueable = expected;
        assert_eq!(failure.kind, FailureKind::Throttled { until, queueable });
        assert_eq!(failure.correlation_id.as_deref(), Some("ref-1"));
    }
}

#[test]
fn conflicts_are_told_apart_by_their_code() {
    for (code, expected) in [
        ("version.conflict", Conflict::Version),
        (
            "already.exists",
            Conflict::AlreadyExists {
                entity_id: Some("e-1".to_owned()),
            },
        ),
        (
            "architect.flow.locked.by.user",
            Conflict::Locked {
                by: Some("Maria Jones".to_owned()),
            },
        ),
        (
            "flow.locked",
            Conflict::Locked {
                by: Some("Maria Jones".to_owned()),
            },
        ),
        (
            "flow.unlocked.elsewhere",
            Conflict::Other {
                code: "flow.unlocked.elsewhere".to_owned(),
                message: "Locked".to_owned(),
            },
        ),
    ] {
        let body = format!(
            r#"{{"code":"{code}","message":"Locked","entityId":"e-1","messageParams":{{"lockedBy":"Maria Jones"}}}}"#
        );
        let outcome = Outcome::Answered(Answer {
            status: 409,
            correlation_id: None,
            retry_after: RetryAfter::Absent,
            headroom: None,
            body: Ok(Bytes::from(body)),
        });
        let Verdict::Over(failure) = judged(Resend::Versioned, outcome) else {
            panic!("a conflict is never sent again");
        };
        assert_eq!(failure.kind, FailureKind::Conflict(expected));
    }
}
