//! What functions say of their arguments.

use std::borrow::Cow;
use std::rc::Rc;

use super::convert::{changed, converted, split};
use super::evaluate::Evaluation;
use super::function::Function;
use super::stop::{Answer, mistyped};
use super::value::Val;

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
            (Function::Runs | Function::Writes, _) => self.call_of_command(function, arguments),
            _ => self.call_of_amount(function, arguments),
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
