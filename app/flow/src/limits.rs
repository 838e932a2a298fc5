//! How large a flow may be. A flow over a limit is refused with a message
//! rather than handled badly.

/// Nodes in one flow.
pub const MAX_NODES: usize = 10_000;
/// Edges in one flow.
pub const MAX_EDGES: usize = 40_000;
/// Named parts of one flow.
pub const MAX_REGIONS: usize = 1_000;
/// Notes on the canvas of one flow.
pub const MAX_NOTES: usize = 1_000;
/// Bytes of one note's text: 2,000 characters of any alphabet.
pub const MAX_NOTE_BYTES: usize = 8_000;
/// Groups of one flow.
pub const MAX_GROUPS: usize = 1_000;
/// Bytes of one imported document.
pub const MAX_DOCUMENT_BYTES: usize = 10 * 1024 * 1024;
/// Nesting of an imported document. Real exports of flows exceed 64.
pub const MAX_JSON_DEPTH: usize = 128;
/// Bytes of one text that a person types: a body, a template, a description.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;
/// Bytes of the script of a data action, as Genesys Cloud takes them.
pub const MAX_SCRIPT_BYTES: usize = 256 * 1024;
/// Variables that one flow declares.
pub const MAX_VARIABLES: usize = 1_000;
/// Inputs, and as many outputs, that one flow or data action declares.
pub const MAX_PARAMETERS: usize = 200;
/// Bytes of all that one node holds besides its name.
pub const MAX_NODE_BYTES: usize = 1024 * 1024;
/// Bytes of the key of a node.
pub const MAX_ID_BYTES: usize = 1024;
/// Edits in one transaction.
pub const MAX_OPS: usize = 60_000;
