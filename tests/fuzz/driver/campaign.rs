//! All runs of one target.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use fuzz::{Candidate, Current, Found, Report, Run, Session, Target, regressions};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{
    engine::{Ending, Engine},
    judge,
};

/// How often an engine is started again after inputs that ended it.
const MOST_DEATHS: usize = 20;

/// What is fuzzed with.
pub(crate) struct Campaign {
    /// The engine's program.
    pub(crate) engine: PathBuf,
    /// Where engines work; what they learn stays there for the next time.
    pub(crate) folder: PathBuf,
    /// How often each target is run.
    pub(crate) runs: u64,
    /// Where the search begins.
    pub(crate) seed: u32,
}

/// What came out of a target's runs.
pub(crate) struct Outcome {
    /// What the engines counted.
    pub(crate) report: Report,
    /// The slowest input, measured without instrumentation.
    pub(crate) slowest: Option<Measured>,
    /// The input that took the most memory, measured without instrumentation.
    pub(crate) greatest: Option<Measured>,
    /// The breaches that were confirmed.
    pub(crate) breaches: Vec<Breach>,
}

/// An input and what it took.
pub(crate) struct Measured {
    pub(crate) file: PathBuf,
    pub(crate) run: Run,
}

/// An input that does what none may.
pub(crate) struct Breach {
    /// What it does.
    pub(crate) found: Found,
    /// The regression that it was kept as.
    pub(crate) kept: PathBuf,
}

impl Campaign {
    /// Runs a target as often as was asked for.
    pub(crate) fn fuzz(&self, target: &'static Target) -> Result<Outcome> {
        // Processes that are started from here inherit it.
        let limit = Rlimit {
            current: Some(target.stack_bytes),
            ..getrlimit(Resource::Stack)
        };
        setrlimit(Resource::Stack, limit)?;
        let folder = self.folder.join(target.name);
        let work = folder.join("work");
        remove(&work)?;
        let mut report = Report::default();
        for deaths in 0.. {
            if deaths > MOST_DEATHS {
                break;
            }
            let engine = Engine {
                program: &self.engine,
                target,
                learned: folder.join("corpus"),
                work: work.join(deaths.to_string()),
                runs: self.runs.saturating_sub(report.runs).max(1),
                seed: self.seed.wrapping_add(u32::try_from(deaths)?),
            };
            let ending = engine.run()?;
            let mut other = Session::report_in(&engine.work)?.unwrap_or_default();
            if let Ending::Within(found) = &ending {
                other.runs += 1;
                other.candidates.push(last_input(&engine, found)?);
            }
            let within = engine.work;
            for candidate in &mut other.candidates {
                candidate.file = path(&within, &candidate.file);
            }
            let records = [&mut other.slowest, &mut other.greatest];
            for record in records.into_iter().flatten() {
                record.file = path(&within, &record.file);
            }
            report.add(other);
            if matches!(ending, Ending::Done) || report.runs >= self.runs {
                break;
            }
        }
        let measured = |file: Option<&String>| -> Result<Option<Measured>> {
            let Some(file) = file else { return Ok(None) };
            let file = PathBuf::from(file);
            Ok(judge::measure(target, &file)?
                .ok()
                .map(|run| Measured { file, run }))
        };
        let slowest = measured(report.slowest.as_ref().map(|record| &record.file))?;
        let greatest = measured(report.greatest.as_ref().map(|record| &record.file))?;
        let mut breaches: Vec<Breach> = Vec::new();
        for candidate in &report.candidates {
            let Some(found) = judge::confirmed(target, candidate)? else {
                continue;
            };
            if breaches
                .iter()
                .any(|other| other.found.name() == found.name())
            {
                continue;
            }
            let kept = keep(target, &found, Path::new(&candidate.file))?;
            breaches.push(Breach { found, kept });
        }
        Ok(Outcome {
            report,
            slowest,
            greatest,
            breaches,
        })
    }
}

fn path(folder: &Path, file: &str) -> String {
    folder.join(file).to_string_lossy().into_owned()
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The input that an engine was at when it ended.
fn last_input(engine: &Engine<'_>, found: &Found) -> Result<Candidate> {
    let Some(input) = Current::read(&engine.work)? else {
        bail!(
            "the engine {found} before its first input; {} says more",
            engine.log().display()
        );
    };
    let file = format!("last.{}", engine.target.extension);
    fs::write(engine.work.join(&file), &input)?;
    Ok(Candidate {
        found: found.clone(),
        file,
        bytes: input.len(),
    })
}

/// Keeps an input as a regression, unless there is one of the same breach.
fn keep(target: &Target, found: &Found, input: &Path) -> Result<PathBuf> {
    let folder = regressions(target);
    fs::create_dir_all(&folder)?;
    let name = found.name();
    for number in 1.. {
        let kept = folder.join(format!("{name}-{number}.{}", target.extension));
        if !kept.exists() {
            fs::copy(input, &kept)?;
            return Ok(kept);
        }
        if judge::is_same(target, &kept, found)? {
            return Ok(kept);
        }
    }
    bail!("there is no name left for a regression")
}
