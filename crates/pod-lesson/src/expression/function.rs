//! The functions that an expression may call.
//!
//! Those of CEL's standard, of texts some of `ext/strings.go` of `cel-go`, which Kubernetes has too, and of quantities those of
//! `k8s.io/apiserver/pkg/cel/library/quantity.go`. What the command of a container does is asked of `pod-advice`.

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Size,
    StartsWith,
    EndsWith,
    Contains,
    Int,
    String,
    LowerAscii,
    UpperAscii,
    Trim,
    Split,
    Join,
    Quantity,
    IsQuantity,
    IsGreaterThan,
    IsLessThan,
    CompareTo,
    Plus,
    Minus,
    Runs,
    Writes,
}

/// How a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `size(a)`
    Global,
    /// `a.startsWith(b)`
    Method,
}

/// Every function with its name, how it is called, and how many arguments it takes, the one before the dot among them.
pub(super) const FUNCTIONS: [(&str, Style, usize, Function); 22] = [
    ("size", Style::Global, 1, Function::Size),
    ("size", Style::Method, 1, Function::Size),
    ("startsWith", Style::Method, 2, Function::StartsWith),
    ("endsWith", Style::Method, 2, Function::EndsWith),
    ("contains", Style::Method, 2, Function::Contains),
    ("int", Style::Global, 1, Function::Int),
    ("string", Style::Global, 1, Function::String),
    ("lowerAscii", Style::Method, 1, Function::LowerAscii),
    ("upperAscii", Style::Method, 1, Function::UpperAscii),
    ("trim", Style::Method, 1, Function::Trim),
    ("split", Style::Method, 2, Function::Split),
    ("join", Style::Method, 1, Function::Join),
    ("join", Style::Method, 2, Function::Join),
    ("quantity", Style::Global, 1, Function::Quantity),
    ("isQuantity", Style::Global, 1, Function::IsQuantity),
    ("isGreaterThan", Style::Method, 2, Function::IsGreaterThan),
    ("isLessThan", Style::Method, 2, Function::IsLessThan),
    ("compareTo", Style::Method, 2, Function::CompareTo),
    ("add", Style::Method, 2, Function::Plus),
    ("sub", Style::Method, 2, Function::Minus),
    ("runs", Style::Global, 2, Function::Runs),
    ("writes", Style::Global, 2, Function::Writes),
];

impl Function {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(.., function)| *function == self).map_or("", |(name, ..)| name)
    }

    /// What is called `name` in this `style`, with so many `arguments`.
    pub(super) fn find(name: &str, style: Style, arguments: usize) -> Option<Self> {
        let mut found = FUNCTIONS.iter().filter(|known| (known.0, known.1, known.2) == (name, style, arguments));
        found.next().map(|(.., function)| *function)
    }
}
