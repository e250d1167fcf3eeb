//! The parts of the page that listen to events. They alone are compiled to WebAssembly, so what they use counts.

mod theme_switch;

pub use theme_switch::ThemeSwitch;
