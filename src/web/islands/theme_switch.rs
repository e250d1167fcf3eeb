//! The switch between light, dark and the system's own choice.

use std::cell::Cell;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::events::{by_id, in_browser, in_page, listen, local_storage};

/// Under this key the browser remembers the choice; `web::shell` applies it before the first paint.
const KEY: &str = "theme";

#[derive(Clone, Copy, PartialEq)]
enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// A button that goes from the system's colours to light, to dark, and back. The browser remembers the choice.
///
/// It has its place from the start, and shows when it works.
#[island]
pub fn ThemeSwitch() -> impl IntoView {
    in_browser(start);
    in_page(|| view! { <button type="button" id="theme-switch" class="theme-switch with-script">"Theme: system"</button> })
}

fn start() -> Option<()> {
    let button: HtmlElement = by_id("theme-switch")?;
    let theme = Cell::new(remembered());
    show(&button, theme.get());
    _ = button.set_attribute("data-works", "");
    listen(&button.clone(), "click", move |_| {
        theme.set(theme.get().next());
        apply(theme.get());
        show(&button, theme.get());
    });
    Some(())
}

fn show(button: &HtmlElement, theme: Theme) {
    button.set_text_content(Some(&(String::from("Theme: ") + theme.name())));
}

fn remembered() -> Theme {
    let name = local_storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    name.map_or(Theme::System, |name| Theme::from_name(&name))
}

fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        _ = root.set_attribute("data-theme", theme.name());
    }
    if let Some(storage) = local_storage() {
        _ = storage.set_item(KEY, theme.name());
    }
}
