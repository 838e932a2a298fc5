//! Which names a script binds, and where a name that it reads comes from.

use ruff_python_ast::{
    AnyNodeRef, Expr, ExprContext, ExprName, ModModule, Parameters, StmtFunctionDef,
};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::walk::{Ahead, walk};

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
    pub(crate) fn of(module: &'a ModModule) -> Self {
        let mut scopes = Self {
            scopes: Vec::new(),
            by_range: FxHashMap::default(),
            mentions: FxHashSet::default(),
            has_star: false,
            has_walrus: false,
        };
        scopes.add(Kind::Module, ScopeId::MODULE);
        let mut mentioned = FxHashSet::default();
        walk(module, ScopeId::MODULE, |node, scope, ahead| {
            scopes.visit(node, scope, ahead, &mut mentioned);
        });
        mentioned.retain(|(scope, name)| scopes.bindings(*scope, name).is_none());
        scopes.mentions = mentioned;
        scopes
    }

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

    fn add(&mut self, kind: Kind, parent: ScopeId) -> ScopeId {
        let id = ScopeId(self.scopes.len());
        self.scopes.push(Scope {
            kind,
            parent,
            names: FxHashMap::default(),
            elsewhere: FxHashMap::default(),
        });
        id
    }

    fn open(&mut self, kind: Kind, parent: ScopeId, node: AnyNodeRef<'a>) -> ScopeId {
        let id = self.add(kind, parent);
        self.by_range.insert(node.range(), id);
        id
    }

    fn bind(&mut self, scope: ScopeId, name: &'a str, at: TextSize, binding: Binding<'a>) {
        let mut id = scope;
        let leads = self
            .scopes
            .get(id.0)
            .and_then(|scope| scope.elsewhere.get(name));
        match leads {
            Some(true) => id = ScopeId::MODULE,
            // Of the scopes around it, the one that has the name already.
            Some(false) => {
                if let Lookup::Bound(owner, _) = self.look_up(name, self.parent(scope)) {
                    id = owner;
                }
            }
            None => {}
        }
        if let Some(scope) = self.scopes.get_mut(id.0) {
            let bindings = &mut scope.names.entry(name).or_default().all;
            // What a function binds elsewhere comes out of order.
            let index = bindings.partition_point(|(before, _)| *before <= at);
            bindings.insert(index, (at, binding));
        }
    }

    fn visit(
        &mut self,
        node: AnyNodeRef<'a>,
        scope: ScopeId,
        ahead: &mut Ahead<'a, ScopeId>,
        mentioned: &mut FxHashSet<(ScopeId, &'a str)>,
    ) {
        match node {
            AnyNodeRef::ExprName(name) => {
                match name.ctx {
                    ExprContext::Store | ExprContext::Del => {
                        self.bind(scope, &name.id, name.start(), Binding::Other);
                    }
                    ExprContext::Load | ExprContext::Invalid => {}
                }
                mentioned.insert((scope, name.id.as_str()));
                return;
            }
            AnyNodeRef::StmtFunctionDef(function) => {
                let binding = Binding::Function(function);
                self.bind(scope, &function.name, function.name.start(), binding);
                let kind = if function.is_async {
                    Kind::AsyncFunction
                } else {
                    Kind::Function
                };
                let inside = self.open(kind, scope, node);
                self.parameters(inside, &function.parameters);
            }
            AnyNodeRef::ExprLambda(lambda) => {
                let inside = self.open(Kind::Lambda, scope, node);
                if let Some(parameters) = &lambda.parameters {
                    self.parameters(inside, parameters);
                }
            }
            AnyNodeRef::StmtClassDef(class) => {
                self.bind(scope, &class.name, class.name.start(), Binding::Other);
                self.open(Kind::Class, scope, node);
            }
            AnyNodeRef::ExprListComp(_)
            | AnyNodeRef::ExprSetComp(_)
            | AnyNodeRef::ExprDictComp(_)
            | AnyNodeRef::ExprGenerator(_) => {
                self.open(Kind::Comprehension, scope, node);
            }
            _ => {
                if self.statement(node, scope, ahead) {
                    return;
                }
            }
        }
        self.children(node, scope, ahead, |scope| scope);
    }

    /// Takes what a statement binds; says whether its parts are ahead already.
    fn statement(
        &mut self,
        node: AnyNodeRef<'a>,
        scope: ScopeId,
        ahead: &mut Ahead<'a, ScopeId>,
    ) -> bool {
        match node {
            AnyNodeRef::StmtAssign(assign) => {
                for target in &assign.targets {
                    self.target(target, Binding::Value(&assign.value), scope, ahead);
                }
                ahead.node(&*assign.value, scope);
                return true;
            }
            AnyNodeRef::StmtAnnAssign(assign) => {
                match &assign.value {
                    Some(value) => {
                        self.target(&assign.target, Binding::Value(value), scope, ahead);
                        ahead.node(&**value, scope);
                    }
                    // A name that is only declared has no value.
                    None if assign.target.is_name_expr() => {}
                    None => ahead.node(&*assign.target, scope),
                }
                ahead.node(&*assign.annotation, scope);
                return true;
            }
            AnyNodeRef::ExprNamed(named) => {
                self.has_walrus = true;
                // Binds around the comprehension that it is in.
                let around = self.around(scope);
                self.target(&named.target, Binding::Value(&named.value), around, ahead);
                ahead.node(&*named.value, scope);
                return true;
            }
            AnyNodeRef::WithItem(item) => {
                ahead.node(&item.context_expr, scope);
                if let Some(target) = &item.optional_vars {
                    self.target(target, Binding::Context(&item.context_expr), scope, ahead);
                }
                return true;
            }
            AnyNodeRef::StmtImport(import) => {
                for alias in &import.names {
                    let module = alias.name.as_str();
                    let top = module.split('.').next().unwrap_or(module);
                    let (name, module) = match &alias.asname {
                        Some(name) => (name.as_str(), module),
                        None => (top, top),
                    };
                    self.bind(scope, name, alias.start(), Binding::Module(module));
                }
                return true;
            }
            AnyNodeRef::StmtImportFrom(import) => {
                let module = import.module.as_deref().unwrap_or_default();
                for alias in &import.names {
                    let name = alias.name.as_str();
                    if name == "*" {
                        self.has_star = true;
                        continue;
                    }
                    let bound = alias.asname.as_ref().map_or(name, |bound| bound.as_str());
                    let binding = match import.level {
                        0 => Binding::Member { module, name },
                        _ => Binding::Other,
                    };
                    self.bind(scope, bound, alias.start(), binding);
                }
                return true;
            }
            AnyNodeRef::StmtGlobal(global) => self.lead(scope, &global.names, true),
            AnyNodeRef::StmtNonlocal(nonlocal) => self.lead(scope, &nonlocal.names, false),
            AnyNodeRef::ExceptHandlerExceptHandler(handler) => {
                if let Some(name) = &handler.name {
                    self.bind(scope, name, name.start(), Binding::Other);
                }
            }
            AnyNodeRef::PatternMatchAs(pattern) => {
                if let Some(name) = &pattern.name {
                    self.bind(scope, name, name.start(), Binding::Other);
                }
            }
            AnyNodeRef::PatternMatchStar(pattern) => {
                if let Some(name) = &pattern.name {
                    self.bind(scope, name, name.start(), Binding::Other);
                }
            }
            AnyNodeRef::PatternMatchMapping(pattern) => {
                if let Some(name) = &pattern.rest {
                    self.bind(scope, name, name.start(), Binding::Other);
                }
            }
            _ => {}
        }
        false
    }

    /// Binds a target that is a name by itself; the names in others bind when
    /// they are visited.
    fn target(
        &mut self,
        target: &'a Expr,
        binding: Binding<'a>,
        scope: ScopeId,
        ahead: &mut Ahead<'a, ScopeId>,
    ) {
        match target {
            Expr::Name(ExprName { id, range, .. }) => self.bind(scope, id, range.start(), binding),
            other => ahead.node(other, scope),
        }
    }

    fn parameters(&mut self, scope: ScopeId, parameters: &'a Parameters) {
        for parameter in parameters {
            let name = parameter.name();
            self.bind(scope, name, name.start(), Binding::Parameter);
        }
    }

    fn lead(&mut self, scope: ScopeId, names: &'a [ruff_python_ast::Identifier], to_module: bool) {
        if let Some(scope) = self.scopes.get_mut(scope.0) {
            let names = names.iter().map(|name| (name.as_str(), to_module));
            scope.elsewhere.extend(names);
        }
    }
}
