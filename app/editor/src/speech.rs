//! What is waiting to be said to people who listen. A screen reader reads each
//! sentence to its end, so that whoever holds an arrow key down must not be
//! read every row that they pass.

use flow::Sort as _;

/// What a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What was done or is wrong: each is said.
    Deed,
    /// How things stand, such as the zoom: only the newest is said.
    State,
    /// Where one is: only the newest is said, and last.
    Place,
}

/// Sentences that have not been said yet.
#[derive(Clone, Debug, Default)]
pub struct Speech {
    waiting: Vec<(Topic, String)>,
}

/// Of so many deeds at once the oldest are left out.
const MOST_DEEDS: usize = 3;

impl Speech {
    /// Adds a sentence.
    pub fn add(&mut self, topic: Topic, sentence: String) {
        if sentence.is_empty() {
            return;
        }
        match topic {
            Topic::State | Topic::Place => self.waiting.retain(|(other, _)| *other != topic),
            // Saying the same again says nothing.
            // How things stood before is over.
            Topic::Deed => self
                .waiting
                .retain(|(other, said)| *said != sentence && *other != Topic::State),
        }
        self.waiting.push((topic, sentence));
        let deeds = self.waiting.iter().filter(|(of, _)| *of == Topic::Deed);
        if deeds.count() > MOST_DEEDS
            && let Some(oldest) = self.waiting.iter().position(|(of, _)| *of == Topic::Deed)
        {
            self.waiting.remove(oldest);
        }
    }

    /// Takes everything that waits, as one text; none where nothing does.
    pub fn take(&mut self) -> Option<String> {
        let mut waiting = std::mem::take(&mut self.waiting);
        // Stable: deeds stay in the order in which they were done.
        waiting.order_by_key(|(topic, _)| *topic);
        let sentences: Vec<String> = waiting.into_iter().map(|(_, said)| said).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Speech, Topic};

    fn said(sentences: &[(Topic, &str)]) -> Option<String> {
        let mut speech = Speech::default();
        for (topic, sentence) in sentences {
            speech.add(*topic, (*sentence).to_owned());
        }
        speech.take()
    }

    #[test]
    fn of_places_and_states_only_the_newest_is_said_and_of_deeds_each() {
        let sentences = [
            (Topic::Place, "Start."),
            (Topic::Deed, "Deleted Split, 2 connections."),
            (Topic::State, "Zoom 110%."),
            (Topic::Place, "End."),
            (Topic::Deed, "Undone: Delete Split."),
            (Topic::State, "Zoom 120%."),
        ];
        let expected = "Deleted Split, 2 connections. Undone: Delete Split. Zoom 120%. End.";
        assert_eq!(said(&sentences).as_deref(), Some(expected));
    }

    #[test]
    fn how_things_stood_before_a_deed_is_not_said_after_it() {
        let sentences = [
            (Topic::State, "Nothing is selected."),
            (Topic::Deed, "Added a note."),
        ];
        assert_eq!(said(&sentences).as_deref(), Some("Added a note."));
    }

    #[test]
    fn of_many_deeds_at_once_the_last_three_are_said_and_none_twice() {
        let deeds = ["One.", "Two.", "Two.", "Three.", "Four."];
        let sentences: Vec<_> = deeds.iter().map(|deed| (Topic::Deed, *deed)).collect();
        assert_eq!(said(&sentences).as_deref(), Some("Two. Three. Four."));
    }

    #[test]
    fn what_was_taken_is_not_said_again() {
        let mut speech = Speech::default();
        speech.add(Topic::Deed, "Moved set.".to_owned());
        assert_eq!(speech.take().as_deref(), Some("Moved set."));
        assert_eq!(speech.take(), None);
        assert_eq!(said(&[(Topic::Deed, "")]), None);
    }
}
