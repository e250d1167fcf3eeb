mod bounds;
mod interpreter;
mod mistakes;

use super::*;
use serde_json::json;

fn answer(source: &str, manifest: &Value) -> Answer {
    Expression::new(source).evaluate(manifest, &mut Budget::default())
}

fn pod() -> Value {
    json!({
        "kind": "Pod",
        "metadata": {"name": "web", "labels": {"app": "web", "example.com/tier": "one"}},
        "spec": {
            "containers": [
                {"name": "writer", "image": "alpine:3.22", "command": ["sh", "-c", "date"],
                    "resources": {"limits": {"memory": "64Mi", "cpu": 1}},
                    "volumeMounts": [{"name": "html", "mountPath": "/html"}]},
                {"name": "web", "image": "nginx:1.29", "ports": [{"containerPort": 80}],
                    "volumeMounts": [{"name": "html", "mountPath": "/usr/share/nginx/html", "readOnly": true}]}
            ],
            "volumes": [{"name": "html", "emptyDir": {"sizeLimit": "16Mi"}}, {"name": "other", "emptyDir": null}]
        }
    })
}

/// What holds of [`pod`].
const TRUE: [&str; 42] = [
    "true",
    "object.kind == 'Pod'",
    "object.spec.containers.size() == 2 && size(object.spec.containers) < 3",
    "object.spec.volumes.exists(v, v.name == \"html\")",
    "object.spec.containers.all(c, c.image.contains(':'))",
    "object.spec.containers.exists_one(c, has(c.ports))",
    "object.spec.containers.exists(c, c.ports[0].containerPort == 80)",
    "object.spec.containers.filter(c, has(c.ports)).map(c, c.name) == ['web']",
    "object.spec.containers.map(c, c.name) == ['writer', 'web']",
    "object.spec.containers.map(c, c.name == 'web', c.image) == ['nginx:1.29']",
    "object.spec.containers.map(c, c.volumeMounts.map(m, m.name)) == [['html'], ['html']]",
    "object.spec.containers.exists(c, object.spec.containers.exists(d, c.name != d.name && c.image != d.image))",
    "'app' in object.metadata.labels && !('other' in object.metadata.labels)",
    "object.metadata.labels['example.com/tier'] == 'one'",
    "object.metadata.labels.exists(key, key == 'app')",
    "object.metadata.labels.all(key, size(key) > 2)",
    "'sh' in object.spec.containers[0].command",
    "has(object.spec.volumes) && !has(object.spec.nodeName)",
    "object.spec.containers[0].command + ['x'] == ['sh', '-c', 'date', 'x']",
    "object.metadata.name + '-1' == 'web-1'",
    "object.metadata.name.startsWith('w') && object.metadata.name.endsWith('b')",
    "object.spec.nodeName == 'a' || true",
    "true || object.spec.nodeName == 'a'",
    "!(false && object.spec.nodeName == 'a') && !(object.spec.nodeName == 'a' && false)",
    "has(object.spec.nodeName) ? false : object.spec.containers[1].name == 'web'",
    "1 + 2 * 3 - 4 == 3 && 7 / 2 == 3 && 7 % 2 == 1 && -7 / 2 == -3",
    "1.5 + 1.5 == 3.0 && 1.0 == 1 && 1 < 1.5 && 2.5 > 2 && -1.5 < -1",
    "-1 < 0 && - 1 == 0 - 1 && !!true",
    "'a' < 'b' && 'b' >= 'a' && false < true",
    "1 != '1' && null == null && [] == [] && [1, 2] != [2, 1] && [1] != [1, 2]",
    "[1, 2, 3].exists(x, x > 2) && [[1], [2]].all(x, x.size() == 1)",
    "[1, 2, 3].map(x, [x, x]).filter(y, y[0] > 1).size() == 2",
    "[1, 2].all(x, [3, 4].all(y, x < y))",
    "[1].all(x, [2].all(x, x == 2) && x == 1)",
    "1 in [1, 2] && !('a' in [1])",
    "[true, 1].exists(x, x == true)",
    "'äöü'.size() == 3 && 'äöü'.contains('ö')",
    "object.spec.containers.exists(c, c.ports.exists(p, p.containerPort == 80))",
    "[1].exists_one(x, x > 0) && ![1, 2].exists_one(x, x > 0) && ![].exists(x, true) && [].all(x, false)",
    "object.spec == object.spec && object.spec.containers[0] != object.spec.containers[1]",
    "9223372036854775807 > 9223372036854775806 && -9223372036854775808 < 0",
    "[1, 'a'].exists(x, x < 2) && ![1, 'a'].all(x, x > 2)",
];

#[test]
fn what_holds_is_true() {
    for source in TRUE {
        assert_eq!(answer(source, &pod()), Answer::True, "{source}");
        assert_eq!(answer(&format!("!({source})"), &pod()), Answer::False, "{source}");
    }
}

#[test]
fn amounts_compare() {
    for source in [
        "quantity(object.spec.volumes[0].emptyDir.sizeLimit).isLessThan(quantity('1Gi'))",
        "quantity('1Gi').isGreaterThan(quantity('1000Mi')) && quantity('1Gi').compareTo(quantity('1024Mi')) == 0",
        "quantity(object.spec.containers[0].resources.limits.cpu).compareTo(quantity('1000m')) == 0",
        "quantity('64Mi').sub(quantity('16Mi')).add(quantity('1')).isGreaterThan(quantity('48Mi'))",
        "quantity('64Mi') == quantity('65536Ki') && quantity('0.5').isLessThan(quantity('1'))",
        "isQuantity('64Mi') && !isQuantity('64 Mi') && !isQuantity('') && !isQuantity(true) && isQuantity(1.5)",
    ] {
        assert_eq!(answer(source, &pod()), Answer::True, "{source}");
    }
    for source in [
        "quantity('a') == 1",
        "quantity('1').add(1) == 1",
        "quantity(true) == 1",
        "quantity('1') < quantity('2')",
        "'1'.isLessThan('2')",
    ] {
        assert!(matches!(answer(source, &pod()), Answer::Mistyped(_)), "{source}");
    }
}

#[test]
fn patterns_match() {
    assert_eq!(answer("object.spec.containers.all(c, c.image.matches('^[a-z]+:[0-9.]+$'))", &pod()), Answer::True);
    assert_eq!(answer("matches(object.kind, 'o')", &pod()), Answer::True);
    assert_eq!(answer("object.kind.matches('^o')", &pod()), Answer::False);
}
