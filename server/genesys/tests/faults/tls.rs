//! Connections that are not secure: each is refused at once, for its own
//! reason, and nothing secret leaves.
//!
//! What is trusted is what the machine trusts, in tests as in the product: the
//! test makes a certificate authority, lets the machine's list be a file with
//! that one in it, and runs itself again under it.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use genesys::{ClientCredentials, Connection, FailureKind, PlainHttp, Settings};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, version};

use crate::server::{SECRET, id};

/// Tells the test that it runs under the authority, and where to call.
const CALL: &str = "PATCHBAY_TLS_TEST_CALL";
const THIS: &str = "tls::what_is_not_secure_is_refused_and_nothing_secret_leaves";
const TOKEN: &str = r#"{"access_token":"token","token_type":"bearer","expires_in":3600}"#;

/// How a server presents itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presents {
    /// A certificate of the authority for this host: secure, to show that the
    /// others fail for what is wrong with them.
    Good,
    /// The same over TLS 1.2, the oldest that is taken.
    GoodOverTls12,
    SelfSigned,
    Expired,
    NotYetValid,
    AnotherHost,
    /// It agrees to TLS 1.1 at most.
    Tls11,
    /// It speaks HTTP without TLS.
    PlainHttp,
}

const NOT_SECURE: [(Presents, &str); 6] = [
    (Presents::SelfSigned, "UnknownIssuer"),
    (Presents::Expired, "expired"),
    (Presents::NotYetValid, "not valid yet"),
    (Presents::AnotherHost, "not valid for name"),
    (Presents::Tls11, "DoesNotSupportTls12"),
    (Presents::PlainHttp, "corrupt"),
];

/// What a server met.
#[derive(Default)]
struct Met {
    connections: AtomicUsize,
    /// Bytes that came through TLS, or without it.
    decrypted: AtomicUsize,
    /// Whether a secret was among what came without TLS.
    secrets: AtomicUsize,
}

struct Listening {
    address: SocketAddr,
    met: Arc<Met>,
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority")
}

fn config(presents: Presents, authority: &CertifiedIssuer<'static, KeyPair>) -> Arc<ServerConfig> {
    let host = match presents {
        Presents::AnotherHost => "another.example",
        _ => "localhost",
    };
    let mut params = CertificateParams::new(vec![host.to_owned()]).expect("parameters");
    match presents {
        Presents::Expired => {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        // Else it would pass as signed by the authority, by its name.
        Presents::SelfSigned => params
            .distinguished_name
            .push(DnType::CommonName, "Nobody in particular"),
        Presents::NotYetValid => params.not_before = date_time_ymd(4000, 1, 1),
        _ => {}
    }
    let key = KeyPair::generate().expect("a key");
    let certificate = match presents {
        Presents::SelfSigned => params.self_signed(&key),
        _ => params.signed_by(&key, authority),
    };
    let certificate: CertificateDer<'static> = certificate.expect("a certificate").der().clone();
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let versions = match presents {
        Presents::GoodOverTls12 => vec![&version::TLS12],
        _ => vec![&version::TLS13, &version::TLS12],
    };
    let config = ServerConfig::builder_with_protocol_versions(&versions)
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key);
    Arc::new(config.expect("a configuration"))
}

impl Listening {
    async fn start(presents: Presents, authority: &CertifiedIssuer<'static, KeyPair>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let met = Arc::new(Met::default());
        let (config, seen) = (config(presents, authority), met.clone());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                seen.connections.fetch_add(1, Ordering::SeqCst);
                let (config, seen) = (config.clone(), seen.clone());
                tokio::spawn(serve(presents, stream, config, seen));
            }
        });
        Self { address, met }
    }
}

