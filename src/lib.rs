//! Annotate speeches in the terminal: tag spans of a transcript as quotes, claims and themes, and keep them as readable RON.
//!
//! A transcript is evidence: its text never changes. An annotation is a statement *about* spans of it, stored apart. Everything
//! an annotator does is a list of small invertible [edits](annotation::Edit) on a [set of annotations](annotation::AnnotationSet);
//! that one type is the undo history, the crash journal and the audit trail. Bytes go in at one end and frames come out at the
//! other, and nothing flows back except edits.
//!
//! ```text
//!  transcript ──▶ Document ─┐
//!  schema.ron ──▶ Schema ───┤               ┌──▶ layout ──▶ draw(&App) ──▶ frame
//!                           ├──▶ Session ───┤
//!  .ron + .history ─store──▶┘   ▲   │       └──▶ cli: show · export · import · check · stats
//!                               │   └─ Transaction ──▶ Effect::Record ──▶ store
//!   key, mouse, line ──keymap──▶ Command ──update──┘
//! ```
//!
//! Read in this order to understand the program: [`text`], [`annotation`] (`model`, then `edit`), [`session`], [`app`]
//! ([`app::update`]), `tui::draw`.
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | standoff annotation | a statement stored apart from the text, pointing at it |
//! | transcript / document | the text as given / text and turns |
//! | corpus | a directory of documents with one schema and its annotators |
//! | turn | one speaker's contiguous stretch |
//! | speaker | who is quoted or claims; who talks in the transcript |
//! | annotator | who annotates |
//! | offset / span / fragments | position / half-open range / one or more spans of one annotation |
//! | selection (anchor, head) | the annotator's moving range |
//! | layer | one kind of annotation: quote, claim, theme |
//! | label | a value from the layer's tagset: rights, youth, labour |
//! | schema | layers with their labels, attributes and rules |
//! | attribute | a named value on an annotation |
//! | relation | an annotation whose target is two annotations |
//! | edit / transaction | one invertible change / a named group of them |
//! | revision | the number of transactions applied |
//! | diagnostic | a located finding of `check` |
//!
//! # Modules, from the ground up
//!
//! A module uses only those above it; `tests/architecture.rs` holds the table.

pub mod text;

pub mod outcome;
pub mod schema;

pub mod document;

pub mod annotation;

pub mod anchor;
pub mod check;
pub mod motion;
pub mod suggest;

pub mod session;

pub mod audit;

pub mod exchange;
pub mod show;
pub mod stats;

pub mod command;
pub mod keymap;

pub mod config;

pub mod store;

pub mod layout;

pub mod doctor;

pub mod app;

pub mod work;

pub mod tui;

pub mod cli;
