//! Servers that stand beside others: of metrics, of queues, of pages for the eyes of who runs them.

use super::table::SERVER;
use super::{Entrypoint, KnownImage};

/// A server that takes its arguments itself, listens on `ports` and runs as `user`.
const fn own(repositories: &'static [&'static str], ports: &'static [u16], user: Option<i64>) -> KnownImage {
    KnownImage { repositories, ports, user, entrypoint: Entrypoint::Own, ..SERVER }
}

/// The user `nobody` of the images of Prometheus.
const NOBODY: Option<i64> = Some(65_534);

pub(super) static OTHERS: [KnownImage; 27] = [
    // prometheus/prometheus and its exporters, prometheus-community/postgres_exporter, nginx/nginx-prometheus-exporter
    own(&["prom/prometheus", "prometheus/prometheus"], &[9090], NOBODY),
    own(&["prom/alertmanager", "prometheus/alertmanager"], &[9093], NOBODY),
    own(&["prom/pushgateway", "prometheus/pushgateway"], &[9091], NOBODY),
    own(&["prom/blackbox-exporter", "prometheus/blackbox-exporter"], &[9115], NOBODY),
    own(&["prom/node-exporter", "prometheus/node-exporter"], &[9100], NOBODY),
    own(&["prometheuscommunity/postgres-exporter", "prometheus-community/postgres-exporter"], &[9187], NOBODY),
    own(&["nginx/nginx-prometheus-exporter"], &[9113], Some(101)),
    own(&["oliver006/redis_exporter"], &[9121], Some(59_000)),
    // grafana/grafana, grafana/loki
    own(&["grafana/grafana", "grafana/grafana-oss"], &[3000], Some(472)),
    own(&["grafana/loki"], &[3100], Some(10_001)),
    // traefik/traefik-library-image, traefik/whoami
    KnownImage { repositories: &["traefik"], ports: &[80], ..SERVER },
    own(&["traefik/whoami", "containous/whoami"], &[80], None),
    // distribution/distribution-library-image, nats-io/nats-docker, eclipse-mosquitto/mosquitto
    KnownImage { repositories: &["registry"], ports: &[5000], ..SERVER },
    KnownImage { repositories: &["nats"], ports: &[4222], ..SERVER },
    KnownImage { repositories: &["eclipse-mosquitto"], ports: &[1883], data: &["/mosquitto/data"], ..SERVER },
    // hashicorp/vault, coredns/coredns
    own(&["hashicorp/vault", "vault"], &[8200], None),
    own(&["coredns/coredns", "coredns"], &[53], Some(65_532)),
    // apache/kafka: docker/jvm
    KnownImage { repositories: &["apache/kafka"], ports: &[9092], user: Some(1000), ..SERVER },
    // 31z4/zookeeper-docker, docker-solr/docker-solr, jenkinsci/docker, docker-library/ghost
    KnownImage { repositories: &["zookeeper"], ports: &[2181], data: &["/data"], ..SERVER },
    KnownImage { repositories: &["solr"], ports: &[8983], user: Some(8983), ..SERVER },
    KnownImage { repositories: &["jenkins/jenkins"], ports: &[8080], data: &["/var/jenkins_home"], user: Some(1000), ..SERVER },
    KnownImage { repositories: &["ghost"], ports: &[2368], data: &["/var/lib/ghost/content"], ..SERVER },
    // phpmyadmin/docker, pgadmin-org/pgadmin4, mailhog/MailHog
    KnownImage { repositories: &["phpmyadmin", "phpmyadmin/phpmyadmin"], content: &["/var/www/html"], ports: &[80], ..SERVER },
    own(&["dpage/pgadmin4"], &[80], Some(5050)),
    own(&["mailhog/mailhog"], &[1025, 8025], Some(1000)),
    // openresty/docker-openresty, postmanlabs/httpbin
    KnownImage {
        repositories: &["openresty/openresty"],
        content: &["/usr/local/openresty/nginx/html"],
        configuration: "/usr/local/openresty/nginx/conf/nginx.conf",
        ports: &[80],
        entrypoint: Entrypoint::None,
        ..SERVER
    },
    KnownImage { repositories: &["kennethreitz/httpbin"], ports: &[80], entrypoint: Entrypoint::None, ..SERVER },
];
