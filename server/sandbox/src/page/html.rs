//! The page as text. Whatever comes from outside passes through [`Text`].

mod data_actions;
mod record;

use std::fmt::{self, Display, Write};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::arrival::Arrival;
use crate::clients::ClientScopes;
use crate::contact_store::{ContactRecord, ConversationRecord};
use crate::data_actions::DataActionRecord;
use crate::fault::{Fault, FaultKind, Route, Times};
use crate::flow_store::FlowRecord;
use crate::receiver::HOOKS_HOST;

/// How many arrivals the page shows, newest first.
const SHOWN: usize = 100;

/// The faults that can be armed with one click: a name, and the fault.
const OFFERED: &[(&str, &str)] = &[
    (
        "429, wait 12 s",
        r#"{"route":"any","kind":{"type":"status","status":429,"headers":{"Retry-After":"12"}}}"#,
    ),
    (
        "500 on the next call",
        r#"{"route":"any","kind":{"type":"status","status":500}}"#,
    ),
    (
        "502 as a web page",
        r#"{"route":"any","kind":{"type":"status","status":502,"body":"<html><body><h1>502 Bad Gateway</h1></body></html>"}}"#,
    ),
    (
        "503 twice",
        r#"{"route":"any","times":2,"kind":{"type":"status","status":503}}"#,
    ),
    (
        "Slow by 3 s",
        r#"{"route":"any","kind":{"type":"delay","millis":3000}}"#,
    ),
    (
        "Never answer",
        r#"{"route":"any","kind":{"type":"never_answer"}}"#,
    ),
    (
        "Drop the connection",
        r#"{"route":"any","kind":{"type":"close_before"}}"#,
    ),
    (
        "Publish, lose the answer",
        r#"{"route":"publish","kind":{"type":"close_after"}}"#,
    ),
    (
        "Create, lose the answer",
        r#"{"route":"create","kind":{"type":"close_after"}}"#,
    ),
    (
        "Create a contact, lose the answer",
        r#"{"route":"create_contact","kind":{"type":"close_after"}}"#,
    ),
    (
        "Token expires mid-call",
        r#"{"route":"publish","kind":{"type":"expire_tokens"}}"#,
    ),
    (
        "Sign-in is down",
        r#"{"route":"oauth","times":"always","kind":{"type":"status","status":503}}"#,
    ),
    (
        "Webhook receiver fails",
        r#"{"route":"webhook","kind":{"type":"status","status":500}}"#,
    ),
    (
        "Webhook receiver is gone",
        r#"{"route":"webhook","kind":{"type":"status","status":410}}"#,
    ),
    (
        "Broken JSON",
        r#"{"route":"any","kind":{"type":"garbage"}}"#,
    ),
];

/// Text made safe for element content and quoted attributes.
struct Text<T>(T);

impl<T: Display> Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.to_string().chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// The page, of what the sandbox holds and of what happened to it.
#[derive(Default)]
pub(super) struct Page<'a> {
    pub(super) flows: &'a [FlowRecord],
    pub(super) modules: &'a [FlowRecord],
    pub(super) data_actions: &'a [DataActionRecord],
    pub(super) contacts: &'a [ContactRecord],
    pub(super) conversations: &'a [ConversationRecord],
    pub(super) arrivals: &'a [Arrival],
    pub(super) faults: &'a [Fault],
    pub(super) clients: &'a [ClientScopes],
}

impl Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(concat!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<title>Sandbox</title><link rel=\"stylesheet\" href=\"/sandbox/style.css\">",
            "<script src=\"/sandbox/page.js\" defer></script></head><body>",
            "<header><h1>Sandbox</h1><p>A simulated Genesys Cloud. Nothing here reaches a real one.</p>",
            "<p id=\"notice\" role=\"status\"></p></header><main>",
        ))?;
        self.write_flows(f)?;
        data_actions::write(f, self.data_actions)?;
        self.write_contacts(f)?;
        write_receiver(f)?;
        self.write_faults(f)?;
        self.write_clients(f)?;
        self.write_arrivals(f)?;
        f.write_str("</main></body></html>")
    }
}

