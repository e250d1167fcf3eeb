//! The document around every page.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::web::about::About;
use crate::web::html::{Html, IntoHtml};
use crate::web::islands::ThemeSwitch;
use crate::web::site;

/// Sets the theme that `ThemeSwitch` remembered before the first paint, and how many documents `RecentDocuments` will list,
/// where the browser may remember anything.
const EARLY_SCRIPT: &str = "try { \
    const root = document.documentElement, recent = localStorage.getItem('recent'); \
    root.dataset.theme = localStorage.getItem('theme'); \
    if (recent) { root.dataset.recent = ''; root.style.setProperty('--recent', recent == 'off' ? 0 : recent.split('\\n').length); } \
} catch {}";

/// Loads the WebAssembly and brings the islands to life, as leptos' `HydrationScripts` does for islands within islands and for
/// values that the server sends along; here is neither.
static START_SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let root = site::root();
    format!(
        "import start, * as program from '{root}/pkg/podweave.js'; \
         await start({{ module_or_path: '{root}/pkg/podweave_bg.wasm' }}); program.hydrate(); \
         document.querySelectorAll('leptos-island').forEach((island) => program[island.dataset.component](island));"
    )
});

/// What every page has in its head, behind its title.
static HEAD: LazyLock<Html> = LazyLock::new(|| {
    let root = site::root();
    view! {
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" type="image/svg+xml" href=format!("{root}/favicon.svg") />
        <link rel="stylesheet" href=format!("{root}/pkg/podweave.css") />
        <link rel="modulepreload" href=format!("{root}/pkg/podweave.js") />
        <link rel="preload" href=format!("{root}/pkg/podweave_bg.wasm") r#as="fetch" type="application/wasm" crossorigin />
        <script>{EARLY_SCRIPT}</script>
        <script type="module">{START_SCRIPT.as_str()}</script>
    }
    .html()
});

/// The name of the site, which leads to its start.
static SITE_NAME: LazyLock<Html> = LazyLock::new(|| {
    let root = site::root();
    view! {
        <a class="site-name" href="/">
            <img src=format!("{root}/favicon.svg") alt="" />
            "Podweave"
        </a>
    }
    .html()
});

/// Where the first links of a page lead: the `id` of a part of it, and what that is called.
pub type Skips = &'static [(&'static str, &'static str)];

const TO_MAIN: Skips = &[("main", "Skip to the content")];

/// Links for the keyboard, which show while one of them has the focus.
fn skip_links(skips: Skips) -> Html {
    let links: Vec<_> = skips.iter().map(|(id, words)| view! { <a href=format!("#{id}")>{*words}</a> }).collect();
    view! { <nav class="skip" aria-label="Skip">{links}</nav> }.html()
}

/// The scripts that stand in a page itself. They are the same on every page, so that a Content-Security-Policy can name them
/// by their hashes.
#[must_use]
pub fn inline_scripts() -> [&'static str; 2] {
    [EARLY_SCRIPT, &START_SCRIPT]
}

/// A whole document: head, header and `children` as its main part.
#[component]
pub fn Shell(
    /// What the browser shows as the page's name, without that of the site.
    #[prop(into)]
    title: String,
    /// What it says of itself; `None` of a page about an error.
    #[prop(optional, into)]
    about: Option<About>,
    /// Where its first links lead.
    #[prop(default = TO_MAIN)]
    skips: Skips,
    /// What stands beside the name of the site.
    #[prop(optional)]
    tools: Html,
    /// The page itself.
    children: Children,
) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <title>{format!("{title} · Podweave")}</title>
                {about.map(|about| about.elements(&title)).unwrap_or_default()}
                {&*HEAD}
            </head>
            <body>
                {skip_links(skips)}
                <header class="site-header">
                    {&*SITE_NAME}
                    <div class="site-tools">{tools} <ThemeSwitch /></div>
                </header>
                <main id="main" tabindex="-1">{children()}</main>
            </body>
        </html>
    }
}
