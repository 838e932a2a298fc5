//! `#[component]`: a struct of properties with a builder that knows at compile
//! time what is missing, and a function that takes it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Attribute, Expr, FnArg, GenericArgument, Ident, ItemFn, Pat, PathArguments, Result, Type,
    parse_quote, spanned::Spanned,
};

pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    syn::parse2::<ItemFn>(tokens)
        .and_then(component)
        .unwrap_or_else(|error| error.to_compile_error())
}

fn component(function: ItemFn) -> Result<TokenStream> {
    let ItemFn {
        attrs,
        vis,
        mut sig,
        block,
        ..
    } = function;
    let mut props = std::mem::take(&mut sig.inputs)
        .into_iter()
        .map(Prop::new)
        .collect::<Result<Vec<_>>>()?;
    for prop in &mut props {
        prop.name_its_type(&mut sig.generics);
    }
    let name = &sig.ident;
    let allow = quote!(#[allow(non_snake_case, reason = "components are named like types")]);
    if props.is_empty() {
        return Ok(quote! {
            #(#attrs)* #allow
            #vis fn #name(_: ::dom::NoProps) -> ::dom::View {
                ::dom::IntoView::into_view(::dom::untrack(move || #block))
            }
        });
    }
    let props_name = format_ident!("{name}Props");
    let builder_name = format_ident!("{name}PropsBuilder");
    let doc = format!("What a [`{name}`] takes.");
    let (impl_generics, generics, bounds) = sig.generics.split_for_impl();
    let fields = props.iter().map(Prop::field).collect::<Result<Vec<_>>>()?;
    let patterns = props.iter().map(|prop| &prop.pattern);
    Ok(quote! {
        #[doc = #doc]
        #[derive(::dom::typed_builder::TypedBuilder)]
        #[builder(crate_module_path = ::dom::typed_builder)]
        #vis struct #props_name #impl_generics #bounds {
            #(#fields)*
        }

        impl #impl_generics ::dom::Props for #props_name #generics #bounds {
            type Builder = #builder_name #generics;

            fn builder() -> Self::Builder {
                Self::builder()
            }
        }

        #(#attrs)* #allow
        #vis fn #name #impl_generics (props: #props_name #generics) -> ::dom::View #bounds {
            let #props_name { #(#patterns),* } = props;
            ::dom::IntoView::into_view(::dom::untrack(move || #block))
        }
    })
}

/// One parameter of a component.
struct Prop {
    docs: Vec<Attribute>,
    pattern: Pat,
    name: Ident,
    ty: Type,
    /// It may be left out: then the type's default, or none.
    optional: bool,
    /// Where an `Option` is given as what is in it.
    strip: bool,
    into: bool,
    default: Option<Expr>,
}

impl Prop {
    fn new(argument: FnArg) -> Result<Self> {
        let FnArg::Typed(argument) = argument else {
            return Err(syn::Error::new(
                argument.span(),
                "a component has no `self`",
            ));
        };
        let Pat::Ident(pattern) = argument.pat.as_ref() else {
            return Err(syn::Error::new(
                argument.pat.span(),
                "a property has a name: take it apart inside",
            ));
        };
        let mut prop = Self {
            docs: Vec::new(),
            name: pattern.ident.clone(),
            pattern: *argument.pat.clone(),
            ty: *argument.ty,
            optional: false,
            strip: false,
            into: false,
            default: None,
        };
        for attribute in argument.attrs {
            if attribute.path().is_ident("prop") {
                attribute.parse_nested_meta(|meta| prop.option(&meta))?;
            } else {
                prop.docs.push(attribute);
            }
        }
        Ok(prop)
    }

    /// A struct cannot hold an `impl Trait`: it becomes a parameter.
    fn name_its_type(&mut self, generics: &mut syn::Generics) {
        if let Type::ImplTrait(given) = &self.ty {
            let bounds = &given.bounds;
            let name = format_ident!("Impl{}", generics.params.len());
            generics.params.push(parse_quote!(#name: #bounds));
            self.ty = parse_quote!(#name);
        }
    }

    fn option(&mut self, meta: &syn::meta::ParseNestedMeta<'_>) -> Result<()> {
        if meta.path.is_ident("optional") {
            self.optional = true;
            self.strip = in_option(&self.ty).is_some();
        } else if meta.path.is_ident("optional_no_strip") {
            self.optional = true;
        } else if meta.path.is_ident("into") {
            self.into = true;
        } else if meta.path.is_ident("default") {
            self.default = Some(meta.value()?.parse()?);
        } else {
            return Err(meta.error("known are optional, optional_no_strip, into and default"));
        }
        Ok(())
    }

    fn field(&self) -> Result<TokenStream> {
        let Self { docs, name, ty, .. } = self;
        let mut options: Vec<TokenStream> = Vec::new();
        if let Some(default) = &self.default {
            options.push(quote!(default = #default));
        } else if self.optional {
            options.push(quote!(default));
        }
        let given = if self.strip {
            in_option(ty).ok_or_else(|| syn::Error::new(ty.span(), "no Option"))?
        } else {
            ty.clone()
        };
        if self.into {
            let value = quote!(::dom::IntoProp::<#given, _>::into_prop(value));
            let value = if self.strip {
                quote!(Some(#value))
            } else {
                value
            };
            options.push(quote! {
                setter(fn transform<M>(value: impl ::dom::IntoProp<#given, M>) -> #ty { #value })
            });
        } else if self.strip {
            options.push(quote!(setter(strip_option)));
        }
        let builder: Option<Attribute> = if options.is_empty() {
            None
        } else {
            Some(parse_quote!(#[builder(#(#options),*)]))
        };
        Ok(quote!(#(#docs)* #builder #name: #ty,))
    }
}

/// What is in an `Option`.
fn in_option(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if last.ident != "Option" {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    }
}
