//! Names that are malformed: what is allowed, and which name would be right.

mod form;
mod rename;

use serde_json::Value;

use self::form::Form;
use super::Hint;
use super::context::Context;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::Segment;
use crate::shown::shown;

/// What a malformed name may look like, with a better one.
pub(super) fn invalid(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    if finding.message.ends_with("must not have leading or trailing whitespace") {
        return Some(blanks(finding, context));
    }
    let form = Form::of(&finding.message)?;
    let Some(written) = written(finding, form, context) else { return Some(Hint::new(form.words(None))) };
    if let Some(hint) = port_number(finding, form, &written) {
        return Some(hint);
    }
    if let Some(hint) = variable_with_value(finding, form, &written, context) {
        return Some(hint);
    }
    let mended = form.mended(&written).map(|mended| if is_prefix(finding, &written) { mended + "-" } else { mended });
    let better = mended.and_then(|mended| rename::free(mended, finding, form, context));
    let fix = better.as_ref().and_then(|better| {
        let changes = rename::changes(finding, form, &written, better, context)?;
        let verb = if form == Form::LabelValue { "Write" } else { "Rename it to" };
        Some(Fix::guess(format!("{verb} {better}"), changes))
    });
    Some(Hint::new(form.words(better.as_deref())).with_fix(fix))
}

/// True of the `written` beginning of a name with a joint to what the server adds.
fn is_prefix(finding: &Finding, written: &str) -> bool {
    let is_of_prefix = matches!(finding.place.last(), Some(Segment::Field(name)) if name == "generateName");
    is_of_prefix && written.ends_with(|last: char| !last.is_alphanumeric())
}

/// The name that the finding is about, as the document has it or as the message quotes it.
fn written(finding: &Finding, form: Form, context: &Context<'_>) -> Option<String> {
    if let (Form::Key, Some(Segment::Key(key))) = (form, finding.place.last()) {
        return Some(key.to_string());
    }
    context.string(&finding.place).map(str::to_owned).or_else(|| quoted(&finding.message))
}

/// The string that a message quotes as the invalid value.
pub(super) fn quoted(message: &str) -> Option<String> {
    let (_, rest) = message.split_once(" value: ").or_else(|| message.split_once(" value "))?;
    serde_json::Deserializer::from_str(rest).into_iter::<String>().next()?.ok()
}

fn blanks(finding: &Finding, context: &Context<'_>) -> Hint {
    let hint = Hint::new("A blank stands before or after this: remove it.");
    let Some(written) = context.string(&finding.place) else { return hint };
    let trimmed = written.trim();
    let fix = Fix::safe("Remove the blanks", vec![Change::Set(finding.place.clone(), trimmed.into())]);
    hint.with_fix((!trimmed.is_empty()).then_some(fix))
}

/// A number in quotes where a port has a name or a number.
fn port_number(finding: &Finding, form: Form, written: &str) -> Option<Hint> {
    let is_port = matches!(finding.place.last(), Some(Segment::Field(name)) if name == "port");
    let number: u16 = written.trim().parse().ok().filter(|_| is_port && form == Form::PortName)?;
    let fix = Fix::safe(format!("Write {number} without quotes"), vec![Change::Set(finding.place.clone(), number.into())]);
    let words = format!("In quotes this is the name of a port, not its number: write {number} without quotes.");
    Some(Hint::new(words).with_fix(fix))
}

