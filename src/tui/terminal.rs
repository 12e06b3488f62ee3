//! The terminal while the program runs, and its restoration whatever happens.

mod wire;

use std::io::{self, Write, stdout};
use std::panic;

use ratatui::backend::Backend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute, queue};
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use crate::app::Size;
use wire::Wire;

/// A terminal that is sent each frame in one piece.
pub(super) type Screen = Terminal<Wire<Frames>>;

/// What ends a frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// Collects what is drawn and sends it when a frame is complete. ratatui flushes after the cells and after each command to
/// the cursor; over ssh every one of those would be a packet.
#[derive(Debug, Default)]
pub(super) struct Frames {
    pending: Vec<u8>,
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.pending.ends_with(FRAME_END) {
            let mut out = stdout().lock();
            out.write_all(&self.pending)?;
            out.flush()?;
            self.pending.clear();
        }
        Ok(())
    }
}

/// Draws a frame of `size`, framed as a synchronized update so that terminals show it at once.
pub(super) fn show(screen: &mut Screen, size: Size, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
    let area = Rect { width: size.width, height: size.height, ..Rect::ZERO };
    queue!(screen.backend_mut(), BeginSynchronizedUpdate)?;
    if screen.get_frame().area() != area {
        screen.resize(area)?;
    }
    screen.draw(draw)?;
    queue!(screen.backend_mut(), EndSynchronizedUpdate)?;
    Write::flush(screen.backend_mut())
}

/// Whether writing failed since the terminal was hung up (`EIO`), which may be known before the signal that says so has come.
pub(super) fn is_gone(error: &io::Error) -> bool {
    const EIO: i32 = 5;
    error.raw_os_error() == Some(EIO)
}

/// Asks for presses, drags and the wheel in SGR encoding; crossterm's own command asks for every hover too.
const MOUSE_ON: &str = "\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l";

/// The terminal in our hands: raw mode, alternate screen, mouse and paste. Given back when dropped.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal; gives back what it took when that fails half-way. A panic gives it back too.
    pub(super) fn take() -> io::Result<Self> {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            restore();
            before(info);
        }));
        let guard = Self(());
        enter()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// A screen to draw on. ratatui would ask the terminal for its size before each frame; it is known, for the terminal tells of every
/// change.
pub(super) fn screen() -> io::Result<Screen> {
    let backend = Wire::new(Frames::default());
    let viewport = Viewport::Fixed(Rect::from((Position::ORIGIN, backend.size()?)));
    Terminal::with_options(backend, TerminalOptions { viewport })
}

/// Takes the terminal, also after a suspension.
pub(super) fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    let mut out = stdout();
    execute!(
        out,
        EnterAlternateScreen,
        Clear(ClearType::All),
        EnableBracketedPaste,
        EnableFocusChange,
        PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
        cursor::SetCursorStyle::SteadyBar
    )?;
    capture_mouse(true)
}

/// Lets the terminal have its mouse, or takes it.
pub(super) fn capture_mouse(ours: bool) -> io::Result<()> {
    let mut out = stdout();
    out.write_all(if ours { MOUSE_ON } else { MOUSE_OFF }.as_bytes())?;
    out.flush()
}

/// Asks the terminal for its background, as OSC 11 does; the answer comes by the terminal's input, if at all.
pub(super) fn ask_for_background() -> io::Result<()> {
    let mut out = stdout();
    out.write_all(b"\x1b]11;?\x1b\\")?;
    out.flush()
}

/// Puts text on the clipboard of the terminal's user, also over ssh (OSC 52). Terminals that do not know it pass it over.
pub(super) fn copy(text: &str) -> io::Result<()> {
    execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
}

/// Gives the terminal back. What fails is passed over: there may be no terminal any more.
pub(super) fn restore() {
    let mut out = stdout();
    let given = queue!(out, EndSynchronizedUpdate, PopKeyboardEnhancementFlags)
        .and_then(|()| out.write_all(MOUSE_OFF.as_bytes()))
        .and_then(|()| {
            execute!(
                out,
                DisableFocusChange,
                DisableBracketedPaste,
                cursor::SetCursorStyle::DefaultUserShape,
                LeaveAlternateScreen,
                cursor::Show
            )
        });
    drop((given, disable_raw_mode()));
}

#[cfg(test)]
mod tests;
