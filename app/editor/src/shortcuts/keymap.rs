//! Which keys do what, with what a person changed.

use super::{Chord, SHORTCUTS, Shortcut};

/// The keys that a person chose instead of those of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// By the shortcut's id. None where no keys do it.
    chosen: Vec<(&'static str, Option<Chord>)>,
}

impl Keymap {
    /// What was remembered: a line `id chord` for each change, or the id alone
    /// where no keys do it. What the table no longer has is left out.
    pub fn remembered(text: &str) -> Self {
        let mut keymap = Self::default();
        for line in text.lines() {
            let (id, chord) = line.split_once(' ').unwrap_or((line, ""));
            if let Some(shortcut) = SHORTCUTS.iter().find(|shortcut| shortcut.id == id) {
                let chord = (!chord.is_empty()).then(|| Chord::written(chord));
                keymap.choose(shortcut, chord);
            }
        }
        keymap
    }

    /// What to remember; nothing where nothing was changed.
    pub fn to_remember(&self) -> String {
        let mut text = String::new();
        for (id, chord) in &self.chosen {
            text.push_str(id);
            if let Some(chord) = chord {
                text.push(' ');
                text.push_str(chord.as_str());
            }
            text.push('\n');
        }
        text
    }

    /// Lets these keys do it, or none. One that is fixed stays as it is.
    pub fn choose(&mut self, shortcut: &Shortcut, chord: Option<Chord>) {
        if shortcut.is_fixed {
            return;
        }
        self.reset(shortcut);
        if self.chords(shortcut) != chord.as_slice() {
            self.chosen.push((shortcut.id, chord));
        }
    }

    /// Goes back to the keys of the table.
    pub fn reset(&mut self, shortcut: &Shortcut) {
        self.chosen.retain(|(id, _)| *id != shortcut.id);
    }

    /// Whether a person chose other keys for it.
    pub fn is_changed(&self, shortcut: &Shortcut) -> bool {
        self.chosen.iter().any(|(id, _)| *id == shortcut.id)
    }

    /// The keys that do it.
    pub fn chords(&self, shortcut: &Shortcut) -> Vec<Chord> {
        match self.chosen.iter().find(|(id, _)| *id == shortcut.id) {
            Some((_, chosen)) => chosen.iter().cloned().collect(),
            None => shortcut
                .chords
                .iter()
                .map(|text| Chord::written(text))
                .collect(),
        }
    }

    /// What these keys do.
    pub fn shortcut(&self, chord: &Chord) -> Option<&'static Shortcut> {
        let chosen = self
            .chosen
            .iter()
            .find(|(_, chosen)| chosen.as_ref() == Some(chord));
        SHORTCUTS.iter().find(|shortcut| match chosen {
            // What a person chose comes before what the table says.
            Some((id, _)) => shortcut.id == *id,
            None => !self.is_changed(shortcut) && shortcut.chords.contains(&chord.as_str()),
        })
    }

    /// What else these keys would do, were they chosen for a shortcut.
    pub fn conflict(&self, shortcut: &Shortcut, chord: &Chord) -> Option<&'static Shortcut> {
        self.shortcut(chord).filter(|other| other.id != shortcut.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str) -> &'static Shortcut {
        SHORTCUTS.iter().find(|shortcut| shortcut.id == id).unwrap()
    }

    fn does(keymap: &Keymap, chord: &str) -> Option<&'static str> {
        keymap
            .shortcut(&Chord::written(chord))
            .map(|shortcut| shortcut.id)
    }

    #[test]
    fn no_two_rows_of_the_table_share_keys_or_an_id() {
        let keymap = Keymap::default();
        for shortcut in SHORTCUTS {
            assert!(std::ptr::eq(row(shortcut.id), shortcut), "{}", shortcut.id);
            assert!(!shortcut.id.contains([' ', '\n']), "{}", shortcut.id);
            for chord in keymap.chords(shortcut) {
                assert_eq!(
                    keymap.conflict(shortcut, &chord).map(|other| other.id),
                    None
                );
                assert_eq!(does(&keymap, chord.as_str()), Some(shortcut.id));
            }
        }
    }

    #[test]
    fn keys_that_were_chosen_do_it_instead_of_those_of_the_table() {
        let mut keymap = Keymap::default();
        keymap.choose(row("quick-add"), Some(Chord::written("Mod+J")));
        assert_eq!(does(&keymap, "Mod+J"), Some("quick-add"));
        assert_eq!(does(&keymap, "N"), None);
        keymap.choose(row("quick-add"), None);
        assert_eq!(does(&keymap, "Mod+J"), None);
        assert_eq!(does(&keymap, "N"), None);
        assert!(keymap.chords(row("quick-add")).is_empty());
        keymap.reset(row("quick-add"));
        assert_eq!(keymap, Keymap::default());
        assert_eq!(does(&keymap, "N"), Some("quick-add"));
    }

    #[test]
    fn keys_that_do_something_else_are_a_conflict_and_win_once_they_are_chosen() {
        let mut keymap = Keymap::default();
        let c = Chord::written("C");
        let other = keymap.conflict(row("quick-add"), &c).map(|other| other.id);
        assert_eq!(other, Some("connect"));
        assert!(keymap.conflict(row("connect"), &c).is_none());
        keymap.choose(row("quick-add"), Some(c));
        assert_eq!(does(&keymap, "C"), Some("quick-add"));
    }

    #[test]
    fn choosing_what_the_table_says_is_no_change_and_what_is_fixed_stays() {
        let mut keymap = Keymap::default();
        keymap.choose(row("quick-add"), Some(Chord::written("N")));
        keymap.choose(row("escape"), Some(Chord::written("Q")));
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn what_is_remembered_comes_back_and_what_is_unknown_is_left_out() {
        let mut keymap = Keymap::default();
        keymap.choose(row("zoom-in"), Some(Chord::written("Mod+Shift++")));
        keymap.choose(row("rename"), None);
        let text = keymap.to_remember();
        assert_eq!(Keymap::remembered(&text), keymap);
        let odd = format!("gone Mod+Q\n\nescape Q\n{text}");
        assert_eq!(Keymap::remembered(&odd), keymap);
        assert_eq!(Keymap::default().to_remember(), "");
    }
}
