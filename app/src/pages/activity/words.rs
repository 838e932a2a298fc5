//! What was done, in words: what somebody set out to do, so that the words stay
//! true where it failed.

/// An action in words; one that this page does not know yet, by its name.
pub(super) fn words(action: &str) -> String {
    let words = match action {
        "set-up" => "Set Patchbay up",
        "session.sign-in" => "Sign in",
        "session.confirm" => "Confirm who they are",
        "session.sign-out" => "Sign out",
        "account.add" => "Add a person",
        "account.role" => "Change a role",
        "account.remove" => "Delete a person",
        "account.password" => "Change their password",
        "connection.add" => "Add a connection",
        "connection.change" => "Change a connection",
        "connection.check" => "Check a connection",
        "connection.secret" => "Try a new secret",
        "connection.delete" => "Delete a connection",
        "audit.export" => "Export the log",
        "audit.verify" => "Verify the log",
        "webhook.add" => "Add a webhook",
        "webhook.change" => "Change a webhook",
        "webhook.rotate" => "Make a new signing secret",
        "webhook.enable" => "Enable a webhook",
        "webhook.disable" => "Disable a webhook",
        "webhook.delete" => "Delete a webhook",
        "webhook.queue" => "Queue an event for webhooks",
        "webhook.send" => "Send an event to a webhook",
        "webhook.replay" => "Send to a webhook again",
        "contact.register" => "Register a contact",
        "contact.update" => "Change a contact",
        "contact.adopt" => "Take over a contact",
        "contact.check" => "Check a contact",
        "contact.interaction" => "Start an interaction",
        "contact-import.begin" => "Begin an import",
        "contact-import.pause" => "Pause an import",
        "contact-import.resume" => "Resume an import",
        "contact-import.cancel" => "Cancel an import",
        "contact-import.end" => "End an import",
        "data-action.make" => "Make a data action",
        "data-action.import" => "Import a data action",
        "data-action.open" => "Open a data action from Genesys",
        "data-action.list" => "List the data actions in Genesys",
        "data-action.save" => "Change a data action",
        "data-action.merge" => "Bring a data action together",
        "data-action.upload" => "Upload a data action",
        "data-action.delete" => "Delete a data action",
        "flow.make" => "Make a flow",
        "flow.open" => "Open a flow from Genesys",
        "flow.link" => "Link a flow to Genesys",
        "flow.delete" => "Delete a flow",
        "flow.quarantine" => "Set a damaged flow aside",
        "flow.verify" => "Verify references",
        "flow.publish" => "Publish a flow",
        "flow.publish.cancel" => "Cancel a publish",
        "batch.preview" => "Preview a change of many flows",
        "batch.begin" => "Change many flows",
        "batch.end" => "End a change of many flows",
        "batch.cancel" => "Stop a change of many flows",
        "batch.retry" => "Try a change of many flows again",
        _ => return sentence_case(&action.replace(['.', '-'], " ")),
    };
    words.to_owned()
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
