//! Signals that ask the program to end.

use std::io;

/// Has every signal that asks the program to end told to `report`, on a thread of its own, until that says it is enough.
#[cfg(unix)]
pub fn listen_to_signals(report: impl Fn(i32) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            if !report(signal) {
                return;
            }
        }
    })?;
    Ok(())
}

/// There are none to listen to.
#[cfg(not(unix))]
pub fn listen_to_signals(_report: impl Fn(i32) -> bool + Send + 'static) -> io::Result<()> {
    Ok(())
}
