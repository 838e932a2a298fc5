//! One cell for each class of fault with the product's own limits, by the clock
//! on the wall: what the scaled clock of the whole table leaves open is whether
//! the true times fit together. All cells run at the same time.

mod breaker;
mod classes;
mod elsewhere;
mod rules;
mod table;

use std::pin::Pin;

use futures_util::future::join_all;

use self::{
    classes::{Class, classes},
    table::{Row, arrived_millis, heads},
};
use super::{
    acts::Subject,
    cell::cell,
    ways::{Act, Way, ways},
};
use crate::{
    house::{House, Person},
    organisation::Organisation,
};

type Running = Pin<Box<dyn Future<Output = Row> + Send>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_the_clock_on_the_wall_every_class_of_fault_keeps_the_rules() {
    let house = House::open_in_memory(|_| {}).await;
    let ada = house.administrator().await;
    // What costs time before the cells is done before all of them.
    let ready = classes().into_iter().map(|class| Ready::get(&ada, class));
    let mut cells: Vec<Running> = Vec::new();
    for ready in join_all(ready).await {
        cells.push(Box::pin(ready.tried()));
    }
    cells.push(Box::pin(elsewhere::nobody_listens(ada.clone())));
    cells.push(Box::pin(elsewhere::no_connection_stands(ada.clone())));
    cells.push(Box::pin(elsewhere::not_secure(ada.clone())));
    cells.push(Box::pin(breaker::opens(ada)));
    let rows = join_all(cells.into_iter().map(tokio::spawn)).await;
    let rows: Vec<Row> = rows.into_iter().map(|row| row.expect("a row")).collect();
    eprintln!("{}", heads());
    let mut wrong = Vec::new();
    for row in &rows {
        eprintln!("{row}");
        let told = row.wrong().into_iter();
        wrong.extend(told.map(|reason| format!("{} / {}: {reason}", row.class, row.way)));
    }
    eprintln!("{} classes of faults, at real scale", rows.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A class that can be tried, in an organisation of its own.
struct Ready {
    class: Class,
    way: Way,
    name: String,
    organisation: Organisation,
    base: Subject,
}

impl Ready {
    async fn get(ada: &Person, class: Class) -> Self {
        let way = way(class.way);
        let name = format!("{}: {}", class.trouble.name, way.name);
        let is_default = way.act == Act::ListActions;
        let organisation = Organisation::open(ada, &name, is_default).await;
        let base = organisation.set_up(way.act).await;
        Self {
            class,
            way,
            name,
            organisation,
            base,
        }
    }

    async fn tried(self) -> Row {
        let Self { class, way, .. } = self;
        let shown = cell(
            &self.organisation,
            &way,
            &class.trouble,
            &self.base,
            &self.name,
            class.over,
        )
        .await;
        let met = class.trouble.met_at(way.upstream);
        Row {
            class: class.trouble.name,
            way: way.name,
            bounds: class.bounds,
            arrived_millis: Some(arrived_millis(&shown.arrivals, met)),
            took: shown.took,
            holds: shown.holds,
        }
    }
}

/// The way of this name.
fn way(name: &str) -> Way {
    let all = ways();
    let way = all.iter().find(|way| way.name == name);
    *way.expect(name)
}
