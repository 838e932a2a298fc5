//! From tokens to a tree, by precedence climbing.

use std::ops::Range;

use super::{
    BinaryOperator, Expression, ExpressionNode, MAX_EXPRESSION_DEPTH, SyntaxError, UnaryOperator,
    lexer::{Lexer, Token},
};
use crate::MAX_TEXT_BYTES;

/// Reads a text that is one expression, without braces around it.
pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(SyntaxError::new(
            format!("An expression has at most {MAX_TEXT_BYTES} bytes. Shorten it."),
            0..text.floor_char_boundary(MAX_TEXT_BYTES),
        ));
    }
    parse_at(text, 0, None).map(|(expression, _)| expression)
}

/// Reads an expression that begins at a place of a text, up to what closes it,
/// and says where it ended.
pub(super) fn parse_at(
    text: &str,
    at: usize,
    close: Option<&'static str>,
) -> Result<(Expression, usize), SyntaxError> {
    let mut parser = Parser {
        lexer: Lexer::new(text, at, close),
        text,
        next: (Token::End, at..at),
        depth: 0,
    };
    parser.advance()?;
    let Tree { expression, .. } = parser.binary(0)?;
    match parser.next {
        (Token::End, span) => Ok((expression, span.start)),
        (_, span) => Err(SyntaxError::new(
            "The expression is complete before this. Put an operator between them, or remove it.",
            span,
        )),
    }
}

/// An expression with the height of its tree. Chains such as `1 + 1 + …` grow
/// the tree without nesting the parser, so both are limited.
struct Tree {
    expression: Expression,
    height: usize,
}

impl Tree {
    fn leaf(node: ExpressionNode, span: Range<usize>) -> Self {
        Self {
            expression: Expression { node, span },
            height: 1,
        }
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    text: &'a str,
    next: (Token, Range<usize>),
    depth: usize,
}

impl Parser<'_> {
    /// Takes the next token.
    fn advance(&mut self) -> Result<(Token, Range<usize>), SyntaxError> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn next_is(&self, sign: &str) -> bool {
        matches!(&self.next.0, Token::Sign(next) if *next == sign)
    }

    fn expect(&mut self, sign: &'static str, opened: &Range<usize>) -> Result<usize, SyntaxError> {
        if self.next_is(sign) {
            return Ok(self.advance()?.1.end);
        }
        if self.next.0 == Token::End {
            return Err(SyntaxError::new(
                format!("This is not closed. Write “{sign}” where it ends."),
                opened.clone(),
            ));
        }
        Err(SyntaxError::new(
            format!("“{sign}” is missing before this."),
            self.next.1.clone(),
        ))
    }

    fn too_deep(span: Range<usize>) -> SyntaxError {
        SyntaxError::new(
            format!(
                "The expression is nested more than {MAX_EXPRESSION_DEPTH} deep. Spread it over several variables."
            ),
            span,
        )
    }

    fn grown(node: ExpressionNode, span: Range<usize>, below: usize) -> Result<Tree, SyntaxError> {
        if below >= MAX_EXPRESSION_DEPTH {
            return Err(Self::too_deep(span));
        }
        Ok(Tree {
            expression: Expression { node, span },
            height: below + 1,
        })
    }

