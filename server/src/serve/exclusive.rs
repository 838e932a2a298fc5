//! One server per data directory: two would spend each other's set-up links
//! and take each other's publishes for interrupted ones.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::StartError;

/// The file that a running server holds locked. It stays where it is: the lock
/// counts, and the system ends it with the process.
const FILE: &str = "lock";

/// A data directory that is this server's alone while this is held.
pub(super) struct Exclusive {
    _lock: File,
}

impl Exclusive {
    /// Takes a data directory, which is made when it is not there.
    pub(super) fn take(directory: &Path) -> Result<Self, StartError> {
        let unusable = |error| StartError::Directory(directory.to_owned(), error);
        store::prepare_directory(directory).map_err(unusable)?;
        let lock = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(directory.join(FILE))
            .map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StartError::InUse(directory.to_owned())),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }
}
