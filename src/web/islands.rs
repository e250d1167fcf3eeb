//! The parts of the page that listen to events. They alone are compiled to WebAssembly, so what they use counts.

mod connection;
mod copy_buttons;
mod draft;
mod events;
mod exchange;
mod explanation;
mod file_drop;
mod highlight;
mod history;
mod live_check;
mod live_events;
mod live_form;
mod morph;
mod opened;
mod picture;
mod queue;
mod recent;
mod shortcuts;
mod task;
mod text_follower;
mod theme_switch;
mod typed;
mod undo;
mod values;

pub use copy_buttons::CopyButtons;
pub use draft::DraftOffer;
pub use explanation::Explanation;
pub use file_drop::FileDrop;
pub use live_check::LiveCheck;
pub use live_form::LiveForm;
pub use recent::{MAX_RECENT, RecentDocuments};
pub use shortcuts::Shortcuts;
pub use theme_switch::ThemeSwitch;
pub use undo::UndoButtons;
