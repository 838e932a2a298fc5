//! Every rule for data actions: its code, what it wants, and what breaks it.
//! Those that begin with `script-` need a parser of Python.

use crate::check::rule_table::rule_table;

rule_table! {
    pub const,
    "Every rule for data actions, by the part of a data action that it is about.",

    // The names.
    NAME_MISSING = "data-action-name-missing", Error,
        "A data action has a name.", "a data action named “”";
    NAME_TOO_LONG = "data-action-name-too-long", Error,
        "A data action's name has at most 255 characters.", "a name of 300 letters";
    DEFINITION_NAME_MISSING = "data-action-definition-name-missing", Error,
        "The definition of a data action has a name.", "a definition without “name”";
    DEFINITION_NAME_TOO_LONG = "data-action-definition-name-too-long", Error,
        "The name of a definition has at most 255 characters.", "a name of 300 letters";
    DESCRIPTION_TOO_LONG = "data-action-description-too-long", Error,
        "A description has at most 64 KiB.", "a description of 100,000 letters";

    // Inputs and outputs.
    PARAMETERS_TOO_MANY = "data-action-parameters-too-many", Error,
        "A data action declares at most 200 inputs and 200 outputs.", "1,000 outputs";
    PARAMETER_NAME_MISSING = "data-action-parameter-name-missing", Error,
        "An input or output has a name.", "an output without “name”";
    PARAMETER_NAME_INVALID = "data-action-parameter-name-invalid", Error,
        "The name of an input or output begins with a letter or “_”; letters, digits and “_” follow.", "an input “user id”";
    PARAMETER_NAME_DUPLICATE = "data-action-parameter-name-duplicate", Error,
        "An input is declared once, and so is an output.", "two inputs “user_id”";
    PARAMETER_NAME_CASE = "data-action-parameter-name-case", Warning,
        "The names of inputs differ in more than capitals, and so do those of outputs.", "the outputs “success” and “Success”";
    PARAMETER_TYPE_UNKNOWN = "data-action-parameter-type-unknown", Error,
        "An input or output has one of the data types: string, integer, number, boolean, datetime, object, array.", "an input of the type “int”";

    // The script as a whole.
    LANGUAGE_UNKNOWN = "data-action-language-unknown", Error,
        "A data action's language is “python3”.", "the language “javascript”";
    CODE_MISSING = "data-action-code-missing", Error,
        "A data action has a script.", "a definition without “code”";
    CODE_NOT_TEXT = "data-action-code-not-text", Error,
        "A script is text in UTF-8; over the wire it is standard, padded base64.", "a script that came as plain text instead of base64";
    CODE_TOO_LONG = "data-action-code-too-long", Error,
        "A script has at most 256 KiB.", "a script with a table of 300,000 bytes in it";

    // The script as Python.
    SCRIPT_SYNTAX = "script-syntax", Error,
        "A script is Python 3.", "def main(input_data) without a colon";
    SCRIPT_TOO_DEEP = "script-too-deep", Error,
        "A script nests no deeper than Python itself takes.", "300 brackets inside of each other";
    SCRIPT_MAIN_MISSING = "script-main-missing", Error,
        "A script defines main(input_data) at its top level.", "a script that defines handler(input_data)";
    SCRIPT_MAIN_ASYNC = "script-main-async", Error,
        "main is an ordinary function.", "async def main(input_data):";
    SCRIPT_MAIN_PARAMETERS = "script-main-parameters", Error,
        "main can be called with one value, the dictionary of the inputs.", "def main():";
    SCRIPT_MAIN_PARAMETER_NAME = "script-main-parameter-name", Warning,
        "The parameter of main is named input_data.", "def main(event):";
    SCRIPT_IMPORT = "script-import", Error,
        "A script imports the standard library and requests, and nothing else.", "import pandas";
    SCRIPT_IMPORT_RELATIVE = "script-import-relative", Error,
        "A script stands alone and imports no neighbours.", "from . import settings";
    SCRIPT_IMPORT_DYNAMIC = "script-import-dynamic", Warning,
        "What a script imports is written out.", "importlib.import_module(name)";
    SCRIPT_INPUT_UNDECLARED = "script-input-undeclared", Error,
        "An input that a script reads is declared, capitals included.", "input_data[\"User_id\"] where user_id is declared";
    SCRIPT_INPUT_UNUSED = "script-input-unused", Warning,
        "An input that is declared is read.", "an input “region” that no line reads";
    SCRIPT_OUTPUT_UNDECLARED = "script-output-undeclared", Error,
        "What a script returns is declared, capitals included.", "return {\"User_name\": name} where user_name is declared";
    SCRIPT_OUTPUT_MISSING = "script-output-missing", Warning,
        "An output that is declared is returned somewhere.", "an output “error” that no return holds";
    SCRIPT_OUTPUT_TYPE = "script-output-type", Warning,
        "What is returned is of the output's data type.", "return {\"success\": \"yes\"} where success is a boolean";
    SCRIPT_RETURN_NO_DICTIONARY = "script-return-no-dictionary", Error,
        "main returns a dictionary of outputs.", "return None";
    SCRIPT_RETURN_MISSING = "script-return-missing", Warning,
        "Every path through main ends with a return.", "an except without a return at its end";
    SCRIPT_TIMEOUT = "script-timeout", Warning,
        "Every call of requests passes a timeout of at most 30 seconds.", "requests.get(url)";
}
