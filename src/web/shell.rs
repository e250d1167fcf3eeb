//! The document around every page.

use leptos::hydration::HydrationScripts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::web::islands::ThemeSwitch;
use crate::web::site;

/// Sets the theme that `ThemeSwitch` remembered before the first paint, where the browser may remember anything.
const EARLY_SCRIPT: &str = "try { document.documentElement.dataset.theme = localStorage.getItem('theme') } catch {}";

/// A whole document: head, header and `children` as its main part.
#[component]
pub fn Shell(
    /// What the browser shows as the page's name, without that of the site.
    #[prop(into)]
    title: String,
    /// The page itself.
    children: Children,
) -> impl IntoView {
    let options = LeptosOptions::builder().output_name(env!("CARGO_PKG_NAME")).build();
    let root = site::root();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{format!("{title} · Podweave")}</title>
                <link rel="icon" type="image/svg+xml" href=format!("{root}/favicon.svg") />
                <link rel="stylesheet" href=format!("{root}/pkg/podweave.css") />
                <script nonce=use_nonce()>{EARLY_SCRIPT}</script>
                <HydrationScripts options islands=true root=root.clone() />
            </head>
            <body>
                <header class="site-header">
                    <a class="site-name" href="/">
                        <img src=format!("{root}/favicon.svg") alt="" />
                        "Podweave"
                    </a>
                    <ThemeSwitch />
                </header>
                <main>{children()}</main>
            </body>
        </html>
    }
}
