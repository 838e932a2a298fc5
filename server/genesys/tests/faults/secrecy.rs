//! Tokens and secrets stay inside.

use std::sync::{Arc, Mutex};

use genesys::{
    Attempt, AttemptOutcome, ClientCredentials, Connection, FailureKind, Observer, PlainHttp,
    ScaledClock, Settings,
};
use tokio::io::AsyncReadExt;

use crate::server::{FaultServer, SECRET, Step, id, patient};

#[derive(Default)]
pub(crate) struct Kept(Mutex<Vec<Attempt>>);

impl Kept {
    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.0.lock().expect("unpoisoned").clone()
    }
}

impl Observer for Kept {
    fn attempted(&self, attempt: &Attempt) {
        self.0.lock().expect("unpoisoned").push(attempt.clone());
    }
}

#[tokio::test]
async fn a_server_that_echoes_secrets_does_not_get_them_shown() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    let kept = Arc::new(Kept::default());
    let connection = server.connection(patient()).observed_by(kept.clone());
    let echo = format!(
        r#"{{"code":"{SECRET}","message":"you sent token-canary-1 and {SECRET}",
        "entityId":"token-canary-1","details":[{{"fieldName":"token-canary-1"}}]}}"#
    );
    for status in [400, 403, 404, 409, 500] {
        server.script([Step::body(status, echo.clone())]);
        let failure = connection
            .flows()
            .publish(&id())
            .await
            .expect_err("refused");
        let shown = format!("{failure:?} {failure} {connection:?}");
        assert!(!shown.contains("canary"), "{status}: {shown}");
    }
    let attempts = format!("{:?}", kept.attempts());
    assert!(
        !attempts.contains("canary") && !attempts.contains(id().as_str()),
        "{attempts}"
    );
}

#[tokio::test]
async fn observers_hear_of_every_attempt() {
    let server = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    let kept = Arc::new(Kept::default());
    let connection = server.connection(patient()).observed_by(kept.clone());
    let reference = vec![("inin-correlation-id", "ref-7".to_owned())];
    server.script([Step::Answer(502, reference, String::new()), Step::Reset]);
    connection.flows().get(&id()).await.expect("read");
    let heard: Vec<_> = kept
        .attempts()
        .iter()
        .map(|attempt| {
            (
                attempt.operation,
                attempt.number,
                attempt.outcome,
                attempt.correlation_id.clone(),
            )
        })
        .collect();
    let answered = |status| AttemptOutcome::Answered { status };
    let expected = [
        ("oauth.token", 1, answered(200), None),
        ("flows.get", 1, answered(502), Some("ref-7".to_owned())),
        ("flows.get", 2, AttemptOutcome::Broken, None),
        ("flows.get", 3, answered(200), None),
    ];
    assert_eq!(heard, expected);
}

#[tokio::test]
async fn without_a_secure_connection_nothing_secret_is_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut heard = vec![0; 16 * 1024];
        let length = stream.read(&mut heard).await.expect("bytes");
        tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 200 OK\r\n\r\n")
            .await
            .expect("sent");
        heard.truncate(length);
        heard
    });
    let client = ClientCredentials {
        id: "client".to_owned(),
        secret: SECRET.to_owned().into(),
        scope: None,
    };
    let settings = Settings::new(
        &format!("https://{address}"),
        None,
        client,
        PlainHttp::Refused,
    )
    .expect("settings");
    let connection = Connection::new(&settings).expect("a connection");
    let failure = connection
        .flows()
        .publish(&id())
        .await
        .expect_err("not secure");
    assert!(
        matches!(failure.kind, FailureKind::SecureConnectionFailed { .. }),
        "{failure:?}"
    );
    let heard = heard.await.expect("joined");
    assert!(!String::from_utf8_lossy(&heard).contains("canary"));
}
