//! Secrets that must not turn up anywhere, and the search for them.

use anyhow::{Result, ensure};
use data_encoding::{BASE64, HEXLOWER};

use crate::person::Person;
use crate::server::Server;
use crate::upstream::Upstream;

/// The one line that shows the demonstration password.
const SIGN_IN_LINE: &str = "Demonstration sign-in: ";

/// Searches what a server said, what it wrote, and what people heard from it,
/// for every secret of the test, in every usual spelling.
///
/// # Errors
/// When a secret turned up; the error says where, and never the secret.
pub async fn find_no_secret(
    server: &Server,
    people: &[&Person],
    upstream: Option<&Upstream>,
) -> Result<()> {
    let password = server.sign_in().await?.password;
    let mut secrets = vec![("the demonstration password", password)];
    let sessions = people.iter().map(|person| person.session_id().to_owned());
    secrets.extend(sessions.map(|id| ("a session's id", id)));
    secrets.extend(upstream.into_iter().flat_map(Upstream::secrets));
    let mut places = places(server, people)?;
    if let Some(upstream) = upstream {
        let record = serde_json::to_vec(&upstream.sandbox().arrivals())?;
        places.push(("the sandbox's record".to_owned(), record));
    }
    let found = turned_up(&secrets, &places);
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// Where to look: each place with its content.
fn places(server: &Server, people: &[&Person]) -> Result<Vec<(String, Vec<u8>)>> {
    let said = server.output().text();
    let logs: Vec<&str> = said
        .lines()
        .filter(|line| !line.starts_with(SIGN_IN_LINE))
        .collect();
    ensure!(
        logs.len() < said.lines().count(),
        "the server did not print how to sign in"
    );
    let mut places = vec![(
        "what the server printed".to_owned(),
        logs.join("\n").into_bytes(),
    )];
    for person in people {
        let heard = person.heard().text().into_bytes();
        places.push(("what a person heard".to_owned(), heard));
    }
    for entry in std::fs::read_dir(server.data())? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            places.push((format!("the file {name}"), std::fs::read(&path)?));
        }
    }
    Ok(places)
}

/// One sentence for each secret, spelling and place in which it stands.
fn turned_up(secrets: &[(&str, String)], places: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut found = Vec::new();
    for (what, secret) in secrets {
        for (spelling, text) in spellings(secret) {
            for (place, content) in places {
                if let Some(at) = position(content, text.as_bytes()) {
                    found.push(format!(
                        "{what} stands in {place}, {spelling}, at byte {at}: {}",
                        surroundings(content, at)
                    ));
                }
            }
        }
    }
    found
}

/// The secret as it would look in a log, a form, a header or a document.
fn spellings(secret: &str) -> Vec<(&'static str, String)> {
    let mut spellings = vec![
        ("as it is", secret.to_owned()),
        ("in hexadecimal", HEXLOWER.encode(secret.as_bytes())),
        ("URL-encoded", url_encoded(secret, "%20")),
        ("form-encoded", url_encoded(secret, "+")),
        (
            "JSON-escaped",
            serde_json::Value::from(secret)
                .to_string()
                .trim_matches('"')
                .to_owned(),
        ),
        (
            "as Rust prints it",
            format!("{secret:?}").trim_matches('"').to_owned(),
        ),
    ];
    // Inside a longer text it begins at any of three places of a group.
    for before in 0..3 {
        let mut text = vec![0; before];
        text.extend_from_slice(secret.as_bytes());
        // The groups that hold nothing but the secret.
        let encoded = BASE64.encode(&text);
        let from = if before == 0 { 0 } else { 4 };
        let inside = encoded.get(from..text.len() / 3 * 4).unwrap_or_default();
        spellings.push(("in base64", inside.to_owned()));
        let url_safe = inside.replace('+', "-").replace('/', "_");
        spellings.push(("in URL-safe base64", url_safe));
    }
    spellings.retain(|(_, text)| !text.is_empty());
    spellings.dedup_by(|one, other| one.1 == other.1);
    spellings
}

fn url_encoded(text: &str, space: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push_str(space),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

fn position(content: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut from = 0;
    while let Some(next) = content.get(from..)?.iter().position(|byte| *byte == first) {
        let at = from + next;
        if content.get(at..)?.starts_with(part) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// What stands before a find, to tell where it came from.
fn surroundings(content: &[u8], at: usize) -> String {
    let before = content.get(at.saturating_sub(160)..at).unwrap_or_default();
    format!(
        "“{}…”",
        String::from_utf8_lossy(before).replace('\n', " ¶ ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_spelling_and_nothing_else_is() {
        let secret = "s+cret/\"ü 1=";
        let basic = BASE64.encode(format!("client:{secret}:more").as_bytes());
        for place in [
            format!("token {secret} seen"),
            format!("Authorization: Basic {basic}"),
            "client_secret=s%2Bcret%2F%22%C3%BC+1%3D".to_owned(),
            r#"{"secret":"s+cret/\"ü 1="}"#.to_owned(),
        ] {
            let secrets = [("the secret", secret.to_owned())];
            let places = |text: &str| [("a log".to_owned(), text.as_bytes().to_vec())];
            assert!(!turned_up(&secrets, &places(&place)).is_empty(), "{place}");
            assert!(turned_up(&secrets, &places("s+cret, c3VwZXI=")).is_empty());
        }
    }
}
