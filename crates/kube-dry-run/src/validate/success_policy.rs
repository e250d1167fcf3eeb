//! When a Job succeeds early.
//!
//! Follows `validateSuccessPolicy`, `validateSuccessPolicyRule` and `validateIndexesFormat` in
//! `pkg/apis/batch/validation/validation.go` (v1.35).

use k8s_openapi::api::batch::v1::{JobSpec, SuccessPolicy, SuccessPolicyRule};
use serde::Serialize;
use serde_json::Value;

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::go_text::quoted;
use super::{completion_mode, go_parse, non_negative};

const MAX_RULES: usize = 20;
const MAX_INDEXES_BYTES: usize = 64 * 1024;

/// The `successPolicy` of the Job that `path` describes. `written` is what `spec` was decoded from: in a message a list that is
/// not there is `null`, an empty one `[]`.
pub(super) fn success_policy(errors: &mut Errors, spec: &JobSpec, written: &Value, path: &FieldPath<'_>) {
    let Some(policy) = &spec.success_policy else { return };
    let path = &path.field("successPolicy");
    if completion_mode::is_indexed(spec) {
        rules(errors, policy, spec.completions.unwrap_or_default(), path);
    } else {
        errors.invalid(path, as_json(policy, &written["successPolicy"]), "requires indexed completion mode");
    }
}

fn rules(errors: &mut Errors, policy: &SuccessPolicy, completions: i32, path: &FieldPath<'_>) {
    let path = &path.field("rules");
    if policy.rules.is_empty() {
        errors.required(path, "at least one rules must be specified when the successPolicy is specified");
    }
    if policy.rules.len() > MAX_RULES {
        errors.too_many(path, policy.rules.len(), MAX_RULES);
    }
    for (index, rule) in policy.rules.iter().enumerate() {
        success_rule(errors, rule, completions, &path.index(index));
    }
}

fn success_rule(errors: &mut Errors, rule: &SuccessPolicyRule, completions: i32, path: &FieldPath<'_>) {
    if rule.succeeded_count.is_none() && rule.succeeded_indexes.is_none() {
        errors.required(path, "at least one of succeededCount or succeededIndexes must be specified");
    }
    let mut among_indexes = None;
    if let Some(indexes) = &rule.succeeded_indexes {
        let path = &path.field("succeededIndexes");
        if indexes.len() > MAX_INDEXES_BYTES {
            errors.too_long(path, MAX_INDEXES_BYTES);
        }
        among_indexes = Some(count_indexes(indexes, completions.into()).unwrap_or_else(|reason| {
            errors.invalid(path, indexes, &format!("error parsing succeededIndexes: {reason}"));
            0
        }));
    }
    let Some(count) = rule.succeeded_count else { return };
    let path = &path.field("succeededCount");
    non_negative(errors, Some(count.into()), path);
    if count > completions {
        let detail = format!("must be less than or equal to {completions} (the number of specified completions)");
        errors.invalid(path, count, &detail);
    }
    if let Some(most) = among_indexes.filter(|most| i64::from(count) > *most) {
        let whose = "the number of indexes in the specified succeededIndexes field";
        errors.invalid(path, count, &format!("must be less than or equal to {most} ({whose})"));
    }
}

