//! What the server holds in memory.

use api::{FlowSummary, Import};
use tests::{Context, OpenFlow, Person, Result, Server, bail};

use crate::{Figure, drawing};

/// Resident memory with somebody signed in, and with a large flow open.
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let server = Server::start().await?;
    let started = resident_mebibytes(&server)?;
    let person = Person::demonstration(&server).await?;
    let signed_in = resident_mebibytes(&server)?;
    let flow = drawing::on_a_grid();
    let nodes = flow.nodes.len();
    let text = drawing::file(flow)?;
    let made: FlowSummary = person.post("/api/flows/import", &Import { text }).await?;
    let open = OpenFlow::open(&person, &made.id, "bench").await?;
    let with_flow = resident_mebibytes(&server)?;
    drop(open);
    Ok(vec![
        Figure::new("server memory after start (resident)", started, "MiB"),
        Figure::new("server memory after a sign-in", signed_in, "MiB"),
        Figure::new(
            format!("server memory, flow of {nodes} nodes open"),
            with_flow,
            "MiB",
        ),
    ])
}

fn resident_mebibytes(server: &Server) -> Result<f64> {
    let process = server.process_id().context("the server ended")?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    for line in status.lines() {
        if let Some(rest) = line.strip_prefix("VmRSS:") {
            let kibibytes: f64 = rest.trim().trim_end_matches(" kB").parse()?;
            return Ok(kibibytes / 1024.0);
        }
    }
    bail!("the kernel does not tell the memory of process {process}")
}
