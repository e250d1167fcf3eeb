//! `None`, which Python prints where JSON has `null`.

use super::Hint;
use super::context::Context;
use super::word;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::Segment;
use crate::rule::Rule;

/// What to do about a value that is refused because it is the string `None`.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let is_of_value = matches!(finding.rule, Rule::DECODE | Rule::NOT_SUPPORTED | Rule::INVALID);
    let place = &finding.place;
    let written = context.string(place).filter(|written| is_of_value && *written == "None")?;
    let Some(Segment::Field(field)) = place.last() else { return None };
    if matches!(field.as_str(), "name" | "generateName") || word::meant(place, written).is_some() {
        return None;
    }
    let words = "`None` is how Python prints that there is no value, and YAML takes it for a string: remove the field. \
                 `json.dumps` prints what Kubernetes reads.";
    Some(Hint::new(words).with_fix(Fix::guess("Remove it", vec![Change::Remove(place.clone())])))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod, with_container};
    use crate::{Verdict, judge};
    use serde_json::json;

    #[test]
    fn what_python_printed_is_known() {
        let document = with_container(json!({"securityContext": "None"}));
        assert_eq!(
            hints(&document)[0],
            "`None` is how Python prints that there is no value, and YAML takes it for a string: remove the field. \
             `json.dumps` prints what Kubernetes reads. [Remove it]"
        );
        assert_eq!(judge(&fixed(&document)).verdict, Verdict::Accepted);
    }

    #[test]
    fn a_name_and_a_value_of_kubernetes_are_not_of_python() {
        let dns = pod(
            json!({"dnsPolicy": "None", "dnsConfig": {"nameservers": ["1.1.1.1"]}, "containers": [{"name": "None", "image": "i"}]}),
        );
        assert!(hints(&dns).iter().all(|hint| !hint.contains("Python")));
        let policy = with_container(json!({"imagePullPolicy": "None"}));
        assert_eq!(fixed(&policy)["spec"]["containers"][0]["imagePullPolicy"], "Never");
    }
}
