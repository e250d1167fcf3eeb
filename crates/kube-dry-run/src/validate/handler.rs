//! What a probe or a lifecycle hook does.
//!
//! Follows `validateHandler` and `validateLifecycle` in `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{
    ExecAction, GRPCAction, HTTPGetAction, Lifecycle, LifecycleHandler, Probe, SleepAction, TCPSocketAction,
};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::scope::Scope;
use super::{list, ports, text};

/// The actions of a handler, of which there has to be one.
pub(super) struct Handler<'a> {
    exec: Option<&'a ExecAction>,
    http_get: Option<&'a HTTPGetAction>,
    tcp_socket: Option<&'a TCPSocketAction>,
    grpc: Option<&'a GRPCAction>,
    sleep: Option<&'a SleepAction>,
}

impl<'a> From<&'a Probe> for Handler<'a> {
    fn from(probe: &'a Probe) -> Self {
        Self {
            exec: probe.exec.as_ref(),
            http_get: probe.http_get.as_ref(),
            tcp_socket: probe.tcp_socket.as_ref(),
            grpc: probe.grpc.as_ref(),
            sleep: None,
        }
    }
}

impl<'a> From<&'a LifecycleHandler> for Handler<'a> {
    fn from(hook: &'a LifecycleHandler) -> Self {
        Self {
            exec: hook.exec.as_ref(),
            http_get: hook.http_get.as_ref(),
            tcp_socket: hook.tcp_socket.as_ref(),
            grpc: None,
            sleep: hook.sleep.as_ref(),
        }
    }
}

impl Handler<'_> {
    /// Checks the first action and refuses the others; `grace` is how long the Pod takes to end.
    pub(super) fn validate(&self, errors: &mut Errors, grace: Option<i64>, path: &FieldPath<'_>) {
        let mut actions = Actions { errors, path, found: false };
        actions.next(self.exec, "exec", exec);
        actions.next(self.http_get, "httpGet", http_get);
        actions.next(self.tcp_socket, "tcpSocket", |errors, action, path| {
            ports::number_or_name(errors, &action.port, &path.field("port"));
        });
        actions.next(self.grpc, "grpc", |errors, action, path| ports::number(errors, action.port, &path.field("port")));
        actions.next(self.sleep, "sleep", |errors, action, path| sleep(errors, action, grace, path));
        if !actions.found {
            errors.required(path, "must specify a handler type");
        }
    }
}

/// The hooks of a container.
pub(super) fn lifecycle(errors: &mut Errors, lifecycle: &Lifecycle, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let grace = scope.spec.termination_grace_period_seconds;
    for (name, hook) in [("postStart", &lifecycle.post_start), ("preStop", &lifecycle.pre_stop)] {
        if let Some(hook) = hook {
            Handler::from(hook).validate(errors, grace, &path.field(name));
        }
    }
}

struct Actions<'a, 'path> {
    errors: &'a mut Errors,
    path: &'a FieldPath<'path>,
    found: bool,
}

