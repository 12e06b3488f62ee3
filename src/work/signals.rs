//! Signals that ask the program to end, to stop and to go on.

use std::io;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end; the number of the signal.
    End(i32),
    /// To stop until it is told to go on.
    Stop,
    /// Nothing: the program goes on, whatever stopped it.
    GoOn,
}

/// Has every signal that asks the program to end told to `report`, on a thread of its own, until that says it is enough. Who has
/// something to do before the program stops hears of that too, if that is wanted by `and_stops`, and has to stop it then.
#[cfg(unix)]
pub fn listen_to_signals(and_stops: bool, report: impl Fn(Signal) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let stops = [SIGTSTP, SIGCONT].into_iter().filter(|_| and_stops);
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().chain(stops))?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for number in signals.forever() {
            let signal = match number {
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::GoOn,
                _ => Signal::End(number),
            };
            if !report(signal) {
                return;
            }
        }
    })?;
    Ok(())
}

/// There are none to listen to.
#[cfg(not(unix))]
pub fn listen_to_signals(_and_stops: bool, _report: impl Fn(Signal) -> bool + Send + 'static) -> io::Result<()> {
    Ok(())
}
