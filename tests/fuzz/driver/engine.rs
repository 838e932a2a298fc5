//! Starting an engine and waiting for it.

use std::{
    fs::{self, File},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result};
use fuzz::{Found, MAX_INPUT_BYTES, Session, Target, corpus, regressions};

/// Seconds after which an input counts as one that hangs.
const HANG_SECONDS: u32 = 20;
/// What libFuzzer exits with after an input that hangs.
const HUNG: i32 = 70;
/// What libFuzzer exits with after an input that took all memory.
const OUT_OF_MEMORY: i32 = 71;

/// An engine to start.
pub(crate) struct Engine<'a> {
    pub(crate) program: &'a Path,
    pub(crate) target: &'static Target,
    /// Where it keeps inputs that reached new code.
    pub(crate) learned: PathBuf,
    /// Where it says what it does.
    pub(crate) work: PathBuf,
    pub(crate) runs: u64,
    pub(crate) seed: u32,
}

/// How an engine ended.
pub(crate) enum Ending {
    /// After all its runs.
    Done,
    /// In the middle of a run, of which this is to be said.
    Within(Found),
}

impl Engine<'_> {
    /// What it prints.
    pub(crate) fn log(&self) -> PathBuf {
        self.work.join("engine.log")
    }

    /// Runs it to its end.
    pub(crate) fn run(&self) -> Result<Ending> {
        for folder in [&self.work, &self.learned] {
            fs::create_dir_all(folder)?;
        }
        let log = File::create(self.log())?;
        let status = Command::new(self.program)
            .env(Session::TARGET, self.target.name)
            .env(Session::FOLDER, &self.work)
            .env(Session::RUNS, self.runs.to_string())
            // New inputs go into the first folder.
            .arg(&self.learned)
            .arg(corpus(self.target))
            .args(Some(regressions(self.target)).filter(|folder| folder.is_dir()))
            .arg(format!("-runs={}", self.runs))
            .arg(format!("-seed={}", self.seed))
            .arg(format!("-max_len={MAX_INPUT_BYTES}"))
            // Large inputs from the beginning: that is where time is lost.
            .arg("-len_control=0")
            // The mutator makes several changes at once by itself.
            .arg("-mutate_depth=2")
            .arg(format!("-timeout={HANG_SECONDS}"))
            .arg(format!("-artifact_prefix={}/", self.work.display()))
            .arg("-print_final_stats=1")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .status()
            .with_context(|| format!("{} cannot be started", self.program.display()))?;
        Ok(ending(status))
    }
}

fn ending(status: ExitStatus) -> Ending {
    match (status.code(), status.signal()) {
        (Some(0), _) => Ending::Done,
        (Some(HUNG), _) => Ending::Within(Found::Hang(HANG_SECONDS)),
        (Some(OUT_OF_MEMORY), _) => Ending::Within(Found::Death("out of memory".to_owned())),
        (Some(code), _) => Ending::Within(Found::Death(format!("exit {code}"))),
        (None, signal) => Ending::Within(Found::Death(format!(
            "signal {}",
            signal.unwrap_or_default()
        ))),
    }
}
