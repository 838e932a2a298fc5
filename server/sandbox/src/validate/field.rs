//! A value together with the JSON pointer to it.

use serde_json::Value;

use super::Problem;

#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    value: &'a Value,
    pointer: String,
    /// The id of the node or edge it belongs to.
    entity: Option<String>,
}

impl<'a> Field<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self {
            value,
            pointer: String::new(),
            entity: None,
        }
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }

    pub(super) fn refuse(
        &self,
        code: &'static str,
        message: impl Into<String>,
        problems: &mut Vec<Problem>,
    ) {
        problems.push(Problem {
            pointer: self.pointer.clone(),
            code,
            message: message.into(),
            entity: self.entity.clone(),
        });
    }

    /// The member of this key; null counts as absent.
    pub(super) fn optional(&self, key: &str) -> Option<Field<'a>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.below(key, value))
    }

    /// The member of this key, whose absence is a problem at its pointer.
    pub(super) fn required(&self, key: &str, problems: &mut Vec<Problem>) -> Option<Field<'a>> {
        let found = self.optional(key);
        if found.is_none() {
            self.below(key, self.value)
                .refuse("required", format!("{key} is missing"), problems);
        }
        found
    }

    pub(super) fn is_object(&self, problems: &mut Vec<Problem>) -> bool {
        let is_object = self.value.is_object();
        if !is_object {
            self.refuse("type.wrong", "an object is expected", problems);
        }
        is_object
    }

    /// The members of an object.
    pub(super) fn members(&self) -> Vec<(&'a str, Field<'a>)> {
        let Some(members) = self.value.as_object() else {
            return Vec::new();
        };
        members
            .iter()
            .map(|(key, value)| (key.as_str(), self.below(key, value)))
            .collect()
    }

    /// The items of an array. Each is named by its own id, where it has one.
    pub(super) fn items(&self, problems: &mut Vec<Problem>) -> Option<Vec<Field<'a>>> {
        let Some(items) = self.value.as_array() else {
            self.refuse("type.wrong", "an array is expected", problems);
            return None;
        };
        let item = |(index, value): (usize, &'a Value)| {
            let mut field = self.below(&index.to_string(), value);
            if let Some(id) = value.get("id").and_then(Value::as_str) {
                field.entity = Some(id.to_owned());
            }
            field
        };
        Some(items.iter().enumerate().map(item).collect())
    }

    /// Text that is not empty.
    pub(super) fn text(&self, problems: &mut Vec<Problem>) -> Option<&'a str> {
        match self.value.as_str() {
            Some("") => {
                self.refuse("empty", "it must not be empty", problems);
                None
            }
            Some(text) => Some(text),
            None => {
                self.refuse("type.wrong", "a text is expected", problems);
                None
            }
        }
    }

    /// A whole number of at least 1.
    pub(super) fn count(&self, problems: &mut Vec<Problem>) -> Option<u64> {
        let count = self.value.as_u64().filter(|count| *count >= 1);
        if count.is_none() {
            self.refuse("type.wrong", "a whole number from 1 is expected", problems);
        }
        count
    }

    fn below(&self, key: &str, value: &'a Value) -> Field<'a> {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Field {
            value,
            pointer: format!("{}/{escaped}", self.pointer),
            entity: self.entity.clone(),
        }
    }
}
