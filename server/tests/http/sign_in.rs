use api::Session;
use reqwest::{StatusCode, header};
use serde_json::json;

use crate::house::{House, PASSWORD, cookie_of};

#[tokio::test]
async fn a_session_begins_with_a_new_id_and_ends_when_signing_out() {
    let house = House::open().await;
    let first = house.administrator().await;
    let said = house.said("Demonstration sign-in: ");
    let (email, password) = said.split_once(" / ").expect("both");
    // Signing in again with the first session's cookie does not go on with it.
    let again = first.signed_in(email, password).await;
    assert_ne!(first.cookie, again.cookie);
    let before: Session = first.read("/api/session").await;
    assert_eq!(before.account, None, "the old id opens nothing");
    let session: Session = again.read("/api/session").await;
    assert_eq!(session.account.expect("signed in").email, email);

    let out = again.delete("/api/session").await;
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    assert_eq!(out.headers()["clear-site-data"], "\"cache\", \"storage\"");
    let removal = out.headers()[header::SET_COOKIE].to_str().expect("text");
    assert_eq!(
        removal,
        "console_dev=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
    );
    assert_eq!(
        again.get("/api/flows").await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn the_cookie_is_hidden_from_scripts_and_other_sites() {
    let house = House::open().await;
    let said = house.said("Demonstration sign-in: ");
    let (email, password) = said.split_once(" / ").expect("both");
    let body = json!({ "email": email, "password": password });
    let answer = house.visitor().post("/api/session", body).await;
    let cookies: Vec<&str> = answer
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .collect();
    assert_eq!(cookies.len(), 2, "the session's and the device's");
    for cookie in cookies {
        for flag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        // Edits come over the socket, which cannot renew a cookie: when a
        // session ends is the server's to know.
        let is_session = cookie.starts_with("console_dev=");
        let has_end = cookie.contains("Max-Age") || cookie.contains("Expires");
        assert_eq!(has_end, !is_session, "{cookie}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_person_look_alike_and_are_throttled() {
    let house = House::open().await;
    let visitor = house.visitor();
    let said = house.said("Demonstration sign-in: ");
    let (known, password) = said.split_once(" / ").expect("both");
    let attempt = async |email: &str, password: &str| {
        let body = json!({ "email": email, "password": password });
        let answer = visitor.post("/api/session", body).await;
        let status = answer.status();
        let retry_after = answer.headers().contains_key(header::RETRY_AFTER);
        let mut body: serde_json::Value = answer.json().await.expect("JSON");
        if let Some(body) = body.as_object_mut() {
            body.remove("reference");
        }
        (status, retry_after, body)
    };
    let of_known = attempt(known, "wrong").await;
    let of_unknown = attempt("nobody@example.org", "wrong").await;
    assert_eq!(of_known, of_unknown);
    assert_eq!(of_known.0, StatusCode::UNAUTHORIZED);
    for _ in 0..4 {
        assert_eq!(attempt(known, "wrong").await.0, StatusCode::UNAUTHORIZED);
    }
    let (status, retry_after, _) = attempt(known, password).await;
    assert_eq!(
        status,
        StatusCode::TOO_MANY_REQUESTS,
        "even the right password waits"
    );
    assert!(retry_after);
    let other = attempt("somebody.else@example.org", "wrong").await;
    assert_eq!(other.0, StatusCode::UNAUTHORIZED, "others do not wait");
}

#[tokio::test]
async fn the_set_up_link_makes_one_administrator() {
    let house = House::open().await;
    let visitor = house.visitor();
    let link = house.said("Set up your own administrator within 30 minutes: ");
    let (page, token) = link.split_once('#').expect("a token behind the hash");
    assert_eq!(page, format!("{}/set-up", house.base()));
    let body = |token: &str, password: &str| json!({ "token": token, "email": "Ada@Example.org", "name": "Ada", "password": password });
    let wrong = visitor.post("/api/set-up", body("wrong", PASSWORD)).await;
    assert_eq!(wrong.status(), StatusCode::FORBIDDEN);
    let weak = visitor.post("/api/set-up", body(token, "short")).await;
    assert_eq!(weak.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let done = visitor.post("/api/set-up", body(token, PASSWORD)).await;
    assert_eq!(done.status(), StatusCode::OK);
    let ada = visitor.with_cookie_of(&done);
    assert_eq!(ada.get("/api/audit").await.status(), StatusCode::OK);
    let twice = visitor.post("/api/set-up", body(token, PASSWORD)).await;
    assert_eq!(twice.status(), StatusCode::FORBIDDEN);
    ada.signed_in("ada@example.org", PASSWORD).await;

    let again = house.restart().await;
    let lines = again.running.lines();
    assert!(
        !lines.iter().any(|line| line.contains("Set up")),
        "it was set up"
    );
    let visitor = again.visitor();
    visitor.signed_in("ada@example.org", PASSWORD).await;
}

#[tokio::test]
async fn the_demonstration_administrator_goes_with_the_sandbox() {
    let house = House::open().await;
    let said = house.said("Demonstration sign-in: ");
    let (email, password) = said.split_once(" / ").expect("both");
    let (email, password) = (email.to_owned(), password.to_owned());
    let before = house.administrator().await;
    let house = house.restart_with(|args| args.sandbox = false).await;
    let before = house.visitor().with_cookie(&before.cookie);
    assert_eq!(
        before.get("/api/flows").await.status(),
        StatusCode::UNAUTHORIZED,
        "its session has ended"
    );
    let body = json!({ "email": email, "password": password });
    let refused = house.visitor().post("/api/session", body).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    // There is a way in for whoever runs the server, also when the only other
    // administrator had been removed.
    house.said("Set up your own administrator within 30 minutes: ");
    let house = house.restart_with(|_| {}).await;
    house.visitor().signed_in(&email, &password).await;
}

#[tokio::test]
async fn strangers_who_guess_do_not_keep_a_person_out() {
    let house = House::open().await;
    let ada = house.administrator().await;
    house.person(&ada, api::Role::Editor, "Bea").await;
    let attempt = async |cookie: &str, password: &str| {
        let body = json!({ "email": "bea@example.org", "password": password });
        let visitor = house.visitor().with_cookie(cookie);
        visitor.post("/api/session", body).await
    };
    let signed_in = attempt("", PASSWORD).await;
    let device = cookie_of(&signed_in, "device");
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(attempt("", "wrong").await.status());
    }
    assert_eq!(answers.pop(), Some(StatusCode::TOO_MANY_REQUESTS));
    let stranger = attempt("", PASSWORD).await;
    assert_eq!(stranger.status(), StatusCode::TOO_MANY_REQUESTS);
    for not_known in ["device_dev=x.y", &format!("{device}0"), "device_dev="] {
        let stranger = attempt(not_known, PASSWORD).await;
        assert_eq!(stranger.status(), StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(attempt(&device, PASSWORD).await.status(), StatusCode::OK);
    // A known device is slowed down as everybody is, by its own failures.
    for _ in 0..5 {
        attempt(&device, "wrong").await;
    }
    let known = attempt(&device, PASSWORD).await;
    assert_eq!(known.status(), StatusCode::TOO_MANY_REQUESTS);
    // An administrator ends the wait.
    let accounts: Vec<api::Account> = ada.read("/api/accounts").await;
    let bea = accounts.iter().find(|account| account.name == "Bea");
    let path = format!("/api/accounts/{}", bea.expect("Bea").id);
    let set = ada.put(&path, json!({ "role": "editor" })).await;
    assert_eq!(set.status(), StatusCode::OK);
    assert_eq!(attempt("", PASSWORD).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn guesses_at_the_same_time_do_not_slip_through_together() {
    let house = House::open().await;
    let visitor = house.visitor();
    let body = json!({ "email": "nobody@example.org", "password": "wrong" });
    let attempts = (0..16).map(|_| visitor.post("/api/session", body.clone()));
    let answers = futures_util::future::join_all(attempts).await;
    let looked_at = answers
        .iter()
        .filter(|answer| answer.status() == StatusCode::UNAUTHORIZED);
    assert_eq!(looked_at.count(), 5);
}

#[tokio::test]
async fn an_address_may_fail_twenty_times_a_minute_unless_all_share_it() {
    let house = House::open().await;
    let refused = async |house: &House| {
        let mut count = 0;
        for index in 0..21 {
            let body = json!({ "email": format!("n{index}@example.org"), "password": "wrong" });
            let answer = house.visitor().post("/api/session", body).await;
            count += usize::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
        }
        count
    };
    assert_eq!(refused(&house).await, 1);
    let house = house
        .restart_with(|args| args.origin = Some("http://localhost:8700".to_owned()))
        .await;
    assert_eq!(refused(&house).await, 0, "behind a proxy");
}
