//! From the text of an expression to what it means.
//!
//! What is not known here is refused, whatever the parser knows: maps, bytes, optional values, other functions. Of the two
//! parsers of the `cel` crate this is the smaller one: the other one takes 200 KiB of stack for every bracket. The tests hold
//! that both read the same.

use std::panic::catch_unwind;

use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, SelectExpr, operators};
use cel::parser::PrattParser;
use cel::{IdedExpr, ParseErrors};
use kube_dry_run::shown::shown;
use kube_dry_run::spelling::meant_by;
use regex_lite::RegexBuilder;

use super::function::{FUNCTIONS, Function, Style};
use super::macros::{self, Expanded, MACROS};
use super::node::{Macro, Node, Operator};
use super::{MAX_EXPRESSION_BYTES, MAX_EXPRESSION_DEPTH};

/// What is said where there is nothing better to say.
const NO_EXPRESSION: &str = "the check is no CEL expression";

/// The name of the manifest.
const OBJECT: &str = "object";

/// How many brackets may be open at once.
const MAX_BRACKETS: usize = 24;

/// How deep the parser itself goes; choices behind each other count too.
const MAX_PARSER_DEPTH: u16 = 48;

/// How many characters a pattern may have, and how many bytes the program made of it.
const MAX_PATTERN_BYTES: usize = 200;
const MAX_PROGRAM_BYTES: usize = 8 * 1024;

/// What is said of a `has` without a field.
const HAS: &str = "`has` asks for a field: `has(object.spec.volumes)`; of a key with other characters, write `\"key\" in …`";

/// What an expression means.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub(super) node: Node,
    /// True if it asks for the manifest anywhere.
    pub(super) asks: bool,
}

/// What `source` means.
pub(super) fn compile(source: &str) -> Result<Compiled, String> {
    if source.trim().is_empty() {
        return Err("the check is empty".to_owned());
    }
    if source.len() > MAX_EXPRESSION_BYTES {
        return Err(format!("the check is longer than {MAX_EXPRESSION_BYTES} bytes"));
    }
    if nesting(source) > MAX_BRACKETS {
        return Err(format!("the check has more than {MAX_BRACKETS} brackets open at once"));
    }
    let parse = || PrattParser::new().max_recursion_depth(MAX_PARSER_DEPTH).parse(source);
    let parsed = catch_unwind(parse).map_err(|_| NO_EXPRESSION.to_owned())?;
    let expression = parsed.map_err(|errors| syntax_error(source, &errors))?;
    let mut compiler = Compiler::default();
    let node = compiler.node(&expression, 0)?;
    Ok(Compiled { node, asks: compiler.asks })
}

fn too_deep() -> String {
    format!("the parts of the check stand more than {MAX_EXPRESSION_DEPTH} deep inside each other")
}

