//! Annotate speeches in the terminal.
pub mod annotation;
pub mod command;
pub mod document;
pub mod keymap;
pub mod layout;
pub mod schema;
pub mod session;
pub mod store;
pub mod text;
