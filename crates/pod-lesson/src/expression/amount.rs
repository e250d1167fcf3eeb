//! What functions say of amounts, such as `64Mi` and `500m`.

use kube_dry_run::milli_value;

use super::evaluate::Evaluation;
use super::function::Function;
use super::stop::{Answer, Stop, mistyped, too_large};
use super::value::Val;

/// What it costs to read an amount.
const STEPS_OF_QUANTITY: usize = 16;

/// No amount is written with more characters.
const MAX_AMOUNT_CHARACTERS: usize = 64;

impl<'a> Evaluation<'a, '_> {
    /// What a `function` for amounts says of its `arguments`.
    pub(super) fn call_of_amount(&mut self, function: Function, arguments: &[Val<'a>]) -> Answer<Val<'a>> {
        let mistyped = || mistyped(function.name(), &arguments.iter().collect::<Vec<_>>());
        match (function, arguments) {
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
}

/// The amount that `text` is, in thousandths.
fn quantity(text: &str) -> Option<i128> {
    if text.chars().count() > MAX_AMOUNT_CHARACTERS { None } else { milli_value(text) }
}

/// The sum or the difference of two amounts, unless it is too large.
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
