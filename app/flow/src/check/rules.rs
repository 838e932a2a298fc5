//! Every rule: its code, what it wants, and what breaks it.

use super::rule_table::rule_table;

rule_table! {
    pub(crate) const,
    "Every rule, by the part of a flow that it is about.",

    // The flow as a whole.
    FLOW_NAME_MISSING = "flow-name-missing", Error,
        "A flow has a name.", "a flow named “”";
    FLOW_NAME_TOO_LONG = "flow-name-too-long", Error,
        "A flow's name has at most 255 characters.", "a name of 300 letters";
    FLOW_NAME_TAKEN = "flow-name-taken", Error,
        "A module's or shared flow's name is its own in the organisation.", "two modules “Shared_Auth”";
    TOO_MANY_NODES = "too-many-nodes", Error,
        "A flow has at most 10,000 nodes.", "a chain of 100,000 nodes";
    TOO_MANY_EDGES = "too-many-edges", Error,
        "A flow has at most 40,000 connections.", "50,000 connections between two nodes";
    TOO_MANY_VARIABLES = "too-many-variables", Error,
        "A flow declares at most 1,000 variables.", "2,000 declared variables";
    TOO_MANY_PARAMETERS = "too-many-parameters", Error,
        "A flow has at most 200 inputs and 200 outputs.", "a module with 1,000 inputs";
    DECLARED_NAME_INVALID = "declared-name-invalid", Error,
        "A declared variable's name begins with a letter or “_”; letters, digits and “_” follow.", "a variable “customer name”";
    PARAMETER_NAME_INVALID = "parameter-name-invalid", Error,
        "An input's or output's name begins with a letter or “_”; letters, digits and “_” follow.", "an input “email body”";
    PARAMETER_DUPLICATE = "parameter-duplicate", Error,
        "An input or an output is declared once.", "two inputs “emailBody”",
        fix "Removes the second declaration.";
    PARAMETER_TYPE_UNKNOWN = "parameter-type-unknown", Error,
        "An input or an output has one of the types string, integer, number, boolean, datetime, object, array.", "an output of type “currency”";
    INTERFACE_UNUSED = "interface-unused", Error,
        "Only modules and shared flows have inputs and outputs.", "a lookup flow with an input",
        fix "Removes inputs and outputs.";
    OUTPUT_NOT_SET = "output-not-set", Warning,
        "An output is set on every path to an end.", "an output “status” that one way of a condition does not set";
    FLOW_EMPTY = "flow-empty", Warning,
        "A flow does something.", "a module in which nothing follows Start";
    DECLARED_TWICE = "declared-twice", Error,
        "A variable is declared once.", "“customerName” declared as string and as integer",
        fix "Removes the second declaration.";

    // Ids on the wire.
    NODE_ID_MISSING = "node-id-missing", Error,
        "A node has an id.", "an imported node without “id”",
        fix "Gives the node an id.";
    NODE_ID_DUPLICATE = "node-id-duplicate", Error,
        "A node's id is its own.", "two nodes with the id “lookup”",
        fix "Gives the node an id of its own.";
    NODE_ID_RESERVED = "node-id-reserved", Error,
        "“start” stands for where a module begins and is no node's id.", "a module's node with the id “start”",
        fix "Gives the node an id of its own.";
    EDGE_ID_MISSING = "edge-id-missing", Error,
        "A connection has an id.", "an imported connection without “id”",
        fix "Gives the connection an id.";
    EDGE_ID_DUPLICATE = "edge-id-duplicate", Error,
        "A connection's id is its own.", "two connections with the id “e1”",
        fix "Gives the connection an id of its own.";

    // The graph.
    START_MISSING = "start-missing", Error,
        "A lookup flow begins at a Start.", "a lookup and an End, no Start",
        fix "Adds a Start, and connects it where only one node can come first.";
    START_DUPLICATE = "start-duplicate", Error,
        "A lookup flow has one Start.", "two Starts",
        fix "Removes the second Start.";
    NODE_UNREACHABLE = "node-unreachable", Error,
        "A path leads from Start to every node.", "a node that no connection enters";
    DEAD_END = "dead-end", Error,
        "Every path leads on until it reaches an End or a Disconnect.", "a lookup that no connection leaves",
        fix "Connects to the End, or to a new one.";
    EXIT_NOT_CONNECTED = "exit-not-connected", Error,
        "Every exit of a branching node leads somewhere.", "a condition of which only “true” is connected",
        fix "Connects to the End, or to a new one.";
    EXIT_CONNECTED_TWICE = "exit-connected-twice", Error,
        "One connection leaves an exit.", "two connections from Start",
        fix "Removes the connection.";
    EDGE_EXIT_MISSING = "edge-exit-missing", Error,
        "A connection leaves an exit that its node has.", "a connection of a case that was removed",
        fix "Removes the connection.";
    EDGE_END_MISSING = "edge-end-missing", Error,
        "A connection goes from a node to a node.", "a connection to a node that is not there",
        fix "Removes the connection.";
    EDGE_TEXT_NOT_SENT = "edge-text-not-sent", Warning,
        "Only the connections of lookup flows carry a free text.", "a connection “To module” in a call flow",
        fix "Removes the text.";
    EDGE_INTO_START = "edge-into-start", Error,
        "No connection enters Start.", "a connection from a lookup back to Start",
        fix "Removes the connection.";
    CYCLE = "cycle", Error,
        "No path comes back to where it was.", "A to B and B to A",
        fix "Removes the connection that goes back.";

    // Disabled nodes.
    DISABLED_BRANCHES = "disabled-branches", Error,
        "A disabled node has one way on, which is taken in its place.", "a disabled condition",
        fix "Enables the node.";
    DISABLED_LEADS_NOWHERE = "disabled-leads-nowhere", Error,
        "Something follows a disabled node that a path leads to.", "a lookup behind Start that is disabled, and nothing behind it",
        fix "Enables the node.";

    // Nodes and their fields.
    KIND_UNKNOWN = "kind-unknown", Error,
        "A node is of a type that the flow's dialect knows.", "a node of type “TeleportNode”";
    LABEL_MISSING = "label-missing", Warning,
        "A node has a label.", "a lookup without a label";
    FIELD_REQUIRED = "field-required", Error,
        "A field that the node cannot do without is filled.", "a lookup without a URL",
        fix "Uses the default, where there is one.";
    FIELD_SHAPE = "field-shape", Error,
        "A field holds what its node expects.", "a list where the URL belongs",
        fix "Uses the default, or clears the field.";
    TEXT_TOO_LONG = "text-too-long", Error,
        "A text has at most 64 KiB.", "a body of 100,000 letters";
    CHOICE_UNKNOWN = "choice-unknown", Error,
        "A field with given choices holds one of them.", "the method “FETCH”",
        fix "Takes the choice that is nearest to what was written.";
    NUMBER_OUT_OF_RANGE = "number-out-of-range", Error,
        "A number is within its field's range.", "a timeout of 0 ms",
        fix "Takes the nearest number that is possible.";

    // Requests.
    URL_INVALID = "url-invalid", Error,
        "A URL is absolute and valid.", "crm.example.org/lookup",
        fix "Puts https:// before it, or removes the spaces.";
    URL_NOT_HTTPS = "url-not-https", Error,
        "A URL begins with https://.", "http://crm.example.org",
        fix "Uses https://.";
    URL_CREDENTIALS = "url-credentials", Error,
        "A URL holds no user name and no password.", "https://ann:secret@crm.example.org",
        fix "Removes them.";
    URL_TEMPLATE_IN_HOST = "url-template-in-host", Error,
        "A URL's host is written out; templates stand in its path and query.", "https://{{host}}/lookup";
    HEADER_NAME_INVALID = "header-name-invalid", Error,
        "A header's name is made of letters, digits and !#$%&'*+-.^_`|~ (RFC 9110).", "a header “Content Type”",
        fix "Takes out what no name may hold, or removes the header.";
    HEADER_VALUE_INVALID = "header-value-invalid", Error,
        "A header's value is one line.", "a value with a line break",
        fix "Makes it one line.";
    NAME_DUPLICATE = "name-duplicate", Error,
        "A name stands once in a list of names and values.", "two headers “Accept”",
        fix "Removes the second one.";
    BODY_NOT_JSON = "body-not-json", Error,
        "A body is JSON where the content type says so.", "{ \"phoneNumber\": } as application/json";

    // Templates and variables.
    TEMPLATE_SYNTAX = "template-syntax", Error,
        "A template can be read.", "{{phoneNumber";
    TEMPLATE_SECTION = "template-section", Error,
        "A template holds expressions, no Mustache sections.", "{{#customer}}…{{/customer}}";
    EXPRESSION_MIXED = "expression-mixed", Error,
        "An expression stands alone in its field.", "{{externalContact.responseCode}} == 200";
    FUNCTION_UNKNOWN = "function-unknown", Error,
        "A function that is called exists.", "{{json.read(x)}}",
        fix "Calls the function that was probably meant.";
    FUNCTION_ARGUMENTS = "function-arguments", Error,
        "A function gets as many values as it takes.", "{{json.parse()}}";
    VARIABLE_NOT_SET = "variable-not-set", Error,
        "A variable that is read was set before, or is declared.", "{{customerName}} without a node that sets it",
        fix "Reads the variable that was probably meant, or declares it.";
    VARIABLE_PARTLY_SET = "variable-partly-set", Error,
        "A variable that is read was set on every path that leads there.", "a variable set on one way of a split and read behind it",
        fix "Declares it.";
    MEMBER_UNKNOWN = "member-unknown", Error,
        "A member that is read is one that its variable has.", "{{externalContact.responsecode}}",
        fix "Reads the member that was probably meant.";
    COMPARISON_MISMATCH = "comparison-mismatch", Warning,
        "Values of one sort are compared.", "{{externalContact.responseCode == \"200\"}}, a number and a text",
        fix "Takes the quotes off a number or a truth value, or puts them round a number.";
    OPERAND_NOT_A_NUMBER = "operand-not-a-number", Warning,
        "Only numbers are calculated with.", "{{phoneNumber * 2}}",
        fix "Reads the number that the text holds.";
    CONDITION_NOT_BOOLEAN = "condition-not-boolean", Warning,
        "A condition asks something that is true or false.", "a condition “{{externalContact.responseCode}}”";
    VARIABLE_NAME_MISSING = "variable-name-missing", Error,
        "A variable that is set has a name.", "a value without a name",
        fix "Removes the row.";
    VARIABLE_NAME_INVALID = "variable-name-invalid", Error,
        "A variable's name begins with a letter or “_”; letters, digits and “_” follow.", "a variable “customer name”";
    VARIABLE_NAME_RESERVED = "variable-name-reserved", Error,
        "A variable's name is not a word of the language or of the platform.", "a variable “true”";
    VARIABLES_EMPTY = "variables-empty", Warning,
        "A node that sets variables sets one at least.", "Set variables without a row";

    INPUT_NOT_DECLARED = "input-not-declared", Warning,
        "What a module reads and does not set is declared as its input.", "{{customerName}} in a module that neither sets nor declares it",
        fix "Declares an input of that name.";

    // Calls.
    REFERENCE_MISSING = "reference-missing", Error,
        "What a node calls is there.", "a module that was deleted",
        fix "Uses the one that was probably meant.";
    REFERENCE_NOT_SEEN = "reference-not-seen", Warning,
        "What a node calls can be seen, so that its inputs and outputs are checked.", "a file that calls a module which is in no file";
    REFERENCE_NOT_PUBLISHED = "reference-not-published", Error,
        "What a node calls was published.", "a module that exists in Patchbay only";
    REFERENCE_BY_NAME = "reference-by-name", Error,
        "What a node calls is named by its id in the direct profile.", "a module “Shared_Auth” without its id",
        fix "Uses the id, once there is one.";
    CALLS_COME_ROUND = "calls-come-round", Error,
        "No flow calls itself, neither directly nor by others.", "module A calls B, and B calls A";
    MAPPING_INPUT_UNKNOWN = "mapping-input-unknown", Error,
        "An input that is mapped is one that the callee declares, by the letter.", "“User_id” for the input “user_id”",
        fix "Takes the name that was probably meant.";
    MAPPING_INPUT_MISSING = "mapping-input-missing", Error,
        "Every input that the callee requires is mapped.", "a data action without its “user_id”",
        fix "Gives the input the variable of its name.";
    MAPPING_INPUT_OPEN = "mapping-input-open", Warning,
        "Every input that the callee declares is mapped.", "a shared flow without its “emailBody”",
        fix "Gives the input the variable of its name.";
    MAPPING_OUTPUT_UNKNOWN = "mapping-output-unknown", Error,
        "An output that is mapped is one that the callee declares, by the letter.", "${output.Result} of a flow that gives “result”",
        fix "Takes the name that was probably meant.";
    MAPPING_RESULT_INVALID = "mapping-result-invalid", Error,
        "What a module or a shared flow gave back is read from “output”.", "“localResult” from ${phoneNumber}";
    MAPPING_TARGET_INVALID = "mapping-target-invalid", Error,
        "A data action's output goes into one variable.", "“user_name” to “Hello {{User.Name}}”";
    MAPPING_TYPE_MISMATCH = "mapping-type-mismatch", Error,
        "An input is given a value of its type.", "“abc” for an integer";

    MAPPING_DRAFT_DIFFERS = "mapping-draft-differs", Warning,
        "What is mapped goes on to fit once what is drawn of the callee is published.", "an input “emailBody” that the callee's draft has no more";

    // Splits.
    CASES_EMPTY = "cases-empty", Error,
        "A split has a case at least.", "a split with only its default";
    CASE_NEVER_TAKEN = "case-never-taken", Warning,
        "A case has a value that can come.", "a case “found” of a split on the response code";
    CASE_VALUE_MISSING = "case-value-missing", Error,
        "A case has a value.", "a case labelled “Found” without a value",
        fix "Removes the case.";
    CASE_VALUE_DUPLICATE = "case-value-duplicate", Error,
        "A value leads one way.", "two cases for 200",
        fix "Removes the case.";
    CASE_NAME_DUPLICATE = "case-name-duplicate", Error,
        "A case's name is its own, so that its connection can be told from others.", "two cases labelled “Found”",
        fix "Calls the case by its value, or by a number behind its name.";
    CASE_NAME_RESERVED = "case-name-reserved", Error,
        "“default” is the exit that no case takes.", "a case labelled “default”";
}
