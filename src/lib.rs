//! Podweave composes a Kubernetes Pod whose containers share files through `emptyDir` volumes, and tells what
//! Kubernetes will answer to it.
//!
//! The modules stand in the order in which data passes through them; `docs/ARCHITECTURE.md` walks the same way.

#[cfg(feature = "ssr")]
pub mod diagram;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod kubernetes;
#[cfg(feature = "ssr")]
pub mod yaml;
