//! No spelling of an address leads inside: a canary listens on every address
//! of this machine, and nothing ever connects to it.

// Clippy sees tests only where the attribute stands, not in what they call.
#![allow(clippy::expect_used)]

use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use webhooks::{
    Addresses, CallError, Caller, Destination, Forbidden, Limits, Lookup, Message, PORTS, Secret,
    StandIn,
};

/// Counts who connects to it.
struct Canary {
    port: u16,
    heard: Arc<AtomicUsize>,
}

impl Canary {
    async fn listen() -> Self {
        // Both families where there are both, else the one that there is.
        let listener = match TcpListener::bind("[::]:0").await {
            Ok(listener) => listener,
            Err(_) => TcpListener::bind("0.0.0.0:0").await.expect("a port"),
        };
        let port = listener.local_addr().expect("an address").port();
        let heard = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&heard);
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { port, heard }
    }

    fn heard(&self) -> usize {
        self.heard.load(Ordering::SeqCst)
    }
}

/// Leads every name to these addresses, and counts how often it is asked.
struct Leading {
    addresses: Vec<IpAddr>,
    asked: Arc<AtomicUsize>,
}

impl Lookup for Leading {
    fn lookup(&self, _: &str) -> Addresses {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let addresses = self.addresses.iter();
        let addresses = addresses.map(|&ip| SocketAddr::new(ip, 0)).collect();
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

fn leading(addresses: &[&str]) -> (Arc<Leading>, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let addresses = addresses
        .iter()
        .map(|address| address.parse().expect("an address"))
        .collect();
    let lookup = Leading {
        addresses,
        asked: Arc::clone(&asked),
    };
    (Arc::new(lookup), asked)
}

fn caller(lookup: Arc<Leading>, canary: &Canary, stand_in: Option<StandIn>) -> Caller {
    let limits = Limits {
        answer: Duration::from_secs(5),
        ..Limits::default()
    };
    Caller::new(lookup, stand_in)
        .expect("a caller")
        .limited(limits)
        .at_ports(&[canary.port])
}

async fn call(caller: &Caller, address: &str) -> Result<u16, CallError> {
    let message = Message {
        id: "msg_1",
        timestamp_seconds: 1,
        body: "{}",
    };
    let secrets = [Secret::new([1; 32])];
    let reply = caller.call(address, &secrets, &message).await?;
    Ok(reply.status)
}

/// Hosts that lead inside, in every spelling that some reader of addresses
/// takes: each is refused by its text alone.
const INSIDE: &[&str] = &[
    // Loopback and this host.
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0",
    "0.0",
    "2130706433",
    "0x7f000001",
    "0x7F.0.0.1",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "0177.1",
    "00000177.0.0.1",
    "127.0.0.0x1",
    "127.0.0.01",
    "127.0.0.1.",
    "127.1.",
    "2130706433.",
    "0x7f000001.",
    // The same in other digits and dots, which IDNA makes plain ones.
    "１２７.０.０.１",
    "127。0。0。1",
    "127．0．0．1",
    "127｡0｡0｡1",
    "①②⑦.⓪.⓪.①",
    "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
    "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1",
    // Private, link-local, carriers' NAT, reserved, metadata.
    "10.0.0.1",
    "10.1",
    "167772161",
    "0xa000001",
    "012.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.1",
    "3232235521",
    "0xc0a80001",
    "0300.0250.0.1",
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
    "169.254.170.2",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "4294967295",
    // IPv6: loopback, unspecified, local, multicast, documentation.
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fd20:ce::254]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[100::1]",
    "[5f00::1]",
    // IPv4 inside IPv6: mapped, compatible, translated, 6to4, Teredo, ISATAP.
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:169.254.169.254]",
    "[::FFFF:A9FE:A9FE]",
    "[::ffff:8.8.8.8]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[2001:0:7f00:1::]",
    "[2606:4700::5efe:7f00:1]",
    "[2606:4700::200:5efe:10.0.0.1]",
    // Names of this machine and network, and such as no registry gives out.
    "localhost",
    "LOCALHOST",
    "localhost.",
    "LocalHost.LocalDomain",
    "a.localhost",
    "ｌocalhost",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "%6cocalhost",
    "lo\u{ad}calhost",
    "metadata",
    "metadata.google.internal",
    "METADATA.google.internal.",
    "instance-data",
    "instance-data.ec2.internal",
    "printer.local",
    "router.lan",
    "db.corp",
    "wiki.intranet",
    "nas.home.arpa",
    "1.0.0.127.in-addr.arpa",
    "intranet",
    "hooks.sandbox.invalid",
    "a.test",
    "a.example",
    "x.onion",
    "crm.example.com.",
];

