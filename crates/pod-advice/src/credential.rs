//! What looks like a credential.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use memchr::memmem::Finder;

/// Parts of names of credentials.
static PARTS: LazyLock<[Finder<'static>; 14]> = LazyLock::new(|| {
    let parts = [
        "PASSWORD",
        "PASSWD",
        "PASSPHRASE",
        "SECRET",
        "CREDENTIAL",
        "API_KEY",
        "APIKEY",
        "PRIVATE_KEY",
        "ACCESS_KEY",
        "ENCRYPTION_KEY",
        "SIGNING_KEY",
        "MASTER_KEY",
        "AUTH_KEY",
        "AUTHKEY",
    ];
    parts.map(Finder::new)
});

/// Words of such names, which are parts of others too.
const WORDS: [&str; 4] = ["PASS", "PW", "PWD", "TOKEN"];

/// How words go on that only begin like these parts: `SECRETARY`, `PASSWORDLESS`.
const OTHER_WORDS: [&str; 2] = ["ARY", "LESS"];

/// Names of where a credential is, or of what is done with it.
const OTHER_ENDS: [&str; 53] = [
    "_FILE",
    "_PATH",
    "_DIR",
    "_NAME",
    "_URL",
    "_URI",
    "_TTL",
    "_TYPE",
    "_HEADER",
    "_LENGTH",
    "_ENABLED",
    "_EXPIRATION",
    "_ISSUER",
    "_ARN",
    "_ID",
    "_REALM",
    "_SOURCE",
    "_POLICY",
    "_AGE",
    "_ALGORITHM",
    "_AUDIENCE",
    "_BACKEND",
    "_COUNT",
    "_DURATION",
    "_ENDPOINT",
    "_HOST",
    "_INTERVAL",
    "_LIFETIME",
    "_LIMIT",
    "_METHOD",
    "_MODE",
    "_PERIOD",
    "_PORT",
    "_PROVIDER",
    "_REQUIRED",
    "_SIZE",
    "_STORE",
    "_TIMEOUT",
    "_ADDR",
    "_CLASS",
    "_ENCODER",
    "_ENCODING",
    "_EXPIRES",
    "_EXPIRES_IN",
    "_EXPIRY",
    "_FORMAT",
    "_HASHING",
    "_LOCATION",
    "_NAMESPACE",
    "_REGION",
    "_ROTATION",
    "_STRENGTH",
    "_VERSION",
];

/// True of a name of a variable or an option whose value is a credential: `DB_PASSWORD`, `--api-key`.
pub(crate) fn has_name_of_credential(name: &str) -> bool {
    if name.len() > MAX_NAME {
        return false;
    }
    let name = in_capitals(name);
    let rest_behind = |part: &Finder<'_>| part.find(name.as_bytes()).map(|at| &name[at + part.needle().len()..]);
    let has_part = |part| rest_behind(part).is_some_and(|rest| !OTHER_WORDS.iter().any(|end| rest.starts_with(end)));
    let is_named = PARTS.iter().any(has_part) || name.split('_').any(|word| WORDS.contains(&word));
    let is_about = || {
        OTHER_ENDS.iter().any(|end| name.ends_with(end))
            || ["ALLOW_EMPTY", "RANDOM", "INITIAL_CLUSTER_TOKEN", "PULL_SECRET"].iter().any(|part| name.contains(part))
    };
    is_named && !is_about()
}

/// `name` as variables are written: `AUTH_TOKEN` of `authToken` and of `auth-token`.
fn in_capitals(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let mut is_after_lower = false;
    for character in name.chars() {
        if is_after_lower && character.is_ascii_uppercase() {
            words.push('_');
        }
        is_after_lower = character.is_ascii_lowercase();
        words.push(if matches!(character, '-' | '.') { '_' } else { character.to_ascii_uppercase() });
    }
    words
}

/// True of a short number that is given to a password.
pub(crate) fn is_number_of_password(name: &str, value: &str) -> bool {
    let is_number = value.len() > 2 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number && ["PASSWORD", "PASSWD"].iter().any(|end| in_capitals(name).ends_with(end))
}

/// A longer name is no name of a credential.
pub(crate) const MAX_NAME: usize = 200;

/// True of the name of a Secret: `WEBHOOK_SECRET: webhook-certs`, `--auth-secret=web/basic-auth`.
pub(crate) fn names_object(name: &str, value: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'/');
    let is_name = value.contains('-') && value.bytes().all(is_of_name);
    is_name && name.to_ascii_uppercase().ends_with("SECRET")
}

/// False of what is no credential, whatever its name is: a path, an address, a reference, a switch.
pub(crate) fn may_be_credential(value: &str) -> bool {
    let is_other = value.starts_with(['/', '$', '<', '{']) || value.contains("$(") || value.contains("://");
    let is_elsewhere = ELSEWHERE.iter().any(|scheme| value.starts_with(scheme)) || is_host_with_port(value);
    let is_switch = SWITCHES.contains(&value.to_ascii_lowercase().as_str());
    let is_number = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    !is_other && !is_elsewhere && !is_switch && !is_number
}

/// How a reference to a credential begins that is kept elsewhere, or the address of a server.
const ELSEWHERE: [&str; 6] = ["arn:", "file:", "secretref:", "ssm:", "unix:", "vault:"];

const SWITCHES: [&str; 13] =
    ["", "true", "false", "yes", "no", "on", "off", "none", "null", "enabled", "disabled", "optional", "required"];

