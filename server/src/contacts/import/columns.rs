//! What each column of a file is.

use std::collections::HashSet;

use api::ColumnUse;
use flow::contact::{Channel, member};

use super::result::columns_of_result;

/// Names of columns, without case, blanks and hyphens, and what they are.
const KNOWN: &[(&str, ColumnUse)] = &[
    ("externalcontactid", ColumnUse::ExternalContactId),
    ("externalid", ColumnUse::ExternalContactId),
    ("contactid", ColumnUse::ExternalContactId),
    ("customerid", ColumnUse::ExternalContactId),
    ("customernumber", ColumnUse::ExternalContactId),
    ("id", ColumnUse::ExternalContactId),
    ("name", ColumnUse::Name),
    ("fullname", ColumnUse::Name),
    ("contactname", ColumnUse::Name),
    ("customername", ColumnUse::Name),
    ("company", ColumnUse::Name),
    ("voice", ColumnUse::Voice),
    ("phone", ColumnUse::Voice),
    ("phonenumber", ColumnUse::Voice),
    ("telephone", ColumnUse::Voice),
    ("tel", ColumnUse::Voice),
    ("sms", ColumnUse::Sms),
    ("mobile", ColumnUse::Sms),
    ("mobilephone", ColumnUse::Sms),
    ("mobilenumber", ColumnUse::Sms),
    ("cell", ColumnUse::Sms),
    ("cellphone", ColumnUse::Sms),
    ("email", ColumnUse::Email),
    ("emailaddress", ColumnUse::Email),
    ("mail", ColumnUse::Email),
    ("chat", ColumnUse::Chat),
    ("chataddress", ColumnUse::Chat),
    ("initialmessage", ColumnUse::InitialMessage),
    ("firstmessage", ColumnUse::InitialMessage),
    ("message", ColumnUse::InitialMessage),
    ("interactiondurationseconds", ColumnUse::Duration),
    ("durationseconds", ColumnUse::Duration),
    ("duration", ColumnUse::Duration),
];

/// What the name of a column of metadata begins with; without it, a column that
/// is not known is left out, since it may hold what nobody wants to send.
const METADATA: &str = "metadata.";

/// What the columns seem to be by their names, each thing once. What a result of
/// ours has beside the file's own columns is left out, also in the result of a
/// result.
pub(super) fn proposed(names: &[String]) -> Vec<ColumnUse> {
    let mut own = 0..names.len();
    while let Some(inside) = names.get(own.clone()).and_then(columns_of_result) {
        own = own.start + inside.start..own.start + inside.end;
    }
    let mut taken = Vec::new();
    let proposals = names.iter().enumerate().map(|(at, name)| {
        if !own.contains(&at) {
            return ColumnUse::Ignored;
        }
        if name.to_lowercase().starts_with(METADATA) {
            return ColumnUse::Metadata;
        }
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let plain = plain.to_lowercase();
        let known = KNOWN.iter().find(|(known, _)| *known == plain);
        match known.map(|(_, used_as)| *used_as) {
            Some(used_as) if !taken.contains(&used_as) => {
                taken.push(used_as);
                used_as
            }
            _ => ColumnUse::Ignored,
        }
    });
    proposals.collect()
}

/// What is wrong with the columns as a whole.
pub(super) fn problems(names: &[String], columns: &[ColumnUse]) -> Vec<String> {
    let mut problems = Vec::new();
    if columns.len() != names.len() {
        problems.push("Say of each column what it is, or that it is left out.".to_owned());
        return problems;
    }
    let count = |used_as| columns.iter().filter(|column| **column == used_as).count();
    for (used_as, words, is_needed) in [
        (ColumnUse::ExternalContactId, "the contact's id", true),
        (ColumnUse::Name, "the name", true),
        (ColumnUse::Voice, "the number for calls", false),
        (ColumnUse::Sms, "the number for text messages", false),
        (ColumnUse::Email, "the mail address", false),
        (ColumnUse::Chat, "the address for chats", false),
        (ColumnUse::InitialMessage, "the first message", false),
        (ColumnUse::Duration, "the duration", false),
    ] {
        match count(used_as) {
            0 if is_needed => {
                problems.push(format!("No column is {words}. Choose the one that is."));
            }
            0 | 1 => {}
            many => problems.push(format!(
                "{many} columns are {words}. Choose one, and leave the others out."
            )),
        }
    }
    let channels = [
        ColumnUse::Voice,
        ColumnUse::Sms,
        ColumnUse::Email,
        ColumnUse::Chat,
    ];
    if channels.into_iter().map(count).sum::<usize>() == 0 {
        problems.push(
            "No column is a number or an address. Choose one by which contacts can be reached."
                .to_owned(),
        );
    }
    let mut seen = HashSet::new();
    let metadata = names.iter().zip(columns);
    for (name, _) in metadata.filter(|(_, used_as)| **used_as == ColumnUse::Metadata) {
        let name = metadata_name(name);
        if !seen.insert(name) {
            problems.push(format!(
                "Two columns are the metadata “{}”. Rename one of them, or leave it out.",
                brief(name)
            ));
        }
    }
    problems
}

