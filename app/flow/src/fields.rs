//! What is set on a node.

use std::{borrow::Borrow, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

use crate::{FieldKey, FieldValue};

/// The fields of a node, each at most once, by their keys. A node has few of them,
/// and a flow has many nodes: a list takes a tenth of the room of a tree, whose
/// smallest part has space for eleven.
#[derive(Clone, Default, PartialEq)]
pub struct Fields(Vec<(FieldKey, FieldValue)>);

/// The fields in the order of their keys.
type Iter<'a> = std::iter::Map<
    std::slice::Iter<'a, (FieldKey, FieldValue)>,
    fn(&(FieldKey, FieldValue)) -> (&FieldKey, &FieldValue),
>;

impl Fields {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What a field holds.
    pub fn get<K: Borrow<str> + ?Sized>(&self, key: &K) -> Option<&FieldValue> {
        let at = self.place_of(key.borrow()).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// The same, to change it.
    pub fn get_mut<K: Borrow<str> + ?Sized>(&mut self, key: &K) -> Option<&mut FieldValue> {
        let at = self.place_of(key.borrow()).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Whether a field holds anything.
    pub fn contains_key<K: Borrow<str> + ?Sized>(&self, key: &K) -> bool {
        self.place_of(key.borrow()).is_ok()
    }

    /// Has a field hold this; what it held before.
    pub fn insert(&mut self, key: FieldKey, value: FieldValue) -> Option<FieldValue> {
        match self.place_of(key.as_str()) {
            Ok(at) => {
                let (_, held) = self.0.get_mut(at)?;
                Some(std::mem::replace(held, value))
            }
            Err(at) => {
                // Room for one more, and not for three.
                self.0.reserve_exact(1);
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Empties a field; what it held.
    pub fn remove<K: Borrow<str> + ?Sized>(&mut self, key: &K) -> Option<FieldValue> {
        let at = self.place_of(key.borrow()).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Empties all of them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The fields in the order of their keys.
    pub fn iter(&self) -> Iter<'_> {
        fn parts((key, value): &(FieldKey, FieldValue)) -> (&FieldKey, &FieldValue) {
            (key, value)
        }
        self.0.iter().map(parts)
    }

    /// The keys in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &FieldKey> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// What the fields hold, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &FieldValue> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// The same, to change it.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut FieldValue> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Where a field is, or where it would be.
    fn place_of(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(held, _)| held.as_str().cmp(key))
    }
}

impl Extend<(FieldKey, FieldValue)> for Fields {
    fn extend<I: IntoIterator<Item = (FieldKey, FieldValue)>>(&mut self, fields: I) {
        for (key, value) in fields {
            self.insert(key, value);
        }
    }
}

impl FromIterator<(FieldKey, FieldValue)> for Fields {
    fn from_iter<I: IntoIterator<Item = (FieldKey, FieldValue)>>(fields: I) -> Self {
        let mut all = Self::default();
        all.extend(fields);
        all
    }
}

impl<const COUNT: usize> From<[(FieldKey, FieldValue); COUNT]> for Fields {
    fn from(fields: [(FieldKey, FieldValue); COUNT]) -> Self {
        fields.into_iter().collect()
    }
}

impl IntoIterator for Fields {
    type Item = (FieldKey, FieldValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = (&'a FieldKey, &'a FieldValue);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// Reads a map. Of a key that comes twice the last value counts.
struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some((key, value)) = map.next_entry()? {
            fields.insert(key, value);
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;
    use crate::{FieldKey, FieldValue};

    fn text(text: &str) -> FieldValue {
        FieldValue::text(text)
    }

    #[test]
    fn fields_are_in_the_order_of_their_keys_and_each_is_there_once() {
        let mut fields = Fields::default();
        for (key, value) in [("b", "1"), ("a", "2"), ("c", "3"), ("a", "4")] {
            fields.insert(FieldKey::new(key), text(value));
        }
        let read: Vec<_> = fields
            .iter()
            .map(|(key, value)| (key.as_str(), value.clone()))
            .collect();
        assert_eq!(read, [("a", text("4")), ("b", text("1")), ("c", text("3"))]);
        assert_eq!(fields.get("b"), Some(&text("1")));
        assert_eq!(fields.remove("b"), Some(text("1")));
        assert!(!fields.contains_key("b") && fields.len() == 2);
    }

    #[test]
    fn fields_are_written_and_read_as_a_map() {
        let fields: Fields =
            serde_json::from_str(r#"{"z":{"integer":1},"a":{"text":"x"},"z":{"integer":2}}"#)
                .expect("is a map of fields");
        let written = serde_json::to_string(&fields).expect("can be written");
        assert_eq!(written, r#"{"a":{"text":"x"},"z":{"integer":2}}"#);
        for wrong in ["[]", "1", r#"{"a":5}"#] {
            assert!(serde_json::from_str::<Fields>(wrong).is_err(), "{wrong}");
        }
    }
}
