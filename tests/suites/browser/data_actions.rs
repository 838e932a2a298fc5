//! Data actions: the guide's one from an empty list to a flow that uses it,
//! writing a script by keys, and two people at one data action.

use api::{ActionStart, NewDataAction, OpenDataAction, SaveDataAction};
use data_encoding::BASE64;
use reqwest::Method;
use sandbox::compare::differences;
use serde_json::{Value, json};
use tests::{
    Browser, Context, Locator, Person, Result, Server, ensure, eventually, requests_of_guide,
};

use crate::drawing::Drawing;
use crate::{publishing, site};

/// Stands in for the guide's script where that is not beside the checkout.
const SCRIPT: &str = "import requests\n\n\ndef main(input_data):\n    user_id = input_data.get(\"user_id\")\n    if not user_id:\n        return {\"error\": \"No user.\", \"success\": False}\n    user = requests.get(f\"https://users.example.org/{user_id}\", timeout=10).json()\n    return {\n        \"user_name\": user.get(\"name\"),\n        \"user_email\": user.get(\"email\"),\n        \"user_phone\": user.get(\"phone\"),\n        \"success\": True,\n    }\n";

const OUTPUTS: [(&str, &str); 5] = [
    ("user_name", "string"),
    ("user_email", "string"),
    ("user_phone", "string"),
    ("success", "boolean"),
    ("error", "string"),
];

#[tokio::test]
async fn the_guides_data_action_is_written_uploaded_and_used_in_a_flow() -> Result<()> {
    site::journey("data-action", the_guides).await
}

async fn the_guides(browser: &Browser, server: &Server) -> Result<()> {
    let guide = requests_of_guide("data-action")?;
    let expected = guide.unwrap_or_else(requests);
    let body = &expected["requests"][1]["body"];
    let text = |pointer: &str| {
        body.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };

    browser
        .click(&Locator::role("link", "Data actions"))
        .await?;
    let first = Locator::role("heading", "Write your first data action");
    browser.find(&first).await?;
    browser
        .click(&Locator::role("button", "Start empty"))
        .await?;
    for (field, pointer) in [
        ("Name", "/name"),
        ("Description optional", "/description"),
        ("Name of the definition", "/definition/name"),
        (
            "Description of the definition optional",
            "/definition/description",
        ),
    ] {
        let field = Locator::role("textbox", field).within(Locator::panel("form"));
        browser.type_into(&field, text(pointer)).await?;
    }
    declare(browser, "input", 1, "user_id", "integer").await?;
    let required = Locator::role("checkbox", "Required: input 1");
    browser.find(&required).await?.focus().await?;
    browser.keys("Space").await?;
    for (number, (name, datatype)) in (1..).zip(OUTPUTS) {
        declare(browser, "output", number, name, datatype).await?;
    }
    let code = BASE64.decode(text("/definition/code").as_bytes())?;
    paste(browser, &String::from_utf8(code)?).await?;
    let problems = Locator::panel("problems");
    browser
        .shows(&problems, "No problems. It can be uploaded.")
        .await?;
    tries(browser).await?;
    previews(browser, body).await?;

    upload(browser).await?;
    browser
        .shows(&publishing::dialog(), "Uploaded. Version 1 is live.")
        .await?;
    let done = Locator::css(".step[data-state='done']");
    assert_eq!(browser.count(&done).await?, 4, "steps that are done");
    browser.click(&Locator::role("button", "Done")).await?;
    browser.shows(&Locator::panel("bar"), "Uploaded v1").await?;
    let arrivals = publishing::arrivals(server).await?;
    let found = differences(&expected, &arrivals);
    ensure!(found.is_empty(), "{}", found.join("\n"));

    let answer = arrivals
        .last()
        .and_then(|last| last.answer.as_ref()?.body.clone());
    let id = answer.map(|body| body["id"].clone()).unwrap_or_default();
    use_it(browser, text("/name"), id.as_str().unwrap_or_default()).await
}

/// What leaves where the guides' own is not beside the checkout.
fn requests() -> Value {
    let outputs = OUTPUTS.map(|(name, datatype)| json!({ "name": name, "datatype": datatype }));
    json!({ "requests": [
        { "method": "POST", "host": "oauth", "path": "/oauth/token", "form": {
            "grant_type": "client_credentials",
            "client_id": "<client id>", "client_secret": "<client secret>",
        } },
        { "method": "POST", "path": "/api/v2/tasks/dataactions", "body": {
            "name": "Who is it", "description": "Asks who a user is",
            "definition": {
                "name": "WhoIsIt", "description": "Asks another system",
                "inputs": [{ "name": "user_id", "datatype": "integer", "required": true }],
                "outputs": outputs, "code": BASE64.encode(SCRIPT.as_bytes()), "language": "python3",
            },
        }, "answer": { "status": 200, "id": "<action>" } },
        { "method": "GET", "path": "/api/v2/tasks/dataactions/<action>" },
    ] })
}

