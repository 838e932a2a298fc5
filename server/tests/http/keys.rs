use std::{fs::Permissions, os::unix::fs::PermissionsExt};

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
        ("cd".repeat(32), true),
        ("0".repeat(64), false),
        ("short".to_owned(), false),
    ] {
        let refused = start(&data, Some(&key)).await.err();
        match refused {
            Some(StartError::Key(KeyError::WrongKey)) => assert!(wrong, "{key}"),
            Some(StartError::Key(KeyError::NotAKey)) => assert!(!wrong, "{key}"),
            other => panic!("{key}: {other:?}"),
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
    for name in ["key", "lock", "patchbay.db", "patchbay.db-wal"] {
        assert_eq!(mode(&data.join(name)), 0, "{name}");
    }
}

#[tokio::test]
async fn a_lost_key_is_missed_and_not_made_anew() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let key = data.join("key");
    start(&data, None).await.expect("a first start");
    let kept = std::fs::read(&key).expect("the key");
    std::fs::remove_file(&key).expect("removed");
    let refused = start(&data, None).await.err();
    assert!(
        matches!(refused, Some(StartError::Key(KeyError::Missing(_)))),
        "{refused:?}"
    );
    assert!(!key.exists(), "no other takes its place");

    std::fs::write(&key, &kept).expect("put back");
    std::fs::set_permissions(&key, Permissions::from_mode(0o644)).expect("a mode");
    let refused = start(&data, None).await.err();
    assert!(
        matches!(refused, Some(StartError::Key(KeyError::Readable(_)))),
        "{refused:?}"
    );
    std::fs::set_permissions(&key, Permissions::from_mode(0o600)).expect("a mode");
    start(&data, None).await.expect("it is the same key");
}

#[tokio::test]
async fn a_key_that_was_not_written_whole_is_made_at_the_next_start() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    std::fs::create_dir(&data).expect("a directory");
    std::fs::write(data.join("key.new"), "ab").expect("half a key");
    start(&data, None).await.expect("a first start");
    start(&data, None).await.expect("a second start");
}

#[tokio::test]
async fn one_server_runs_on_a_data_directory() {
    let directory = tempfile::tempdir().expect("a directory");
    let address = "127.0.0.1:0".parse().expect("an address");
    let args = ServeArgs::new(address, directory.path().join("data"));
    let first = serve::start(args.clone()).await.expect("a server");
    let second = serve::start(args.clone()).await.err();
    let words = second.map(|error| error.to_string()).unwrap_or_default();
    assert!(words.starts_with("another Patchbay uses"), "{words}");
    first.until(async {}).await.expect("a clean stop");
    let third = serve::start(args).await.expect("it is free again");
    third.until(async {}).await.expect("a clean stop");
}
