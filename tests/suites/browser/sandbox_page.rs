//! The way to the sandbox's page, and who is turned away from it.

use api::Role;
use tests::{Browser, Locator, Person, Result};

use crate::site;

#[tokio::test]
async fn publishers_are_led_to_the_sandboxs_page_and_editors_read_whom_it_is_for() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let walked = async {
        let ada = Person::demonstration(&server).await?;
        let edith = ada.invite("Edith", Role::Editor).await?;
        let paul = ada.invite("Paul", Role::Publisher).await?;
        let link = Locator::role("link", "Sandbox, opens in a new tab");
        let sandbox = server.sandbox_address().await?;
        let main = Locator::css("main");

        browser.sign_in_as(&edith).await?;
        browser.goto(&server.url("/flows")).await?;
        browser.find(&Locator::role("heading", "Flows")).await?;
        assert_eq!(browser.count(&link).await?, 0);
        browser.goto(&sandbox).await?;
        browser
            .shows(&main, "This page is for publishers and administrators")
            .await?;

        browser.sign_in_as(&paul).await?;
        browser.goto(&server.url("/flows")).await?;
        let to = browser.attribute(&link, "href").await?;
        browser.goto(&server.url(&to.unwrap_or_default())).await?;
        browser.shows(&main, "Requests").await?;
        let here = browser.session()?.current_url().await?;
        assert!(here.query().is_none(), "the key is not left there: {here}");
        Ok(())
    };
    site::watched(&browser, "sandbox-page", walked).await?;
    browser.close().await
}
