//! What an expression says of a manifest.
//!
//! As the specification of CEL has it: `&&`, `||`, `all` and `exists` need not know what one part says where another decides.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use serde_json::Value;

use super::arithmetic::arithmetic;
use super::budget::Budget;
use super::node::{Macro, MacroKind, Node, Operator};
use super::stop::{Answer, Stop, mistyped, too_large};
use super::value::Val;

/// An expression that is being evaluated.
pub(super) struct Evaluation<'a, 'b> {
    manifest: &'a Value,
    variables: Vec<Val<'a>>,
    budget: &'b mut Budget,
}

impl<'a, 'b> Evaluation<'a, 'b> {
    pub(super) fn new(manifest: &'a Value, budget: &'b mut Budget) -> Self {
        Self { manifest, variables: Vec::new(), budget }
    }

    /// What `node` says, which must be true or false.
    pub(super) fn truth(&mut self, node: &'a Node) -> Answer<bool> {
        match self.value(node)? {
            Val::Bool(is) => Ok(is),
            other => Err(Stop::Mistyped(format!("it comes to a {}, where true or false is needed", other.type_name()))),
        }
    }

    pub(super) fn pay(&mut self, steps: usize) -> Answer<()> {
        self.budget.take(steps).then_some(()).ok_or(Stop::Exhausted)
    }

    pub(super) fn pay_text(&mut self, bytes: usize) -> Answer<()> {
        self.budget.take_text(bytes).then_some(()).ok_or(Stop::Exhausted)
    }

    fn value(&mut self, node: &'a Node) -> Answer<Val<'a>> {
        self.pay(1)?;
        match node {
            Node::Null => Ok(Val::Null),
            Node::Bool(is) => Ok(Val::Bool(*is)),
            Node::Int(number) => Ok(Val::Int(*number)),
            Node::Double(number) => Ok(Val::Double(*number)),
            Node::Text(text) => Ok(Val::Text(Cow::Borrowed(text))),
            Node::Object => Ok(Val::of(self.manifest)),
            Node::Variable(position) => self.variable(*position),
            Node::Field(operand, name) => self.field(operand, name)?.ok_or_else(|| Stop::Missing(name.clone())),
            Node::Has(operand, name) => Ok(Val::Bool(self.field(operand, name)?.is_some())),
            Node::Index(pair) => self.index(&pair[0], &pair[1]),
            Node::List(nodes) => {
                let items = nodes.iter().map(|node| self.value(node)).collect::<Answer<Vec<_>>>()?;
                Ok(Val::Made(Rc::new(items)))
            }
            Node::Not(operand) => Ok(Val::Bool(!self.truth(operand)?)),
            Node::Negative(operand) => match self.value(operand)? {
                Val::Int(number) => number.checked_neg().map(Val::Int).ok_or_else(too_large),
                Val::Double(number) => Ok(Val::Double(-number)),
                other => Err(mistyped("-", &[&other])),
            },
            Node::And(pair) => self.decided_by(false, &pair[0], &pair[1]),
            Node::Or(pair) => self.decided_by(true, &pair[0], &pair[1]),
            Node::Choice(parts) => {
                let [condition, one, two] = parts.as_ref();
                if self.truth(condition)? { self.value(one) } else { self.value(two) }
            }
            Node::Binary(operator, pair) => {
                let (one, two) = (self.value(&pair[0])?, self.value(&pair[1])?);
                self.binary(*operator, one, two)
            }
            Node::Call(function, arguments) => {
                let arguments = arguments.iter().map(|argument| self.value(argument)).collect::<Answer<Vec<_>>>()?;
                self.call(*function, &arguments)
            }
            Node::Matches(text, regex) => match self.value(text)? {
                Val::Text(text) => {
                    self.pay((text.len() + 2).saturating_mul(STEPS_OF_MATCHED_BYTE))?;
                    Ok(Val::Bool(regex.is_match(&text)))
                }
                other => Err(mistyped("matches", &[&other])),
            },
            Node::Macro(called) => self.macro_call(called),
        }
    }

    fn variable(&mut self, position: usize) -> Answer<Val<'a>> {
        let value = self.variables.get(position).cloned().unwrap_or(Val::Null);
        if let Val::Text(Cow::Owned(text)) = &value {
            self.pay_text(text.len())?;
        }
        Ok(value)
    }

