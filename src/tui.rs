//! The terminal front end: events in, frames out.
//!
//! | file | holds |
//! |---|---|
//! | `terminal` | raw mode and screen, restored whatever happens |
//! | `input` | crossterm's events → [`Message`](crate::app::Message)s |
//! | `background` | the terminal's answer to the question what its background is |
//! | `world` | the one edge object: everything that reaches the loop |
//! | `runtime` | the loop |
//! | `performing` | what the app asks for, done |
//! | `stopping` | stopping, and going on |
//! | `farewell` | what is told when it has ended |
//! | `whereabouts` | where the annotator is in a document, for the next time |
//! | `theme` | colours and styles, by what the terminal can show |
//! | `doctor` | questions to the terminal, keys as they come |
//! | `draw` | `&App` → frame, one file per panel |
//! | `chooser` | the list of a corpus's documents |

mod background;
mod chooser;
mod doctor;
pub mod draw;
mod farewell;
mod input;
mod performing;
mod runtime;
mod stopping;
mod terminal;
mod theme;
mod whereabouts;
mod world;

pub use doctor::{examine, probe};
pub use farewell::Farewell;
pub use runtime::{Request, run};
pub use theme::{Depth, Theme};
