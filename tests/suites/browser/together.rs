//! Two people in one flow, and a server that goes away under them.

use api::Role;
use tests::{Browser, Locator, Person, Result, Server, eventually};

use crate::drawing::Drawing;
use crate::inspector::Inspector;
use crate::signing_in::account;
use crate::site;

#[tokio::test]
async fn two_people_see_each_other_and_agree_after_the_server_was_killed() -> Result<()> {
    let mut server = site::server().await?;
    let (ada, grace) = Browser::pair().await?;
    let walked = walk(&mut server, &ada, &grace);
    site::watched(
        &ada,
        "together",
        site::watched(&grace, "together-2", walked),
    )
    .await?;
    ada.close().await?;
    grace.close().await
}

async fn walk(server: &mut Server, ada: &Browser, grace: &Browser) -> Result<()> {
    let administrator = Person::demonstration(server).await?;
    let account = account(&administrator, "Grace Hopper", Role::Editor).await?;
    site::sign_in(ada, server).await?;
    site::new_flow(ada, "Phone lookup").await?;
    let flow = site::path(ada).await?;
    grace.goto(&server.url(&flow)).await?;
    site::fill_sign_in(grace, &account).await?;
    site::is_open(grace).await?;

    ada.find(&Locator::css(".avatars li[title='Grace Hopper']"))
        .await?;
    grace
        .find(&Locator::role("list", "Also in this flow"))
        .await?;
    edits_arrive(ada, grace).await?;
    selections_show(ada, grace).await?;
    site::no_complaints(ada, server).await?;
    site::no_complaints(grace, server).await?;
    nothing_is_lost_by_a_kill(server, ada, grace).await
}

async fn edits_arrive(ada: &Browser, grace: &Browser) -> Result<()> {
    let (of_ada, of_grace) = (Drawing::of(ada), Drawing::of(grace));
    let before = of_ada.place("lookup").await?;
    of_ada.drag_node("lookup", 160.0, 20.0).await?;
    site::is_saved(ada).await?;
    let now = of_ada.place("lookup").await?;
    assert_ne!(now, before);
    of_grace.lies_at("lookup", now).await?;

    of_grace.select("lookup").await?;
    Inspector::of(grace).fill("Timeout", "7000").await?;
    of_ada.select("lookup").await?;
    Inspector::of(ada).holds("Timeout", "7000").await
}

async fn selections_show(ada: &Browser, grace: &Browser) -> Result<()> {
    Drawing::of(ada).select("end").await?;
    let seen = Locator::css("[data-node-id='end'][data-peer] .node__peer");
    eventually("Grace to see what Ada has selected", async || {
        Ok((grace.count(&seen).await? == 1).then_some(()))
    })
    .await?;
    let hers = Locator::css("[data-node-id='lookup'][data-peer] .node__peer");
    ada.shows(&hers, "Grace Hopper").await?;
    ada.screenshot("together").await?;
    Ok(())
}

async fn nothing_is_lost_by_a_kill(
    server: &mut Server,
    ada: &Browser,
    grace: &Browser,
) -> Result<()> {
    let state = Locator::panel("save-state");
    server.kill_nine().await?;
    Drawing::of(ada).drag_node("end", -120.0, 40.0).await?;
    Inspector::of(grace).fill("Timeout", "6000").await?;
    ada.shows(&state, "1 change kept here").await?;
    grace.shows(&state, "kept here").await?;
    ada.screenshot("offline").await?;
    let placed = Drawing::of(ada).place("end").await?;

    server.restart().await?;
    for browser in [ada, grace] {
        site::is_saved(browser).await?;
    }
    // Once as it came over the line, once as it is stored.
    for reload in [false, true] {
        for browser in [ada, grace] {
            if reload {
                browser.session()?.refresh().await?;
                site::is_open(browser).await?;
            }
            Drawing::of(browser).lies_at("end", placed).await?;
            Drawing::of(browser).select("lookup").await?;
            Inspector::of(browser).holds("Timeout", "6000").await?;
        }
    }
    Ok(())
}
