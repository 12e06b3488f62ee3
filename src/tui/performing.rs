//! Doing what the app asks for: what concerns the files is the work's, what concerns the terminal is done here.

use std::collections::VecDeque;
use std::time::Instant;

use super::runtime::Ending;
use super::terminal;
use super::world::Arrival;
use crate::app::{App, Effect, Message, update};
use crate::work::{Work, now};

/// Takes what arrived, one thing at least, until a frame is due or something ends the work: what is left then is for whoever tidies up.
pub(super) fn take_some(
    work: &mut Work,
    app: &mut App,
    arrivals: &mut VecDeque<Arrival>,
    show_by: Instant,
) -> Option<Ending> {
    while let Some(arrival) = arrivals.pop_front() {
        let messages = match arrival {
            Arrival::Message(Message::Key(key)) if is_key(arrivals.front()) => vec![Message::KeyAhead(key)],
            Arrival::Message(message) => vec![message],
            Arrival::Opened(opening) => match *opening {
                Ok(opening) => work.take_over(opening),
                Err(error) => return Some(Ending::Unopened(Box::new(error.into()))),
            },
            Arrival::Kept(kept) => work.note(kept, &app.session, app.kept.synced),
            Arrival::Standing(..) | Arrival::LeftBehind(_) | Arrival::Background(_) => continue,
            Arrival::Signal(signal) => return Some(Ending::Signal(signal)),
            Arrival::Stop => return Some(Ending::Stop),
            Arrival::GoOn => return Some(Ending::Retake),
            Arrival::Gone => return Some(Ending::Gone),
        };
        for message in messages {
            if let Some(ending) = take(work, app, message) {
                return Some(ending);
            }
        }
        if show_by <= Instant::now() {
            break;
        }
    }
    None
}

fn is_key(arrival: Option<&Arrival>) -> bool {
    matches!(arrival, Some(Arrival::Message(Message::Key(_))))
}

/// Takes one message and does what it asks for.
fn take(work: &mut Work, app: &mut App, message: Message) -> Option<Ending> {
    for effect in update(app, now(), message) {
        if let Some(ending) = perform(work, app, effect) {
            return Some(ending);
        }
    }
    None
}

/// Does what the app asks for.
fn perform(work: &mut Work, app: &mut App, effect: Effect) -> Option<Ending> {
    if matches!(effect, Effect::Look | Effect::Save) && work.is_free_again() {
        return Some(Ending::Reopen);
    }
    let messages = work.perform(&app.session, &effect);
    let failed = messages.iter().any(|message| matches!(message, Message::Told(_)));
    tell(app, messages);
    match effect {
        Effect::SaveElsewhere { then: Some(then), .. } if !failed => return perform(work, app, *then),
        Effect::Copy(text) => drop(terminal::copy(&text)),
        Effect::CaptureMouse(ours) => drop(terminal::capture_mouse(ours)),
        Effect::Redraw => return Some(Ending::Retake),
        Effect::Suspend => return Some(Ending::Stop),
        Effect::Choose => return Some(Ending::Choose),
        Effect::Reload => return Some(Ending::Reread),
        Effect::Quit => return Some(Ending::Quit),
        Effect::Record(_)
        | Effect::Seek
        | Effect::Save
        | Effect::Look
        | Effect::Settle { .. }
        | Effect::SaveElsewhere { .. } => {}
    }
    None
}

/// Passes on what the edge has to say, which asks for nothing more but the mouse.
pub(super) fn tell(app: &mut App, messages: Vec<Message>) {
    for message in messages {
        for effect in update(app, now(), message) {
            match effect {
                Effect::CaptureMouse(ours) => drop(terminal::capture_mouse(ours)),
                other => debug_assert!(false, "{other:?}"),
            }
        }
    }
}
