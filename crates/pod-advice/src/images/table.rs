//! The images that are known.
//!
//! Each line follows the image's `Dockerfile` in the repository that it names; `docker history` shows the same.

use super::{Entrypoint, KnownImage};

pub(super) const SERVER: KnownImage = KnownImage {
    repositories: &[],
    is_server: true,
    server_tags: &[],
    is_shell: false,
    entrypoint: Entrypoint::RunsArguments,
    content: &[],
    configuration: "",
    includes: &[],
    ports: &[],
    log_links: &[],
    data: &[],
    first_start: &[],
    scratch: &[],
    user: None,
};

/// A database of Docker's library and what is built on it, which is set up by files in a directory.
const DATABASE: KnownImage = KnownImage { first_start: &["/docker-entrypoint-initdb.d"], ..SERVER };

const SHELL: KnownImage = KnownImage { is_server: false, is_shell: true, entrypoint: Entrypoint::None, ..SERVER };

/// nginx as its makers ship it.
const NGINX: KnownImage = KnownImage {
    content: &["/usr/share/nginx/html", "/etc/nginx", "/etc/nginx/conf.d"],
    configuration: "/etc/nginx/nginx.conf",
    includes: &["/docker-entrypoint.d", "/etc/nginx/conf.d", "/etc/nginx/templates"],
    log_links: &["/var/log/nginx"],
    ..SERVER
};

/// An image of Bitnami, whose entry point runs what the args name and whose user is 1001.
const fn bitnami(repositories: &'static [&'static str], ports: &'static [u16], data: &'static [&'static str]) -> KnownImage {
    KnownImage { repositories, ports, data, user: Some(1001), ..SERVER }
}

