//! Annotate speeches in the terminal.
pub mod annotation;
pub mod check;
pub mod document;
pub mod schema;
pub mod session;
pub mod text;
