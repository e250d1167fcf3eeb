//! The icons of the buttons: drawn once on a page, used by reference.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::web::html::{Html, IntoHtml};

/// The icons there are.
#[derive(Clone, Copy)]
pub enum Icon {
    /// A plus.
    Add,
    /// An arrow upwards.
    Up,
    /// An arrow downwards.
    Down,
    /// Two sheets.
    Duplicate,
    /// A cross.
    Remove,
    /// A tick: it turns out well.
    Fine,
    /// An exclamation mark in a triangle: it may go wrong.
    Caution,
    /// A cross in an octagon: it goes wrong.
    Bad,
    /// A question mark in a circle: it is not known.
    Unknown,
}

impl Icon {
    const ALL: [Self; 9] =
        [Self::Add, Self::Up, Self::Down, Self::Duplicate, Self::Remove, Self::Fine, Self::Caution, Self::Bad, Self::Unknown];

    fn id(self) -> &'static str {
        match self {
            Self::Add => "icon-add",
            Self::Up => "icon-up",
            Self::Down => "icon-down",
            Self::Duplicate => "icon-duplicate",
            Self::Remove => "icon-remove",
            Self::Fine => "icon-fine",
            Self::Caution => "icon-caution",
            Self::Bad => "icon-bad",
            Self::Unknown => "icon-unknown",
        }
    }

    fn outline(self) -> &'static str {
        match self {
            Self::Add => "M8 3v10M3 8h10",
            Self::Up => "M8 13V3M4 7l4-4 4 4",
            Self::Down => "M8 3v10M4 9l4 4 4-4",
            Self::Duplicate => "M6 6h7v7H6zM3 10V3h7",
            Self::Remove => "M4 4l8 8M12 4l-8 8",
            Self::Fine => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM5 8.3l2.2 2.2L11 6",
            Self::Caution => "M8 1.8L14.8 14H1.2zM8 6v4M8 11.2v1.3",
            Self::Bad => "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM5.5 5.5l5 5M10.5 5.5l-5 5",
            Self::Unknown => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM6 6.2c0-2.6 4-2.6 4 0c0 1.6-2 1.5-2 3.2M8 10.8v1.2",
        }
    }
}

/// One icon; it says nothing to a screen reader, so its button needs a label.
pub fn icon(icon: Icon) -> &'static Html {
    static ICONS: LazyLock<[Html; Icon::ALL.len()]> = LazyLock::new(|| Icon::ALL.map(drawn));
    &ICONS[icon as usize]
}

fn drawn(icon: Icon) -> Html {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("#{}", icon.id())></use>
        </svg>
    }
    .html()
}

/// The drawings that [`icon`] refers to, once for a page.
pub fn icon_sprite() -> &'static Html {
    static SPRITE: LazyLock<Html> = LazyLock::new(sprite);
    &SPRITE
}

fn sprite() -> Html {
    let symbols: Vec<_> = Icon::ALL
        .iter()
        .map(|icon| {
            view! {
                <symbol id=icon.id() viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5">
                    <path d=icon.outline()></path>
                </symbol>
            }
        })
        .collect();
    view! { <svg width="0" height="0" class="sprite" aria-hidden="true">{symbols}</svg> }.html()
}
