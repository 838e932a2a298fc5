//! Where the inputs are that belong to the project.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::Target;

/// The folder of the inputs that fuzzing begins with.
pub fn corpus(target: &Target) -> PathBuf {
    folder("corpus", target)
}

/// The folder of the inputs that once were a breach.
pub fn regressions(target: &Target) -> PathBuf {
    folder("regressions", target)
}

fn folder(sort: &str, target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(sort)
        .join(target.name)
}

/// The files of a folder by name; none where the folder is not there.
pub fn inputs(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