impl Page<'_> {
    fn write_flows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, title, records, empty) in [
            (
                "flows",
                "Flows",
                self.flows,
                "No flow yet. Publish one in Patchbay and it appears here.",
            ),
            (
                "modules",
                "Flow modules",
                self.modules,
                "No module yet. Publish one in Patchbay and it appears here.",
            ),
        ] {
            let count = records.len();
            write!(
                f,
                "<section id=\"{id}\"><h2>{title} <span class=\"count\">{count}</span></h2>"
            )?;
            if records.is_empty() {
                write!(f, "<p class=\"empty\">{empty}</p>")?;
            }
            for record in records {
                record::write(f, record, id == "modules")?;
            }
            if id == "flows" {
                f.write_str(concat!(
                    "<div class=\"actions\"><button type=\"button\" data-send=\"POST /sandbox/flows\" data-body=\"{}\">",
                    "Add an empty call flow</button><button type=\"button\" data-send=\"DELETE /sandbox/locks\">",
                    "Release all locks</button></div>",
                ))?;
            }
            f.write_str("</section>")?;
        }
        Ok(())
    }

    fn write_contacts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<section id=\"contacts\"><h2>Contacts <span class=\"count\">{}</span></h2>",
            self.contacts.len()
        )?;
        if self.contacts.is_empty() {
            f.write_str(
                "<p class=\"empty\">No contact yet. Register one in Patchbay and it appears here. Its metadata chooses what its check says: sandbox.validation is passed, pending, failed or absent, and sandbox.unavailable names channels.</p>",
            )?;
        }
        for contact in self.contacts.iter().rev().take(SHOWN) {
            let talks = self.conversations.iter();
            let talks = talks.filter(|talk| talk.body["contactId"] == *contact.id);
            write!(
                f,
                "<article class=\"flow\"><h3>{}</h3><p>Conversations: {}</p>",
                Text(&contact.id),
                talks.count()
            )?;
            let key = format!("contact-{}", contact.id);
            write_json(f, &key, "What a read answers", &contact.answer())?;
            f.write_str("</article>")?;
        }
        f.write_str("</section>")
    }

    fn write_faults(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<section id=\"faults\"><h2>Faults</h2>")?;
        if self.faults.is_empty() {
            f.write_str("<p class=\"empty\">None armed: everything works.</p>")?;
        } else {
            f.write_str("<ul class=\"armed\">")?;
            for fault in self.faults {
                write!(f, "<li>{}</li>", Text(fault_words(fault)))?;
            }
            f.write_str("</ul>")?;
        }
        f.write_str("<div class=\"actions\">")?;
        for (name, fault) in OFFERED {
            write!(
                f,
                "<button type=\"button\" data-send=\"POST /sandbox/faults\" data-body=\"{}\">{}</button>",
                Text(fault),
                Text(name)
            )?;
        }
        f.write_str(concat!(
            "<button type=\"button\" data-send=\"POST /sandbox/tokens/expire\">Expire all tokens now</button>",
            "<button type=\"button\" class=\"primary\" data-send=\"DELETE /sandbox/faults\">Clear faults</button>",
            "</div></section>",
        ))
    }

    fn write_clients(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<section id=\"clients\"><h2>What clients may do</h2>")?;
        for client in self.clients {
            write!(
                f,
                "<p><code>{}</code></p><ul class=\"armed\">",
                Text(&client.id)
            )?;
            for scope in &client.scopes {
                write!(f, "<li><code>{}</code></li>", Text(scope))?;
            }
            f.write_str("</ul>")?;
            if client.scopes.is_empty() {
                f.write_str("<p class=\"empty\">Nothing: every call is refused.</p>")?;
            }
            f.write_str("<div class=\"actions\">")?;
            let reading = vec!["flow:view".to_owned()];
            for (name, scopes) in [
                ("Everything", &client.all),
                ("Only read flows", &reading),
                ("Nothing", &Vec::new()),
            ] {
                write!(
                    f,
                    "<button type=\"button\" data-send=\"PUT /sandbox/clients/{}\" data-body=\"{}\">{name}</button>",
                    Text(&client.id),
                    Text(json!({ "scopes": scopes }))
                )?;
            }
            f.write_str("</div>")?;
        }
        f.write_str("</section>")
    }

    fn write_arrivals(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<section id=\"requests\"><h2>Requests <span class=\"count\">{}</span></h2>",
            self.arrivals.len()
        )?;
        if self.arrivals.is_empty() {
            return f.write_str("<p class=\"empty\">Nothing has arrived yet.</p></section>");
        }
        f.write_str(concat!(
            "<div class=\"actions\"><button type=\"button\" data-send=\"DELETE /sandbox/requests\">",
            "Clear the list</button></div><ol class=\"requests\">",
        ))?;
        for arrival in self.arrivals.iter().rev().take(SHOWN) {
            write_arrival(f, arrival)?;
        }
        f.write_str("</ol></section>")
    }
}

/// Where webhooks can be sent in a trial.
fn write_receiver(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(
        f,
        "<section id=\"receiver\"><h2>Receiver of webhooks</h2><p>Give a webhook an address below \
         <code>https://{HOOKS_HOST}/</code>, such as <code>https://{HOOKS_HOST}/crm</code>: what is \
         sent there arrives here, its signature is verified, and it stands among the requests.</p></section>"
    )
}

