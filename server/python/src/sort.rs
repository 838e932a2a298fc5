//! What sort of value an expression gives, where that is certain.

use flow::DataType;
use ruff_python_ast::{Expr, ExprCall, Number, UnaryOp};

use crate::{
    imports::is_module,
    scopes::{ScopeId, Scopes},
};

/// A sort of values of Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    None,
    Boolean,
    Integer,
    Float,
    Text,
    /// A text that `json.dumps` made.
    Json,
    Bytes,
    List,
    Tuple,
    Set,
    Dictionary,
    Generator,
    Function,
}

impl Sort {
    /// The sort of an expression; nothing where it depends on what is known
    /// only when the script runs.
    pub(crate) fn of(expression: &Expr, scope: ScopeId, scopes: &Scopes<'_>) -> Option<Self> {
        match expression {
            Expr::NoneLiteral(_) => Some(Self::None),
            Expr::BooleanLiteral(_) => Some(Self::Boolean),
            Expr::NumberLiteral(literal) => Self::of_number(&literal.value),
            Expr::UnaryOp(operation) => match operation.op {
                UnaryOp::Not => Some(Self::Boolean),
                UnaryOp::USub | UnaryOp::UAdd => {
                    let literal = operation.operand.as_number_literal_expr()?;
                    Self::of_number(&literal.value)
                }
                UnaryOp::Invert => None,
            },
            Expr::StringLiteral(_) | Expr::FString(_) => Some(Self::Text),
            Expr::BytesLiteral(_) => Some(Self::Bytes),
            Expr::List(_) | Expr::ListComp(_) => Some(Self::List),
            Expr::Tuple(_) => Some(Self::Tuple),
            Expr::Set(_) | Expr::SetComp(_) => Some(Self::Set),
            Expr::Dict(_) | Expr::DictComp(_) => Some(Self::Dictionary),
            Expr::Generator(_) => Some(Self::Generator),
            Expr::Lambda(_) => Some(Self::Function),
            Expr::Call(call) => Self::of_call(call, scope, scopes),
            _ => None,
        }
    }

    fn of_number(number: &Number) -> Option<Self> {
        match number {
            Number::Int(_) => Some(Self::Integer),
            Number::Float(_) => Some(Self::Float),
            Number::Complex { .. } => None,
        }
    }

    fn of_call(call: &ExprCall, scope: ScopeId, scopes: &Scopes<'_>) -> Option<Self> {
        match &*call.func {
            Expr::Name(name) => {
                let sort = match name.id.as_str() {
                    "str" | "repr" => Self::Text,
                    "int" | "len" => Self::Integer,
                    "float" => Self::Float,
                    "bool" | "isinstance" => Self::Boolean,
                    "list" | "sorted" => Self::List,
                    "dict" => Self::Dictionary,
                    _ => return None,
                };
                scopes.is_built_in(&name.id, scope).then_some(sort)
            }
            Expr::Attribute(attribute) if attribute.attr.as_str() == "dumps" => {
                let module = attribute.value.as_name_expr()?;
                is_module(&module.id, scope, scopes, "json").then_some(Self::Json)
            }
            _ => None,
        }
    }

    /// With its article, as a sentence names it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Boolean => "True or False",
            Self::Integer => "a whole number",
            Self::Float => "a number",
            Self::Text => "a text",
            Self::Json => "a text with JSON in it",
            Self::Bytes => "bytes",
            Self::List => "a list",
            Self::Tuple => "a tuple",
            Self::Set => "a set",
            Self::Dictionary => "a dictionary",
            Self::Generator => "a generator",
            Self::Function => "a function",
        }
    }

    /// Whether a value of this sort can be of a data type. What is None may be
    /// absent, which every type allows.
    pub(crate) fn fits(self, datatype: DataType) -> bool {
        match (self, datatype) {
            (Self::None, _) => true,
            (Self::Boolean, other) => other == DataType::Boolean,
            (Self::Integer, other) => matches!(other, DataType::Integer | DataType::Number),
            (Self::Float, other) => other == DataType::Number,
            (Self::Text, other) => matches!(other, DataType::String | DataType::Datetime),
            (Self::Json | Self::Bytes, other) => other == DataType::String,
            (Self::List | Self::Tuple, other) => other == DataType::Array,
            (Self::Dictionary, other) => other == DataType::Object,
            // No data type is of this sort.
            (Self::Set | Self::Generator | Self::Function, _) => false,
        }
    }
}