/// Addresses that are refused for something else than their host.
const MISSPELT: &[&str] = &[
    "http://crm.example.com:PORT/",
    "ftp://crm.example.com:PORT/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT/_x",
    "//127.0.0.1:PORT/",
    "127.0.0.1:PORT",
    "https:",
    "https://",
    "https:///127.0.0.1:PORT/",
    "https:127.0.0.1:PORT",
    "https:\\\\127.0.0.1:PORT\\",
    "https://crm.example.com:PORT\\@127.0.0.1/",
    "https://user@crm.example.com:PORT/",
    "https://user:secret@127.0.0.1:PORT/",
    "https://:@127.0.0.1:PORT/",
    "https://@127.0.0.1:PORT/",
    "https://crm.example.com@127.0.0.1:PORT/",
    "https://127.0.0.1:PORT@crm.example.com/",
    "https://crm.example.com:PORT/#@127.0.0.1/",
    "https://crm.example.com#@127.0.0.1:PORT/",
    "https://127.0.0.1:PORT#.crm.example.com/",
    "https://127.0.0.1:PORT?.crm.example.com/",
    "https://127.0.0.1 :PORT/",
    "https://127.0.0.1:PORT /",
    " https://127.0.0.1:PORT/",
    "https://127.0.0.1\t:PORT/",
    "https://127.0.0.1\r\n:PORT/",
    "https://127.0.0.1\u{0}:PORT/",
    "https://[::1%25lo]:PORT/",
    "https://[::1]evil:PORT/",
    "https://[::1/",
    "https://::1:PORT/",
    "https://crm.example.com:22/",
    "https://crm.example.com:80/",
    "https://crm.example.com:0/",
    "https://crm.example.com:65536/",
    "https://256.256.256.256:PORT/",
    "https://1.2.3.4.5:PORT/",
    "https://127.0.0.1.:PORT/",
    "https://xn--a:PORT/",
];

