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

/// The switch in every page.
static THEME_SWITCH: LazyLock<Html> = LazyLock::new(|| view! { <ThemeSwitch /> }.html());

/// What every document begins with.
static DOCTYPE: LazyLock<Html> = LazyLock::new(|| view! { <!DOCTYPE html> }.html());

/// What a frame takes, mostly.
const FRAME_BYTES: usize = 4 << 10;

/// Where the first links of a page lead: the `id` of a part of it, and what that is called.
pub type Skips = &'static [(&'static str, &'static str)];

const TO_MAIN: Skips = &[("main", "Skip to the content")];

/// Writes links for the keyboard, which show while one of them has the focus.
fn skip_links(html: &mut Html, skips: Skips) {
    html.start("nav").class("skip").fixed("aria-label", "Skip").holding(|html| {
        for (id, words) in skips {
            html.start("a").with("href", ["#", id]).saying(words);
        }
    });
}

/// The scripts that stand in a page itself. They are the same on every page, so that a Content-Security-Policy can name them
/// by their hashes.
#[must_use]
pub fn inline_scripts() -> [&'static str; 2] {
    [EARLY_SCRIPT, &START_SCRIPT]
}

/// What stands around the main part of a page.
pub struct Frame<'a> {
    /// What the browser shows as the page's name, without that of the site.
    pub title: &'a str,
    /// What the page says of itself; `None` of one about an error.
    pub about: Option<&'a About>,
    /// Where its first links lead.
    pub skips: Skips,
    /// What stands beside the name of the site.
    pub tools: &'a Html,
}

impl Frame<'_> {
    /// Writes the whole document, whose main part `main` writes.
    pub fn write(&self, html: &mut Html, main: impl FnOnce(&mut Html)) {
        html.add(&DOCTYPE);
        html.start("html").fixed("lang", "en").holding(|html| {
            html.start("head").holding(|html| self.head(html));
            html.start("body").holding(|html| {
                skip_links(html, self.skips);
                self.header(html);
                html.start("main").target("main").holding(main);
            });
        });
    }

    fn head(&self, html: &mut Html) {
        html.start("meta").fixed("charset", "utf-8").close();
        html.start("title").saying(&format!("{} · Podweave", self.title));
        if let Some(about) = self.about {
            about.write(html, self.title);
        }
        html.add(&HEAD);
    }

    fn header(&self, html: &mut Html) {
        html.start("header").class("site-header").holding(|html| {
            html.add(&SITE_NAME);
            html.start("div").class("site-tools").holding(|html| {
                html.add(self.tools);
                html.add(&THEME_SWITCH);
            });
        });
    }
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
    /// The page itself.
    children: Children,
) -> impl IntoView {
    let main = children().html();
    let mut html = Html::with_capacity(main.as_str().len() + FRAME_BYTES);
    let frame = Frame { title: &title, about: about.as_ref(), skips: TO_MAIN, tools: &Html::default() };
    frame.write(&mut html, |html| html.add(&main));
    html.into_render()
}