    /// A field of a map, if it has it.
    fn field(&mut self, operand: &'a Node, name: &str) -> Answer<Option<Val<'a>>> {
        match self.value(operand)? {
            Val::Map(map) => Ok(Val::field(map, name)),
            other => Err(Stop::Mistyped(format!("a {} has no field `{name}`", other.type_name()))),
        }
    }

    fn index(&mut self, operand: &'a Node, index: &'a Node) -> Answer<Val<'a>> {
        let (operand, index) = (self.value(operand)?, self.value(index)?);
        match (&operand, &index) {
            (Val::Map(map), Val::Text(key)) => Val::field(map, key).ok_or_else(|| Stop::Missing(key.to_string())),
            (Val::Items(_) | Val::Made(_), Val::Int(position)) => usize::try_from(*position)
                .ok()
                .and_then(|position| operand.item(position))
                .ok_or_else(|| Stop::Missing(format!("[{position}]"))),
            _ => Err(mistyped("[ ]", &[&operand, &index])),
        }
    }

    /// `&&` and `||`: what either part says if it is `deciding`, whatever becomes of the other one.
    fn decided_by(&mut self, deciding: bool, one: &'a Node, two: &'a Node) -> Answer<Val<'a>> {
        let first = self.truth(one);
        if first == Ok(deciding) || first == Err(Stop::Exhausted) {
            return first.map(Val::Bool);
        }
        match self.truth(two) {
            Ok(second) if second == deciding => Ok(Val::Bool(deciding)),
            Err(Stop::Exhausted) => Err(Stop::Exhausted),
            second => first.and(second).map(Val::Bool),
        }
    }

    fn binary(&mut self, operator: Operator, one: Val<'a>, two: Val<'a>) -> Answer<Val<'a>> {
        match operator {
            Operator::Equal => self.equal(&one, &two).map(Val::Bool),
            Operator::Unequal => Ok(Val::Bool(!self.equal(&one, &two)?)),
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                if matches!((&one, &two), (Val::Quantity(_), _) | (_, Val::Quantity(_))) {
                    return Err(mistyped(operator.sign(), &[&one, &two]));
                }
                self.pay_text(one.bytes().min(two.bytes()))?;
                let is_number = |value: &Val<'_>| matches!(value, Val::Int(_) | Val::Double(_));
                match one.compare(&two) {
                    Some(order) => Ok(Val::Bool(holds(operator, order))),
                    None if is_number(&one) && is_number(&two) => Ok(Val::Bool(false)),
                    None => Err(mistyped(operator.sign(), &[&one, &two])),
                }
            }
            Operator::In => self.contains(&one, &two),
            Operator::Add => self.sum(one, two),
            Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => arithmetic(operator, &one, &two),
        }
    }

    /// True if both are the same; values of different types are not.
    fn equal(&mut self, one: &Val<'a>, two: &Val<'a>) -> Answer<bool> {
        self.pay(1)?;
        match (one, two) {
            (Val::Null, Val::Null) => Ok(true),
            (Val::Map(one), Val::Map(two)) => {
                if one.len() != two.len() {
                    return Ok(false);
                }
                for (key, value) in *one {
                    self.pay_text(key.len())?;
                    let Some(other) = two.get(key) else { return Ok(false) };
                    if !self.equal(&Val::of(value), &Val::of(other))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Val::Items(_) | Val::Made(_), Val::Items(_) | Val::Made(_)) => {
                if one.size() != two.size() {
                    return Ok(false);
                }
                for position in 0..one.size().unwrap_or_default() {
                    let pair = one.item(position).zip(two.item(position));
                    if let Some((one, two)) = pair
                        && !self.equal(&one, &two)?
                    {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => {
                self.pay_text(one.bytes().min(two.bytes()))?;
                Ok(one.compare(two) == Some(Ordering::Equal))
            }
        }
    }

    /// `in`: among the items of a list, or the keys of a map.
    fn contains(&mut self, item: &Val<'a>, container: &Val<'a>) -> Answer<Val<'a>> {
        match (container, item) {
            (Val::Map(map), Val::Text(key)) => Ok(Val::Bool(Val::field(map, key).is_some())),
            (Val::Map(_), Val::Int(_) | Val::Double(_) | Val::Bool(_)) => Ok(Val::Bool(false)),
            (Val::Items(_) | Val::Made(_), _) => {
                for position in 0..container.size().unwrap_or_default() {
                    if let Some(other) = container.item(position)
                        && self.equal(item, &other)?
                    {
                        return Ok(Val::Bool(true));
                    }
                }
                Ok(Val::Bool(false))
            }
            _ => Err(mistyped("in", &[item, container])),
        }
    }

    fn sum(&mut self, one: Val<'a>, two: Val<'a>) -> Answer<Val<'a>> {
        match (&one, &two) {
            (Val::Text(first), Val::Text(second)) => {
                self.pay_text(first.len() + second.len())?;
                Ok(Val::Text(Cow::Owned(format!("{first}{second}"))))
            }
            (Val::Items(_) | Val::Made(_), Val::Items(_) | Val::Made(_)) => {
                let mut items = self.items(&one)?;
                items.append(&mut self.items(&two)?);
                Ok(Val::Made(Rc::new(items)))
            }
            _ => arithmetic(Operator::Add, &one, &two),
        }
    }

    /// The items of a list, or the keys of a map, each of which is paid for.
    pub(super) fn items(&mut self, range: &Val<'a>) -> Answer<Vec<Val<'a>>> {
        match range {
            Val::Map(map) => {
                self.pay(map.len())?;
                Ok(map.keys().map(|key| Val::Text(Cow::Borrowed(key.as_str()))).collect())
            }
            Val::Items(items) => {
                self.pay(items.len())?;
                Ok(items.iter().map(Val::of).collect())
            }
            Val::Made(items) => {
                self.pay(items.len())?;
                self.pay_text(items.iter().map(Val::bytes).sum())?;
                Ok(items.to_vec())
            }
            other => Err(Stop::Mistyped(format!("a {} has no items to go through", other.type_name()))),
        }
    }

    fn macro_call(&mut self, called: &'a Macro) -> Answer<Val<'a>> {
        let range = self.value(&called.range)?;
        let items = self.items(&range)?;
        match called.kind {
            MacroKind::All => self.each_until(false, &called.body, items),
            MacroKind::Exists => self.each_until(true, &called.body, items),
            MacroKind::ExistsOne => {
                let mut count = 0;
                for item in items {
                    count += usize::from(self.with(item, |this| this.truth(&called.body))?);
                }
                Ok(Val::Bool(count == 1))
            }
            MacroKind::Map => {
                let mut made = Vec::new();
                for item in items {
                    let value = self.with(item, |this| match &called.condition {
                        Some(condition) if !this.truth(condition)? => Ok(None),
                        _ => this.value(&called.body).map(Some),
                    });
                    made.extend(value?);
                }
                Ok(Val::Made(Rc::new(made)))
            }
        }
    }

    /// `all` and `exists`: whether what is asked of each item is `deciding` for one of them, whatever becomes of the others.
    fn each_until(&mut self, deciding: bool, body: &'a Node, items: Vec<Val<'a>>) -> Answer<Val<'a>> {
        let mut so_far = Ok(!deciding);
        for item in items {
            match self.with(item, |this| this.truth(body)) {
                Ok(is) if is == deciding => return Ok(Val::Bool(deciding)),
                Ok(_) => {}
                Err(Stop::Exhausted) => return Err(Stop::Exhausted),
                Err(stop) => so_far = Err(stop),
            }
        }
        so_far.map(Val::Bool)
    }

    /// What `ask` says with `item` as the innermost variable.
    fn with<T>(&mut self, item: Val<'a>, ask: impl FnOnce(&mut Self) -> Answer<T>) -> Answer<T> {
        self.variables.push(item);
        let answer = ask(self);
        self.variables.pop();
        answer
    }
}

/// What a byte costs that a pattern is tried on, which may be at each of some 250 places of the pattern at once; the beginning
/// costs as much as two.
const STEPS_OF_MATCHED_BYTE: usize = 8;

fn holds(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}
