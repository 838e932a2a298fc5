//! Every rule for contacts: its code, what it wants, and what breaks it.

use crate::check::rule_table::rule_table;

rule_table! {
    pub(super) const,
    "Every rule for contacts, by the part of a contact that it is about.",

    // The contact itself.
    ID_MISSING = "contact-id-missing", Error,
        "A contact has an id.", "a contact without “externalContactId”";
    ID_TOO_LONG = "contact-id-too-long", Error,
        "A contact's id has at most 255 characters.", "an id of 300 digits";
    ID_INVALID = "contact-id-invalid", Error,
        "A contact's id is made of the letters a to z, digits, “-” and “_”.", "an id “EXT 99/28”";
    NAME_MISSING = "contact-name-missing", Error,
        "A contact has a name.", "a contact named “”";
    NAME_TOO_LONG = "contact-name-too-long", Error,
        "A contact's name has at most 255 characters.", "a name of 300 letters";
    NAME_INVALID = "contact-name-invalid", Error,
        "A contact's name is one line of characters that can be seen.", "a name over two lines";

    // Channels.
    CHANNEL_MISSING = "contact-channel-missing", Error,
        "A contact can be reached by one channel at least.", "a contact with neither number nor address";
    CHANNEL_UNKNOWN = "contact-channel-unknown", Warning,
        "A channel is voice, sms, email or chat.", "a channel “fax”";
    NUMBER_INVALID = "contact-number-invalid", Error,
        "A number for calls or text messages is in E.164: “+”, then 7 to 15 digits, the first of which is not 0.", "(555) 123-4567";
    EMAIL_INVALID = "contact-email-invalid", Error,
        "A mail address has a name, “@” and a domain.", "support.acme.com";
    CHAT_TOO_LONG = "contact-chat-too-long", Error,
        "An address for chats has at most 64 KiB.", "an address of 100,000 letters";

    // The conversation.
    MESSAGE_TOO_LONG = "contact-message-too-long", Error,
        "A first message has at most 64 KiB.", "a message of 100,000 letters";
    DURATION_OUT_OF_RANGE = "contact-duration-out-of-range", Error,
        "A conversation may take 1 to 7200 seconds.", "a duration of 0 s";

    // Metadata.
    METADATA_TOO_MANY = "contact-metadata-too-many", Error,
        "A contact has at most 1,000 entries of metadata.", "2,000 entries";
    METADATA_NAME_MISSING = "contact-metadata-name-missing", Error,
        "An entry of metadata has a name.", "a value without a name";
    METADATA_NAME_TOO_LONG = "contact-metadata-name-too-long", Error,
        "The name of an entry of metadata has at most 255 characters.", "a name of 300 letters";
    METADATA_VALUE_TOO_LONG = "contact-metadata-value-too-long", Error,
        "The value of an entry of metadata has at most 64 KiB.", "a value of 100,000 letters";
    METADATA_NOT_TEXT = "contact-metadata-not-text", Error,
        "The value of an entry of metadata is a text.", "“priority” with the number 3";
}
