//! The line below a script says what is wrong where the caret is.

use tests::{Browser, Locator, Result, Server};

use crate::site;

#[tokio::test]
async fn the_line_below_a_script_stays_one_line_whatever_is_wrong() -> Result<()> {
    site::journey("script-line", wrong_script).await
}

async fn wrong_script(browser: &Browser, _: &Server) -> Result<()> {
    browser
        .click(&Locator::role("link", "Data actions"))
        .await?;
    browser
        .click(&Locator::role("button", "Start empty"))
        .await?;
    let script = Locator::css(".code__field");
    let foot = Locator::css(".code__foot");
    browser.find(&foot).await?;
    let height = async || {
        let script = "return document.querySelector('.code__foot').offsetHeight";
        browser.script(script, vec![]).await
    };
    let before = height().await?;
    browser.click(&script).await?;
    browser.keys("Control+End").await?;
    let wrong = "\n    return input_data[\"a_name_that_no_input_of_this_data_action_has_at_all\"]";
    browser.type_text(wrong).await?;
    browser.shows(&foot, "a_name_that_no_input_of_this").await?;
    assert_eq!(height().await?, before);
    Ok(())
}
