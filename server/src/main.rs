//! The `patchbay` binary.

mod logs;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};
use server::{
    cli::{
        AuditArgs, CheckArgs, DiffArgs, FmtArgs, GenerateArgs, ImportArgs, MergeArgs, RulesArgs,
    },
    config::ServeArgs,
    serve::{self, Running},
};
use tokio::signal::unix::{SignalKind, signal};

/// Draw Genesys Cloud flows, check them, and publish them.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve(Box<ServeArgs>),
    /// Read a document in any known format and write Patchbay's own.
    Import(ImportArgs),
    /// Say what is wrong with flows, data actions and contacts.
    Check(CheckArgs),
    /// Write what would be sent.
    Generate(GenerateArgs),
    /// Say what differs between two flows.
    Diff(DiffArgs),
    /// Bring together two flows that descend from one.
    Merge(MergeArgs),
    /// Write a document as Patchbay writes it.
    Fmt(FmtArgs),
    /// List everything that is checked.
    Rules(RulesArgs),
    /// Look at the audit log of a data directory.
    Audit(AuditArgs),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(args) => run(*args),
        Command::Import(args) => args.run(),
        Command::Check(args) => args.run(),
        Command::Generate(args) => args.run(),
        Command::Diff(args) => args.run(),
        Command::Merge(args) => args.run(),
        Command::Fmt(args) => args.run(),
        Command::Rules(args) => args.run(),
        Command::Audit(args) => args.run(),
    }
}

/// Runs the server to its end.
fn run(args: ServeArgs) -> ExitCode {
    logs::start();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(serve_until_signal(args)),
        Err(error) => Err(format!("no threads could be started: {error}")),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            say(&mut std::io::stderr(), &format!("patchbay: {reason}"));
            ExitCode::FAILURE
        }
    }
}

async fn serve_until_signal(args: ServeArgs) -> Result<(), String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| words(&error))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| words(&error))?;
    let running: Running = serve::start(args).await.map_err(|error| words(&error))?;
    for line in running.lines() {
        say(&mut std::io::stdout(), line);
    }
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    running.until(stop).await.map_err(|error| words(&error))
}

/// Says a line at once. A closed pipe is no reason to stop serving.
fn say(to: &mut dyn Write, line: &str) {
    let said = writeln!(to, "{line}").and_then(|()| to.flush());
    if let Err(error) = said {
        tracing::debug!(%error, "nobody reads what is said");
    }
}
