//! The types of values, in words.

use flow::DataType;

/// The name for people: the same wherever a type is chosen or read.
pub(crate) fn type_words(datatype: DataType) -> &'static str {
    match datatype {
        DataType::String => "String",
        DataType::Integer => "Integer",
        DataType::Number => "Number",
        DataType::Boolean => "Boolean",
        DataType::Datetime => "Date and time",
        DataType::Object => "Object",
        DataType::Array => "Array",
    }
}