/// How many indexes a text such as `0,2-5` names; the error is the server's.
fn count_indexes(text: &str, completions: i64) -> Result<i64, String> {
    let mut last = None;
    let mut total = 0;
    for interval in text.split(',').filter(|_| !text.is_empty()) {
        let (first, end) = index_interval(interval, completions)?;
        if let Some(previous) = last.filter(|previous| *previous >= first) {
            return Err(format!("non-increasing order, previous: {previous}, current: {first}"));
        }
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}

fn index_interval(interval: &str, completions: i64) -> Result<(i64, i64), String> {
    let read = |limit: &str| {
        let index = go_parse::integer(limit);
        let index = index.map_err(|_| format!("cannot convert string to integer for index: {}", quoted(limit)))?;
        if index >= completions { Err(format!("too large index: {}", quoted(limit))) } else { Ok(index) }
    };
    let limits: Vec<_> = interval.split('-').collect();
    match limits.as_slice() {
        [only] => read(only).map(|index| (index, index)),
        [first, last] => match (read(first)?, read(last)?) {
            (first, last) if first >= last => Err(format!("non-increasing order, previous: {first}, current: {last}")),
            ordered => Ok(ordered),
        },
        _ => {
            let rule = "violates the requirement that an index interval can have at most two parts separated by '-'";
            Err(format!("the fragment {} {rule}", quoted(interval)))
        }
    }
}

/// The policy as Go's JSON writes it; its rules are null unless they are written.
fn as_json<'a>(policy: &'a SuccessPolicy, written: &Value) -> Bad<'static> {
    let rule = |rule: &'a SuccessPolicyRule| {
        let SuccessPolicyRule { succeeded_indexes, succeeded_count } = rule;
        WrittenRule { succeeded_indexes: succeeded_indexes.as_deref(), succeeded_count: *succeeded_count }
    };
    let rules = (!written["rules"].is_null()).then(|| policy.rules.iter().map(rule).collect());
    Bad::json(&WrittenPolicy { rules })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WrittenPolicy<'a> {
    rules: Option<Vec<WrittenRule<'a>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WrittenRule<'a> {
    succeeded_indexes: Option<&'a str>,
    succeeded_count: Option<i32>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::field_error;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(spec: Value) -> Vec<String> {
        let mut written = spec;
        written["template"] = json!({});
        let spec: JobSpec = serde_json::from_value(written.clone()).unwrap();
        field_error::testing::messages(|errors| {
            success_policy(errors, &spec, &written, &ROOT.field("s"));
        })
    }

    #[test]
    fn success_is_a_matter_of_indexes() {
        let policy = json!({"rules": [{"succeededIndexes": "0-2", "succeededCount": 4}]});
        assert_eq!(
            messages(json!({"successPolicy": policy})),
            [
                "s.successPolicy: Invalid value: {\"Rules\":[{\"SucceededIndexes\":\"0-2\",\"SucceededCount\":4}]}: requires indexed \
             completion mode"
            ]
        );
        assert_eq!(
            messages(json!({"successPolicy": policy, "completionMode": "Indexed", "completions": 5})),
            [
                "s.successPolicy.rules[0].succeededCount: Invalid value: 4: must be less than or equal to 3 (the number of indexes in \
             the specified succeededIndexes field)"
            ]
        );
    }

    #[test]
    fn indexes_are_counted() {
        assert_eq!(count_indexes("", 5), Ok(0));
        assert_eq!(count_indexes("0,2-4", 5), Ok(4));
        assert_eq!(count_indexes("2,1", 5), Err("non-increasing order, previous: 2, current: 1".into()));
        assert_eq!(count_indexes("5", 5), Err("too large index: \"5\"".into()));
        assert_eq!(count_indexes("x", 5), Err("cannot convert string to integer for index: \"x\"".into()));
        assert!(count_indexes("1-2-3", 5).unwrap_err().starts_with("the fragment \"1-2-3\" violates"));
    }

    #[test]
    fn a_success_policy_has_rules() {
        let of = |policy: Value| messages(json!({"successPolicy": policy, "completionMode": "Indexed", "completions": 5}));
        let required =
            "s.successPolicy.rules: Required value: at least one rules must be specified when the successPolicy is specified";
        assert_eq!(of(json!({"rules": []})), [required]);
        assert_eq!(of(json!({})), [required]);
        assert_eq!(of(json!({"rules": vec![json!({"succeededCount": 1}); 20]})), Vec::<String>::new());
        assert_eq!(
            of(json!({"rules": vec![json!({"succeededCount": 1}); 21]})),
            ["s.successPolicy.rules: Too many: 21: must have at most 20 items"]
        );
        assert_eq!(
            messages(json!({"successPolicy": {}})),
            ["s.successPolicy: Invalid value: {\"Rules\":null}: requires indexed completion mode"]
        );
        assert_eq!(
            messages(json!({"successPolicy": {"rules": []}, "completionMode": "NonIndexed"})),
            ["s.successPolicy: Invalid value: {\"Rules\":[]}: requires indexed completion mode"]
        );
    }

    #[test]
    fn a_success_rule_counts_what_there_is() {
        let of =
            |rule: Value| messages(json!({"successPolicy": {"rules": [rule]}, "completionMode": "Indexed", "completions": 5}));
        for good in [
            json!({"succeededIndexes": "0-4", "succeededCount": 5}),
            json!({"succeededIndexes": ""}),
            json!({"succeededCount": 0}),
        ] {
            assert_eq!(of(good), Vec::<String>::new());
        }
        let at = "s.successPolicy.rules[0]";
        assert_eq!(
            of(json!({})),
            [format!("{at}: Required value: at least one of succeededCount or succeededIndexes must be specified")]
        );
        assert_eq!(
            of(json!({"succeededCount": -1})),
            [format!("{at}.succeededCount: Invalid value: -1: must be greater than or equal to 0")]
        );
        assert_eq!(
            of(json!({"succeededCount": 6})),
            [format!(
                "{at}.succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of specified completions)"
            )]
        );
        let indexes = "(the number of indexes in the specified succeededIndexes field)";
        assert_eq!(
            of(json!({"succeededIndexes": "1-", "succeededCount": 1})),
            [
                format!(
                    "{at}.succeededIndexes: Invalid value: \"1-\": error parsing succeededIndexes: cannot convert string to integer \
                     for index: \"\""
                ),
                format!("{at}.succeededCount: Invalid value: 1: must be less than or equal to 0 {indexes}"),
            ]
        );
    }

    #[test]
    fn a_list_of_indexes_is_not_too_long() {
        let of = |length: usize| {
            let rule = json!({"succeededIndexes": "0".repeat(length - 1) + "1"});
            messages(json!({"successPolicy": {"rules": [rule]}, "completionMode": "Indexed", "completions": 5}))
        };
        assert_eq!(of(65_536), Vec::<String>::new());
        assert_eq!(of(65_537), ["s.successPolicy.rules[0].succeededIndexes: Too long: may not be more than 65536 bytes"]);
    }

    #[test]
    fn indexes_increase() {
        for (indexes, reason) in [
            (",", "cannot convert string to integer for index: \"\""),
            ("1,", "cannot convert string to integer for index: \"\""),
            ("-1", "cannot convert string to integer for index: \"\""),
            ("3-3", "non-increasing order, previous: 3, current: 3"),
            ("3-2", "non-increasing order, previous: 3, current: 2"),
            ("0-2,2", "non-increasing order, previous: 2, current: 2"),
            ("0-5", "too large index: \"5\""),
            ("7-x", "too large index: \"7\""),
        ] {
            assert_eq!(count_indexes(indexes, 5), Err(reason.to_owned()), "{indexes}");
        }
        assert_eq!(count_indexes("+1,02-3", 5), Ok(3));
    }
}