    fn binary(&mut self, least: u8) -> Result<Tree, SyntaxError> {
        self.depth += 1;
        if self.depth > MAX_EXPRESSION_DEPTH {
            return Err(Self::too_deep(self.next.1.clone()));
        }
        let mut left = self.unary()?;
        while let Some((operator, binding)) = self.binary_operator()
            && binding >= least
        {
            self.advance()?;
            let right = self.binary(binding + 1)?;
            let span = left.expression.span.start..right.expression.span.end;
            let height = left.height.max(right.height);
            let node = ExpressionNode::Binary {
                operator,
                left: Box::new(left.expression),
                right: Box::new(right.expression),
            };
            left = Self::grown(node, span, height)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The operator that comes next, with how tightly it binds.
    fn binary_operator(&self) -> Option<(BinaryOperator, u8)> {
        use BinaryOperator as Op;
        let written = match &self.next.0 {
            Token::Sign(sign) => *sign,
            Token::Name(name) => name,
            _ => return None,
        };
        Some(match written {
            "||" | "or" => (Op::Or, 1),
            "&&" | "and" => (Op::And, 2),
            "==" => (Op::Equal, 3),
            "!=" => (Op::NotEqual, 3),
            "<" => (Op::Less, 4),
            "<=" => (Op::LessOrEqual, 4),
            ">" => (Op::Greater, 4),
            ">=" => (Op::GreaterOrEqual, 4),
            "+" => (Op::Add, 5),
            "-" => (Op::Subtract, 5),
            "*" => (Op::Multiply, 6),
            "/" => (Op::Divide, 6),
            "%" => (Op::Remainder, 6),
            _ => return None,
        })
    }

    fn unary(&mut self) -> Result<Tree, SyntaxError> {
        let operator = match &self.next.0 {
            Token::Sign("!") => UnaryOperator::Not,
            Token::Sign("-") => UnaryOperator::Negate,
            Token::Name(name) if name == "not" => UnaryOperator::Not,
            _ => return self.postfix(),
        };
        let start = self.next.1.start;
        // `not a == b` denies the comparison; `!a == b` compares.
        let least = if matches!(self.next.0, Token::Name(_)) {
            3
        } else {
            7
        };
        self.advance()?;
        let operand = self.binary(least)?;
        let span = start..operand.expression.span.end;
        let node = ExpressionNode::Unary {
            operator,
            operand: Box::new(operand.expression),
        };
        Self::grown(node, span, operand.height)
    }

    fn postfix(&mut self) -> Result<Tree, SyntaxError> {
        let mut tree = self.primary()?;
        loop {
            let start = tree.expression.span.start;
            if self.next_is(".") {
                self.advance()?;
                let (token, span) = self.advance()?;
                let Token::Name(name) = token else {
                    return Err(self.unexpected(
                        &token,
                        span,
                        "A member's name belongs after “.”.",
                    ));
                };
                let of = Box::new(tree.expression);
                let node = ExpressionNode::Member { of, name };
                tree = Self::grown(node, start..span.end, tree.height)?;
            } else if self.next_is("[") {
                let (_, opened) = self.advance()?;
                let index = self.binary(0)?;
                let end = self.expect("]", &opened)?;
                let height = tree.height.max(index.height);
                let node = ExpressionNode::Index {
                    of: Box::new(tree.expression),
                    index: Box::new(index.expression),
                };
                tree = Self::grown(node, start..end, height)?;
            } else if self.next_is("(") {
                tree = self.call(tree)?;
            } else {
                return Ok(tree);
            }
        }
    }

    fn call(&mut self, callee: Tree) -> Result<Tree, SyntaxError> {
        let function_span = callee.expression.span.clone();
        let Some(function) = dotted(&callee.expression) else {
            return Err(SyntaxError::new(
                "Only a function's name can be called.",
                function_span,
            ));
        };
        let (_, opened) = self.advance()?;
        let mut arguments = Vec::new();
        let mut height = 1;
        if !self.next_is(")") {
            loop {
                let argument = self.binary(0)?;
                height = height.max(argument.height);
                arguments.push(argument.expression);
                if !self.next_is(",") {
                    break;
                }
                self.advance()?;
            }
        }
        let end = self.expect(")", &opened)?;
        let span = function_span.start..end;
        let node = ExpressionNode::Call {
            function,
            function_span,
            arguments,
        };
        Self::grown(node, span, height)
    }

    fn primary(&mut self) -> Result<Tree, SyntaxError> {
        let (token, span) = self.advance()?;
        Ok(match token {
            Token::Number(number) => Tree::leaf(ExpressionNode::Number(number), span),
            Token::Text(text) => Tree::leaf(ExpressionNode::Text(text), span),
            Token::Name(name) => match name.as_str() {
                "null" => Tree::leaf(ExpressionNode::Null, span),
                "true" => Tree::leaf(ExpressionNode::Boolean(true), span),
                "false" => Tree::leaf(ExpressionNode::Boolean(false), span),
                "and" | "or" => {
                    let message = format!("A value is missing before “{name}”.");
                    return Err(SyntaxError::new(message, span));
                }
                _ => Tree::leaf(ExpressionNode::Variable(name), span),
            },
            Token::Sign("(") => {
                let mut inner = self.binary(0)?;
                let end = self.expect(")", &span)?;
                inner.expression.span = span.start..end;
                inner
            }
            token => return Err(self.unexpected(&token, span, "A value is missing here.")),
        })
    }

    /// An error at a token; where that is the end, at what comes before it.
    fn unexpected(&self, token: &Token, span: Range<usize>, message: &str) -> SyntaxError {
        if *token != Token::End {
            return SyntaxError::new(message, span);
        }
        let before = self.text.get(..span.start).unwrap_or_default().trim_end();
        let start = before.char_indices().next_back().map_or(0, |(at, _)| at);
        SyntaxError::new(message, start..before.len())
    }
}

/// The dotted name that an expression is: `json.parse`.
fn dotted(expression: &Expression) -> Option<String> {
    match &expression.node {
        ExpressionNode::Variable(name) => Some(name.to_string()),
        ExpressionNode::Member { of, name } => Some(format!("{}.{name}", dotted(of)?)),
        _ => None,
    }
}
