//! Which names a script binds, and where a name that it reads comes from.

mod build;

use ruff_python_ast::{AnyNodeRef, Expr, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::walk::Ahead;

/// Scopes around a name in which it is looked for. Further out nothing is
/// claimed of it.
const MAX_CLIMB: usize = 64;

/// A scope of a script, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ScopeId(usize);

impl ScopeId {
    /// The script itself.
    pub(crate) const MODULE: Self = Self(0);
}

/// What a scope belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
}

impl Kind {
    /// Whether its body runs when it is called, and not where it stands.
    pub(crate) fn is_called(self) -> bool {
        matches!(self, Self::Function | Self::AsyncFunction | Self::Lambda)
    }
}

/// What gives a name its value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Binding<'a> {
    /// `import requests`, by the name of the module.
    Module(&'a str),
    /// `from requests import get`.
    Member { module: &'a str, name: &'a str },
    /// `name = value`.
    Value(&'a Expr),
    /// `with value as name`.
    Context(&'a Expr),
    /// A parameter of a function.
    Parameter,
    /// `def name(…)`.
    Function(&'a StmtFunctionDef),
    /// Anything else: a loop, a class, a part of a list.
    Other,
}

/// The bindings of one name in one scope.
#[derive(Debug, Default)]
pub(crate) struct Bindings<'a> {
    /// Each with the byte at which it stands, in the order of the source.
    pub(crate) all: Vec<(TextSize, Binding<'a>)>,
}

impl<'a> Bindings<'a> {
    /// The bindings without their places.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Binding<'a>> {
        self.all.iter().map(|(_, binding)| *binding)
    }

    /// Whether the name gets a value within a part of the script.
    pub(crate) fn any_in(&self, range: TextRange) -> bool {
        let first = self.all.partition_point(|(at, _)| *at < range.start());
        self.all.get(first).is_some_and(|(at, _)| *at < range.end())
    }
}

#[derive(Debug)]
struct Scope<'a> {
    kind: Kind,
    parent: ScopeId,
    names: FxHashMap<&'a str, Bindings<'a>>,
    /// The names that `global` and `nonlocal` lead out of the scope, each with
    /// whether it leads to the module.
    elsewhere: FxHashMap<&'a str, bool>,
}

/// Where a name leads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lookup<'s, 'a> {
    /// To a scope that binds it.
    Bound(ScopeId, &'s Bindings<'a>),
    /// Out of the script: to what Python has built in, or to nothing.
    Unbound,
    /// It cannot be told.
    Unknown,
}

/// All scopes of a script.
pub(crate) struct Scopes<'a> {
    scopes: Vec<Scope<'a>>,
    by_range: FxHashMap<TextRange, ScopeId>,
    /// The names that each scope mentions and does not bind itself.
    mentions: FxHashSet<(ScopeId, &'a str)>,
    /// Whether `from … import *` brings names that are not written anywhere.
    has_star: bool,
    /// Whether some expression sets a variable.
    has_walrus: bool,
}

impl<'a> Scopes<'a> {
    pub(crate) fn kind(&self, scope: ScopeId) -> Kind {
        self.scopes
            .get(scope.0)
            .map_or(Kind::Module, |scope| scope.kind)
    }

    pub(crate) fn parent(&self, scope: ScopeId) -> ScopeId {
        self.scopes
            .get(scope.0)
            .map_or(ScopeId::MODULE, |scope| scope.parent)
    }

    /// The function, class or module that a place is in, comprehensions left
    /// aside.
    pub(crate) fn around(&self, mut scope: ScopeId) -> ScopeId {
        while self.kind(scope) == Kind::Comprehension {
            scope = self.parent(scope);
        }
        scope
    }

    /// The scope that a function, class, lambda or comprehension opens.
    pub(crate) fn inside(&self, node: impl Ranged) -> Option<ScopeId> {
        self.by_range.get(&node.range()).copied()
    }

