//! A server and people with bad connections to it.

use std::collections::{HashMap, VecDeque};

use flow::{Flow, apply};
use proptest::prelude::*;

use super::deeds::{Deed, deed};
use crate::{Effect, FromServer, Pending, testing::Person};

/// Orders edits, applies each once, and remembers them all.
struct Server {
    flow: Flow,
    log: Vec<Pending>,
    /// The place of each edit that was taken.
    taken: HashMap<String, u64>,
}

/// A person with what is on its way to the server and back.
struct Line {
    person: Person,
    up: VecDeque<Pending>,
    down: VecDeque<FromServer>,
    /// How many of the person's edits went into `up`.
    sent: usize,
}

pub(super) struct Network {
    server: Server,
    lines: Vec<Line>,
}

/// Something that happens; the number chooses the person.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Deed(u8, Deed),
    /// So many messages reach the server.
    Up(u8, u8),
    /// So many messages reach the person.
    Down(u8, u8),
    LoseUp(u8),
    LoseDown(u8),
    TwiceUp(u8),
    TwiceDown(u8),
    /// The connection breaks with all that is on its way, and is made again,
    /// with the missed edits or with the whole flow.
    Reconnect(u8, bool),
}

pub(super) fn event() -> impl Strategy<Value = Event> {
    let n = any::<u8>;
    prop_oneof![
        8 => (n(), deed()).prop_map(|(who, deed)| Event::Deed(who, deed)),
        6 => (n(), 1..4_u8).prop_map(|(who, count)| Event::Up(who, count)),
        6 => (n(), 1..6_u8).prop_map(|(who, count)| Event::Down(who, count)),
        1 => n().prop_map(Event::LoseUp),
        1 => n().prop_map(Event::LoseDown),
        1 => n().prop_map(Event::TwiceUp),
        1 => n().prop_map(Event::TwiceDown),
        1 => (n(), any::<bool>()).prop_map(|(who, resumes)| Event::Reconnect(who, resumes)),
    ]
}

impl Network {
    pub(super) fn of(people: usize, flow: Flow) -> Self {
        let line = |number| Line {
            person: Person::named(&format!("p{number}"), flow.clone(), 0),
            up: VecDeque::new(),
            down: VecDeque::new(),
            sent: 0,
        };
        Self {
            lines: (0..people).map(line).collect(),
            server: Server {
                flow,
                log: Vec::new(),
                taken: HashMap::new(),
            },
        }
    }

    pub(super) fn flow(&self) -> &Flow {
        &self.server.flow
    }

    pub(super) fn seq(&self) -> u64 {
        self.server.log.len() as u64
    }

    pub(super) fn people(&self) -> impl Iterator<Item = &Person> {
        self.lines.iter().map(|line| &line.person)
    }

    /// The person takes back all that can be taken back.
    pub(super) fn undo_everything_of(&mut self, who: usize) {
        while self.lines[who].person.editor.can_undo().is_some() {
            self.lines[who].person.keys("Mod+z");
            self.send(who);
        }
    }

    /// Puts what the person has done on its way.
    fn send(&mut self, who: usize) {
        let line = &mut self.lines[who];
        line.up
            .extend(line.person.outbox[line.sent..].iter().cloned());
        line.sent = line.person.outbox.len();
    }

    pub(super) fn step(&mut self, event: Event) {
        let people = self.lines.len();
        let chosen = |who: u8| usize::from(who) % people;
        match event {
            Event::Deed(who, deed) => {
                deed.run(&mut self.lines[chosen(who)].person);
                self.send(chosen(who));
            }
            Event::Up(who, count) => (0..count).for_each(|_| self.deliver_up(chosen(who))),
            Event::Down(who, count) => (0..count).for_each(|_| self.deliver_down(chosen(who))),
            Event::LoseUp(who) => _ = self.lines[chosen(who)].up.pop_front(),
            Event::LoseDown(who) => _ = self.lines[chosen(who)].down.pop_front(),
            Event::TwiceUp(who) => twice(&mut self.lines[chosen(who)].up),
            Event::TwiceDown(who) => twice(&mut self.lines[chosen(who)].down),
            Event::Reconnect(who, resumes) => self.reconnect(chosen(who), resumes),
        }
    }

    fn deliver_up(&mut self, who: usize) {
        let Some(Pending { id, transaction }) = self.lines[who].up.pop_front() else {
            return;
        };
        if let Some(&seq) = self.server.taken.get(&id) {
            let again = FromServer::Acknowledged { id, seq };
            self.lines[who].down.push_back(again);
            return;
        }
        if let Err(refused) = apply(&mut self.server.flow, &transaction) {
            let reason = refused.to_string();
            let refusal = FromServer::Refused { id, reason };
            self.lines[who].down.push_back(refusal);
            return;
        }
        self.server.log.push(Pending {
            id: id.clone(),
            transaction: transaction.clone(),
        });
        let seq = self.seq();
        self.server.taken.insert(id.clone(), seq);
        for (number, line) in self.lines.iter_mut().enumerate() {
            line.down.push_back(if number == who {
                FromServer::Acknowledged {
                    id: id.clone(),
                    seq,
                }
            } else {
                FromServer::Applied {
                    seq,
                    transaction: transaction.clone(),
                    author: format!("p{who}"),
                }
            });
        }
    }

    fn deliver_down(&mut self, who: usize) {
        let Some(message) = self.lines[who].down.pop_front() else {
            return;
        };
        let update = self.lines[who].person.receive(message);
        if update.effects.contains(&Effect::Resync) {
            self.reconnect(who, false);
        }
    }

    fn reconnect(&mut self, who: usize, resumes: bool) {
        let whole = FromServer::Welcome {
            seq: self.seq(),
            flow: Box::new(self.server.flow.clone()),
        };
        let line = &mut self.lines[who];
        line.up.clear();
        line.down.clear();
        if resumes {
            let since = line.person.editor.seq();
            let missed = (1..).zip(&self.server.log).filter(|(seq, _)| *seq > since);
            let waits = |id: &str| line.person.editor.unacknowledged().any(|own| own.id == id);
            let told = missed.map(|(seq, Pending { id, transaction })| {
                if waits(id) {
                    FromServer::Acknowledged {
                        id: id.clone(),
                        seq,
                    }
                } else {
                    FromServer::Applied {
                        seq,
                        transaction: transaction.clone(),
                        author: "somebody".into(),
                    }
                }
            });
            line.down.extend(told);
        } else {
            line.down.push_back(whole);
        }
        line.up.extend(line.person.editor.unacknowledged().cloned());
        line.sent = line.person.outbox.len();
    }

    /// Connections get better: everything reaches everybody.
    pub(super) fn settle(&mut self) {
        for who in 0..self.lines.len() {
            self.reconnect(who, who.is_multiple_of(2));
        }
        while self
            .lines
            .iter()
            .any(|line| !line.up.is_empty() || !line.down.is_empty())
        {
            for who in 0..self.lines.len() {
                self.deliver_up(who);
                self.deliver_down(who);
            }
        }
    }
}

fn twice<T: Clone>(queue: &mut VecDeque<T>) {
    if let Some(first) = queue.front().cloned() {
        queue.push_front(first);
    }
}
