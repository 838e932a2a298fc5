//! `view!`: every element becomes one call that makes it with all attributes
//! that are known, and one short call for each that is not.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use rstml::{
    Parser, ParserConfig,
    node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName},
};
use syn::{Expr, ExprPath, Ident, LitStr, Stmt, spanned::Spanned};

/// Elements of SVG, which the browser makes in another namespace.
const SVG: &[&str] = &[
    "svg", "use", "path", "g", "circle", "rect", "line", "polyline", "text", "defs", "marker",
];

pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    let parser = Parser::new(ParserConfig::default().recover_block(true));
    let (nodes, errors) = parser.parse_recoverable(tokens).split_vec();
    let mut complaints = TokenStream::new();
    for error in errors {
        let complaint = error.emit_as_expr_tokens();
        complaints.extend(quote!(#complaint;));
    }
    let nodes: Vec<Node> = nodes;
    let view = views(&nodes);
    quote!({ #complaints #view })
}

/// The view of several nodes side by side.
fn views(nodes: &[Node]) -> TokenStream {
    let views: Vec<_> = nodes.iter().filter_map(view).collect();
    match views.as_slice() {
        [] => quote!(::dom::View::Empty),
        [view] => view.clone(),
        views => quote!(::dom::View::List(vec![#(#views),*])),
    }
}

/// The view of one node; none for comments.
fn view(node: &Node) -> Option<TokenStream> {
    Some(match node {
        Node::Comment(_) | Node::Doctype(_) => return None,
        Node::Fragment(fragment) => views(&fragment.children),
        Node::Block(block) => {
            let block = bare(block);
            quote!(::dom::IntoView::into_view(#block))
        }
        Node::Text(text) => {
            let words = &text.value;
            quote!(::dom::View::text(#words))
        }
        Node::RawText(text) => {
            let words = LitStr::new(&text.to_string_best(), text.span());
            quote!(::dom::View::text(#words))
        }
        Node::Element(node) => match component_path(node.name()) {
            Some(path) => component(path, node),
            None => element(node),
        },
        Node::Custom(_) => return None,
    })
}

/// The path of a component; none for an element, whose name is in lower case.
fn component_path(name: &NodeName) -> Option<&ExprPath> {
    let NodeName::Path(path) = name else {
        return None;
    };
    let last = path.path.segments.last()?.ident.to_string();
    last.starts_with(char::is_uppercase).then_some(path)
}

/// What stands in braces, without them where it is one expression.
fn bare(block: &NodeBlock) -> TokenStream {
    match block.try_block().map(|block| block.stmts.as_slice()) {
        Some([Stmt::Expr(expression, None)]) => quote!(#expression),
        _ => quote!(#block),
    }
}

/// The value of an attribute; `true` where it has none.
fn value(attribute: &KeyedAttribute) -> TokenStream {
    match attribute.value() {
        Some(value) => quote!(#value),
        None => quote!(true),
    }
}

fn element(node: &NodeElement<rstml::Infallible>) -> TokenStream {
    let tag = node.name().to_string();
    let mut made = tag.clone();
    let mut calls = Vec::new();
    for attribute in node.attributes() {
        match attribute {
            NodeAttribute::Block(block) => {
                let block = bare(block);
                calls.push(quote!(__element.attributes(#block);));
            }
            NodeAttribute::Attribute(attribute) => {
                let name = attribute.key.to_string();
                match known(attribute) {
                    Some(text) if !name.contains(':') && name != "node_ref" => {
                        made.push_str(&format!("\n{name}={text}"));
                    }
                    _ => calls.push(set(&name, attribute)),
                }
            }
        }
    }
    let children = node.children.iter().filter_map(|child| match child {
        Node::Text(text) => {
            let words = &text.value;
            Some(quote!(__element.text(#words);))
        }
        Node::Block(block) => {
            let block = bare(block);
            Some(quote!(__element.child(#block);))
        }
        other => view(other).map(|view| quote!(__element.append(#view);)),
    });
    let make = if SVG.contains(&tag.as_str()) {
        quote!(svg)
    } else {
        quote!(html)
    };
    quote!({
        let __element = ::dom::Element::#make(#made);
        #(#calls)*
        #(#children)*
        __element.view()
    })
}

/// The text of an attribute that is a literal of one line.
fn known(attribute: &KeyedAttribute) -> Option<String> {
    let text = match attribute.value() {
        None => String::new(),
        Some(Expr::Lit(_)) => match attribute.value_literal_string()?.as_str() {
            // These are not texts: one sets the attribute, the other leaves it out.
            "true" | "false" if !is_text(attribute) => return None,
            text => text.to_owned(),
        },
        Some(_) => return None,
    };
    (!text.contains('\n')).then_some(text)
}

fn is_text(attribute: &KeyedAttribute) -> bool {
    matches!(attribute.value(), Some(Expr::Lit(literal)) if matches!(literal.lit, syn::Lit::Str(_)))
}

/// The call for one attribute that is not known.
fn set(name: &str, attribute: &KeyedAttribute) -> TokenStream {
    let value = value(attribute);
    let span = attribute.key.span();
    match name.split_once(':') {
        Some(("on", event)) => {
            let event = Ident::new(event, span);
            quote_spanned!(span=> __element.on(::dom::ev::#event, #value);)
        }
        Some(("class", class)) => quote_spanned!(span=> __element.class(#class, #value);),
        Some(("style", style)) => quote_spanned!(span=> __element.style(#style, #value);),
        Some(("prop", property)) => quote_spanned!(span=> __element.property(#property, #value);),
        Some(_) => error(&attribute.key, "known are on:, class:, style: and prop:"),
        None if name == "node_ref" => quote_spanned!(span=> __element.node_ref(#value);),
        None => quote_spanned!(span=> __element.attribute(#name, #value);),
    }
}

/// What stands in the language itself in other words: each takes closures of
/// its own type, which `dom` makes into one.
fn built_in(path: &ExprPath) -> Option<&'static str> {
    ["Show", "For", "Provider"]
        .into_iter()
        .find(|name| path.path.is_ident(name))
}

fn component(path: &ExprPath, node: &NodeElement<rstml::Infallible>) -> TokenStream {
    let mut props = Vec::new();
    let mut attributes = Vec::new();
    let mut binding = TokenStream::new();
    for attribute in node.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            if let NodeAttribute::Block(block) = attribute {
                props.push((Ident::new("of", block.span()), quote!(#block)));
            }
            continue;
        };
        let name = attribute.key.to_string();
        let span = attribute.key.span();
        match name.split_once(':') {
            Some(("attr", name)) => {
                let value = value(attribute);
                attributes.push(quote!(.with_attribute(#name, #value)));
            }
            Some(("let", name)) => {
                let name = Ident::new(name, span);
                binding = quote!(#name);
            }
            Some(_) => return error(&attribute.key, "known are attr: and let:"),
            None => {
                let value = match attribute.value() {
                    Some(value) => quote!(#value),
                    // A property without a value is a variable of its name.
                    None => {
                        let name = Ident::new(&name, span);
                        quote!(#name)
                    }
                };
                props.push((Ident::new(&name, span), value));
            }
        }
    }
    let children = (!node.children.is_empty()).then(|| {
        let children = views(&node.children);
        quote!(move |#binding| #children)
    });
    let component = match built_in(path) {
        Some(name) => special(name, path.span(), &props, children),
        None => {
            let names = props.iter().map(|(name, _)| name);
            let values = props.iter().map(|(_, value)| value);
            let children = children
                .map(|children| quote!(.children(::dom::ToChildren::to_children(#children))));
            quote_spanned! {path.span()=>
                ::dom::render(#path, ::dom::props(&#path)#(.#names(#values))* #children .build())
            }
        }
    };
    quote!(#component #(#attributes)*)
}

fn special(
    name: &str,
    span: Span,
    props: &[(Ident, TokenStream)],
    children: Option<TokenStream>,
) -> TokenStream {
    let given = |wanted: &str| {
        let found = props.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value)
    };
    let missing = |name: &str| {
        let message = format!("`{name}` is missing");
        quote_spanned!(span=> ::core::compile_error!(#message))
    };
    let required = |name: &str| given(name).cloned().unwrap_or_else(|| missing(name));
    let children = children.unwrap_or_else(|| missing("children"));
    match name {
        "Show" => {
            let when = required("when");
            let fallback = match given("fallback") {
                Some(fallback) => quote!(#fallback),
                None => quote!(|| ::dom::View::Empty),
            };
            quote_spanned!(span=> ::dom::show(#when, #children, #fallback))
        }
        "For" => {
            let (each, key) = (required("each"), required("key"));
            quote_spanned!(span=> ::dom::for_each(#each, #key, #children))
        }
        _ => {
            let value = required("value");
            quote_spanned!(span=> ::dom::provide(#value, #children))
        }
    }
}

fn error(place: &impl Spanned, message: &str) -> TokenStream {
    quote_spanned!(place.span()=> ::core::compile_error!(#message);)
}