/// True of `127.0.0.1:9000` and `backend:8080`, as `FASTCGI_PASS` and `PROXY_PASS` have it.
fn is_host_with_port(value: &str) -> bool {
    let is_of_host = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    let is_port = |port: &str| matches!(port.len(), 2..=5) && port.bytes().all(|byte| byte.is_ascii_digit());
    value.split_once(':').is_some_and(|(host, port)| host.bytes().all(is_of_host) && is_port(port))
}

/// True of what is a credential by its form.
pub(crate) fn is_credential(value: &str) -> bool {
    let is_header = |before: &str| matches!(before.to_ascii_lowercase().trim(), "" | "authorization:" | "proxy-authorization:");
    let bearer = ["Bearer ", "bearer "].iter().find_map(|scheme| value.split_once(scheme));
    let value = bearer.filter(|(before, _)| is_header(before)).map_or(value, |(_, token)| token);
    let has_form = FORMS.iter().any(|start| value.starts_with(start)) && value.len() >= 20;
    has_form
        || is_private_key(value)
        || is_random(value)
        || is_webhook(value)
        || is_basic(value)
        || is_web_token(value)
        || has_password_in_address(value)
        || has_password_among_settings(value)
}

/// How credentials of services begin.
const FORMS: [&str; 23] = [
    "AGE-SECRET-KEY-",
    "AIza",
    "AKIA",
    "ASIA",
    "dckr_pat_",
    "dop_v1_",
    "gho_",
    "ghp_",
    "ghr_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "glrt-",
    "pypi-AgEI",
    "rk_live_",
    "shpat_",
    "sk-ant-",
    "sk-proj-",
    "sk_live_",
    "xapp-",
    "xoxb-",
    "xoxp-",
];

/// True of a private key in a text form, whose first line says so: that of a certificate or a public key says something else.
/// Inside of another text, such as the JSON of a service account, the key itself has to follow.
fn is_private_key(value: &str) -> bool {
    let is_begun = |(at, start): (usize, &str)| {
        let Some((label, key)) = value[at + start.len()..].split_once("-----") else { return false };
        let key = key.trim_start().trim_start_matches("\\n");
        let is_key = || {
            key.len() >= MIN_KEY && key.bytes().take(MIN_KEY).all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
        };
        label.len() <= MAX_LABEL && label.ends_with("PRIVATE KEY") && (at == 0 || is_key())
    };
    value.match_indices("-----BEGIN ").any(is_begun)
}

/// How long what stands between the dashes is at most, and how much of a key is looked at.
const MAX_LABEL: usize = 32;
const MIN_KEY: usize = 16;

/// How those begin of which only the length of what follows tells them from other names.
const RANDOM: [(&str, usize); 3] = [("SG.", 60), ("hf_", 30), ("npm_", 36)];

fn is_random(value: &str) -> bool {
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_long = |rest: &str, length: usize| rest.len() >= length && rest.bytes().all(is_of_token);
    RANDOM.iter().any(|(start, length)| value.strip_prefix(start).is_some_and(|rest| is_long(rest, *length)))
}

/// Addresses to which whoever knows them may post.
const WEBHOOKS: [&str; 2] = ["https://discord.com/api/webhooks/", "https://hooks.slack.com/services/"];

fn is_webhook(value: &str) -> bool {
    let is_known = |rest: &str| rest.len() > 30 && rest.contains('/') && !rest.contains(['$', '<', '{']);
    WEBHOOKS.iter().any(|start| value.strip_prefix(start).is_some_and(is_known))
}

/// True of the header for a user and a password: `Basic YWRtaW46c2VjcmV0`, which says `admin:secret`.
fn is_basic(value: &str) -> bool {
    let encoded = value.rsplit_once("Basic ").map(|(_, encoded)| encoded.trim_end_matches('='));
    encoded.and_then(|encoded| STANDARD_NO_PAD.decode(encoded).ok()).is_some_and(|text| {
        let is_plain = text.iter().all(u8::is_ascii_graphic);
        is_plain && text.iter().position(|byte| *byte == b':').is_some_and(|colon| colon > 0 && colon + 1 < text.len())
    })
}

/// True of the settings of a connection of which one is a password: `Server=db;User Id=sa;Password=x`, `jdbc:…?password=x`.
fn has_password_among_settings(value: &str) -> bool {
    const NAMES: [&str; 4] = ["password", "pwd", "accountkey", "sharedaccesskey"];
    let mut settings = value.split([';', '?', '&']).filter_map(|setting| setting.split_once('='));
    let is_password = |name: &str| NAMES.contains(&name.trim().to_ascii_lowercase().as_str());
    value.contains([';', '?', '&']) && settings.any(|(name, value)| is_password(name) && may_be_credential(value))
}

/// True of a JSON Web Token: three parts in Base64, of which the first begins with `{"`.
fn is_web_token(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_part = |part: &str| part.len() > 10 && part.bytes().all(is_plain);
    value.starts_with("eyJ") && value.split('.').count() == 3 && value.split('.').all(is_part)
}

fn has_password_in_address(value: &str) -> bool {
    if !value.contains('@') {
        return false;
    }
    if let Some((user, _)) = value.split_once("@tcp(") {
        return user.split_once(':').is_some_and(|(_, password)| may_be_credential(password));
    }
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', ' ']).next().unwrap_or_default();
    let password = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')).map(|(_, password)| password);
    password.is_some_and(|password| !password.is_empty() && !password.starts_with(['$', '<', '{']))
}
