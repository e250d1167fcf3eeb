//! Sums, differences, products and quotients of two numbers.

use super::node::Operator;
use super::stop::{Answer, Stop, mistyped, too_large};
use super::value::Val;

/// What `operator` makes of two numbers of the same type.
pub(super) fn arithmetic<'a>(operator: Operator, one: &Val<'a>, two: &Val<'a>) -> Answer<Val<'a>> {
    match (one, two) {
        (Val::Int(_), Val::Int(0)) if matches!(operator, Operator::Divide | Operator::Remainder) => {
            Err(Stop::Mistyped("it divides by zero".to_owned()))
        }
        (Val::Int(one), Val::Int(two)) => {
            let number = match operator {
                Operator::Add => one.checked_add(*two),
                Operator::Subtract => one.checked_sub(*two),
                Operator::Multiply => one.checked_mul(*two),
                Operator::Divide => one.checked_div(*two),
                _ => one.checked_rem(*two),
            };
            number.map(Val::Int).ok_or_else(too_large)
        }
        (Val::Double(one), Val::Double(two)) => match operator {
            Operator::Add => Ok(Val::Double(one + two)),
            Operator::Subtract => Ok(Val::Double(one - two)),
            Operator::Multiply => Ok(Val::Double(one * two)),
            Operator::Divide => Ok(Val::Double(one / two)),
            _ => Err(mistyped(operator.sign(), &[&Val::Double(*one), &Val::Double(*two)])),
        },
        _ => Err(mistyped(operator.sign(), &[one, two])),
    }
}
