//! All rules, in the order in which they speak.

use crate::rule::AdviceRule;

/// All rules, in the order in which they speak.
pub static RULES: &[AdviceRule] = &[];
