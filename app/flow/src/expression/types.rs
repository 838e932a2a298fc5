//! What sort of value an expression gives, as far as that is known before it
//! runs.

use std::ops::Range;

use super::{BinaryOperator, Expression, ExpressionNode, UnaryOperator, function};

/// The sort of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Type {
    /// Nothing is known of it.
    #[default]
    Unknown,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number, whole or not.
    Number,
    /// A text.
    Text,
    /// Something in JSON, whatever it is.
    Json,
}

impl Type {
    /// The sort of a value that is of the one or of the other.
    pub fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::Unknown }
    }

    /// With its article, as a sentence names it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unknown => "a value",
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Json => "JSON",
        }
    }

    /// Whether it is a boolean, a number or a text for sure.
    fn is_plain(self) -> bool {
        matches!(self, Self::Boolean | Self::Number | Self::Text)
    }

    fn is_no_number(self) -> bool {
        matches!(self, Self::Boolean | Self::Text)
    }
}

/// What is known of the variables.
pub trait Environment {
    /// The sort of a variable, or of its member where one is named.
    fn type_of(&self, variable: &str, member: Option<&str>) -> Type;
}

/// Something that cannot work, whatever the values are.
#[derive(Clone, Debug, PartialEq)]
pub enum Mismatch<'a> {
    /// Values of two sorts are compared.
    Compared {
        /// How.
        operator: BinaryOperator,
        /// The left one and its sort.
        left: (&'a Expression, Type),
        /// The right one and its sort.
        right: (&'a Expression, Type),
    },
    /// Something is calculated with a value that is no number.
    Calculated {
        /// The value.
        operand: &'a Expression,
        /// Its sort.
        datatype: Type,
    },
    /// A member is read of a value that has none.
    Member {
        /// The value's sort.
        datatype: Type,
        /// The bytes of the value and its member.
        span: Range<usize>,
    },
}

/// The sort of value that an expression gives. Notes what cannot work, in the
/// order of its text. Its depth is limited when it is parsed.
pub fn type_of<'a>(
    expression: &'a Expression,
    environment: &impl Environment,
    mismatches: &mut Vec<Mismatch<'a>>,
) -> Type {
    match &expression.node {
        ExpressionNode::Null => Type::Null,
        ExpressionNode::Boolean(_) => Type::Boolean,
        ExpressionNode::Number(_) => Type::Number,
        ExpressionNode::Text(_) => Type::Text,
        ExpressionNode::Variable(name) => environment.type_of(name, None),
        ExpressionNode::Member { of, name } => {
            member(expression, of, Some(name), environment, mismatches)
        }
        ExpressionNode::Index { of, index } => {
            type_of(index, environment, mismatches);
            let name = match &index.node {
                ExpressionNode::Text(name) => Some(name.as_str()),
                _ => None,
            };
            member(expression, of, name, environment, mismatches)
        }
        ExpressionNode::Unary { operator, operand } => {
            let datatype = type_of(operand, environment, mismatches);
            match operator {
                UnaryOperator::Not => Type::Boolean,
                UnaryOperator::Negate => {
                    calculated([(operand.as_ref(), datatype)], mismatches);
                    Type::Number
                }
            }
        }
        ExpressionNode::Binary {
            operator,
            left,
            right,
        } => {
            let left = (&**left, type_of(left, environment, mismatches));
            let right = (&**right, type_of(right, environment, mismatches));
            binary(*operator, left, right, mismatches)
        }
        ExpressionNode::Call {
            function: name,
            arguments,
            ..
        } => {
            for argument in arguments {
                type_of(argument, environment, mismatches);
            }
            function(name).map_or(Type::Unknown, |function| function.gives)
        }
    }
}

fn member<'a>(
    expression: &'a Expression,
    of: &'a Expression,
    name: Option<&str>,
    environment: &impl Environment,
    mismatches: &mut Vec<Mismatch<'a>>,
) -> Type {
    let datatype = type_of(of, environment, mismatches);
    if matches!(datatype, Type::Boolean | Type::Number) {
        mismatches.push(Mismatch::Member {
            datatype,
            span: expression.span.clone(),
        });
    }
    match (&of.node, name) {
        (ExpressionNode::Variable(variable), Some(name)) => {
            environment.type_of(variable, Some(name))
        }
        _ => Type::Unknown,
    }
}

fn binary<'a>(
    operator: BinaryOperator,
    left: (&'a Expression, Type),
    right: (&'a Expression, Type),
    mismatches: &mut Vec<Mismatch<'a>>,
) -> Type {
    use BinaryOperator as Of;
    match operator {
        // Either may be what comes out.
        Of::Or | Of::And => left.1.or(right.1),
        Of::Equal
        | Of::NotEqual
        | Of::Less
        | Of::LessOrEqual
        | Of::Greater
        | Of::GreaterOrEqual => {
            if left.1.is_plain() && right.1.is_plain() && left.1 != right.1 {
                mismatches.push(Mismatch::Compared {
                    operator,
                    left,
                    right,
                });
            }
            Type::Boolean
        }
        // A text takes what is added to it behind itself.
        Of::Add if [left.1, right.1].contains(&Type::Text) => Type::Text,
        Of::Add if [left.1, right.1] != [Type::Number; 2] => Type::Unknown,
        Of::Add | Of::Subtract | Of::Multiply | Of::Divide | Of::Remainder => {
            calculated([left, right], mismatches);
            Type::Number
        }
    }
}

fn calculated<'a, const N: usize>(
    operands: [(&'a Expression, Type); N],
    mismatches: &mut Vec<Mismatch<'a>>,
) {
    let wrong = operands
        .into_iter()
        .filter(|(_, datatype)| datatype.is_no_number());
    mismatches.extend(wrong.map(|(operand, datatype)| Mismatch::Calculated { operand, datatype }));
}
