//! Signs random bodies, for other libraries to verify: one message per line,
//! as JSON whose texts are base64. Usage: `sign_random COUNT SEED`.

// It prints for a program to read.
#![allow(clippy::print_stdout)]

use std::{error::Error, time::SystemTime};

use data_encoding::BASE64;
use secrecy::ExposeSecret;
use webhooks::{Secret, signature};

/// Pieces that encodings trip over.
const PIECES: [&str; 12] = [
    "a",
    "\"",
    "\\",
    ".",
    " ",
    "\n",
    "é",
    "日本",
    "😀",
    "\u{202e}",
    "{\"a\":1}",
    "\u{0}",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().unwrap_or_default().parse::<u64>();
    let (count, seed) = (next()?, next()?);
    let mut random = fastrand::Rng::with_seed(seed);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let now = i64::try_from(now.as_secs())?;
    for number in 0..count {
        let mut key = || {
            let mut bytes = [0; 32];
            random.fill(&mut bytes);
            Secret::new(bytes)
        };
        let (secret, other) = (key(), key());
        let length = random.usize(0..200);
        let body: String = std::iter::repeat_with(|| random.choice(PIECES).unwrap_or_default())
            .take(length)
            .collect();
        // JSON, as libraries give back what they parsed.
        let body = format!("{{\"n\":{number},\"text\":{}}}", json(&body));
        let at = now + random.i64(-240..=240);
        let id = format!("msg_{number:x}_{:x}", random.u64(..));
        // Every third as while rotating, with the known secret first or second.
        let secrets = match number % 3 {
            0 => vec![secret.clone()],
            1 => vec![secret.clone(), other],
            _ => vec![other, secret.clone()],
        };
        println!(
            "{{\"id\":\"{id}\",\"timestamp\":\"{at}\",\"secret\":\"{}\",\"body\":\"{}\",\"signature\":\"{}\"}}",
            secret.text().expose_secret(),
            BASE64.encode(body.as_bytes()),
            signature(&secrets, &id, at, body.as_bytes())?,
        );
    }
    Ok(())
}

fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
