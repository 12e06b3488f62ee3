//! Annotate speeches in the terminal.
pub mod annotation;
pub mod app;
pub mod check;
pub mod cli;
pub mod command;
pub mod document;
pub mod export;
pub mod keymap;
pub mod layout;
pub mod motion;
pub mod outcome;
pub mod schema;
pub mod session;
pub mod stats;
pub mod store;
pub mod text;
pub mod tui;
