//! Embeds the built site into release builds, where it was built before:
//! compressed here, once, rather than at every request. On a clean checkout
//! there is none, and the server says how to build it.

// Standard output is how a build script talks to Cargo.
#![allow(clippy::print_stdout)]

use std::{
    env, fs,
    io::{Result, Write},
    path::{Path, PathBuf},
};

const SITE: &str = "../app/dist";
/// Files beside the site that are for measuring it and not for visitors.
const WITHHELD: [&str; 2] = ["bench.html", "bench.js"];

fn main() -> Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut table = String::from("&[\n");
    // Debug builds read the site from disk, so that it can be rebuilt alone.
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let site = Path::new(SITE);
    println!("cargo::rerun-if-changed=build.rs");
    if is_release {
        println!("cargo::rerun-if-changed={SITE}");
    }
    if is_release && site.join("index.html").is_file() {
        let mut files = Vec::new();
        collect(site, &mut files)?;
        files.sort();
        for (index, file) in files.iter().enumerate() {
            table.push_str(&entry(site, file, &out, index)?);
        }
    }
    table.push(']');
    fs::write(out.join("site.rs"), table)
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            collect(&path, files)?;
        } else if !WITHHELD.iter().any(|withheld| name == *withheld) {
            files.push(path);
        }
    }
    Ok(())
}

/// The table's line of a file; compressed forms that are no smaller are left out.
fn entry(site: &Path, file: &Path, out: &Path, index: usize) -> Result<String> {
    let plain = fs::read(file)?;
    let name = file.strip_prefix(site).unwrap_or(file);
    let mut forms = vec![fs::canonicalize(file)?];
    for (suffix, bytes) in [("br", brotli(&plain)?), ("gz", gzip(&plain)?)] {
        let path = out.join(format!("{index}.{suffix}"));
        let smaller = bytes.len() < plain.len();
        fs::write(&path, if smaller { bytes } else { Vec::new() })?;
        forms.push(path);
    }
    let includes: Vec<_> = forms
        .iter()
        .map(|path| format!("include_bytes!({path:?})"))
        .collect();
    Ok(format!(
        "    ({:?}, {}),\n",
        name.to_string_lossy(),
        includes.join(", ")
    ))
}

fn brotli(plain: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 22);
    writer.write_all(plain)?;
    Ok(writer.into_inner())
}

fn gzip(plain: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(plain)?;
    writer.finish()
}
