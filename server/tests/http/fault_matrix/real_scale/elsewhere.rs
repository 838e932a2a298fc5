//! Addresses at which no Genesys Cloud answers: nobody listens, no connection
//! stands, or it is not secure. Signing in works all the while.

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};

use super::{
    rules::{BACK_OFF, Bounds, CONNECT},
    table::Row,
    way,
};
use crate::{
    fault_matrix::{acts::Ended, cell::told, faults::Comes, words::ends},
    house::Person,
    organisation::Organisation,
};

const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// A connection to this machine that has not stood by then stands never.
const SOON: Duration = Duration::from_millis(500);

/// What is done while the API is at another address.
struct Elsewhere {
    class: &'static str,
    way: &'static str,
    api: String,
    comes: Comes,
    bounds: Bounds,
}

/// Nothing was sent, so that even what must not happen twice is sent again.
pub(super) async fn nobody_listens(ada: Person) -> Row {
    let listener = TcpListener::bind(ANY_PORT).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let elsewhere = Elsewhere {
        class: "nobody listens",
        way: "register a contact",
        api: format!("http://{address}"),
        comes: Comes::Fails("unreachable"),
        bounds: Bounds::calls(Duration::ZERO, &BACK_OFF),
    };
    elsewhere.met(&ada).await
}

/// A listener that takes no more connections lets those that come hang.
pub(super) async fn no_connection_stands(ada: Person) -> Row {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(ANY_PORT).expect("a port");
    let listener = socket.listen(1).expect("a listener");
    let address = listener.local_addr().expect("an address");
    let mut waiting = Vec::new();
    while let Ok(stands) = timeout(SOON, TcpStream::connect(address)).await {
        waiting.push(stands.expect("a connection"));
    }
    let elsewhere = Elsewhere {
        class: "no connection stands",
        way: "check a contact",
        api: format!("http://{address}"),
        comes: Comes::Fails("unreachable"),
        bounds: Bounds::calls(CONNECT, &BACK_OFF),
    };
    let row = elsewhere.met(&ada).await;
    drop((waiting, listener));
    row
}

/// What listens speaks plainly where TLS is expected: it hears one greeting, no
/// second one, and nothing secret.
pub(super) async fn not_secure(ada: Person) -> Row {
    let listener = TcpListener::bind(ANY_PORT).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listening = tokio::spawn(speak_plainly(listener, heard.clone()));
    let elsewhere = Elsewhere {
        class: "the connection is not secure",
        way: "open a flow by its id",
        api: format!("https://{address}"),
        comes: Comes::Fails("secure-connection-failed"),
        bounds: Bounds::at_once(),
    };
    let mut row = elsewhere.met(&ada).await;
    listening.abort();
    let heard = heard.lock().expect("unpoisoned");
    row.arrived_millis = Some(heard.iter().map(|heard| heard.at_millis).collect());
    if !heard.iter().all(Heard::is_greeting) {
        row.holds = row.holds.and(Err(format!("it heard {heard:?}")));
    }
    row
}

/// What came of a connection first.
#[derive(Debug)]
struct Heard {
    at_millis: u64,
    bytes: Vec<u8>,
}

impl Heard {
    /// Whether it is the greeting of TLS, and no token.
    fn is_greeting(&self) -> bool {
        let mut words = self.bytes.windows(b"Bearer".len());
        self.bytes.starts_with(&[22, 3]) && !words.any(|word| word == b"Bearer")
    }
}

async fn speak_plainly(listener: TcpListener, heard: Arc<Mutex<Vec<Heard>>>) {
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let at_millis = since.expect("after the epoch").as_millis();
        let at_millis = u64::try_from(at_millis).expect("milliseconds");
        let bytes = greeting(&stream).await;
        heard
            .lock()
            .expect("unpoisoned")
            .push(Heard { at_millis, bytes });
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        stream.try_write(answer).expect("written");
    }
}

async fn greeting(stream: &TcpStream) -> Vec<u8> {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        stream.readable().await.expect("a stream");
        match stream.try_read(&mut bytes) {
            Ok(length) => {
                bytes.truncate(length);
                return bytes;
            }
            // It only seemed so.
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => panic!("{error}"),
        }
    }
}

impl Elsewhere {
    async fn met(self, ada: &Person) -> Row {
        let way = way(self.way);
        let organisation = Organisation::open(ada, self.class, false).await;
        let base = organisation.set_up(way.act).await;
        let mut subject = organisation.prepare(way.act, &base, self.class).await;
        organisation.call_at(&self.api).await;
        let began = Instant::now();
        let met = organisation.act(way.act, &mut subject, "elsewhere").await;
        let took = began.elapsed();
        let told = told(&way, &met, ends(&way, self.comes));
        organisation.call_at(&organisation.address).await;
        let again = organisation.act(way.act, &mut subject, "back").await;
        let passes = match again {
            Ended::Done => Ok(()),
            failed => Err(format!("it is back, and {failed:?}")),
        };
        Row {
            class: self.class,
            way: way.name,
            bounds: self.bounds,
            arrived_millis: None,
            took,
            holds: told.and(passes),
        }
    }
}
