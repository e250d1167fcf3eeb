//! The macros of CEL, as the parser leaves them: each is expanded into a loop.
//!
//! Follows `parser/macro.go` of `cel-go`, whose loops the `cel` crate makes too.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, ListExpr, operators};

use super::node::MacroKind;

/// The names of the macros that an expression may have.
pub(super) const MACROS: [&str; 6] = ["has", "all", "exists", "exists_one", "filter", "map"];

/// What a loop was before it was expanded, beside its range and its variable.
pub(super) struct Expanded<'e> {
    pub(super) kind: MacroKind,
    pub(super) condition: Option<&'e IdedExpr>,
    pub(super) body: &'e IdedExpr,
}

/// The macro that became `comprehension`.
pub(super) fn expanded(comprehension: &ComprehensionExpr) -> Option<Expanded<'_>> {
    let call = called(&comprehension.loop_step)?;
    let of = |kind, condition, body| Some(Expanded { kind, condition, body });
    match (call.func_name.as_str(), call.args.as_slice()) {
        (operators::LOGICAL_AND, [_, body]) => of(MacroKind::All, None, body),
        (operators::LOGICAL_OR, [_, body]) => of(MacroKind::Exists, None, body),
        (operators::CONDITIONAL, [condition, step, _]) => match appended(step) {
            Some(body) => of(MacroKind::Map, Some(condition), body),
            None => of(MacroKind::ExistsOne, None, condition),
        },
        (operators::ADD, _) => of(MacroKind::Map, None, appended(&comprehension.loop_step)?),
        _ => None,
    }
}

/// The item that `step` puts behind the list that is made.
fn appended(step: &IdedExpr) -> Option<&IdedExpr> {
    match called(step)?.args.as_slice() {
        [_, IdedExpr { expr: Expr::List(ListExpr { elements, .. }), .. }] => elements.first(),
        _ => None,
    }
}

fn called(expression: &IdedExpr) -> Option<&CallExpr> {
    match &expression.expr {
        Expr::Call(call) => Some(call),
        _ => None,
    }
}