/// `name: A=b`, where name and value of a variable have a field each.
fn variable_with_value(finding: &Finding, form: Form, written: &str, context: &Context<'_>) -> Option<Hint> {
    let (name, value) = written.split_once('=').filter(|(name, _)| form == Form::Variable && !name.is_empty())?;
    let variable = finding.place.parent()?;
    let is_alone = context.value(&variable)?.as_object()?.len() == 1;
    let changes = vec![Change::Set(finding.place.clone(), name.into()), Change::Set(variable.entry("value"), Value::from(value))];
    let name = shown(name);
    let fix = is_alone.then(|| Fix::guess(format!("Split it into {name} and its value"), changes));
    let words = format!("The name and the value of a variable are two fields: write `name: {name}`, and `value:` below it.");
    Some(Hint::new(words).with_fix(fix))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod, with_container};
    use serde_json::{Value, json};

    #[test]
    fn a_better_name_is_proposed() {
        let mut document = with_container(json!({}));
        document["metadata"]["name"] = json!("My_First Pod");
        insta::assert_snapshot!(hints(&document).join("\n"), @"Use lower-case letters, digits, `-` and `.` only, with a letter or digit at the beginning and the end: `my-first-pod`, for example. [Rename it to my-first-pod]");
        assert_eq!(fixed(&document)["metadata"]["name"], "my-first-pod");
    }

    #[test]
    fn the_beginning_of_a_name_keeps_its_joint() {
        for (written, expected) in [("My_App-", "my-app-"), ("My_App_", "my-app-"), ("My_App", "my-app")] {
            let mut document = with_container(json!({}));
            document["metadata"] = json!({"generateName": written});
            let fixed = fixed(&document);
            assert_eq!(fixed["metadata"]["generateName"], expected);
            assert_eq!(crate::judge(&fixed).findings, []);
        }
    }

    #[test]
    fn a_volume_takes_its_mounts_along() {
        let mounts = json!([{"name": "My_Data", "mountPath": "/a"}, {"name": "other", "mountPath": "/b"}]);
        let container = |name: &str| json!({"name": name, "image": "i", "volumeMounts": mounts});
        let volumes = json!([{"name": "My_Data", "emptyDir": {}}, {"name": "other", "emptyDir": {}}]);
        let document = pod(json!({"containers": [container("a")], "initContainers": [container("b")], "volumes": volumes}));
        let fixed = fixed(&document);
        assert_eq!(fixed["spec"]["volumes"][0]["name"], "my-data");
        for list in ["containers", "initContainers"] {
            assert_eq!(fixed["spec"][list][0]["volumeMounts"][0]["name"], "my-data");
        }
        assert_eq!(crate::judge(&fixed).findings, []);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let volumes = json!([{"name": "A", "emptyDir": {}}, {"name": "a", "emptyDir": {}}]);
        let document = pod(json!({"containers": [{"name": "c", "image": "i"}], "volumes": volumes}));
        assert_eq!(fixed(&document)["spec"]["volumes"][0]["name"], "a-2");
    }

    #[test]
    fn labels_change_with_their_selector() {
        let template = json!({"metadata": {"labels": {"app": "my app"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}});
        let document = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"selector": {"matchLabels": {"app": "my app"}}, "template": template}});
        let fixed = fixed(&document);
        assert_eq!(fixed["spec"]["selector"]["matchLabels"]["app"], "my-app");
        assert_eq!(crate::judge(&fixed).findings, []);
        let mut keys = document;
        keys["spec"]["selector"]["matchLabels"] = json!({"my app": "x"});
        keys["spec"]["template"]["metadata"]["labels"] = json!({"my app": "x"});
        assert_eq!(crate::judge(&super::super::testing::fixed(&keys)).findings, []);
    }

    #[test]
    fn a_container_that_something_names_keeps_its_name() {
        let reference =
            json!({"name": "A", "valueFrom": {"resourceFieldRef": {"containerName": "My_C", "resource": "limits.cpu"}}});
        let document = pod(json!({"containers": [{"name": "My_C", "image": "i", "env": [reference]}]}));
        let found = crate::judge(&document).findings;
        assert!(found[0].hint.as_ref().unwrap().contains("`my-c`") && found[0].fix.is_none(), "{found:?}");
    }

    #[test]
    fn ports_have_names_and_numbers() {
        let probe = |port: Value| json!({"tcpSocket": {"port": port}});
        let document = with_container(json!({"livenessProbe": probe(json!("8080"))}));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["livenessProbe"], probe(json!(8080)));
        let ports = json!([{"name": "Web_Port", "containerPort": 80}]);
        let document = with_container(json!({"ports": ports, "livenessProbe": probe(json!("Web_Port"))}));
        let container = &fixed(&document)["spec"]["containers"][0];
        assert_eq!(
            (&container["ports"][0]["name"], &container["livenessProbe"]),
            (&json!("web-port"), &probe(json!("web-port")))
        );
    }

    #[test]
    fn a_variable_with_its_value_is_split() {
        let document = with_container(json!({"env": [{"name": "A=b=c"}]}));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["env"], json!([{"name": "A", "value": "b=c"}]));
        let document = with_container(json!({"env": [{"name": "GRÜN", "value": "x"}]}));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["env"][0]["name"], "GRUEN");
    }

    #[test]
    fn blanks_around_an_image_are_taken_out() {
        let document = with_container(json!({"image": " nginx "}));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["image"], "nginx");
    }
}
