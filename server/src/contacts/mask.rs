//! Who sees personal data, and what the others see in its place. Decided here
//! and nowhere else.

use api::{ContactFields, Right, Role};
use flow::contact::Channel;

/// How much of personal data a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// All of it.
    Full,
    /// Enough to tell two contacts apart.
    Masked,
}

const HIDDEN: &str = "•••";
/// Digits at the end of a number that stay.
const DIGITS_SHOWN: usize = 2;

impl Sight {
    /// What a role sees.
    pub(super) fn of(role: Role) -> Self {
        if role.may(Right::SeePersonalData) {
            Self::Full
        } else {
            Self::Masked
        }
    }

    /// A name: its initials.
    pub(super) fn name(self, name: &str) -> String {
        if self == Self::Full {
            return name.to_owned();
        }
        let words = name.split_whitespace();
        let initials = words.filter_map(|word| Some(format!("{}•••", word.chars().next()?)));
        initials.collect::<Vec<_>>().join(" ")
    }

    /// The address of a channel: the end of a number, the domain of a mail
    /// address.
    pub(super) fn address(self, channel: Channel, address: &str) -> String {
        if self == Self::Full || address.is_empty() {
            return address.to_owned();
        }
        match (channel, address.rsplit_once('@')) {
            (Channel::Voice | Channel::Sms, _) => {
                let from = address.char_indices().rev().nth(DIGITS_SHOWN - 1);
                let shown = from.and_then(|(from, _)| address.get(from..));
                format!("{HIDDEN}{}", shown.unwrap_or_default())
            }
            (Channel::Email, Some((local, domain))) => {
                let first: String = local.chars().take(1).collect();
                format!("{first}{HIDDEN}@{domain}")
            }
            _ => HIDDEN.to_owned(),
        }
    }

    /// A text that may say anything.
    pub(super) fn text(self, text: &str) -> String {
        if self == Self::Full || text.is_empty() {
            text.to_owned()
        } else {
            HIDDEN.to_owned()
        }
    }

    /// All of a contact. Its id stays: whoever gave it chose one that may be
    /// read.
    pub(super) fn fields(self, mut fields: ContactFields) -> ContactFields {
        fields.name = self.name(&fields.name);
        for (channel, address) in [
            (Channel::Voice, &mut fields.voice),
            (Channel::Sms, &mut fields.sms),
            (Channel::Email, &mut fields.email),
            (Channel::Chat, &mut fields.chat),
        ] {
            *address = self.address(channel, address);
        }
        fields.initial_message = self.text(&fields.initial_message);
        for entry in &mut fields.metadata {
            entry.value = self.text(&entry.value);
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_contact_tells_neither_name_nor_address() {
        let masked = Sight::Masked;
        assert_eq!(masked.name("Acme Corp Support"), "A••• C••• S•••");
        for (channel, address, shown) in [
            (Channel::Voice, "+15551234567", "•••67"),
            (Channel::Sms, "+15551234567", "•••67"),
            (Channel::Email, "support@acme.com", "s•••@acme.com"),
            (Channel::Email, "support", "•••"),
            (Channel::Chat, "@acme", "•••"),
            (Channel::Chat, "", ""),
        ] {
            assert_eq!(masked.address(channel, address), shown);
            assert_eq!(Sight::Full.address(channel, address), address);
        }
        assert_eq!(masked.text("Hello Ann"), "•••");
    }

    #[test]
    fn publishers_and_administrators_see_everything() {
        for (role, sight) in [
            (Role::Viewer, Sight::Masked),
            (Role::Editor, Sight::Masked),
            (Role::Auditor, Sight::Masked),
            (Role::Publisher, Sight::Full),
            (Role::Administrator, Sight::Full),
        ] {
            assert_eq!(Sight::of(role), sight, "{role:?}");
        }
    }
}