pub(super) static IMAGES: [KnownImage; 50] = [
    // nginxinc/docker-nginx
    KnownImage { repositories: &["nginx", "nginx/nginx"], ports: &[80], scratch: &["/var/cache/nginx", "/var/run"], ..NGINX },
    // nginxinc/docker-nginx-unprivileged
    KnownImage {
        repositories: &["nginxinc/nginx-unprivileged", "nginx/nginx-unprivileged"],
        ports: &[8080],
        scratch: &["/tmp"],
        user: Some(101),
        ..NGINX
    },
    // kubernetes/ingress-nginx, whose arguments name the program that writes the configuration and runs nginx
    KnownImage {
        repositories: &["ingress-nginx/controller", "kubernetes-ingress-controller/nginx-ingress-controller"],
        content: &["/etc/nginx"],
        log_links: &["/var/log/nginx"],
        user: Some(101),
        ..SERVER
    },
    // docker-library/httpd
    KnownImage {
        repositories: &["httpd"],
        content: &["/usr/local/apache2/htdocs", "/usr/local/apache2/conf"],
        configuration: "/usr/local/apache2/conf/httpd.conf",
        ports: &[80],
        scratch: &["/usr/local/apache2/logs"],
        entrypoint: Entrypoint::None,
        ..SERVER
    },
    // docker-library/tomcat
    KnownImage {
        repositories: &["tomcat"],
        content: &["/usr/local/tomcat/webapps", "/usr/local/tomcat/conf"],
        ports: &[8080],
        entrypoint: Entrypoint::None,
        ..SERVER
    },
    // docker-library/wordpress, docker-library/drupal, docker-library/joomla, nextcloud/docker
    KnownImage { repositories: &["wordpress", "joomla", "nextcloud"], ports: &[80], data: &["/var/www/html"], ..SERVER },
    // wikimedia/mediawiki-docker
    KnownImage { repositories: &["drupal", "mediawiki"], content: &["/var/www/html"], ports: &[80], ..SERVER },
    // docker-library/php
    KnownImage {
        repositories: &["php"],
        is_server: false,
        server_tags: &["apache", "fpm"],
        content: &["/var/www/html"],
        ..SERVER
    },
    // docker-library/postgres
    KnownImage {
        repositories: &["postgres"],
        ports: &[5432],
        data: &["/var/lib/postgresql/data", "/var/lib/postgresql"],
        scratch: &["/var/run/postgresql"],
        ..DATABASE
    },
    // postgis/docker-postgis, pgvector/pgvector, timescale/timescaledb-docker
    KnownImage {
        repositories: &["postgis/postgis", "pgvector/pgvector", "timescale/timescaledb"],
        ports: &[5432],
        data: &["/var/lib/postgresql/data"],
        ..DATABASE
    },
    // docker-library/mysql, MariaDB/mariadb-docker
    KnownImage { repositories: &["mysql", "mariadb"], ports: &[3306], data: &["/var/lib/mysql"], ..DATABASE },
    // docker-library/mongo
    KnownImage { repositories: &["mongo"], ports: &[27017], data: &["/data/db"], ..DATABASE },
    // docker-library/cassandra, influxdata/influxdata-docker, neo4j/docker-neo4j, apache/couchdb-docker, elastic/elasticsearch
    KnownImage { repositories: &["cassandra"], ports: &[9042], data: &["/var/lib/cassandra"], ..SERVER },
    KnownImage { repositories: &["influxdb"], ports: &[8086], data: &["/var/lib/influxdb", "/var/lib/influxdb2"], ..SERVER },
    KnownImage { repositories: &["neo4j"], ports: &[7474, 7687], data: &["/data"], ..SERVER },
    KnownImage { repositories: &["couchdb"], ports: &[5984], data: &["/opt/couchdb/data"], ..SERVER },
    KnownImage {
        repositories: &["elasticsearch", "elasticsearch/elasticsearch"],
        content: &["/usr/share/elasticsearch/config"],
        ports: &[9200],
        data: &["/usr/share/elasticsearch/data"],
        user: Some(1000),
        ..SERVER
    },
    // bitnami/containers
    KnownImage {
        repositories: &["bitnami/nginx", "bitnamilegacy/nginx"],
        configuration: "/opt/bitnami/nginx/conf/nginx.conf",
        log_links: &["/opt/bitnami/nginx/logs"],
        ports: &[8080],
        scratch: &["/opt/bitnami/nginx/tmp"],
        user: Some(1001),
        ..SERVER
    },
    bitnami(&["bitnami/postgresql", "bitnamilegacy/postgresql"], &[5432], &["/bitnami/postgresql"]),
    bitnami(&["bitnami/mysql", "bitnamilegacy/mysql"], &[3306], &["/bitnami/mysql"]),
    bitnami(&["bitnami/mariadb", "bitnamilegacy/mariadb"], &[3306], &["/bitnami/mariadb"]),
    bitnami(&["bitnami/mongodb", "bitnamilegacy/mongodb"], &[27017], &["/bitnami/mongodb"]),
    bitnami(&["bitnami/redis", "bitnamilegacy/redis"], &[6379], &["/bitnami/redis"]),
    bitnami(&["bitnami/rabbitmq", "bitnamilegacy/rabbitmq"], &[5672], &["/bitnami/rabbitmq"]),
    bitnami(&["bitnami/kafka", "bitnamilegacy/kafka"], &[9092], &["/bitnami/kafka"]),
    bitnami(&["bitnami/etcd", "bitnamilegacy/etcd"], &[2379], &["/bitnami/etcd"]),
    bitnami(&["bitnami/apache", "bitnamilegacy/apache"], &[8080], &[]),
    bitnami(&["bitnami/memcached", "bitnamilegacy/memcached"], &[11211], &[]),
    bitnami(&["bitnami/wordpress", "bitnamilegacy/wordpress"], &[8080], &["/bitnami/wordpress"]),
    // docker-library/redis, valkey-io/valkey-container
    KnownImage { repositories: &["redis", "valkey/valkey"], ports: &[6379], ..SERVER },
    // docker-library/memcached
    KnownImage { repositories: &["memcached"], ports: &[11211], user: Some(11211), ..SERVER },
    // docker-library/rabbitmq
    KnownImage { repositories: &["rabbitmq"], ports: &[5672], data: &["/var/lib/rabbitmq"], ..SERVER },
    // caddyserver/caddy-docker, docker-library/haproxy
    KnownImage {
        repositories: &["caddy"],
        content: &["/usr/share/caddy", "/etc/caddy"],
        configuration: "/etc/caddy/Caddyfile",
        ports: &[80],
        entrypoint: Entrypoint::None,
        ..SERVER
    },
    KnownImage { repositories: &["haproxy"], is_server: false, user: Some(99), ..SERVER },
    // fluent/fluent-bit, fluent/fluentd-docker-image
    KnownImage { repositories: &["fluent/fluent-bit"], content: &["/fluent-bit/etc"], entrypoint: Entrypoint::Own, ..SERVER },
    KnownImage { repositories: &["fluent/fluentd"], content: &["/fluentd/etc"], user: Some(100), ..SERVER },
    // alpine-docker/git, curl/curl-container, aws/aws-cli, alpine-docker/socat, bitnami/containers
    KnownImage { repositories: &["alpine/git"], is_server: false, entrypoint: Entrypoint::Program("git"), ..SERVER },
    KnownImage {
        repositories: &["curlimages/curl"],
        is_server: false,
        entrypoint: Entrypoint::ProgramOrArguments("curl"),
        user: Some(100),
        ..SERVER
    },
    KnownImage { repositories: &["amazon/aws-cli"], is_server: false, entrypoint: Entrypoint::Program("aws"), ..SERVER },
    KnownImage { repositories: &["alpine/socat"], is_server: false, entrypoint: Entrypoint::Program("socat"), ..SERVER },
    KnownImage {
        repositories: &["bitnami/kubectl"],
        user: Some(1001),
        is_server: false,
        entrypoint: Entrypoint::Program("kubectl"),
        ..SERVER
    },
    // docker-library/docker
    KnownImage { repositories: &["docker"], is_server: false, server_tags: &["dind"], entrypoint: Entrypoint::Own, ..SERVER },
    // SeleniumHQ/docker-selenium
    KnownImage {
        repositories: &[
            "selenium/standalone-chrome",
            "selenium/standalone-chromium",
            "selenium/standalone-edge",
            "selenium/standalone-firefox",
        ],
        ports: &[4444],
        entrypoint: Entrypoint::None,
        user: Some(1200),
        ..SERVER
    },
    // kubernetes/kubernetes: build/pause
    KnownImage {
        repositories: &[
            "pause",
            "google-containers/pause",
            "google_containers/pause",
            "oss/kubernetes/pause",
            "rancher/mirrored-pause",
        ],
        entrypoint: Entrypoint::Program("pause"),
        user: Some(65_535),
        ..SERVER
    },
    // kubernetes/git-sync, GoogleCloudPlatform/cloud-sql-proxy, envoyproxy/envoy, the image of each project by its own name
    KnownImage { repositories: &["git-sync/git-sync"], entrypoint: Entrypoint::Own, user: Some(65_533), ..SERVER },
    KnownImage {
        repositories: &["cloud-sql-connectors/cloud-sql-proxy", "cloudsql-docker/gce-proxy"],
        entrypoint: Entrypoint::Own,
        user: Some(65_532),
        ..SERVER
    },
    KnownImage {
        repositories: &[
            "envoyproxy/envoy",
            "istio/proxyv2",
            "beats/filebeat",
            "grafana/promtail",
            "timberio/vector",
            "consul",
            "hashicorp/consul",
        ],
        entrypoint: Entrypoint::Own,
        ..SERVER
    },
    // docker-library/busybox, alpinelinux/docker-alpine, debuerreotype, canonical, almalinux, rockylinux, fedora, ubi
    KnownImage {
        repositories: &[
            "alpine",
            "amazonlinux",
            "amazonlinux/amazonlinux",
            "azurelinux/base/core",
            "bci/bci-base",
            "cbl-mariner/base/core",
            "archlinux",
            "bitnami/minideb",
            "bitnami/os-shell",
            "bitnamilegacy/os-shell",
            "chainguard/wolfi-base",
            "busybox",
            "e2e-test-images/busybox",
            "centos",
            "centos/centos",
            "debian",
            "fedora",
            "fedora/fedora",
            "google-containers/busybox",
            "google_containers/busybox",
            "nicolaka/netshoot",
            "oraclelinux",
            "os/oraclelinux",
            "photon",
            "almalinux",
            "almalinux/almalinux",
            "debian/debian",
            "rockylinux",
            "rockylinux/rockylinux",
            "redhat/ubi8",
            "redhat/ubi9",
            "kalilinux/kali-rolling",
            "ubi8",
            "ubi8-minimal",
            "ubi8/ubi",
            "ubi8/ubi-minimal",
            "ubi9",
            "ubi9-minimal",
            "ubi9/ubi",
            "ubi9/ubi-minimal",
            "ubuntu",
            "ubuntu/ubuntu",
            "opensuse/leap",
            "opensuse/tumbleweed",
        ],
        ..SHELL
    },
    // docker-library/python, golang, ruby, perl, openjdk, buildpack-deps, gcc, pypy, jruby, erlang, elixir, haskell,
    // rocker-org/r-base, rust-lang/docker-rust, swiftlang/swift-docker, dart-lang/dart-docker, corretto/corretto-docker,
    // dotnet/dotnet-docker, Azure/azure-cli, GoogleCloudPlatform/cloud-sdk-docker: a prompt, which ends without an input
    KnownImage {
        repositories: &[
            "python",
            "golang",
            "ruby",
            "perl",
            "openjdk",
            "buildpack-deps",
            "rust",
            "swift",
            "amazoncorretto",
            "azure-cli",
            "dart",
            "dotnet/aspnet",
            "dotnet/runtime",
            "dotnet/runtime-deps",
            "dotnet/sdk",
            "google/cloud-sdk",
            "google.com/cloudsdktool/cloud-sdk",
            "google.com/cloudsdktool/google-cloud-cli",
            "elixir",
            "erlang",
            "gcc",
            "haskell",
            "jruby",
            "pypy",
            "r-base",
        ],
        ..SHELL
    },
    // tianon/docker-bash, nodejs/docker-node, adoptium/containers
    KnownImage { repositories: &["bash", "node", "eclipse-temurin"], entrypoint: Entrypoint::RunsArguments, ..SHELL },
];
