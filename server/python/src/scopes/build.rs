//! Finding the scopes of a script and what each binds.

use ruff_python_ast::{AnyNodeRef, Expr, ExprContext, ExprName, Identifier, ModModule, Parameters};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Binding, Kind, Lookup, Scope, ScopeId, Scopes};
use crate::walk::{Ahead, walk};

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
        walk(module, ScopeId::MODULE, |node, scope, ahead| {
            scopes.visit(node, scope, ahead);
        });
        let mut mentions = std::mem::take(&mut scopes.mentions);
        mentions.retain(|(scope, name)| scopes.bindings(*scope, name).is_none());
        scopes.mentions = mentions;
        scopes
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

    fn visit(&mut self, node: AnyNodeRef<'a>, scope: ScopeId, ahead: &mut Ahead<'a, ScopeId>) {
        match node {
            AnyNodeRef::ExprName(name) => {
                match name.ctx {
                    ExprContext::Store | ExprContext::Del => {
                        self.bind(scope, &name.id, name.start(), Binding::Other);
                    }
                    ExprContext::Load | ExprContext::Invalid => {}
                }
                self.mentions.insert((scope, name.id.as_str()));
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

    fn lead(&mut self, scope: ScopeId, names: &'a [Identifier], to_module: bool) {
        if let Some(scope) = self.scopes.get_mut(scope.0) {
            let names = names.iter().map(|name| (name.as_str(), to_module));
            scope.elsewhere.extend(names);
        }
    }
}
