//! Live editing: one room per open flow, one task per room. The room holds the
//! flow in memory, orders the edits, and tells everybody of them once they are
//! on the disk.

mod content;
mod mailbox;
mod members;
mod outbox;
mod room;
pub(crate) mod socket;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use store::Store;
use tokio::sync::mpsc;

pub(crate) use content::Reading;
pub(crate) use mailbox::{Answer, NoRoom, Submission};
pub(crate) use socket::open_socket;

use crate::{app::Life, places::Places};
use mailbox::Message;
use room::Room;

/// Messages that wait for a room; who sends more waits too.
const MAILBOX: usize = 256;

/// Sockets that one person may have open.
pub(crate) const SOCKETS_PER_ACCOUNT: usize = 10;

/// The rooms that are open.
#[derive(Clone)]
pub(crate) struct Rooms {
    store: Arc<dyn Store>,
    life: Life,
    open: Arc<Mutex<HashMap<String, mpsc::Sender<Message>>>>,
    places: Places<String>,
}

impl Rooms {
    pub(crate) fn new(store: Arc<dyn Store>, life: Life) -> Self {
        Self {
            store,
            life,
            open: Arc::default(),
            places: Places::new(SOCKETS_PER_ACCOUNT),
        }
    }

    /// The way into a flow's room, which is opened when it is not.
    fn door(&self, flow_id: &str) -> mpsc::Sender<Message> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(door) = open.get(flow_id)
            && !door.is_closed()
        {
            return door.clone();
        }
        let (door, mailbox) = mpsc::channel(MAILBOX);
        open.insert(flow_id.to_owned(), door.clone());
        let room = Room::new(flow_id.to_owned(), self.clone(), mailbox);
        // A panic in one room ends its task only; its members notice that
        // their outboxes close.
        self.life.tasks.spawn(room.run());
        door
    }

    /// Forgets a room that nobody is writing to; `false` when somebody is.
    fn leave(&self, flow_id: &str, mailbox: &mut mpsc::Receiver<Message>) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        // Doors are handed out under this lock alone: with none but the list's
        // own left and nothing in the mailbox, nothing can come in any more.
        let unused = mailbox.is_empty() && mailbox.sender_strong_count() <= 1;
        if unused {
            mailbox.close();
            open.remove(flow_id);
        }
        unused
    }
}
