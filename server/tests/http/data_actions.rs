use api::{
    ActionComparison, ActionFinding, DataActionSummary, OpenDataAction, Outcome, ProblemDetails,
    Role, Trial, UpstreamDataAction,
};
use flow::{
    DataType, EntityKind, EntityRef, Parameter, Workspace,
    data_action::{ActionPart, Script},
};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, Person};

impl Person {
    /// A new data action from the example.
    pub(crate) async fn example(&self) -> OpenDataAction {
        let answer = self
            .post("/api/data-actions", json!({ "start": "example" }))
            .await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.json().await.expect("a data action")
    }

    /// Saves a data action as it stands in `opened`.
    pub(crate) async fn save(&self, opened: &OpenDataAction) -> reqwest::Response {
        let path = format!("/api/data-actions/{}", opened.summary.id);
        let body = json!({ "revision": opened.summary.revision, "action": opened.action });
        self.put(&path, body).await
    }
}

async fn problem(answer: reqwest::Response, status: StatusCode) -> ProblemDetails {
    assert_eq!(answer.status(), status);
    answer.json().await.expect("a problem")
}

#[tokio::test]
async fn a_save_on_top_of_an_older_revision_stores_nothing_and_says_who_was_first() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let bob = house.person(&ada, Role::Editor, "Bob").await;
    let mut opened = ada.example().await;
    let mut other = opened.clone();
    other.action.description = "Bob’s".to_owned();
    assert_eq!(bob.save(&other).await.status(), StatusCode::OK);
    opened.action.name = "Ada’s".to_owned();
    let refused = problem(ada.save(&opened).await, StatusCode::CONFLICT).await;
    assert_eq!(refused.kind, "/problems/saved-since");
    assert!(refused.detail.contains("Bob"), "{}", refused.detail);

    let path = format!("/api/data-actions/{}", opened.summary.id);
    let now: OpenDataAction = ada.read(&path).await;
    assert_eq!((now.summary.revision, now.action), (2, other.action));
    let list: Vec<DataActionSummary> = ada.read("/api/data-actions").await;
    assert_eq!(list, [now.summary]);
    let entries: Vec<api::AuditEntry> = ada.read("/api/audit").await;
    let saves = entries.iter().filter(|e| e.action == "data-action.save");
    assert_eq!(saves.count(), 1);
}

#[tokio::test]
async fn what_is_downloaded_comes_back_and_its_wire_form_too() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let made = ada.example().await;
    let file = ada
        .get(&format!("/api/data-actions/{}/file", made.summary.id))
        .await;
    let disposition = file.headers()["content-disposition"].clone();
    assert_eq!(disposition, "attachment; filename=\"look-up-a-user.json\"");
    let stamp = flow::Stamp {
        upstream_id: Some("0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11".to_owned()),
        version: 7,
        last_modified: String::new(),
    };
    let wire = flow::data_action::generate(&made.action, &stamp).text;
    for (text, upstream) in [(file.text().await.expect("text"), None), (wire, Some(7))] {
        let answer = ada
            .post("/api/data-actions/import", json!({ "text": text }))
            .await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        let imported: OpenDataAction = answer.json().await.expect("a data action");
        assert_eq!(imported.action, made.action);
        let known = imported.summary.upstream.map(|upstream| upstream.version);
        assert_eq!(known, upstream);
    }
    let answer = ada
        .post("/api/data-actions/import", json!({ "text": "{" }))
        .await;
    let refused = problem(answer, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(refused.errors[0].detail.contains("line 1"), "{refused:?}");
}

#[tokio::test]
async fn the_check_finds_what_is_wrong_with_the_script_and_offers_a_remedy() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let viewer = house.person(&ada, Role::Viewer, "Vera").await;
    let mut action = ada.example().await.action;
    let check = async |action: &Value| -> Vec<ActionFinding> {
        let body = json!({ "action": action });
        let answer = viewer.post("/api/data-actions/check", body).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.expect("findings")
    };
    assert_eq!(check(&json!(action)).await, []);
    let code = "def main(input_data):\n    return {\"User_name\": input_data[\"user_id\"]}\n";
    action.definition.code = Script::Text(code.to_owned());
    let found = check(&json!(action)).await;
    let finding = found
        .iter()
        .find(|finding| finding.problem.code.as_str() == "script-output-undeclared");
    let finding = finding.expect("it is found");
    let span = finding.problem.place.span.clone().expect("a place");
    assert_eq!(&code[span], "\"User_name\"");
    let suggestion = finding.suggestion.as_ref().expect("a remedy");
    assert_eq!(suggestion.text, "\"user_name\"");

    action.definition.code = Script::Text("x".repeat(256 * 1024 + 1));
    let answer = viewer
        .post("/api/data-actions/check", json!({ "action": action }))
        .await;
    let refused = problem(answer, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(refused.errors[0].pointer, "/action/definition/code");
}

