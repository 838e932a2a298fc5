//! Whether what an engine found is a breach without instrumentation, too.

use std::{
    env,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use fuzz::{Candidate, Found, Run, Target};

/// How long an input may take to be measured before it counts as hanging.
const PATIENCE_SECONDS: u32 = 60;

/// Measures an input in a process of its own; gives what is to be said of that
/// where it did not end well.
pub(crate) fn measure(target: &Target, file: &Path) -> Result<Result<Run, Found>> {
    let mut child = Command::new(env::current_exe()?)
        .args(["try", target.name])
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let Some(status) = wait(&mut child)? else {
        return Ok(Err(Found::Hang(PATIENCE_SECONDS)));
    };
    match (status.code(), status.signal()) {
        (Some(0), _) => {
            // A few stages: less than what a pipe holds.
            let answer = child.stdout.take().context("there is no answer")?;
            Ok(Ok(serde_json::from_reader(answer)?))
        }
        (_, Some(signal)) => Ok(Err(Found::Death(format!("signal {signal}")))),
        (code, None) => bail!("{} could not be measured (exit {code:?})", file.display()),
    }
}

/// Waits for a process; ends it and gives none when that takes too long.
fn wait(child: &mut Child) -> Result<Option<ExitStatus>> {
    let end = Instant::now() + Duration::from_secs(PATIENCE_SECONDS.into());
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        sleep(Duration::from_millis(5));
    }
}

/// What an input does that it must not; none when instrumentation alone made
/// it slow, or a machine that stood still.
pub(crate) fn confirmed(target: &Target, candidate: &Candidate) -> Result<Option<Found>> {
    let run = match measure(target, Path::new(&candidate.file))? {
        Ok(run) => run,
        Err(found) => return Ok(Some(found)),
    };
    let name = candidate.found.name();
    let mut all = Found::all_in(&run);
    if let Some(same) = all.iter().position(|found| found.name() == name) {
        return Ok(Some(all.swap_remove(same)));
    }
    Ok(match &candidate.found {
        Found::Slow(_) | Found::Growth(_) | Found::Hang(_) => None,
        // It happened, so that it is told of even where it does not repeat.
        Found::Panic(_) | Found::Death(_) => Some(candidate.found.clone()),
    })
}

/// Whether an input does the same as another one.
pub(crate) fn is_same(target: &Target, file: &Path, found: &Found) -> Result<bool> {
    Ok(match measure(target, file)? {
        Ok(run) => Found::all_in(&run)
            .iter()
            .any(|other| other.name() == found.name()),
        Err(other) => other.name() == found.name(),
    })
}
