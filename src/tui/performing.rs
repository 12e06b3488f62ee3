//! Doing what the app asks for: what concerns the files is the work's, what concerns the terminal is done here.

use std::io::{self, Write as _};

use super::runtime::{Ending, size};
use super::terminal::{self, Screen};
use crate::app::{App, Effect, Message, update};
use crate::work::{Work, now};

/// Takes one message and does what it asks for.
pub(super) fn take(work: &mut Work, app: &mut App, message: Message, screen: &mut Screen) -> Option<Ending> {
    for effect in update(app, now(), message) {
        if let Some(ending) = perform(work, app, effect, screen) {
            return Some(ending);
        }
    }
    None
}

/// Does what the app asks for.
fn perform(work: &mut Work, app: &mut App, effect: Effect, screen: &mut Screen) -> Option<Ending> {
    let messages = work.perform(&app.session, &effect);
    let failed = messages.iter().any(|message| matches!(message, Message::Told(_)));
    tell(app, messages);
    match effect {
        Effect::SaveElsewhere { then: Some(then), .. } if !failed => return perform(work, app, *then, screen),
        Effect::Copy(text) => drop(terminal::copy(&text)),
        Effect::CaptureMouse(ours) => drop(terminal::capture_mouse(ours)),
        Effect::Suspend => {
            suspend(app, screen);
            tell(app, work.try_again(&app.session));
        }
        Effect::Choose => return Some(Ending::Choose),
        Effect::Quit => return Some(Ending::Quit),
        Effect::Reload
        | Effect::Record(_)
        | Effect::Seek
        | Effect::Save
        | Effect::Look
        | Effect::Settle { .. }
        | Effect::SaveElsewhere { .. } => {}
    }
    None
}

/// Passes on what the edge has to say, which asks for nothing more.
pub(super) fn tell(app: &mut App, messages: Vec<Message>) {
    for message in messages {
        let effects = update(app, now(), message);
        debug_assert!(effects.is_empty(), "{effects:?}");
    }
}

/// Stops the program as the shell would, and takes the terminal again when it goes on.
fn suspend(app: &mut App, screen: &mut Screen) {
    #[cfg(unix)]
    {
        terminal::restore();
        drop(writeln!(io::stderr(), "tribune is stopped; fg goes on"));
        drop(signal_hook::low_level::raise(signal_hook::consts::SIGSTOP));
        drop(terminal::enter());
        drop(terminal::capture_mouse(app.mouse));
        // A fresh screen knows that nothing of it stands there; ratatui's `clear` would ask where the cursor is, and the answer
        // would come as keys.
        if let Ok(fresh) = terminal::screen() {
            *screen = fresh;
        }
        if let Ok(size) = size(screen) {
            update(app, now(), Message::Resize(size));
        }
    }
    #[cfg(not(unix))]
    drop((app, screen));
}