#[tokio::test]
async fn a_try_says_what_does_not_fit_and_what_each_return_can_give() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let action = ada.example().await.action;
    let body = json!({ "action": action, "input": { "user_id": "1", "x": 2 } });
    let answer = ada.post("/api/data-actions/try", body).await;
    let trial: Trial = answer.json().await.expect("a trial");
    let places: Vec<_> = trial.problems.iter().map(|p| p.pointer.as_str()).collect();
    assert_eq!(places, ["/user_id", "/x"]);
    let returns = trial.returns.expect("it can be followed");
    let outputs: Vec<_> = returns
        .iter()
        .map(|found| found.outputs.join(" "))
        .collect();
    let found = "success user_email user_name user_phone";
    assert_eq!(outputs, ["error success", "error success", found]);
    assert!(house.sandbox().arrivals().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn editors_delete_their_own_and_publishers_any() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let editor = house.person(&ada, Role::Editor, "Edith").await;
    let publisher = house.person(&ada, Role::Publisher, "Paul").await;
    let path = |opened: &OpenDataAction| format!("/api/data-actions/{}", opened.summary.id);
    let (own, other) = (editor.example().await, ada.example().await);
    for (person, opened, status) in [
        (&editor, &other, StatusCode::FORBIDDEN),
        (&editor, &own, StatusCode::NO_CONTENT),
        (&publisher, &other, StatusCode::NO_CONTENT),
        (&publisher, &other, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(person.delete(&path(opened)).await.status(), status);
    }
    assert_eq!(editor.save(&own).await.status(), StatusCode::NOT_FOUND);
}

/// Makes a data action in the organisation, by somebody else's hand.
async fn upstream(house: &House, ada: &Person, name: &str) -> String {
    let mut made = ada.example().await;
    made.action.name = name.to_owned();
    ada.save(&made).await;
    let upload = ada.upload(&made.summary.id, "elsewhere").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(1));
    ada.delete(&format!("/api/data-actions/{}", made.summary.id))
        .await;
    let found = house.sandbox().data_actions().into_iter();
    let mut found = found.filter(|action| action.name == name);
    found.next().expect("it is there").id
}

#[tokio::test]
async fn what_exists_only_upstream_is_listed_opened_and_named_by_flows() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let id = upstream(&house, &ada, "Elsewhere").await;
    let workspace: Workspace = ada.read("/api/workspace").await;
    assert_eq!(workspace.entities(), []);

    let list = async || -> Vec<UpstreamDataAction> {
        let answer = ada.post("/api/upstream/data-actions", json!({})).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.expect("a list")
    };
    let listed = list().await;
    assert_eq!((listed.len(), &listed[0].here), (1, &None));
    assert_eq!((listed[0].inputs, listed[0].outputs), (1, 5));
    let reference = EntityRef::Id(id.clone());
    let known = async || {
        let workspace: Workspace = ada.read("/api/workspace").await;
        assert_eq!(workspace.entities().len(), 1);
        let found = workspace.find(EntityKind::DataAction, &reference);
        found.expect("flows can name it").clone()
    };
    let entity = known().await;
    assert_eq!(entity.name, "Elsewhere");
    assert_eq!(entity.interface.expect("known").inputs[0].name, "user_id");

    let open = async |reference: Value| {
        let body = json!({ "reference": reference });
        ada.post("/api/data-actions/open", body).await
    };
    let answer = open(json!({ "name": "elsewhere" })).await;
    let refused = problem(answer, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(refused.errors[0].pointer, "/reference");
    let answer = open(json!({ "id": "not-an-id" })).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let missing = json!({ "id": "00000000-0000-4000-8000-000000000000" });
    assert_eq!(open(missing).await.status(), StatusCode::NOT_FOUND);

    let answer = open(json!({ "name": "Elsewhere" })).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let opened: OpenDataAction = answer.json().await.expect("a data action");
    let there = opened.summary.upstream.clone().expect("it is there");
    assert_eq!(
        (&there.id, there.version, there.changed_since),
        (&id, 1, false)
    );
    let again = open(json!({ "id": id })).await;
    assert_eq!(again.status(), StatusCode::OK, "it is here by now");
    let again: OpenDataAction = again.json().await.expect("a data action");
    assert_eq!(again.summary.id, opened.summary.id);
    assert_eq!(list().await[0].here, Some(opened.summary.id.clone()));

    // What is here counts, not what was there when it was asked for; what is
    // saved and not uploaded is its draft.
    let mut changed = opened;
    let output = Parameter::new("age", DataType::Integer);
    changed.action.definition.interface.outputs.push(output);
    ada.save(&changed).await;
    let entity = known().await;
    assert_eq!(entity.interface.expect("known").outputs.len(), 5);
    assert_eq!(entity.draft.expect("it was changed").outputs.len(), 6);
}

