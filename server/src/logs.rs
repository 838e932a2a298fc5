//! Structured logs on standard error.

use std::io::{self, Write, stderr};

use server::printable;
use tracing::{Level, Metadata};
use tracing_subscriber::{
    EnvFilter, Layer, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

/// What is logged unless `PATCHBAY_LOG` says otherwise.
const DEFAULT: &str = "info,sqlx=warn";
/// Whatever is asked for, these and all within them say no more than this: at
/// finer levels they log session ids, headers and message bodies.
const CAPPED: [(&str, Level); 7] = [
    ("h2", Level::INFO),
    ("hyper", Level::INFO),
    ("hyper_util", Level::INFO),
    ("reqwest", Level::INFO),
    ("tower_sessions", Level::WARN),
    ("tower_sessions_core", Level::WARN),
    ("tungstenite", Level::INFO),
];

/// Starts logging: as text, or as JSON lines with `PATCHBAY_LOG_FORMAT=json`.
pub(crate) fn start() {
    let asked = std::env::var("PATCHBAY_LOG").unwrap_or_default();
    let asked = Some(asked.trim()).filter(|asked| !asked.is_empty());
    let parsed = asked.map(EnvFilter::try_new).transpose();
    let (filter, unreadable) = match parsed {
        Ok(filter) => (filter, None),
        Err(error) => (None, Some(error)),
    };
    let is_json = std::env::var("PATCHBAY_LOG_FORMAT").is_ok_and(|format| format == "json");
    let lines = if is_json {
        fmt::layer().json().with_writer(stderr).boxed()
    } else {
        let writer = || Lines(stderr());
        fmt::layer().with_ansi(false).with_writer(writer).boxed()
    };
    // A filter of its own: a finer directive cannot outvote it.
    tracing_subscriber::registry()
        .with(filter.unwrap_or_else(|| EnvFilter::new(DEFAULT)))
        .with(filter_fn(is_within_cap))
        .with(lines)
        .init();
    if let Some(error) = unreadable {
        tracing::warn!(%error, "PATCHBAY_LOG cannot be read; logging {DEFAULT}");
    }
}

fn is_within_cap(metadata: &Metadata<'_>) -> bool {
    let cap = CAPPED.iter().find(|(module, _)| {
        let rest = metadata.target().strip_prefix(module);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    });
    cap.is_none_or(|(_, cap)| metadata.level() <= cap)
}

/// Writes each event as one line, whatever the texts in it hold: what others
/// send cannot pass for a line of ours. An event comes as one piece.
struct Lines<W>(W);

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        writeln!(self.0, "{}", printable(line))?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Heard(Arc<Mutex<Vec<u8>>>);

    impl Write for Heard {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("a lock").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(events: impl FnOnce()) -> String {
        let heard = Heard::default();
        let writer = heard.clone();
        let lines = fmt::layer()
            .with_ansi(false)
            .with_writer(move || Lines(writer.clone()));
        let everything = tracing_subscriber::registry()
            .with(EnvFilter::new("trace,tungstenite::protocol=trace"))
            .with(filter_fn(is_within_cap))
            .with(lines);
        tracing::subscriber::with_default(everything, events);
        let bytes = heard.0.lock().expect("a lock").clone();
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn foreign_text_makes_no_line_of_its_own() {
        let foreign = "x\n2026-11-20T19:00:00Z ERROR forged\u{1b}[31m";
        let log = logged(|| {
            let _within = tracing::info_span!("request", path = foreign).entered();
            tracing::info!(error = %foreign, other = foreign, "{foreign}");
        });
        assert_eq!(log.lines().count(), 1, "{log}");
        assert!(log.ends_with('\n'), "{log}");
        assert!(!log.contains('\u{1b}'), "{log}");
    }

    #[test]
    fn no_directive_uncaps_those_who_log_secrets() {
        let log = logged(|| {
            tracing::trace!(target: "tungstenite::protocol", "canary of a message");
            tracing::info!(target: "tower_sessions_core::session", "canary of a session");
            tracing::debug!(target: "hyper", "canary of a header");
            tracing::info!(target: "hyper_util::client", "connected");
            tracing::trace!(target: "hyperspace", "ours");
        });
        assert!(!log.contains("canary"), "{log}");
        assert_eq!(log.lines().count(), 2, "{log}");
    }
}
