//! Where the actions of a document stand, found without the reader.

use serde_json::Value;

/// The JSON pointers of the items of every list of actions and of choices, an
/// item before what is nested in it.
pub(crate) fn places(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let (wire_type, body) = members(document).next().expect("a type");
    for (member, value) in members(body) {
        let pointer = format!("/{}/{}", token(wire_type), token(member));
        match member {
            "startUpTaskActions" => list(value, &pointer, &mut found),
            "menus" | "tasks" | "states" if is_list(value, Value::is_object) => {
                parts(member, value, &pointer, &mut found);
            }
            _ => {}
        }
    }
    found
}

fn parts(container: &str, parts: &Value, pointer: &str, found: &mut Vec<String>) {
    for (index, part) in parts.as_array().into_iter().flatten().enumerate() {
        let (sort, body) = members(part).next().expect("one member");
        let is_menu = (container, sort) == ("menus", "menu");
        let member = if is_menu { "choices" } else { "actions" };
        if let Some(value) = body.get(member) {
            let pointer = format!("{pointer}/{index}/{}/{member}", token(sort));
            list(value, &pointer, found);
        }
    }
}

fn list(value: &Value, pointer: &str, found: &mut Vec<String>) {
    if !is_list(value, |_| true) {
        return;
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        let pointer = format!("{pointer}/{index}");
        found.push(pointer.clone());
        let (sort, body) = members(item).next().expect("one member");
        let mut lists = Vec::new();
        inside(body, &format!("{pointer}/{}", token(sort)), &mut lists);
        for (value, pointer) in lists {
            list(value, &pointer, found);
        }
    }
}

/// The lists of actions in a body, but not those in them.
fn inside<'a>(value: &'a Value, pointer: &str, lists: &mut Vec<(&'a Value, String)>) {
    let actions = value.get("actions");
    let actions = actions.filter(|actions| is_list(actions, |_| true));
    if let Some(actions) = actions {
        lists.push((actions, format!("{pointer}/actions")));
    }
    for (member, value) in members(value) {
        if member != "actions" || actions.is_none() {
            inside(value, &format!("{pointer}/{}", token(member)), lists);
        }
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        inside(value, &format!("{pointer}/{index}"), lists);
    }
}

fn is_list(value: &Value, is_body: fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|items| {
        let mut items = items.iter();
        items.all(|item| {
            let count = item.as_object().map_or(0, serde_json::Map::len);
            count == 1 && members(item).all(|(_, body)| is_body(body))
        })
    })
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), value))
}

fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