/// Adds an input or output. The focus goes to its name, and on to its type.
async fn declare(
    browser: &Browser,
    one: &str,
    number: usize,
    name: &str,
    datatype: &str,
) -> Result<()> {
    // By keys: what the check says of the others comes between pointer and
    // button at any time.
    let add = Locator::role("button", &format!("Add {one}"));
    browser.find(&add).await?.focus().await?;
    browser.keys("Enter").await?;
    let field = Locator::role("textbox", &format!("Name of {one} {number}"));
    browser.find(&field).await?.focus().await?;
    browser.type_text(name).await?;
    browser.keys("Tab").await?;
    browser.type_text(datatype).await?;
    let chosen = format!("Type of {one} {number}");
    let select = Locator::attribute("aria-label", &chosen);
    eventually(&format!("{chosen} to be {datatype}"), async || {
        let now = browser.value(&select).await?;
        ensure!(now == datatype, "it is {now}");
        Ok(Some(()))
    })
    .await
}

fn script() -> Locator {
    Locator::role("textbox", "Script").within(Locator::panel("script"))
}

/// Puts a text in place of the script, as pasting does.
async fn paste(browser: &Browser, text: &str) -> Result<()> {
    browser.click(&script()).await?;
    browser.keys("Control+a").await?;
    let paste = "document.execCommand('insertText', false, arguments[0])";
    browser.script(paste, vec![text.into()]).await?;
    let now = browser.value(&script()).await?;
    assert_eq!(now, text);
    Ok(())
}

