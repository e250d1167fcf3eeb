//! What tells of the shortcuts: a button in the head of the page, and the dialog that it opens.

use leptos::prelude::*;

use crate::web::html::{Html, IntoHtml};
use crate::web::islands::Shortcuts;

/// The keys and where they lead. The element that a key leads to names it with `aria-keyshortcuts`.
const KEYS: [(&str, &str); 5] = [
    ("?", "Show these shortcuts"),
    ("d", "Download the YAML"),
    ("e", "Edit the text"),
    ("f", "Go to what the first finding is about"),
    ("y", "Go to the YAML: ↑ and ↓ go from line to line, Enter to its input"),
];

/// The button and the dialog. Without a script there is neither.
pub fn shortcuts() -> Html {
    let keys: Vec<_> = KEYS.into_iter().map(|(key, words)| view! { <dt><kbd>{key}</kbd></dt><dd>{words}</dd> }).collect();
    view! {
        <button type="button" id="shortcuts-open" class="theme-switch with-script" data-works popovertarget="shortcuts" aria-keyshortcuts="?">
            "Shortcuts"
        </button>
        <div id="shortcuts" popover="auto" role="dialog" aria-labelledby="shortcuts-heading">
            <h2 id="shortcuts-heading">"Keyboard shortcuts"</h2>
            <dl>{keys}</dl>
            <p class="hint">"They work while no field is typed into. Ctrl+Z and Ctrl+Shift+Z undo and redo."</p>
            <div class="buttons">
                <div class="switch">
                    <label for="shortcuts-on"><input type="checkbox" id="shortcuts-on" checked />"Use single keys"</label>
                </div>
                <button type="button" popovertarget="shortcuts" popovertargetaction="hide" autofocus>"Close"</button>
            </div>
        </div>
        <Shortcuts />
    }
    .html()
}
