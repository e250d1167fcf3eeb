//! What functions say of their arguments.

use std::borrow::Cow;
use std::rc::Rc;

use kube_dry_run::milli_value;

use super::convert::{changed, converted, split};
use super::evaluate::Evaluation;
use super::function::Function;
use super::stop::{Answer, Stop, mistyped, too_large};
use super::value::Val;

/// What it costs to read an amount.
const STEPS_OF_QUANTITY: usize = 16;

/// No amount is written with more characters.
const MAX_AMOUNT_CHARACTERS: usize = 64;

fn quantity(text: &str) -> Option<i128> {
    if text.chars().count() > MAX_AMOUNT_CHARACTERS { None } else { milli_value(text) }
}

impl<'a> Evaluation<'a, '_> {
    /// What `function` says of its `arguments`.
    pub(super) fn call(&mut self, function: Function, arguments: &[Val<'a>]) -> Answer<Val<'a>> {
        let mistyped = || mistyped(function.name(), &arguments.iter().collect::<Vec<_>>());
        match (function, arguments) {
            (Function::Size, [value]) => {
                self.pay_text(value.bytes())?;
                value.size().and_then(|size| i64::try_from(size).ok()).map(Val::Int).ok_or_else(mistyped)
            }
            (Function::StartsWith, [Val::Text(text), Val::Text(part)]) => {
                self.pay_text(part.len())?;
                Ok(Val::Bool(text.starts_with(part.as_ref())))
            }
            (Function::EndsWith, [Val::Text(text), Val::Text(part)]) => {
                self.pay_text(part.len())?;
                Ok(Val::Bool(text.ends_with(part.as_ref())))
            }
            (Function::Contains, [Val::Text(text), Val::Text(part)]) => {
                self.pay_text(text.len() + part.len())?;
                Ok(Val::Bool(text.contains(part.as_ref())))
            }
            (Function::Int | Function::String, [value]) => {
                self.pay_text(value.bytes())?;
                converted(function, value).ok_or_else(mistyped)
            }
            (Function::LowerAscii | Function::UpperAscii | Function::Trim, [Val::Text(text)]) => {
                self.pay_text(text.len())?;
                Ok(Val::Text(Cow::Owned(changed(function, text))))
            }
            (Function::Split, [Val::Text(text), Val::Text(separator)]) => {
                self.pay_text(text.len())?;
                let parts = split(text, separator);
                self.pay(parts.len())?;
                Ok(Val::Made(Rc::new(parts)))
            }
            (Function::Join, [list @ (Val::Items(_) | Val::Made(_))]) => self.joined(list, ""),
            (Function::Join, [list @ (Val::Items(_) | Val::Made(_)), Val::Text(between)]) => self.joined(list, between),
            (Function::Quantity, [value]) => {
                self.pay(STEPS_OF_QUANTITY)?;
                let text = amount_text(value).ok_or_else(mistyped)?;
                let amount =
                    quantity(&text).ok_or_else(|| Stop::Mistyped("it asks for the amount of a text that is none".to_owned()));
                amount.map(Val::Quantity)
            }
            (Function::IsQuantity, [value]) => {
                self.pay(STEPS_OF_QUANTITY)?;
                Ok(Val::Bool(amount_text(value).is_some_and(|text| quantity(&text).is_some())))
            }
            (Function::IsGreaterThan, [Val::Quantity(one), Val::Quantity(two)]) => Ok(Val::Bool(one > two)),
            (Function::IsLessThan, [Val::Quantity(one), Val::Quantity(two)]) => Ok(Val::Bool(one < two)),
            (Function::CompareTo, [Val::Quantity(one), Val::Quantity(two)]) => Ok(Val::Int(one.cmp(two) as i64)),
            (Function::Plus, [Val::Quantity(one), Val::Quantity(two)]) => amount(one.checked_add(*two)),
            (Function::Minus, [Val::Quantity(one), Val::Quantity(two)]) => amount(one.checked_sub(*two)),
            _ => Err(mistyped()),
        }
    }

    /// The texts of `list` in one, with `between` between them.
    fn joined(&mut self, list: &Val<'a>, between: &str) -> Answer<Val<'a>> {
        let mut joined = String::new();
        for (position, item) in self.items(list)?.into_iter().enumerate() {
            let Val::Text(text) = item else { return Err(mistyped(Function::Join.name(), &[&item])) };
            self.pay_text(text.len() + between.len())?;
            joined.push_str(if position == 0 { "" } else { between });
            joined.push_str(&text);
        }
        Ok(Val::Text(Cow::Owned(joined)))
    }
}

fn amount<'a>(amount: Option<i128>) -> Answer<Val<'a>> {
    amount.map(Val::Quantity).ok_or_else(too_large)
}

/// A text that may be an amount. A manifest may write `cpu: 1`, which the server reads as a text.
fn amount_text(value: &Val<'_>) -> Option<String> {
    match value {
        Val::Text(text) => Some(text.chars().take(MAX_AMOUNT_CHARACTERS + 1).collect()),
        Val::Int(number) => Some(number.to_string()),
        Val::Double(number) => Some(number.to_string()),
        _ => None,
    }
}
