//! Where a page finds the files of the site.

/// What `make build` calls the site that this program was built with; the compiler builds anew when it changes.
pub const VERSION: Option<&str> = option_env!("PODWEAVE_SITE");

/// The folder of the site's files: `root()/favicon.svg`.
#[must_use]
pub fn root() -> String {
    format!("/assets/{}", VERSION.unwrap_or("unversioned"))
}
