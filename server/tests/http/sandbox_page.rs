//! The sandbox's page changes what is live: publishers and administrators are
//! led there, and nobody else comes in by a browser.

use api::{Role, Session};
use reqwest::{StatusCode, header};

use crate::house::House;

#[tokio::test]
async fn only_whoever_may_publish_is_led_to_the_sandboxs_page() {
    let house = House::open().await;
    let ada = house.administrator().await;
    for role in Role::ALL {
        let person = house.person(&ada, role, role_name(role)).await;
        let may = matches!(role, Role::Publisher | Role::Administrator);
        let session: Session = person.read("/api/session").await;
        assert_eq!(session.sandbox.is_some(), may, "{role:?}");
        let answer = person.get("/api/sandbox").await;
        let expected = if may {
            StatusCode::SEE_OTHER
        } else {
            StatusCode::FORBIDDEN
        };
        assert_eq!(answer.status(), expected, "{role:?}");
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Vera",
        Role::Editor => "Edith",
        Role::Publisher => "Paul",
        Role::Administrator => "Alma",
        Role::Auditor => "Otto",
    }
}

#[tokio::test]
async fn a_browser_comes_in_by_a_key_that_opens_once() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let sandbox = house.said("Sandbox is listening on ");
    let browser = async |url: &str, cookie: Option<&str>| {
        let mut request = house.http.get(url).header("sec-fetch-site", "none");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        request.send().await.expect("an answer")
    };
    for path in ["/", "/sandbox/flows", "/?key=", "/?key=guessed"] {
        let answer = browser(&format!("{sandbox}{path}"), None).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        let said = answer.text().await.expect("a page");
        assert!(said.contains("for publishers and administrators"), "{said}");
    }
    let style = browser(&format!("{sandbox}/sandbox/style.css"), None).await;
    assert_eq!(style.status(), StatusCode::OK);

    let led = ada.get("/api/sandbox").await;
    let entrance = led.headers()[header::LOCATION]
        .to_str()
        .expect("an address");
    let entered = browser(entrance, None).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    let cookie = entered.headers()[header::SET_COOKIE].to_str().expect("it");
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a name and a value");
    for path in ["/", "/sandbox/flows"] {
        let answer = browser(&format!("{sandbox}{path}"), Some(cookie)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
    let again = browser(entrance, None).await;
    assert_eq!(again.status(), StatusCode::FORBIDDEN, "the key is used up");
}
