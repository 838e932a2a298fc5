//! One engine at work on one target.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    Candidate, Current, Found, MAX_INPUT_BYTES, Outcome, Record, Report, Run, Target, Vocabulary,
};

/// The file that names what an engine did.
const REPORT: &str = "report.json";
/// How often the report is rewritten though nothing was found.
const RUNS_PER_REPORT: u64 = 512;

/// Of how many inputs that are refused one is gone on from. What comes of such
/// an input is mostly refused, too, and gets no further.
const REFUSED_PER_KEPT: usize = 8;

/// Of how many changes one may make an input as large as it can be. Large ones
/// are where time is lost, and small ones are done in much less of it.
const CHANGES_PER_LARGE: u32 = 16;
/// How large an input grows by other changes.
const SMALL_BYTES: usize = 4 * 1024;

/// What an engine knows.
pub struct Session {
    target: &'static Target,
    folder: PathBuf,
    current: Current,
    /// The run that is the last one.
    last: u64,
    report: Report,
    vocabulary: Vocabulary,
}

impl Session {
    /// The environment variable that names the target.
    pub const TARGET: &'static str = "FUZZ_TARGET";
    /// The environment variable that names the folder to write into.
    pub const FOLDER: &'static str = "FUZZ_FOLDER";
    /// The environment variable that says how many runs there will be.
    pub const RUNS: &'static str = "FUZZ_RUNS";

    /// The session that the environment asks for.
    pub fn from_environment() -> anyhow::Result<Self> {
        let variable = |name| std::env::var(name).with_context(|| format!("{name} is not set"));
        let name = variable(Self::TARGET)?;
        let target = Target::named(&name).with_context(|| format!("no target is named {name}"))?;
        let last = variable(Self::RUNS)?.parse()?;
        Self::new(target, variable(Self::FOLDER)?.into(), last)
    }

    /// A session that writes what it finds into a folder.
    pub fn new(target: &'static Target, folder: PathBuf, last: u64) -> anyhow::Result<Self> {
        fs::create_dir_all(&folder)?;
        let mut vocabulary = Vocabulary::default();
        for file in crate::inputs(&crate::corpus(target))? {
            vocabulary.learn(&fs::read(file)?);
        }
        Ok(Self {
            target,
            current: Current::create(&folder)?,
            folder,
            last,
            report: Report::default(),
            vocabulary,
        })
    }

    /// Runs an input. Says whether it is one to go on from.
    pub fn run(&mut self, input: &[u8]) -> io::Result<bool> {
        self.current.note(input)?;
        let run = self.target.measure(input);
        self.report.count(&run);
        let is_worth =
            run.outcome != Ok(Outcome::Refused) || input.len().is_multiple_of(REFUSED_PER_KEPT);
        let is_record =
            run.cpu() > self.report.cpu() || run.growth_bytes() > self.report.growth_bytes();
        let mut is_news = false;
        if is_record || !Found::all_in(&run).is_empty() {
            let run = self.target.measure_again(input, run);
            is_news |= self.keep_records(input, &run)?;
            for found in Found::all_in(&run) {
                is_news |= self.keep(input, found)?;
            }
        }
        let runs = self.report.runs;
        if is_news || runs.is_multiple_of(RUNS_PER_REPORT) || runs == self.last {
            self.write_report()?;
        }
        Ok(is_worth)
    }

    /// Changes the input at the beginning of the buffer into another one; gives
    /// how long that is. `raw` changes bytes without knowing what they mean.
    pub fn mutate(
        &self,
        buffer: &mut [u8],
        size: usize,
        max_size: usize,
        seed: u32,
        raw: impl FnMut(&mut [u8], usize, usize) -> usize,
    ) -> usize {
        let is_large = seed.is_multiple_of(CHANGES_PER_LARGE);
        let wanted = if is_large {
            MAX_INPUT_BYTES
        } else {
            size.max(SMALL_BYTES)
        };
        let max_size = max_size.min(wanted);
        let mutator = &self.target.mutator;
        mutator.mutate(&self.vocabulary, buffer, size, max_size, seed, raw)
    }

    /// What it did so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What a session wrote into a folder of what it did; none where it had no
    /// time to.
    pub fn report_in(folder: &Path) -> io::Result<Option<Report>> {
        match fs::read(folder.join(REPORT)) {
            Ok(text) => Ok(Some(serde_json::from_slice(&text)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn keep_records(&mut self, input: &[u8], run: &Run) -> io::Result<bool> {
        let mut is_news = false;
        let slowest = run.slowest().filter(|stage| stage.cpu > self.report.cpu());
        if let Some(stage) = slowest {
            let file = format!("slowest.{}", self.target.extension);
            fs::write(self.folder.join(&file), input)?;
            let stage = stage.clone();
            self.report.slowest = Some(Record { stage, file });
            is_news = true;
        }
        let limit = self.report.growth_bytes();
        if let Some(stage) = run.greatest().filter(|stage| stage.growth_bytes > limit) {
            let file = format!("greatest.{}", self.target.extension);
            fs::write(self.folder.join(&file), input)?;
            let stage = stage.clone();
            self.report.greatest = Some(Record { stage, file });
            is_news = true;
        }
        Ok(is_news)
    }

    /// Keeps what may be a breach, of those with one name the worst.
    fn keep(&mut self, input: &[u8], found: Found) -> io::Result<bool> {
        let candidates = &mut self.report.candidates;
        let name = found.name();
        let same = candidates.iter().position(|kept| kept.found.name() == name);
        if let Some(same) = same.and_then(|index| candidates.get(index))
            && !found.is_worse(input.len(), same)
        {
            return Ok(false);
        }
        let candidate = Candidate {
            file: format!("{name}.{}", self.target.extension),
            bytes: input.len(),
            found,
        };
        fs::write(self.folder.join(&candidate.file), input)?;
        match same.and_then(|index| candidates.get_mut(index)) {
            Some(same) => *same = candidate,
            None => candidates.push(candidate),
        }
        Ok(true)
    }

    /// Rewrites the report, so that whoever reads it finds the whole of one.
    fn write_report(&self) -> io::Result<()> {
        let half = self.folder.join("report.half");
        fs::write(&half, serde_json::to_vec_pretty(&self.report)?)?;
        fs::rename(half, self.folder.join(REPORT))
    }
}