#[tokio::test]
async fn what_was_changed_upstream_is_merged_and_uploaded_on_top() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let id = upstream(&house, &ada, "Shared").await;
    let body = json!({ "reference": { "id": id } });
    let answer = ada.post("/api/data-actions/open", body).await;
    let mut opened: OpenDataAction = answer.json().await.expect("a data action");
    opened.action.description = "Ours".to_owned();
    opened.action.definition.description = "Ours".to_owned();
    let saved: DataActionSummary = ada.save(&opened).await.json().await.expect("saved");
    house.sandbox().change_data_action(&id, |body| {
        body["description"] = json!("Theirs");
        body["definition"]["name"] = json!("Theirs");
        body["definition"]["description"] = json!("Theirs there");
    });

    let upload = ada.upload(&saved.id, "one").await;
    let failure = ada
        .upload_ended(&upload)
        .await
        .expect_err("theirs is newer");
    assert_eq!(failure.code, "version-conflict");
    let path = format!("/api/data-actions/{}/comparison", saved.id);
    let compared = ada.post(&path, json!({})).await;
    assert_eq!(compared.status(), StatusCode::OK);
    let compared: ActionComparison = compared.json().await.expect("a comparison");
    assert_eq!(compared.taken, [ActionPart::DefinitionName]);
    let parts: Vec<_> = compared.conflicts.iter().map(|part| part.part).collect();
    let both = [ActionPart::Description, ActionPart::DefinitionDescription];
    assert_eq!(parts, both);
    let description = &compared.conflicts[0];
    assert_eq!(description.ours.as_deref(), Some("Ours"));
    assert_eq!(description.theirs.as_deref(), Some("Theirs"));
    assert_ne!(description.base, description.ours);

    let merge = async |revision: u64, version: u64| {
        let path = format!("/api/data-actions/{}/merge", saved.id);
        let theirs_in = ["definitionDescription"];
        let body = json!({ "revision": revision, "version": version, "theirsIn": theirs_in });
        ada.post(&path, body).await
    };
    let stale = merge(saved.revision - 1, compared.version).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let unseen = merge(saved.revision, compared.version - 1).await;
    let unseen = problem(unseen, StatusCode::CONFLICT).await;
    assert_eq!(unseen.kind, "/problems/changed-again");
    let merged = merge(saved.revision, compared.version).await;
    assert_eq!(merged.status(), StatusCode::OK);
    let merged: OpenDataAction = merged.json().await.expect("a data action");
    assert_eq!(merged.action.description, "Ours");
    assert_eq!(merged.action.definition.description, "Theirs there");
    assert_eq!(merged.action.definition.name, "Theirs");

    let upload = ada.upload(&saved.id, "two").await;
    assert_eq!(ada.upload_ended(&upload).await, Ok(3));
    let there = house.sandbox().data_actions();
    let there = there.iter().find(|action| action.id == id).expect("it");
    assert_eq!(there.body["description"], "Ours");
    assert_eq!(there.body["definition"]["name"], "Theirs");
    let entries: Vec<api::AuditEntry> = ada.read("/api/audit").await;
    let merges = entries.iter().filter(|e| e.action == "data-action.merge");
    assert_eq!(
        merges.map(|e| e.outcome).collect::<Vec<_>>(),
        [Outcome::Done]
    );
}