async fn serve(
    presents: Presents,
    mut stream: TcpStream,
    config: Arc<ServerConfig>,
    met: Arc<Met>,
) {
    match presents {
        Presents::Tls11 => {
            met.heard(&read(&mut stream).await, false);
            // What the client makes of it ends the connection.
            let _ = stream.write_all(&server_hello_of_tls_1_1()).await;
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
        Presents::PlainHttp => {
            met.heard(&read(&mut stream).await, false);
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .await;
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
        _ => {
            let Ok(mut stream) = TlsAcceptor::from(config).accept(stream).await else {
                return;
            };
            let heard = read(&mut stream).await;
            met.heard(&heard, true);
            if !heard.is_empty() {
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{TOKEN}",
                    TOKEN.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        }
    }
}

async fn read(stream: &mut (impl AsyncReadExt + Unpin)) -> Vec<u8> {
    let mut heard = vec![0; 16 * 1024];
    let length = stream.read(&mut heard).await.unwrap_or_default();
    heard.truncate(length);
    heard
}

impl Met {
    fn heard(&self, bytes: &[u8], is_decrypted: bool) {
        if is_decrypted {
            self.decrypted.fetch_add(bytes.len(), Ordering::SeqCst);
        }
        let holds_secret = String::from_utf8_lossy(bytes).contains("canary");
        self.secrets
            .fetch_add(usize::from(holds_secret), Ordering::SeqCst);
    }
}

/// A server that agrees to version 1.1 (RFC 4346, 7.4.1.3), with a cipher that
/// was common then.
fn server_hello_of_tls_1_1() -> Vec<u8> {
    let version = [3, 2];
    let mut hello = version.to_vec();
    hello.extend([7; 32]);
    // No session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
    hello.extend([0, 0xc0, 0x13, 0]);
    let mut record = vec![22, version[0], version[1]];
    record.extend(u16::try_from(hello.len() + 4).expect("short").to_be_bytes());
    record.extend([2, 0]);
    record.extend(u16::try_from(hello.len()).expect("short").to_be_bytes());
    record.extend(hello);
    record
}

/// Signs in there; how that ended, on a line.
async fn call(address: &str) -> String {
    let client = ClientCredentials {
        id: "client".to_owned(),
        secret: SECRET.to_owned().into(),
        scope: None,
    };
    let base = format!("https://{address}");
    let settings = Settings::new(&base, None, client, PlainHttp::Refused).expect("settings");
    let connection = Connection::new(&settings).expect("a connection");
    let Err(failure) = connection.sign_in().await else {
        return "secure".to_owned();
    };
    let publish = connection
        .flows()
        .publish(&id())
        .await
        .expect_err("not secure");
    assert_eq!(publish.kind, failure.kind, "a change is refused as well");
    assert_eq!(
        failure.sentence(),
        "The secure connection to Genesys failed. Nothing was sent."
    );
    assert!(failure.next_step().contains("certificate"));
    match failure.kind {
        FailureKind::SecureConnectionFailed { reason } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_not_secure_is_refused_and_nothing_secret_leaves() {
    if let Ok(addresses) = std::env::var(CALL) {
        for address in addresses.split(' ') {
            println!("CALLED {address} {}", call(address).await);
        }
        return;
    }
    let authority = authority();
    let directory = tempfile::tempdir().expect("a directory");
    let trusted = directory.path().join("trusted.pem");
    std::fs::write(&trusted, authority.pem()).expect("written");
    let cases: Vec<_> = [
        (Presents::Good, "secure"),
        (Presents::GoodOverTls12, "secure"),
    ]
    .into_iter()
    .chain(NOT_SECURE)
    .collect();
    let mut servers = Vec::new();
    for (presents, _) in &cases {
        servers.push(Listening::start(*presents, &authority).await);
    }
    let addresses: Vec<_> = servers
        .iter()
        .map(|server| format!("localhost:{}", server.address.port()))
        .collect();
    let mut again = Command::new(std::env::current_exe().expect("this test"));
    again
        .args(["--exact", THIS, "--nocapture"])
        .env("SSL_CERT_FILE", &trusted)
        .env_remove("SSL_CERT_DIR")
        .env(CALL, addresses.join(" "));
    let output = tokio::task::spawn_blocking(move || again.output()).await;
    let output = output.expect("joined").expect("a child");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for (((presents, reason), server), address) in cases.iter().zip(&servers).zip(&addresses) {
        let line = said.lines().find(|line| line.contains(address.as_str()));
        let line = line.expect("it was called");
        eprintln!("{presents:?}: {line}");
        assert!(
            line.to_lowercase().contains(&reason.to_lowercase()),
            "{presents:?}: {line}"
        );
        let connections = server.met.connections.load(Ordering::SeqCst);
        let decrypted = server.met.decrypted.load(Ordering::SeqCst);
        assert_eq!(
            server.met.secrets.load(Ordering::SeqCst) > 0,
            *reason == "secure"
        );
        if *reason == "secure" {
            assert!(decrypted > 0, "{presents:?}");
        } else {
            // Once; what failed is remembered for a while.
            assert_eq!((connections, decrypted), (1, 0), "{presents:?}");
        }
    }
}