/// How many brackets stand open at once.
fn nesting(source: &str) -> usize {
    let mut open = 0_usize;
    let mut deepest = 0;
    for character in source.chars() {
        match character {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// What the parser found wrong, in a sentence.
fn syntax_error(source: &str, errors: &ParseErrors) -> String {
    let Some((line, column)) = errors.errors.first().map(|error| error.pos) else {
        return NO_EXPRESSION.to_owned();
    };
    let (line, column) = (usize::try_from(line).unwrap_or_default(), usize::try_from(column).unwrap_or_default());
    let mut lines = source.lines().skip(line.saturating_sub(1));
    let rest: String = lines.next().unwrap_or_default().chars().skip(column.saturating_sub(1)).collect();
    match rest.trim() {
        _ if errors.errors.iter().any(|error| error.msg.contains("has() macro")) => HAS.to_owned(),
        "" => "the check is no CEL expression: it ends where something must follow".to_owned(),
        rest => {
            let instead = instead(rest).map(|words| format!("; {words}")).unwrap_or_default();
            let rest = shown(rest);
            format!("the check is no CEL expression: `{rest}` cannot stand at line {line}, column {column} of it{instead}")
        }
    }
}

/// What CEL has for what other languages write as `rest` begins.
fn instead(rest: &str) -> Option<&'static str> {
    const WRITTEN: [(&str, &str); 6] = [
        ("= ", "`==` compares"),
        ("and ", "`&&` is \"and\""),
        ("or ", "`||` is \"or\""),
        ("not ", "`!` is \"not\""),
        (".?", "`has(…)` asks whether a field is there"),
        ("[?", "`size() > …` asks whether an item is there"),
    ];
    WRITTEN.iter().find(|(beginning, _)| rest.starts_with(beginning)).map(|(_, words)| *words)
}

/// The names of the macros' variables around the part that is read.
#[derive(Default)]
struct Compiler<'e> {
    variables: Vec<&'e str>,
    /// True if the manifest is asked for.
    asks: bool,
}

impl<'e> Compiler<'e> {
    fn node(&mut self, expression: &'e IdedExpr, depth: usize) -> Result<Node, String> {
        if depth > MAX_EXPRESSION_DEPTH {
            return Err(too_deep());
        }
        let depth = depth + 1;
        match &expression.expr {
            Expr::Literal(literal) => literal_node(literal),
            Expr::Ident(name) => self.variable(name),
            Expr::Select(select) => {
                let SelectExpr { operand, field, test } = select;
                let operand = Box::new(self.node(operand, depth)?);
                Ok(if *test { Node::Has(operand, field.clone()) } else { Node::Field(operand, field.clone()) })
            }
            Expr::List(list) => {
                let items = list.elements.iter().map(|item| self.node(item, depth)).collect::<Result<_, _>>()?;
                Ok(Node::List(items))
            }
            Expr::Call(call) => self.call(call, depth),
            Expr::Comprehension(comprehension) => self.macro_call(comprehension, depth),
            Expr::Map(_) => Err("a check cannot make maps: `{` has no meaning here".to_owned()),
            Expr::Struct(_) => Err("a check cannot make objects: `{` has no meaning here".to_owned()),
            Expr::Unspecified => Err(NO_EXPRESSION.to_owned()),
        }
    }

    fn variable(&mut self, name: &str) -> Result<Node, String> {
        match self.variables.iter().rposition(|known| *known == name) {
            Some(position) => Ok(Node::Variable(position)),
            None if name == OBJECT => {
                self.asks = true;
                Ok(Node::Object)
            }
            None => Err(format!("`{}` is nothing that a check knows: the manifest is called `{OBJECT}`", shown(name))),
        }
    }

    fn call(&mut self, call: &'e CallExpr, depth: usize) -> Result<Node, String> {
        let CallExpr { func_name: name, target, args } = call;
        match (target.as_deref(), args.as_slice()) {
            (Some(text), [pattern]) if name == "matches" => self.matches(text, pattern, depth),
            (None, [text, pattern]) if name == "matches" => self.matches(text, pattern, depth),
            (None, [one]) if name == operators::LOGICAL_NOT => Ok(Node::Not(Box::new(self.node(one, depth)?))),
            (None, [one]) if name == operators::NEGATE => Ok(Node::Negative(Box::new(self.node(one, depth)?))),
            (None, [one, two]) if name == operators::INDEX => Ok(Node::Index(self.pair(one, two, depth)?)),
            (None, [one, two]) if name == operators::LOGICAL_AND => Ok(Node::And(self.pair(one, two, depth)?)),
            (None, [one, two]) if name == operators::LOGICAL_OR => Ok(Node::Or(self.pair(one, two, depth)?)),
            (None, [condition, one, two]) if name == operators::CONDITIONAL => {
                let [one, two] = *self.pair(one, two, depth)?;
                Ok(Node::Choice(Box::new([self.node(condition, depth)?, one, two])))
            }
            (None, [one, two]) if operator(name).is_some() => {
                let pair = self.pair(one, two, depth)?;
                operator(name).map(|operator| Node::Binary(operator, pair)).ok_or_else(|| unknown_function(name))
            }
            _ => self.function(call, depth),
        }
    }

    fn pair(&mut self, one: &'e IdedExpr, two: &'e IdedExpr, depth: usize) -> Result<Box<[Node; 2]>, String> {
        Ok(Box::new([self.node(one, depth)?, self.node(two, depth)?]))
    }

    fn macro_call(&mut self, comprehension: &'e ComprehensionExpr, depth: usize) -> Result<Node, String> {
        let Expanded { kind, condition, body } = macros::expanded(comprehension).ok_or_else(|| NO_EXPRESSION.to_owned())?;
        let range = self.node(&comprehension.iter_range, depth)?;
        self.variables.push(&comprehension.iter_var);
        let condition = condition.map(|condition| self.node(condition, depth)).transpose();
        let read = condition.and_then(|condition| Ok(Macro { kind, range, body: self.node(body, depth)?, condition }));
        self.variables.pop();
        read.map(|read| Node::Macro(Box::new(read)))
    }

    fn matches(&mut self, text: &'e IdedExpr, pattern: &IdedExpr, depth: usize) -> Result<Node, String> {
        let Expr::Literal(LiteralValue::String(pattern)) = &pattern.expr else {
            return Err("`matches` takes a pattern in quotes".to_owned());
        };
        let pattern = pattern.inner();
        if pattern.len() > MAX_PATTERN_BYTES {
            return Err(format!("the pattern of `matches` is longer than {MAX_PATTERN_BYTES} bytes"));
        }
        let regex = RegexBuilder::new(pattern).size_limit(MAX_PROGRAM_BYTES).build();
        let regex =
            regex.map_err(|_| format!("`{}` is no pattern that `matches` can read, or a too large one", shown(pattern)))?;
        Ok(Node::Matches(Box::new(self.node(text, depth)?), regex))
    }

    fn function(&mut self, call: &'e CallExpr, depth: usize) -> Result<Node, String> {
        let style = if call.target.is_some() { Style::Method } else { Style::Global };
        let count = call.args.len() + call.target.iter().len();
        let function = Function::find(&call.func_name, style, count).ok_or_else(|| unknown_function(&call.func_name))?;
        let arguments = call.target.as_deref().into_iter().chain(&call.args);
        Ok(Node::Call(function, arguments.map(|argument| self.node(argument, depth)).collect::<Result<_, _>>()?))
    }
}

/// What CEL calls a function that other languages call otherwise.
fn otherwise_called(name: &str) -> Option<&'static str> {
    const CALLED: [(&str, &str); 12] = [
        ("any", "exists"),
        ("every", "all"),
        ("includes", "contains"),
        ("len", "size"),
        ("length", "size"),
        ("lower", "lowerAscii"),
        ("match", "matches"),
        ("some", "exists"),
        ("strip", "trim"),
        ("toLowerCase", "lowerAscii"),
        ("toUpperCase", "upperAscii"),
        ("upper", "upperAscii"),
    ];
    CALLED.iter().find(|(called, _)| called.eq_ignore_ascii_case(name)).map(|(_, known)| *known)
}

