//! A manifest as checks see it: with what Kubernetes puts in where nothing is written, as far as lessons ask for it.

use std::borrow::Cow;

use kube_dry_run::pod_template;
use serde_json::{Value, json};

/// `document`, in which each volume of the Pod without a source is the `emptyDir` that Kubernetes makes of it, as
/// `SetDefaults_Volume` of `pkg/apis/core/v1/defaults.go` has it.
pub(crate) fn defaulted(document: &Value) -> Cow<'_, Value> {
    let Some(template) = pod_template(document) else { return Cow::Borrowed(document) };
    let path = template.entry("spec").entry("volumes");
    let volumes = path.find(document).and_then(Value::as_array);
    if !volumes.is_some_and(|volumes| volumes.iter().any(is_without_source)) {
        return Cow::Borrowed(document);
    }
    let mut document = document.clone();
    let volumes = path.find_mut(&mut document).and_then(Value::as_array_mut);
    volumes.into_iter().flatten().filter(|volume| is_without_source(volume)).for_each(make_empty_dir);
    Cow::Owned(document)
}

fn is_without_source(volume: &Value) -> bool {
    volume.as_object().is_some_and(|fields| fields.iter().all(|(field, value)| field == "name" || value.is_null()))
}

fn make_empty_dir(volume: &mut Value) {
    if let Some(fields) = volume.as_object_mut() {
        fields.insert("emptyDir".to_owned(), json!({}));
    }
}