impl Actions<'_, '_> {
    fn next<T>(&mut self, action: Option<&T>, name: &str, validate: impl FnOnce(&mut Errors, &T, &FieldPath<'_>)) {
        let Some(action) = action else { return };
        let path = &self.path.field(name);
        if self.found {
            self.errors.forbidden(path, "may not specify more than 1 handler type");
        } else {
            self.found = true;
            validate(self.errors, action, path);
        }
    }
}

fn exec(errors: &mut Errors, action: &ExecAction, path: &FieldPath<'_>) {
    if list(action.command.as_ref()).is_empty() {
        errors.required(&path.field("command"), "");
    }
}

fn http_get(errors: &mut Errors, action: &HTTPGetAction, path: &FieldPath<'_>) {
    ports::number_or_name(errors, &action.port, &path.field("port"));
    let scheme = text(action.scheme.as_ref());
    if !matches!(scheme, "" | "HTTP" | "HTTPS") {
        errors.not_supported(&path.field("scheme"), Bad::Typed(scheme), &["HTTP", "HTTPS"]);
    }
    for header in list(action.http_headers.as_ref()) {
        errors.invalid_each(&path.field("httpHeaders"), &header.name, &names::header_name(&header.name));
    }
}

fn sleep(errors: &mut Errors, action: &SleepAction, grace: Option<i64>, path: &FieldPath<'_>) {
    if let Some(grace) = grace.filter(|grace| action.seconds < 0 || action.seconds > *grace) {
        let detail = format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
        errors.invalid(path, action.seconds, &detail);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_container;
    use serde_json::{Value, json};

    fn with_probe(probe: Value) -> Vec<String> {
        let found = messages_of_container(json!({"livenessProbe": probe}));
        let prefix = "spec.containers[0].livenessProbe.";
        found.into_iter().map(|message| message.trim_start_matches(prefix).to_owned()).collect()
    }

    #[test]
    fn each_action_alone_is_good() {
        for action in [
            json!({"exec": {"command": ["true"]}}),
            json!({"httpGet": {"port": "http", "scheme": "HTTPS", "httpHeaders": [{"name": "X-A1", "value": ""}]}}),
            json!({"tcpSocket": {"port": 65535}}),
            json!({"grpc": {"port": 1}}),
        ] {
            assert_eq!(with_probe(action.clone()), Vec::<String>::new(), "{action}");
        }
        let sleep = json!({"preStop": {"sleep": {"seconds": 30}}, "postStart": {"sleep": {"seconds": 0}}});
        assert_eq!(messages_of_container(json!({"lifecycle": sleep})), Vec::<String>::new());
    }

    #[test]
    fn the_second_action_is_one_too_many() {
        let detail = "Forbidden: may not specify more than 1 handler type";
        let (http, tcp, grpc) = (json!({"port": 0}), json!({"port": 0}), json!({"port": 0}));
        assert_eq!(
            with_probe(json!({"exec": {"command": ["true"]}, "httpGet": http, "tcpSocket": tcp, "grpc": grpc})),
            [format!("httpGet: {detail}"), format!("tcpSocket: {detail}"), format!("grpc: {detail}")]
        );
    }

    #[test]
    fn actions_are_complete() {
        let bad_port = "must be between 1 and 65535, inclusive";
        for (action, error) in [
            (json!({"exec": {}}), "exec.command: Required value".to_owned()),
            (json!({"httpGet": {"port": 0}}), format!("httpGet.port: Invalid value: 0: {bad_port}")),
            (json!({"tcpSocket": {"port": 65536}}), format!("tcpSocket.port: Invalid value: 65536: {bad_port}")),
            (
                json!({"tcpSocket": {"port": "80"}}),
                "tcpSocket.port: Invalid value: \"80\": must contain at least one letter (a-z)".to_owned(),
            ),
            (json!({"grpc": {"port": 65536}}), format!("grpc.port: Invalid value: 65536: {bad_port}")),
            (
                json!({"httpGet": {"port": 80, "scheme": "http"}}),
                "httpGet.scheme: Unsupported value: \"http\": supported values: \"HTTP\", \"HTTPS\"".to_owned(),
            ),
            (
                json!({"httpGet": {"port": 80, "httpHeaders": [{"name": "A:", "value": ""}]}}),
                "httpGet.httpHeaders: Invalid value: \"A:\": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. \
                 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"
                    .to_owned(),
            ),
        ] {
            assert_eq!(with_probe(action.clone()), [error], "{action}");
        }
    }

    #[test]
    fn sleep_is_not_negative() {
        let detail = "must be non-negative and less than terminationGracePeriodSeconds (30)";
        assert_eq!(
            messages_of_container(json!({"lifecycle": {"postStart": {"sleep": {"seconds": -1}}}})),
            [format!("spec.containers[0].lifecycle.postStart.sleep: Invalid value: -1: {detail}")]
        );
    }

    #[test]
    fn there_is_one_action() {
        let lifecycle = json!({
            "postStart": {},
            "preStop": {"exec": {"command": []}, "httpGet": {"port": 80}, "sleep": {"seconds": 5}},
        });
        insta::assert_debug_snapshot!(messages_of_container(json!({"lifecycle": lifecycle})), @r#"
        [
            "spec.containers[0].lifecycle.postStart: Required value: must specify a handler type",
            "spec.containers[0].lifecycle.preStop.exec.command: Required value",
            "spec.containers[0].lifecycle.preStop.httpGet: Forbidden: may not specify more than 1 handler type",
            "spec.containers[0].lifecycle.preStop.sleep: Forbidden: may not specify more than 1 handler type",
        ]
        "#);
    }

    #[test]
    fn sleep_fits_into_the_grace_period() {
        let detail = "must be non-negative and less than terminationGracePeriodSeconds (30)";
        assert_eq!(
            messages_of_container(json!({"lifecycle": {"preStop": {"sleep": {"seconds": 31}}}})),
            [format!("spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: {detail}")]
        );
    }
}
