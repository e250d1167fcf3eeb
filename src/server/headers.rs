//! What every answer tells browsers and caches, where its handler did not say something else.

use std::sync::LazyLock;

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

/// Which other sites may load an answer into their pages (Fetch, 3.7).
pub const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

const OF_EVERY_ANSWER: [(HeaderName, HeaderValue); 6] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // An address holds a whole document, which other sites need not learn, and a request has to name it only once.
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (CROSS_ORIGIN_OPENER_POLICY, HeaderValue::from_static("same-origin")),
    (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    // A page shows the host that was asked, so a cache may not give it to others. A browser may keep it for its Back.
    (CACHE_CONTROL, PRIVATE),
];

/// The features of browsers that no page here uses: those that W3C's registry names and Chromium knows without an
/// experiment. Chromium warns of a name that it does not know.
const DENIED_FEATURES: [&str; 30] = [
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "compute-pressure",
    "cross-origin-isolated",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// The one feature that a page uses is what its copy buttons need.
static PERMISSIONS: LazyLock<HeaderValue> = LazyLock::new(|| {
    let denied = DENIED_FEATURES.map(|feature| format!("{feature}=()")).join(", ");
    HeaderValue::try_from(format!("{denied}, clipboard-write=(self)")).unwrap_or_else(|_| HeaderValue::from_static(""))
});

/// Adds to `response` each header that it has to have and lacks.
///
/// To who has an answer already (304) nothing is told but how long to keep it: what is told would take the place of what came
/// with the answer.
pub async fn complete(mut response: Response) -> Response {
    if response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().entry(CACHE_CONTROL).or_insert(PRIVATE);
        return response;
    }
    let is_document = is_document(&response);
    let headers = response.headers_mut();
    for (name, value) in OF_EVERY_ANSWER {
        headers.entry(name).or_insert(value);
    }
    if is_document {
        headers.entry(PERMISSIONS_POLICY).or_insert_with(|| PERMISSIONS.clone());
    }
    response
}

/// Whether a browser shows the answer in a window, where alone a `Permissions-Policy` has a meaning.
fn is_document(response: &Response) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    content_type.starts_with(b"text/html") || content_type.starts_with(b"image/svg+xml")
}