    /// The bindings of a name in a scope itself.
    pub(crate) fn bindings(&self, scope: ScopeId, name: &str) -> Option<&Bindings<'a>> {
        self.scopes.get(scope.0)?.names.get(name)
    }

    /// All names that a scope binds.
    pub(crate) fn names(&self, scope: ScopeId) -> impl Iterator<Item = (&'a str, &Bindings<'a>)> {
        let names = self.scopes.get(scope.0).map(|scope| scope.names.iter());
        names.into_iter().flatten().map(|(name, of)| (*name, of))
    }

    /// Where a name leads that is read in a scope.
    pub(crate) fn look_up(&self, name: &str, from: ScopeId) -> Lookup<'_, 'a> {
        let mut id = from;
        for _ in 0..MAX_CLIMB {
            let Some(scope) = self.scopes.get(id.0) else {
                return Lookup::Unknown;
            };
            match scope.elsewhere.get(name) {
                Some(true) => return self.look_up_in_module(name),
                Some(false) => {}
                None if id == ScopeId::MODULE => return self.look_up_in_module(name),
                // The names of a class are not seen from its methods.
                None if scope.kind == Kind::Class && id != from => {}
                None => {
                    if let Some(bindings) = scope.names.get(name) {
                        return Lookup::Bound(id, bindings);
                    }
                }
            }
            id = scope.parent;
        }
        Lookup::Unknown
    }

    fn look_up_in_module(&self, name: &str) -> Lookup<'_, 'a> {
        match (self.bindings(ScopeId::MODULE, name), self.has_star) {
            (Some(bindings), _) => Lookup::Bound(ScopeId::MODULE, bindings),
            (None, true) => Lookup::Unknown,
            (None, false) => Lookup::Unbound,
        }
    }

    /// Whether some expression of the script sets a variable on the way (`:=`).
    pub(crate) fn has_walrus(&self) -> bool {
        self.has_walrus
    }

    /// Whether a name is one that Python has built in, untouched by the script.
    pub(crate) fn is_built_in(&self, name: &str, from: ScopeId) -> bool {
        matches!(self.look_up(name, from), Lookup::Unbound)
    }

    /// The names that functions inside of a scope mention: they may read and
    /// change them at any time.
    pub(crate) fn captured(&self, function: ScopeId) -> FxHashSet<&'a str> {
        // A scope comes behind the one that it is in.
        let mut is_called = vec![false; self.scopes.len()];
        for (number, scope) in self.scopes.iter().enumerate().skip(1) {
            let is_inside = is_called.get(scope.parent.0).copied().unwrap_or_default();
            let begins = scope.kind != Kind::Comprehension && self.around(scope.parent) == function;
            if let Some(called) = is_called.get_mut(number) {
                *called = is_inside || begins;
            }
        }
        let mentions = self.mentions.iter();
        mentions
            .filter(|(scope, _)| is_called.get(scope.0).copied().unwrap_or_default())
            .map(|(_, name)| *name)
            .collect()
    }

    /// Puts what is inside of a node ahead, each part with the scope that it is
    /// in.
    pub(crate) fn children<S: Copy>(
        &self,
        node: AnyNodeRef<'a>,
        scope: ScopeId,
        ahead: &mut Ahead<'a, S>,
        state: impl Fn(ScopeId) -> S,
    ) {
        let Some(inside) = self.scope_of(node) else {
            return ahead.children(node, state(scope));
        };
        ahead.children_by(node, |child| {
            let is_inside = match node {
                AnyNodeRef::StmtFunctionDef(_) | AnyNodeRef::StmtClassDef(_) => {
                    child.is_statement()
                }
                AnyNodeRef::ExprLambda(lambda) => child.range() == lambda.body.range(),
                _ => true,
            };
            state(if is_inside { inside } else { scope })
        });
    }

    /// The scope that a node opens.
    fn scope_of(&self, node: AnyNodeRef<'a>) -> Option<ScopeId> {
        let opens = matches!(
            node,
            AnyNodeRef::StmtFunctionDef(_)
                | AnyNodeRef::StmtClassDef(_)
                | AnyNodeRef::ExprLambda(_)
                | AnyNodeRef::ExprListComp(_)
                | AnyNodeRef::ExprSetComp(_)
                | AnyNodeRef::ExprDictComp(_)
                | AnyNodeRef::ExprGenerator(_)
        );
        opens.then(|| self.inside(node)).flatten()
    }
}
