//! Stopping, as a shell would have it, and going on with a terminal that others have had meanwhile.

use std::collections::VecDeque;

use super::performing::tell;
use super::runtime::{Ending, Front, LATE, size};
use super::terminal::{self, Screen};
use super::world::Arrival;
use crate::app::{App, Message, Size, update};
use crate::work::{Work, now};

impl Front {
    /// Stops in the midst of work on a document, and goes on. What arrived meanwhile is behind `left`. Nothing ends.
    pub(super) fn stop_at(
        &mut self,
        app: &mut App,
        work: &mut Work,
        left: &mut VecDeque<Arrival>,
        screen: &mut Screen,
    ) -> Option<Ending> {
        self.stop(left);
        go_on(app, screen);
        tell(app, work.try_again(&app.session));
        None
    }

    /// Gives the terminal back and stops the program, by the signal that cannot be caught, until it is told to go on.
    #[cfg(unix)]
    pub(super) fn stop(&mut self, left: &mut VecDeque<Arrival>) {
        use std::io::{self, Write as _};

        terminal::restore();
        drop(writeln!(io::stderr(), "tribune is stopped; fg goes on"));
        drop(signal_hook::low_level::raise(signal_hook::consts::SIGSTOP));
        // A signal tells of it too, which is not to be taken for the end of another stop.
        loop {
            let arrived = self.wait(Some(LATE));
            let is_told = arrived.iter().any(|own| matches!(own, Arrival::GoOn | Arrival::Gone));
            let is_all = is_told || arrived.is_empty();
            left.extend(arrived.into_iter().filter(|own| !matches!(own, Arrival::GoOn)));
            if is_all {
                return;
            }
        }
    }

    /// There is no such thing here: the terminal is only given back, to be taken again.
    #[cfg(not(unix))]
    pub(super) fn stop(&mut self, _left: &mut VecDeque<Arrival>) {
        terminal::restore();
    }
}

/// Takes the terminal anew, whoever has had it, and goes on with `app`. Nothing ends.
pub(super) fn retake(app: &mut App, screen: &mut Screen) -> Option<Ending> {
    terminal::restore();
    go_on(app, screen);
    None
}

fn go_on(app: &mut App, screen: &mut Screen) {
    if let Some(size) = take_again(app.mouse, screen) {
        update(app, now(), Message::Resize(size));
    }
}

/// Takes the terminal that was given back, with nothing on its screen, and its mouse if wanted; returns its size, which may be another.
pub(super) fn take_again(mouse: bool, screen: &mut Screen) -> Option<Size> {
    drop(terminal::enter());
    drop(terminal::capture_mouse(mouse));
    // A fresh screen knows that nothing of it stands there; ratatui's `clear` would ask where the cursor is, and the answer would
    // come as keys.
    if let Ok(fresh) = terminal::screen() {
        *screen = fresh;
    }
    size(screen).ok()
}