/// Characters of a column's name where it is repeated for each row.
const BRIEF: usize = 60;

/// The beginning of a column's name, enough to find it: what is said of ten
/// thousand rows repeats it.
pub(super) fn brief(name: &str) -> String {
    match name.char_indices().nth(BRIEF) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

/// The name under which a column's text goes into the metadata.
pub(super) fn metadata_name(name: &str) -> &str {
    match name.get(..METADATA.len()) {
        Some(prefix) if prefix.eq_ignore_ascii_case(METADATA) => {
            name.get(METADATA.len()..).unwrap_or_default()
        }
        _ => name,
    }
}

/// What a column is for a part of a contact; none for a contact as a whole.
pub(super) fn used_for(part: &str) -> Option<ColumnUse> {
    if let Some(channel) = Channel::from_name(part) {
        return Some(match channel {
            Channel::Voice => ColumnUse::Voice,
            Channel::Sms => ColumnUse::Sms,
            Channel::Email => ColumnUse::Email,
            Channel::Chat => ColumnUse::Chat,
        });
    }
    Some(match part {
        member::ID => ColumnUse::ExternalContactId,
        member::NAME => ColumnUse::Name,
        member::INITIAL_MESSAGE => ColumnUse::InitialMessage,
        member::DURATION => ColumnUse::Duration,
        member::METADATA => ColumnUse::Metadata,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn columns_are_known_by_their_names_and_each_thing_once() {
        let names = names(&[
            "Customer ID",
            "Full name",
            "Phone",
            "Tel.",
            "E-mail",
            "Shoe size",
            "metadata.region",
        ]);
        assert_eq!(
            proposed(&names),
            [
                ColumnUse::ExternalContactId,
                ColumnUse::Name,
                ColumnUse::Voice,
                ColumnUse::Ignored,
                ColumnUse::Email,
                ColumnUse::Ignored,
                ColumnUse::Metadata,
            ]
        );
        assert!(problems(&names, &proposed(&names)).is_empty());
        assert_eq!(metadata_name("Metadata.region"), "region");
        assert_eq!(metadata_name("Région"), "Région");
    }

    #[test]
    fn what_is_missing_or_doubled_is_said() {
        let names = names(&["a", "b", "c"]);
        use ColumnUse::{ExternalContactId, Ignored, Name, Voice};
        for (columns, count) in [
            (vec![ExternalContactId, Name, Voice], 0),
            (vec![ExternalContactId, Name, Ignored], 1),
            (vec![Ignored, Ignored, Ignored], 3),
            (vec![Voice, Voice, Name], 2),
            (vec![ExternalContactId], 1),
        ] {
            assert_eq!(problems(&names, &columns).len(), count, "{columns:?}");
        }
    }

    #[test]
    fn an_entry_of_metadata_comes_from_one_column() {
        use ColumnUse::{ExternalContactId, Metadata, Name, Voice};
        let columns = [ExternalContactId, Name, Voice, Metadata, Metadata];
        for (one, other, count) in [
            ("metadata.region", "Metadata.region", 1),
            ("metadata.region", "region", 1),
            ("metadata.region", "metadata.zone", 0),
        ] {
            let found = problems(&names(&["id", "name", "tel", one, other]), &columns);
            assert_eq!(found.len(), count, "{one} {other}: {found:?}");
        }
    }

    #[test]
    fn what_a_result_has_beside_the_files_own_columns_is_left_out() {
        use ColumnUse::{ExternalContactId, Ignored, InitialMessage, Name};
        for (list, used_as) in [
            (
                &["Row", "id", "name", "Outcome", "Message"] as &[_],
                vec![Ignored, ExternalContactId, Name, Ignored, Ignored],
            ),
            (
                &[
                    "Row", "Row", "id", "message", "Outcome", "Message", "Outcome", "Message",
                ],
                vec![
                    Ignored,
                    Ignored,
                    ExternalContactId,
                    InitialMessage,
                    Ignored,
                    Ignored,
                    Ignored,
                    Ignored,
                ],
            ),
            (&["Row", "Outcome", "Message"], vec![Ignored; 3]),
            // No result: then it is what it is called.
            (
                &["id", "Outcome", "Message"],
                vec![ExternalContactId, Ignored, InitialMessage],
            ),
        ] {
            assert_eq!(proposed(&names(list)), used_as, "{list:?}");
        }
    }

    #[test]
    fn a_name_is_cut_behind_sixty_characters_and_between_them() {
        for letter in ["a", "é", "語", "🙂"] {
            let name = |length: usize| letter.repeat(length);
            assert_eq!(brief(&name(59)), name(59));
            assert_eq!(brief(&name(60)), name(60), "it fits");
            assert_eq!(brief(&name(61)), format!("{}…", name(60)));
            assert_eq!(brief(&name(255)), format!("{}…", name(60)));
        }
        assert_eq!(brief(""), "");
    }
}