/// What to say of a function that is not there, or is called in another way.
fn unknown_function(name: &str) -> String {
    let mut known: Vec<_> = FUNCTIONS.iter().map(|(known, ..)| *known).chain(MACROS).chain(["matches"]).collect();
    if known.contains(&name) {
        return format!("`{name}` is called with other arguments than it takes");
    }
    known.sort_unstable();
    known.dedup();
    let unknown = format!("`{}` is no function that a check can call", shown(name));
    if let Some(meant) = otherwise_called(name).or_else(|| meant_by(name, known.iter().copied())) {
        return format!("{unknown}; perhaps `{meant}` is meant");
    }
    let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("{unknown}; there are {}", known.join(", "))
}

fn literal_node(literal: &LiteralValue) -> Result<Node, String> {
    Ok(match literal {
        LiteralValue::Null => Node::Null,
        LiteralValue::Boolean(is) => Node::Bool(*is.inner()),
        LiteralValue::Int(number) => Node::Int(*number.inner()),
        LiteralValue::Double(number) => Node::Double(*number.inner()),
        LiteralValue::String(text) => Node::Text(text.inner().to_owned()),
        LiteralValue::UInt(_) => return Err("a number of a manifest has no `u` behind it".to_owned()),
        LiteralValue::Bytes(_) => return Err("a manifest has no bytes: write the text without `b`".to_owned()),
    })
}

fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        operators::EQUALS => Operator::Equal,
        operators::NOT_EQUALS => Operator::Unequal,
        operators::LESS => Operator::Less,
        operators::LESS_EQUALS => Operator::LessOrEqual,
        operators::GREATER => Operator::Greater,
        operators::GREATER_EQUALS => Operator::GreaterOrEqual,
        operators::IN => Operator::In,
        operators::ADD => Operator::Add,
        operators::SUBSTRACT => Operator::Subtract,
        operators::MULTIPLY => Operator::Multiply,
        operators::DIVIDE => Operator::Divide,
        operators::MODULO => Operator::Remainder,
        _ => return None,
    })
}
