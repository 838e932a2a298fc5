use api::Outcome;
use store::{AuditFilter, AuditVerdict, NewAudit, Store};

use super::audit;

pub(crate) async fn entries_are_numbered_without_gaps(store: &dyn Store) {
    for action in ["one", "two", "three"] {
        store.append_audit(audit(action)).await.expect("an entry");
    }
    let entries = store
        .audit(&AuditFilter::default(), None, 2)
        .await
        .expect("entries");
    let seen: Vec<_> = entries.iter().map(|e| (e.seq, e.action.as_str())).collect();
    assert_eq!(seen, [(3, "three"), (2, "two")]);
    let before = store
        .audit(&AuditFilter::default(), Some(2), 10)
        .await
        .expect("entries");
    assert_eq!(before.len(), 1);
}

pub(crate) async fn the_chain_is_intact(store: &dyn Store) {
    let verdict = store.verify_audit().await.expect("a verdict");
    assert!(matches!(verdict, AuditVerdict::Intact { entries } if entries > 3));
}

pub(crate) async fn what_is_wanted_of_the_log_is_found(store: &dyn Store) {
    for (at_millis, actor, action, object, outcome, detail) in [
        (
            10,
            "Ada",
            "lamp.make",
            Some("l1"),
            Outcome::Done,
            "Made 100 % of it.",
        ),
        (
            20,
            "Bea",
            "lamp.light",
            Some("l1"),
            Outcome::Failed,
            "It was dark.",
        ),
        (
            30,
            "Ada",
            "lampshade.make",
            Some("s1"),
            Outcome::Done,
            "Made it.",
        ),
        (
            40,
            "Ada",
            "lamp.light",
            None,
            Outcome::Done,
            "It is bright.",
        ),
    ] {
        let entry = NewAudit {
            at_millis,
            actor: actor.to_owned(),
            action,
            object: object.map(str::to_owned),
            outcome,
            detail: detail.to_owned(),
            correlation_id: None,
        };
        store.append_audit(entry).await.expect("an entry");
    }
    let text = |text: &str| Some(text.to_owned());
    let all = AuditFilter {
        action: text("lamp"),
        ..AuditFilter::default()
    };
    for (wanted, times) in [
        (all.clone(), vec![40, 20, 10]),
        (
            AuditFilter {
                action: text("lamp.light"),
                ..all.clone()
            },
            vec![40, 20],
        ),
        (
            AuditFilter {
                action: text("lam_"),
                ..all.clone()
            },
            vec![],
        ),
        (
            AuditFilter {
                actor: text("Ada"),
                ..all.clone()
            },
            vec![40, 10],
        ),
        (
            AuditFilter {
                object: text("l1"),
                ..all.clone()
            },
            vec![20, 10],
        ),
        (
            AuditFilter {
                outcome: Some(Outcome::Failed),
                ..all.clone()
            },
            vec![20],
        ),
        (
            AuditFilter {
                from_millis: Some(20),
                until_millis: Some(40),
                ..all.clone()
            },
            vec![20],
        ),
        (
            AuditFilter {
                text: text("MADE 100 %"),
                ..all.clone()
            },
            vec![10],
        ),
        (
            AuditFilter {
                text: text("bea lamp.light"),
                ..all.clone()
            },
            vec![20],
        ),
        (
            AuditFilter {
                text: text("1__ %"),
                ..all.clone()
            },
            vec![],
        ),
    ] {
        let found = store.audit(&wanted, None, 10).await.expect("entries");
        let found: Vec<_> = found.iter().map(|entry| entry.at_millis).collect();
        assert_eq!(found, times, "{wanted:?}");
    }
}
