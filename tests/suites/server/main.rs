//! Suites of people without a browser, on the real server with its real
//! database.

mod batches;
mod clicks;
mod convergence;
mod designer;
mod history;
mod interrupted;
mod interrupted_saved;
mod kills;
mod many_flows;
mod publish_faults;
mod publishing;
mod side_by_side;
