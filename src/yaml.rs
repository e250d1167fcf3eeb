//! YAML text: written from a document, and read into one.