fn write_arrival(f: &mut fmt::Formatter<'_>, arrival: &Arrival) -> fmt::Result {
    let (status, class) = match &arrival.answer {
        None => ("no answer".to_owned(), "bad"),
        Some(answer) if answer.status < 400 => (answer.status.to_string(), "good"),
        Some(answer) => (answer.status.to_string(), "bad"),
    };
    write!(
        f,
        "<li><details data-key=\"request-{}\"><summary><span class=\"method\">{}</span> <code>{}</code> <span class=\"chip {class}\">{status}</span> <time title=\"{}\">{}</time>",
        arrival.number,
        Text(&arrival.method),
        Text(&arrival.path),
        Text(date(arrival.at_millis)),
        Text(time_of_day(arrival.at_millis)),
    )?;
    if arrival.fault.is_some() {
        f.write_str(" <span class=\"chip bad\">fault</span>")?;
    }
    f.write_str("</summary>")?;
    if let Some(query) = &arrival.query {
        write!(f, "<p>Query <code>{}</code></p>", Text(query))?;
    }
    for (name, value) in [
        ("Form", arrival.form.as_ref()),
        ("Body", arrival.body.as_ref()),
        (
            "Answer",
            arrival
                .answer
                .as_ref()
                .and_then(|answer| answer.body.as_ref()),
        ),
    ] {
        if let Some(value) = value {
            write!(f, "<h4>{name}</h4><pre>{}</pre>", Text(pretty(value)))?;
        }
    }
    f.write_str("</details></li>")
}

fn write_json(f: &mut fmt::Formatter<'_>, key: &str, title: &str, value: &Value) -> fmt::Result {
    write!(
        f,
        "<details data-key=\"{}\"><summary>{title}</summary><pre>{}</pre></details>",
        Text(key),
        Text(pretty(value))
    )
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

fn date(at_millis: u64) -> String {
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_millis(at_millis))
}

fn time_of_day(at_millis: u64) -> String {
    let seconds = at_millis / 1000 % 86_400;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02} UTC", seconds % 60)
}

fn fault_words(fault: &Fault) -> String {
    let route = match fault.route {
        Route::Any => "Any request",
        Route::Oauth => "Sign-in",
        Route::Create => "Creating a flow",
        Route::Get => "Reading a flow",
        Route::Find => "Finding a flow",
        Route::Update => "Updating a flow",
        Route::Publish => "Publishing a flow",
        Route::CreateModule => "Creating a module",
        Route::GetModule => "Reading a module",
        Route::FindModule => "Finding a module",
        Route::UpdateModule => "Updating a module",
        Route::CreateAction => "Creating a data action",
        Route::GetAction => "Reading a data action",
        Route::FindAction => "Listing data actions",
        Route::UpdateAction => "Updating a data action",
        Route::CreateContact => "Creating a contact",
        Route::GetContact => "Reading a contact",
        Route::UpdateContact => "Updating a contact",
        Route::StartConversation => "Starting a conversation",
        Route::Lookup => "The customer lookup",
        Route::Webhook => "A webhook",
    };
    let times = match fault.times {
        Times::Always => "until cleared".to_owned(),
        Times::Count(1) => "once".to_owned(),
        Times::Count(count) => format!("{count} times"),
    };
    let kind = match &fault.kind {
        FaultKind::Status { status, .. } => format!("answers {status}"),
        FaultKind::Delay { millis } => format!("waits {millis} ms"),
        FaultKind::NeverAnswer => "gets no answer".to_owned(),
        FaultKind::CloseBefore => "is dropped before the work".to_owned(),
        FaultKind::CloseAfter => "is dropped after the work".to_owned(),
        FaultKind::HoldAfter => "is held after the work".to_owned(),
        FaultKind::ExpireTokens => "finds all tokens expired".to_owned(),
        FaultKind::Garbage => "gets broken JSON".to_owned(),
        FaultKind::Huge { bytes } => format!("gets an answer of {bytes} bytes more"),
        FaultKind::Instead { .. } => "gets another answer after the work".to_owned(),
        FaultKind::Truncated => "gets half an answer after the work".to_owned(),
        FaultKind::Trickle { millis } => {
            format!("gets a blank every {millis} ms after the work")
        }
    };
    format!("{route}: {kind}, {times}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_that_arrived_becomes_markup() {
        let evil = "</pre><script>alert(1)</script>\"'&";
        let flow = FlowRecord {
            id: evil.to_owned(),
            name: evil.to_owned(),
            version: 1,
            draft: json!({ evil: evil }),
            published: None,
            locked_by: Some(evil.to_owned()),
        };
        let page = Page {
            flows: std::slice::from_ref(&flow),
            modules: std::slice::from_ref(&flow),
            ..Page::default()
        }
        .to_string();
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("&lt;/pre&gt;&lt;script&gt;alert(1)"));
        assert!(
            !page.contains("style=\""),
            "the policy forbids inline styles"
        );
    }

    #[test]
    fn every_fault_on_offer_can_be_armed() {
        for (name, json) in OFFERED {
            assert!(serde_json::from_str::<Fault>(json).is_ok(), "{name}");
        }
    }
}
