//! What new data actions start from.

use super::{DataAction, Definition, Script};
use crate::{DataType, Interface, Parameter};

const EMPTY: &str = r#"def main(input_data):
    return {}
"#;

const EXAMPLE: &str = r#"import requests

USERS = "https://jsonplaceholder.typicode.com/users"


def main(input_data):
    user_id = input_data.get("user_id")
    if user_id is None:
        return {"success": False, "error": "No user was named."}
    try:
        answer = requests.get(f"{USERS}/{user_id}", timeout=5)
        answer.raise_for_status()
        user = answer.json()
    except requests.exceptions.RequestException as failure:
        return {"success": False, "error": f"The lookup failed: {failure}"}
    return {
        "user_name": user.get("name", ""),
        "user_email": user.get("email", ""),
        "user_phone": user.get("phone", ""),
        "success": True,
    }
"#;

/// A data action that takes nothing and gives nothing back.
pub fn empty() -> DataAction {
    DataAction {
        name: "New data action".to_owned(),
        definition: Definition {
            name: "NewDataAction".to_owned(),
            code: Script::Text(EMPTY.to_owned()),
            ..Definition::default()
        },
        ..DataAction::default()
    }
}

/// A data action that looks a user up in another system and is ready to be
/// uploaded.
pub fn example() -> DataAction {
    let text = |name: &str, description: &str| Parameter {
        description: description.to_owned(),
        ..Parameter::new(name, DataType::String)
    };
    let input = Parameter {
        required: true,
        description: "The user to look up".to_owned(),
        ..Parameter::new("user_id", DataType::Integer)
    };
    let success = Parameter {
        description: "Whether the user was found".to_owned(),
        ..Parameter::new("success", DataType::Boolean)
    };
    DataAction {
        name: "Look up a user".to_owned(),
        description: "Asks another system who a user is".to_owned(),
        definition: Definition {
            name: "LookUpUser".to_owned(),
            description: "Reads a user’s name, email address and phone number".to_owned(),
            interface: Interface {
                inputs: vec![input],
                outputs: vec![
                    text("user_name", "The user’s name"),
                    text("user_email", "The user’s email address"),
                    text("user_phone", "The user’s phone number"),
                    success,
                    text("error", "Why the user was not found"),
                ],
            },
            code: Script::Text(EXAMPLE.to_owned()),
            ..Definition::default()
        },
        ..DataAction::default()
    }
}
