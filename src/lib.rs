//! Podweave composes a Kubernetes Pod whose containers share files through `emptyDir` volumes, and tells what
//! Kubernetes will answer to it.
//!
//! The modules stand in the order in which data passes through them; `docs/ARCHITECTURE.md` walks the same way. What the
//! browser runs is in [`web::islands`] alone; all else belongs to the server.

#[cfg(feature = "ssr")]
pub mod adviser;
#[cfg(feature = "ssr")]
pub mod changes;
#[cfg(feature = "ssr")]
pub mod diagram;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
pub mod lesson;
#[cfg(feature = "ssr")]
pub mod opened;
#[cfg(feature = "ssr")]
pub mod origin;
#[cfg(feature = "ssr")]
pub mod pipeline;
#[cfg(feature = "ssr")]
pub mod preview;
#[cfg(feature = "ssr")]
pub mod repair;
#[cfg(feature = "ssr")]
pub mod report;
#[cfg(feature = "ssr")]
pub mod scan;
#[cfg(feature = "ssr")]
pub mod shorten;

/// The page: what the server renders, and the islands of it that the browser brings to life.
pub mod web {
    #[cfg(feature = "ssr")]
    pub mod about;
    #[cfg(feature = "ssr")]
    pub mod authored;
    #[cfg(feature = "ssr")]
    pub mod budget;
    #[cfg(feature = "ssr")]
    pub mod delta;
    #[cfg(feature = "ssr")]
    pub mod explained;
    #[cfg(feature = "ssr")]
    pub mod form;
    #[cfg(feature = "ssr")]
    pub mod html;
    #[cfg(feature = "ssr")]
    pub mod icon;
    pub mod islands;
    #[cfg(feature = "ssr")]
    pub mod markdown;
    #[cfg(feature = "ssr")]
    pub mod pages;
    #[cfg(feature = "ssr")]
    pub mod panels;
    #[cfg(feature = "ssr")]
    pub mod prose;
    #[cfg(feature = "ssr")]
    pub mod sheet;
    #[cfg(feature = "ssr")]
    pub mod shell;
    #[cfg(feature = "ssr")]
    pub mod shortcuts;
    #[cfg(feature = "ssr")]
    pub mod site;
    #[cfg(feature = "ssr")]
    pub mod tag;
    #[cfg(feature = "ssr")]
    pub mod text_area;
    #[cfg(feature = "ssr")]
    pub mod window;
}

#[cfg(feature = "ssr")]
pub mod server;

#[cfg(feature = "ssr")]
pub mod cli;

/// Makes ready for the islands of the loaded page. The page's script calls it when the WebAssembly has arrived, and then the islands.
///
/// As leptos' `hydrate_islands`, without what belongs to values that a server sends along: here are none.
#[cfg(feature = "hydrate")]
#[leptos::wasm_bindgen::prelude::wasm_bindgen(wasm_bindgen = leptos::wasm_bindgen)]
pub fn hydrate() {
    let root = leptos::prelude::Owner::new_root(None);
    root.set();
    std::mem::forget(root);
}
