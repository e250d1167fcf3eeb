//! tmp
use serde_json::{Value,json};
/// tmp
pub struct Preset { /// tmp
pub name: String, /// t
pub title: String, /// t
pub summary: String, /// t
pub try_it: String, /// t
pub document: Value }
/// tmp
pub fn presets() -> &'static [Preset] {
    static P: std::sync::LazyLock<Vec<Preset>> = std::sync::LazyLock::new(|| vec![Preset{name:"web-content".into(),title:"One writes, one serves".into(),summary:"alpine writes, nginx serves".into(),try_it:"kubectl logs".into(),document:json!({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-content","labels":{"app":"web"}},"spec":{"initContainers":[{"name":"init","image":"alpine"}],"containers":[{"name":"writer","image":"alpine:3.22","command":["sh","-c"],"args":["while true; do\n  date > /html/index.html\n  sleep 5\ndone\n"],"volumeMounts":[{"name":"html","mountPath":"/html"}]},{"name":"web","image":"nginx:1.28-alpine","ports":[{"containerPort":80}],"livenessProbe":{"httpGet":{"port":80}},"volumeMounts":[{"name":"html","mountPath":"/usr/share/nginx/html","readOnly":true}]}],"volumes":[{"name":"html","emptyDir":{"sizeLimit":"16Mi","medium":"Memory"}}]}})}]);
    &P
}