async fn tries(browser: &Browser) -> Result<()> {
    browser.click(&Locator::css("#tab-try")).await?;
    let panel = Locator::panel("try");
    let start = Locator::role("button", "Try").within(panel.clone());
    // A field for each input, and what is wrong beside it.
    let input = Locator::css("[data-panel='try'] .action__fields input");
    browser.type_into(&input, "seven").await?;
    browser.click(&start).await?;
    let wrong = Locator::css("[data-panel='try'] .action__fields .field__error");
    browser.shows(&wrong, "declared as integer").await?;
    browser.type_into(&input, "7").await?;
    browser.click(&start).await?;
    browser.gone(&wrong).await?;
    browser.shows(&panel, "The sample fits the inputs.").await?;
    browser.shows(&panel, "user_email").await?;

    // What would come out is held against the outputs.
    browser
        .click(&Locator::role("button", "Begin a result"))
        .await?;
    browser.click(&start).await?;
    browser
        .shows(&panel, "The result fits the outputs.")
        .await?;
    let result = Locator::role("textbox", "Sample result optional");
    browser
        .type_into(&result, r#"{ "User_email": "a@example.org" }"#)
        .await?;
    browser.click(&start).await?;
    browser
        .shows(&panel, "“User_email” is no output; “user_email” is.")
        .await?;
    browser.screenshot("data-action-try").await?;

    // What was typed goes along to the sample as JSON.
    browser.click(&Locator::role("radio", "JSON")).await?;
    let sample = Locator::role("textbox", "Sample input");
    let text = browser.value(&sample).await?;
    assert!(text.contains("\"user_id\": 7"), "{text}");
    Ok(())
}

/// Waits until the preview shows what will be sent, but for the script, which
/// is too long to be shown whole.
async fn previews(browser: &Browser, body: &Value) -> Result<()> {
    browser.click(&Locator::css("#tab-preview")).await?;
    let panel = Locator::panel("preview");
    browser.shows(&panel, "POST").await?;
    let name = format!("\"name\": {}", body["name"]);
    browser.shows(&panel, &name).await?;
    browser.shows(&panel, "\"required\": true").await?;
    browser.click(&Locator::css("#tab-problems")).await
}

async fn upload(browser: &Browser) -> Result<()> {
    site::is_saved(browser).await?;
    let in_bar = Locator::role("button", "Upload").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    browser
        .click(&Locator::css("dialog[open] [data-action='upload']"))
        .await
}

/// Picks the data action by its name in a node of a new flow.
async fn use_it(browser: &Browser, name: &str, id: &str) -> Result<()> {
    browser
        .click(&Locator::role("link", "Back to data actions"))
        .await?;
    browser
        .shows(&Locator::css(".table__row"), "Uploaded v1")
        .await?;
    browser.click(&Locator::role("link", "Flows")).await?;
    site::new_flow(browser, "Lookup flow").await?;
    let drawing = Drawing::of(browser);
    let node = drawing
        .drag_from_palette("Data action", drawing.at(200.0, 160.0).await?)
        .await?;
    drawing.select(&node).await?;
    let callee = Locator::role("combobox", "Data action").within(Locator::panel("inspector"));
    browser.click(&callee).await?;
    browser.type_text(&name.to_lowercase()).await?;
    let offer = Locator::css("[role='option'][aria-selected='true'] .combobox__note");
    browser.shows(&offer, id).await?;
    browser.keys("Enter").await?;
    for map in ["Map all inputs", "Map all outputs"] {
        let map = Locator::role("button", map).within(Locator::panel("inspector"));
        browser.click(&map).await?;
        browser.gone(&map).await?;
    }
    browser.shows(&Locator::node(&node), name).await?;
    let output = Locator::role("combobox", "Output 5").within(Locator::panel("inspector"));
    eventually("the outputs to be mapped", async || {
        Ok((browser.value(&output).await? == "error").then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_script_is_written_and_mended_by_keys() -> Result<()> {
    site::journey("data-action-keys", by_keys).await
}

async fn by_keys(browser: &Browser, server: &Server) -> Result<()> {
    open(browser, server, ActionStart::Empty).await?;
    browser.click(&script()).await?;
    browser.keys("Control+a").await?;
    browser
        .type_text("def main(input_data):\nif not input_data:\nreturn {}\n")
        .await?;
    browser.keys("Shift+Tab").await?;
    browser.type_text("return {\"Name\": 1}").await?;
    let written = "def main(input_data):\n    if not input_data:\n        return {}\n    return {\"Name\": 1}";
    assert_eq!(browser.value(&script()).await?, written);
    browser.keys("Control+z").await?;
    let undone = browser.value(&script()).await?;
    ensure!(undone != written, "the browser undoes what was typed");
    browser.keys("Control+Shift+z").await?;

    // What is wrong is underlined, said for its line, and listed.
    let wrong = Locator::css(".code__wrong[data-severity='error']");
    browser.shows(&wrong, "\"Name\"").await?;
    browser
        .shows(&Locator::css(".code__here"), "is no output")
        .await?;
    let listed = Locator::css(".problem[data-code='script-output-undeclared']");
    browser.shows(&listed, "Line 4").await?;

    // Tab stays in the script, Escape and Tab lead out of it.
    let is_in = async || -> Result<bool> {
        let script = "return document.activeElement?.getAttribute('aria-label') === 'Script'";
        Ok(browser.script(script, Vec::new()).await? == json!(true))
    };
    browser.keys("Tab").await?;
    assert!(is_in().await?);
    browser.keys("Escape").await?;
    browser.keys("Tab").await?;
    assert!(!is_in().await?);

    // A problem leads back to its place.
    let message = Locator::css(".problem[data-code='script-output-undeclared'] .problem__message");
    browser.click(&message).await?;
    eventually("the script to have the focus", async || {
        Ok(is_in().await?.then_some(()))
    })
    .await?;
    let selected =
        "const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd)";
    let selected = browser.script(selected, Vec::new()).await?;
    assert_eq!(selected, json!("\"Name\""));
    site::is_saved(browser).await
}

#[tokio::test]
async fn what_two_people_change_comes_together_and_nothing_is_lost() -> Result<()> {
    site::journey("data-action-two", two_people).await
}

async fn two_people(browser: &Browser, server: &Server) -> Result<()> {
    let (bob, mut theirs) = open(browser, server, ActionStart::Example).await?;
    theirs.action.description = "Theirs".to_owned();
    save(&bob, &theirs).await?;
    let name = Locator::role("textbox", "Name").within(Locator::panel("form"));
    browser.type_into(&name, "Mine").await?;
    site::is_saved(browser).await?;
    let path = format!("/api/data-actions/{}", theirs.summary.id);
    let both: OpenDataAction = bob.get(&path).await?;
    assert_eq!(both.action.name, "Mine");
    assert_eq!(both.action.description, "Theirs");
    let description =
        Locator::role("textbox", "Description optional").within(Locator::panel("form"));
    assert_eq!(browser.value(&description).await?, "Theirs");

    let mut theirs = both;
    theirs.action.name = "Theirs".to_owned();
    save(&bob, &theirs).await?;
    browser.type_into(&name, "Still mine").await?;
    let dialog = Locator::css("dialog[open]");
    browser.shows(&dialog, "The name").await?;
    for name in ["Mine", "Still mine", "Theirs"] {
        browser.shows(&dialog, name).await?;
    }
    browser.screenshot("data-action-conflict").await?;
    browser
        .click(&Locator::css("dialog[open] .compare__side input"))
        .await?;
    browser
        .click(&Locator::role("button", "Go on with these choices"))
        .await?;
    browser.gone(&dialog).await?;
    site::is_saved(browser).await?;
    let now: OpenDataAction = bob.get(&path).await?;
    assert_eq!(now.action.name, "Still mine");
    // Browsers put both refused saves on the console, and nothing else is there.
    let errors = browser.console_errors().await?;
    let refused = errors.iter().filter(|error| error.contains("409"));
    ensure!(refused.count() == 2 && errors.len() == 2, "{errors:?}");
    Ok(())
}

#[tokio::test]
async fn what_was_changed_in_genesys_meanwhile_is_taken_in_part_by_part() -> Result<()> {
    site::journey("data-action-compare", taken_in).await
}

async fn taken_in(browser: &Browser, server: &Server) -> Result<()> {
    let (person, made) = open(browser, server, ActionStart::Example).await?;
    upload(browser).await?;
    is_uploaded(browser, 1).await?;
    let held: Vec<Value> = publishing::data_actions(server).await?;
    let mut held = held.into_iter().next().context("a data action")?;
    held["body"]["name"] = json!("Theirs");
    held["body"]["description"] = json!("Theirs");
    held["body"]["definition"]["name"] = json!("TheirsAlone");
    let change = json!({ "id": held["id"], "document": held["body"] });
    publishing::do_upstream(server, "/sandbox/changes", &change).await?;
    let form = |name: &str| Locator::role("textbox", name).within(Locator::panel("form"));
    browser.type_into(&form("Name"), "Mine").await?;
    let description = form("Description optional");
    browser.type_into(&description, "Mine").await?;
    site::is_saved(browser).await?;

    let in_bar = Locator::role("button", "Upload").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    let start = Locator::css("dialog[open] [data-action='upload']");
    browser.click(&start).await?;
    let sides = Locator::panel("take-in");
    browser
        .shows(&sides, "They alone changed the name of the definition.")
        .await?;
    browser.shows(&sides, "The description").await?;
    let take = Locator::role("button", "Take in version 2");
    let stands = browser.find(&take).await?;
    ensure!(!stands.is_enabled().await?, "nothing is chosen yet");
    // The name from here, the description from there.
    let side = |part: usize, side: usize| {
        let part = format!(".compare__part:nth-child({part})");
        Locator::css(&format!("{part} .compare__side:nth-of-type({side}) input"))
    };
    browser.click(&side(1, 1)).await?;
    browser.click(&side(2, 2)).await?;
    browser.screenshot("data-action-compare").await?;
    browser.click(&take).await?;
    browser.gone(&publishing::dialog()).await?;
    let path = format!("/api/data-actions/{}", made.summary.id);
    let now: OpenDataAction = person.get(&path).await?;
    assert_eq!(now.action.name, "Mine");
    assert_eq!(now.action.description, "Theirs");
    assert_eq!(now.action.definition.name, "TheirsAlone");
    upload(browser).await?;
    is_uploaded(browser, 3).await
}

async fn is_uploaded(browser: &Browser, version: u64) -> Result<()> {
    let outcome = format!("Uploaded. Version {version} is live.");
    browser.shows(&publishing::dialog(), &outcome).await?;
    browser.click(&Locator::role("button", "Done")).await?;
    browser.gone(&publishing::dialog()).await
}

/// Makes a data action and opens it; gives whoever made it, and what it is.
async fn open(
    browser: &Browser,
    server: &Server,
    start: ActionStart,
) -> Result<(Person, OpenDataAction)> {
    let person = Person::demonstration(server).await?;
    let made: OpenDataAction = person
        .post("/api/data-actions", &NewDataAction { start })
        .await?;
    let path = format!("/data-actions/{}", made.summary.id);
    browser.goto(&server.url(&path)).await?;
    browser.find(&script()).await?;
    Ok((person, made))
}

async fn save(person: &Person, opened: &OpenDataAction) -> Result<()> {
    let save = SaveDataAction {
        revision: opened.summary.revision,
        action: opened.action.clone(),
    };
    let path = format!("/api/data-actions/{}", opened.summary.id);
    let answer = person.call(Method::PUT, &path, Some(&save)).await?;
    assert_eq!(answer.status, 200);
    Ok(())
}
