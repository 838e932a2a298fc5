//! Contacts: the guide's complete example through the pages, and an import.

use api::{Contact, ContactFields, NewContact, Role, SaveContact};
use reqwest::Method;
use sandbox::compare::differences;
use tests::{Browser, Locator, Person, Result, Server, ensure, eventually, requests_of_guide};

use crate::{publishing, site};

/// The contact of the guide.
const FIELDS: [(&str, &str); 6] = [
    ("Contact ID", "EXT-9928374"),
    ("Name", "Acme Corp Support"),
    ("Number for calls optional", "+15551234567"),
    ("Number for text messages optional", "+15551234567"),
    ("Mail address optional", "support@acme.com"),
    (
        "First message optional",
        "Testing automated contact interaction workflow",
    ),
];
const METADATA: [(&str, &str); 2] = [("campaign", "outbound_q3"), ("region", "us-east")];

fn button(name: &str) -> Locator {
    Locator::role("button", name)
}

fn field(name: &str) -> Locator {
    Locator::role("textbox", name).within(publishing::dialog())
}

#[tokio::test]
async fn a_publisher_registers_a_contact_checks_it_and_starts_an_interaction() -> Result<()> {
    site::journey("contacts", guide).await
}

async fn guide(browser: &Browser, server: &Server) -> Result<()> {
    add_webhook(browser, server).await?;
    browser.click(&Locator::role("link", "Contacts")).await?;
    browser.click(&button("Register contact")).await?;
    browser.find(&publishing::dialog()).await?;
    for (name, text) in FIELDS {
        browser.type_into(&field(name), text).await?;
    }
    browser
        .type_into(&field("Longest interaction"), "600")
        .await?;
    for (row, (name, value)) in METADATA.into_iter().enumerate() {
        browser.click(&button("Add metadata")).await?;
        let of_row = format!(".pair-rows__row:nth-child({})", row + 1);
        let within = |name: &str| Locator::role("textbox", name).within(Locator::css(&of_row));
        browser.type_into(&within("Metadata name"), name).await?;
        browser.type_into(&within("Metadata value"), value).await?;
    }
    browser.click(&button("Register")).await?;
    browser.gone(&publishing::dialog()).await?;

    // Nobody asks for the check: it is made by itself.
    let state = Locator::role("region", "State");
    browser.shows(&state, "Passed").await?;
    browser.click(&button("Start interaction")).await?;
    let start = publishing::dialog();
    browser.shows(&start, "Acme Corp Support").await?;
    browser.shows(&start, FIELDS[5].1).await?;
    // What calls somebody at once is chosen first.
    browser
        .click(&button("Start").within(start.clone()))
        .await?;
    browser.shows(&start, "Choose the channel").await?;
    let channel = Locator::role("combobox", "Channel").within(start);
    browser.find(&channel).await?.send_keys("Voice").await?;
    browser
        .click(&button("Start").within(publishing::dialog()))
        .await?;
    browser.gone(&publishing::dialog()).await?;
    let interactions = Locator::role("region", "Interactions");
    browser.shows(&interactions, "Started").await?;

    let Some(expected) = requests_of_guide("external-contacts")? else {
        return Ok(());
    };
    eventually("the record to be the guide's", async || {
        let found = differences(&expected, &publishing::arrivals(server).await?);
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn a_contact_that_is_here_is_compared_and_stays_until_somebody_says_otherwise() -> Result<()>
{
    site::journey("contact-exists", async |browser, server| {
        let enter = async |name: &str| -> Result<()> {
            browser.goto(&server.url("/contacts")).await?;
            browser.click(&button("Register contact")).await?;
            browser.find(&publishing::dialog()).await?;
            browser.type_into(&field("Contact ID"), "CUST-001").await?;
            browser.type_into(&field("Name"), name).await?;
            let number = field("Number for calls optional");
            browser.type_into(&number, "+15551234567").await?;
            browser.click(&button("Register")).await
        };
        let heading = Locator::css("h1");
        enter("Alice Smith").await?;
        browser
            .shows(&Locator::role("region", "State"), "Passed")
            .await?;
        enter("Alice Smythe").await?;
        let asked = publishing::dialog();
        browser.shows(&asked, "CUST-001 exists already").await?;
        let table = Locator::css("tbody").within(asked);
        let compared = browser.text(&table).await?;
        ensure!(
            compared.contains("Alice Smith") && compared.contains("Alice Smythe"),
            "{compared}"
        );
        browser.click(&button("Leave it as it is")).await?;
        browser.shows(&heading, "Alice Smith").await?;
        enter("Alice Smythe").await?;
        browser.click(&button("Back")).await?;
        let kept = browser.value(&field("Name")).await?;
        ensure!(kept == "Alice Smythe", "{kept}");
        browser.click(&button("Register")).await?;
        browser.click(&button("Update it")).await?;
        browser.shows(&heading, "Alice Smythe").await?;
        let refusals = browser.console_errors().await?;
        ensure!(
            refusals.iter().all(|error| error.contains("409")),
            "{refusals:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_a_colleague_changed_meanwhile_is_shown_and_what_was_typed_is_kept() -> Result<()> {
    site::journey("contact-changed-since", async |browser, server| {
        let person = Person::demonstration(server).await?;
        let fields = |name: &str| ContactFields {
            external_contact_id: "CUST-002".to_owned(),
            name: name.to_owned(),
            voice: "+15551234567".to_owned(),
            interaction_duration_seconds: 300,
            ..ContactFields::default()
        };
        let new = NewContact {
            contact: fields("Alice Smith"),
            connection: None,
        };
        let made: Contact = person.post("/api/contacts", &new).await?;
        let path = format!("/api/contacts/{}", made.id);
        let bob = person.invite("Bob", Role::Publisher).await?;
        browser
            .goto(&server.url(&format!("/contacts/{}", made.id)))
            .await?;
        let state = Locator::role("region", "State");
        browser.shows(&state, "Passed").await?;
        browser.click(&button("Edit")).await?;
        browser.type_into(&field("Name"), "Alice Smythe").await?;
        // What the page loads meanwhile leaves the form alone.
        let by_bob = SaveContact {
            version: made.version,
            contact: fields("Alice Smith-Jones"),
        };
        let saved = bob.call(Method::PUT, &path, Some(&by_bob)).await?;
        ensure!(saved.status == 200, "{}", saved.body);

        let dialog = publishing::dialog();
        browser.click(&button("Save in Genesys")).await?;
        browser
            .shows(&dialog, "CUST-002 was changed since you opened it")
            .await?;
        browser.shows(&dialog, "Bob changed it").await?;
        let sides = browser.text(&Locator::css("tbody").within(dialog)).await?;
        ensure!(
            sides.contains("Alice Smith-Jones") && sides.contains("Alice Smythe"),
            "{sides}"
        );
        browser.click(&button("Back")).await?;
        let kept = browser.value(&field("Name")).await?;
        ensure!(kept == "Alice Smythe", "{kept}");
        browser.click(&button("Save in Genesys")).await?;
        browser.click(&button("Update it")).await?;
        browser.shows(&Locator::css("h1"), "Alice Smythe").await?;
        let refusals = browser.console_errors().await?;
        ensure!(
            refusals.iter().all(|error| error.contains("409")),
            "{refusals:?}"
        );
        Ok(())
    })
    .await
}

/// Has the sandbox's receiver told of what happens.
async fn add_webhook(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/settings/webhooks")).await?;
    browser.click(&button("Add webhook")).await?;
    browser.type_into(&field("Name"), "CRM").await?;
    browser
        .type_into(&field("Address"), "https://hooks.sandbox.invalid/crm")
        .await?;
    browser.click(&button("Save webhook")).await?;
    browser.click(&button("Done")).await?;
    browser.gone(&publishing::dialog()).await
}
