//! Choosing a document of the corpus.

use std::io;
use std::thread;

use super::draw;
use super::runtime::{Front, Request};
use super::stopping::take_again;
use super::terminal::{self, Screen};
use super::world::{Arrival, World};
use crate::app::{Chooser, Choosing, Message, Size, Standing};
use crate::document::DocumentId;
use crate::store;

/// What the annotator chose.
pub(super) enum Chosen {
    Document(DocumentId),
    Quit,
    Signal(i32),
    Gone,
}

/// Shows the list until something is chosen. The documents' standings come in while it is shown.
pub(super) fn run(
    request: &Request,
    documents: Vec<DocumentId>,
    front: &mut Front,
    screen: &mut Screen,
) -> io::Result<Chosen> {
    let title = request.corpus.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut list = Chooser::new(title, request.annotator.as_str().to_owned(), documents, front.last.as_ref());
    if let Some((id, fault)) = front.fault.take() {
        list.refuse(&id, fault);
    }
    let size = screen.size()?;
    list.size = Size { width: size.width, height: size.height };
    look_aside(request, &list, &front.world);
    loop {
        terminal::show(screen, list.size, |frame| draw::chooser(&list, front.theme, frame))?;
        let mut arrived = front.wait(None);
        while let Some(arrival) = arrived.pop_front() {
            match arrival {
                Arrival::Message(Message::Key(key)) => match list.key(key) {
                    Choosing::Undecided => {}
                    Choosing::Redraw => retake(&mut list, front.has_mouse(request), screen),
                    Choosing::Open(id) => return Ok(Chosen::Document(id)),
                    Choosing::Quit => return Ok(Chosen::Quit),
                },
                Arrival::Message(Message::Resize(size)) => list.size = size,
                Arrival::Message(Message::Paste(text)) => list.filter.paste(&text),
                Arrival::Standing(place, standing) => {
                    if let Some((_, own)) = list.rows.get_mut(place) {
                        *own = Some(standing);
                    }
                }
                Arrival::Stop => {
                    front.stop(&mut arrived);
                    go_on(&mut list, front.has_mouse(request), screen);
                }
                Arrival::GoOn => retake(&mut list, front.has_mouse(request), screen),
                Arrival::LeftBehind(ids) => list.left_behind = ids,
                Arrival::Signal(signal) => return Ok(Chosen::Signal(signal)),
                Arrival::Gone => return Ok(Chosen::Gone),
                Arrival::Message(_) | Arrival::Opened(_) | Arrival::Kept(_) | Arrival::Background(_) => {}
            }
        }
    }
}

/// Takes the terminal anew, whoever has had it, and goes on with `list`.
fn retake(list: &mut Chooser, mouse: bool, screen: &mut Screen) {
    terminal::restore();
    go_on(list, mouse, screen);
}

fn go_on(list: &mut Chooser, mouse: bool, screen: &mut Screen) {
    if let Some(size) = take_again(mouse, screen) {
        list.size = size;
    }
}

/// Finds out on a thread of its own what has lost its transcript, and how far the annotator is with each document.
fn look_aside(request: &Request, list: &Chooser, world: &World) {
    let (corpus, annotator) = (request.corpus.clone(), request.annotator.clone());
    let documents: Vec<DocumentId> = list.rows.iter().map(|(id, _)| id.clone()).collect();
    let sender = world.sender();
    thread::spawn(move || {
        let left_behind = corpus.left_behind(corpus.root()).unwrap_or_default();
        let mut ids: Vec<DocumentId> = left_behind.into_iter().map(|own| own.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if sender.send(Arrival::LeftBehind(ids)).is_err() {
            return;
        }
        for (place, id) in documents.iter().enumerate() {
            let found = store::glance(&corpus, id, &annotator);
            let standing = found.map_or_else(Standing::default, |(annotations, status)| Standing {
                begun: true,
                annotations,
                status,
            });
            if sender.send(Arrival::Standing(place, standing)).is_err() {
                return;
            }
        }
    });
}