#[tokio::test]
async fn no_spelling_of_an_address_leads_inside() {
    let canary = Canary::listen().await;
    let (lookup, asked) = leading(&["127.0.0.1"]);
    let caller = caller(lookup, &canary, None);
    let port = canary.port.to_string();
    let spelled = INSIDE
        .iter()
        .map(|host| format!("https://{host}:{port}/hook"));
    let misspelt = MISSPELT.iter().map(|text| text.replace("PORT", &port));
    let mut tried = 0;
    for address in spelled.chain(misspelt) {
        let checked = caller.check(&address);
        assert!(checked.is_err(), "{address:?} was taken: {checked:?}");
        let called = call(&caller, &address).await;
        let refused = matches!(called, Err(CallError::Forbidden(_)));
        assert!(refused, "{address:?} was called: {called:?}");
        tried += 1;
    }
    assert!(tried >= 160, "{tried} spellings");
    assert_eq!(asked.load(Ordering::SeqCst), 0, "no name was looked up");
    assert_eq!(canary.heard(), 0, "connections to the canary");

    // The canary does sing.
    TcpStream::connect(("127.0.0.1", canary.port))
        .await
        .expect("it listens");
    tokio::time::timeout(Duration::from_secs(5), async {
        while canary.heard() == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("it counts");
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_called_whatever_else_it_leads_to() {
    let canary = Canary::listen().await;
    let address = format!("https://crm.acme.com:{}/hook", canary.port);
    for addresses in [
        &["127.0.0.1"][..],
        &["::1"],
        &["::ffff:127.0.0.1"],
        &["169.254.169.254"],
        &["10.1.2.3", "10.1.2.4"],
        // Half of them public: a name that is about to be turned round.
        &["93.184.216.34", "127.0.0.1"],
        &["2606:4700:4700::1111", "::1"],
    ] {
        let (lookup, asked) = leading(addresses);
        let caller = caller(lookup, &canary, None);
        assert!(caller.check(&address).is_ok(), "its text says nothing");
        for turn in 1..=3 {
            let called = call(&caller, &address).await;
            let refused = matches!(called, Err(CallError::NotPublic));
            assert!(refused, "{addresses:?}: {called:?}");
            // What was looked at is what would be connected to: there is no
            // second look-up that could say otherwise.
            assert_eq!(asked.load(Ordering::SeqCst), turn, "{addresses:?}");
        }
    }
    let (nowhere, _) = leading(&[]);
    let called = call(&caller(nowhere, &canary, None), &address).await;
    assert!(matches!(called, Err(CallError::UnknownName)), "{called:?}");
    assert_eq!(canary.heard(), 0, "connections to the canary");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_leads_nowhere() {
    let canary = Canary::listen().await;
    let (redirecting, _) = answering(format!(
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{}/\r\ncontent-length: 0\r\n\r\n",
        canary.port
    ))
    .await;
    let (lookup, _) = leading(&["127.0.0.1"]);
    let caller = caller(lookup, &canary, Some(stand_in(redirecting)));
    for _ in 0..3 {
        let called = call(&caller, "https://hooks.sandbox.invalid/x").await;
        assert_eq!(called.expect("an answer"), 302);
    }
    assert_eq!(canary.heard(), 0, "connections to the canary");
}

#[tokio::test]
async fn the_stand_in_answers_for_its_host_alone() {
    let canary = Canary::listen().await;
    let (address, requests) =
        answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_owned()).await;
    let (lookup, _) = leading(&["127.0.0.1"]);
    let caller = caller(lookup, &canary, Some(stand_in(address)));
    let called = call(&caller, "https://hooks.sandbox.invalid/crm?a=1").await;
    assert_eq!(called.expect("an answer"), 200);
    let sent = requests.lock().await.clone();
    assert!(
        sent.starts_with("POST /hooks/crm?a=1 HTTP/1.1\r\n"),
        "{sent}"
    );
    for header in [
        "webhook-id: msg_1",
        "webhook-timestamp: 1",
        "webhook-signature: v1,",
    ] {
        assert!(sent.contains(header), "{header} in {sent}");
    }
    for other in [
        "http://hooks.sandbox.invalid/crm",
        "https://hooks.sandbox.invalid:444/crm",
        "https://x.hooks.sandbox.invalid/crm",
        "https://hooks.sandbox.invalid./crm",
        "https://user@hooks.sandbox.invalid/crm",
    ] {
        assert!(caller.check(other).is_err(), "{other}");
    }
    assert!(Destination::parse("https://hooks.sandbox.invalid/crm", PORTS).is_err());
}

#[tokio::test]
async fn an_endless_answer_counts_by_its_status_and_is_read_in_part() {
    let canary = Canary::listen().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
        }
    });
    let (lookup, _) = leading(&[]);
    let caller = caller(lookup, &canary, Some(stand_in(address)));
    let called = call(&caller, "https://hooks.sandbox.invalid/").await;
    assert_eq!(called.expect("an answer"), 200);
}

#[test]
fn an_ordinary_address_is_taken() {
    for address in [
        "https://crm.acme.com",
        "https://crm.acme.com:8443/a/b?c=d",
        "https://8.8.8.8/hook",
        "https://[2606:4700:4700::1111]/hook",
        "https://bücher.de/haken",
        "https://crm.acme.com/@someone",
    ] {
        let taken = Destination::parse(address, PORTS);
        assert!(taken.is_ok(), "{address}: {taken:?}");
    }
    let long = format!("https://crm.acme.com/{}", "x".repeat(2048));
    assert_eq!(Destination::parse(&long, PORTS), Err(Forbidden::TooLong));
}

fn stand_in(address: SocketAddr) -> StandIn {
    StandIn {
        host: "hooks.sandbox.invalid".to_owned(),
        address,
        path: "/hooks".to_owned(),
    }
}

/// Answers everything with this, and keeps what was asked last.
async fn answering(answer: String) -> (SocketAddr, Arc<tokio::sync::Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let requests = Arc::new(tokio::sync::Mutex::new(String::new()));
    let kept = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8192];
            let read = stream.read(&mut request).await.unwrap_or_default();
            request.truncate(read);
            *kept.lock().await = String::from_utf8_lossy(&request).into_owned();
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (address, requests)
}
