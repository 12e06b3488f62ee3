//! Annotate speeches in the terminal.
pub mod annotation;
pub mod document;
pub mod schema;
pub mod session;
pub mod store;
pub mod text;
