use std::os::unix::fs::PermissionsExt;

use server::{
    KeyError,
    config::ServeArgs,
    serve::{self, StartError},
};

use crate::house::House;

/// Starts a server without a sandbox on this data, with this key.
async fn start(data: &std::path::Path, key: Option<&str>) -> Result<(), StartError> {
    let address = "127.0.0.1:0".parse().expect("an address");
    let mut args = ServeArgs::new(address, data.to_owned());
    args.key = key.map(str::to_owned);
    let running = serve::start(args).await?;
    running.until(async {}).await.expect("a clean stop");
    Ok(())
}

#[tokio::test]
async fn data_opens_with_the_key_that_it_was_made_with_and_no_other() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let ours = "ab".repeat(32);
    start(&data, Some(&ours)).await.expect("a first start");
    start(&data, Some(&ours)).await.expect("a second start");
    for (key, wrong) in [
        (Some("cd".repeat(32)), true),
        (None, true),
        (Some("0".repeat(64)), false),
        (Some("short".to_owned()), false),
    ] {
        let refused = start(&data, key.as_deref()).await.err();
        match refused {
            Some(StartError::Key(KeyError::WrongKey)) => assert!(wrong, "{key:?}"),
            Some(StartError::Key(KeyError::NotAKey)) => assert!(!wrong, "{key:?}"),
            other => panic!("{key:?}: {other:?}"),
        }
    }
    // A new key before the old one: both are tried.
    let both = format!("{},{ours}", "ef".repeat(32));
    start(&data, Some(&both)).await.expect("both keys");
}

#[tokio::test]
async fn only_this_user_reads_what_the_server_keeps() {
    let house = House::open().await;
    let data = house.directory.path().join("data");
    let mode = |path: &std::path::Path| {
        let metadata = std::fs::metadata(path).expect("metadata");
        metadata.permissions().mode() & 0o077
    };
    assert_eq!(mode(&data), 0);
    for name in ["key", "patchbay.db", "patchbay.db-wal"] {
        assert_eq!(mode(&data.join(name)), 0, "{name}");
    }
}
