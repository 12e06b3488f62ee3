//! Annotate speeches in the terminal.
pub mod annotation;
pub mod document;
pub mod export;
pub mod outcome;
pub mod schema;
pub mod session;
pub mod stats;
pub mod text;
