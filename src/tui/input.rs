//! crossterm's events → messages.

use ratatui::crossterm::event::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::{Button, Message, Mouse, MouseKind, Size};
use crate::keymap::{Key, KeyCode};

/// The message that `event` is, if it is one.
pub(super) fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Message::Key),
        Event::Mouse(event) => mouse(event).map(Message::Mouse),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::FocusGained => Some(Message::Focus),
        Event::Resize(width, height) => Some(Message::Resize(Size { width, height })),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let held = |modifier| event.modifiers.contains(modifier);
    let (ctrl, alt, mut shift) = (held(KeyModifiers::CONTROL), held(KeyModifiers::ALT), held(KeyModifiers::SHIFT));
    let code = match event.code {
        Code::Char(c) => {
            // Some encodings report the small letter with Shift; the case is to tell.
            let c = if shift { c.to_uppercase().next().unwrap_or(c) } else { c };
            shift = false;
            KeyCode::Char(c)
        }
        Code::Enter => KeyCode::Enter,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        Code::Esc => KeyCode::Esc,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(number) => KeyCode::F(number),
        _ => return None,
    };
    Some(Key { code, ctrl, alt, shift })
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let button = |button| match button {
        MouseButton::Left => Button::Left,
        MouseButton::Right => Button::Right,
        MouseButton::Middle => Button::Middle,
    };
    let kind = match event.kind {
        MouseEventKind::Down(own) => MouseKind::Down(button(own)),
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Up,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse { kind, x: event.column, y: event.row, shift: event.modifiers.contains(KeyModifiers::SHIFT) })
}
