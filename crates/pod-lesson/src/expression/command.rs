//! What functions say of the command of a container.

use serde_json::{Map, Value};

use super::evaluate::Evaluation;
use super::function::Function;
use super::stop::{Answer, mistyped};
use super::value::Val;

/// What it costs to read a byte of a command.
const STEPS_OF_COMMAND_BYTE: usize = 8;

/// The fields of a container that say which command it runs.
const FIELDS_OF_COMMAND: [&str; 6] = ["args", "command", "env", "envFrom", "image", "workingDir"];

impl<'a> Evaluation<'a, '_> {
    /// What a `function` for commands says of its `arguments`.
    pub(super) fn call_of_command(&mut self, function: Function, arguments: &[Val<'a>]) -> Answer<Val<'a>> {
        let says = match function {
            Function::Runs => pod_advice::runs,
            _ => pod_advice::writes,
        };
        let [Val::Map(container), Val::Text(sought)] = arguments else {
            return Err(mistyped(function.name(), &arguments.iter().collect::<Vec<_>>()));
        };
        let container = self.with_command(container)?;
        Ok(Val::Bool(says(&container, sought)))
    }

    /// What says of `container` which command it runs. Each byte of that is paid for as it is read.
    fn with_command(&mut self, container: &Map<String, Value>) -> Answer<Value> {
        let mut command = Map::new();
        for field in FIELDS_OF_COMMAND {
            let Some(value) = container.get(field) else { continue };
            self.pay_command(value)?;
            command.insert(field.to_owned(), value.clone());
        }
        Ok(Value::Object(command))
    }

    fn pay_command(&mut self, value: &Value) -> Answer<()> {
        self.pay(1)?;
        match value {
            Value::String(text) => self.pay(text.len().saturating_mul(STEPS_OF_COMMAND_BYTE)),
            Value::Array(items) => items.iter().try_for_each(|item| self.pay_command(item)),
            Value::Object(fields) => fields.values().try_for_each(|value| self.pay_command(value)),
            _ => Ok(()),
        }
    }
}
