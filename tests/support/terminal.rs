//! The program in a terminal that can be looked at.
//!
//! A pseudo-terminal runs the built binary in a corpus of its own and with an environment of its own; everything it writes
//! goes through vt100, so a test reads the screen as a person does. Tests wait for what should appear, at most [`PATIENCE`];
//! nothing sleeps.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use super::keys::keys;

/// How long something may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);

/// The built program.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_tribune");

/// A terminal with the program in it. What still runs when it is dropped is killed.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    output: Arc<(Mutex<Output>, Condvar)>,
}

/// What the program wrote.
struct Output {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    closed: bool,
}

/// How a program is started: arguments, environment and size of the terminal.
pub(crate) struct Start<'a> {
    directory: &'a Path,
    arguments: Vec<&'a str>,
    environment: Vec<(&'a str, &'a str)>,
    size: (u16, u16),
}

impl<'a> Start<'a> {
    /// The program in `directory` on a terminal of 120×40 with colours.
    pub(crate) fn of(directory: &'a Path, arguments: &[&'a str]) -> Self {
        Self { directory, arguments: arguments.to_vec(), environment: Vec::new(), size: (120, 40) }
    }

    /// With an environment variable more.
    pub(crate) fn environment(mut self, name: &'a str, value: &'a str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// Starts it.
    pub(crate) fn run(self) -> Terminal {
        let (width, height) = self.size;
        let pair = native_pty_system().openpty(pty_size(width, height)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(BINARY);
        command.args(&self.arguments);
        command.cwd(self.directory);
        command.env_clear();
        for (name, value) in hermetic(self.directory).into_iter().chain(self.environment) {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("a reader of the pseudo-terminal");
        let input = pair.master.take_writer().expect("a writer to the pseudo-terminal");
        let parser = vt100::Parser::new(cells(height), cells(width), 0);
        let output = Arc::new((Mutex::new(Output { parser, bytes: Vec::new(), closed: false }), Condvar::new()));
        let shared = Arc::clone(&output);
        thread::spawn(move || collect(reader, &shared));
        Terminal { child, master: pair.master, input, output }
    }
}

/// The environment of a test: nothing of the developer's own, the directory as home.
pub(crate) fn hermetic(directory: &Path) -> Vec<(&str, &str)> {
    let home = directory.to_str().expect("a temporary directory with a name in UTF-8");
    vec![
        ("HOME", home),
        ("TERM", "xterm-256color"),
        ("LC_ALL", "C.UTF-8"),
        ("XDG_STATE_HOME", "/dev/null/none"),
        ("PATH", "/usr/bin:/bin"),
    ]
}

fn pty_size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(count).expect("a terminal has cells")
}

/// Feeds the screen until the program is gone.
fn collect(mut reader: Box<dyn Read + Send>, output: &(Mutex<Output>, Condvar)) {
    let mut buffer = vec![0; 1 << 16];
    loop {
        // On Linux the end of a pseudo-terminal is an error.
        let length = reader.read(&mut buffer).unwrap_or(0);
        let mut now = output.0.lock().expect("no test panics while it looks");
        now.parser.process(&buffer[..length]);
        now.bytes.extend(&buffer[..length]);
        now.closed = length == 0;
        output.1.notify_all();
        if length == 0 {
            return;
        }
    }
}

impl Terminal {
    /// Presses the keys of `notation`: see [`keys`].
    pub(crate) fn press(&mut self, notation: &str) {
        self.send(&keys(notation).concat());
    }

    /// Sends `bytes` as the terminal does for keys, and when it answers.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).and_then(|()| self.input.flush()).expect("the terminal takes bytes");
    }

    /// Waits until `bytes` were written.
    pub(crate) fn wait_for_bytes(&self, bytes: &str) {
        let written = |output: &Output| String::from_utf8_lossy(&output.bytes).contains(bytes);
        self.wait(&format!("{bytes:?} to be written"), written);
    }

    /// Waits until `text` stands on the screen.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(&format!("“{text}” to appear"), |output| screen(output).contains(text));
    }

    /// Waits until `text` stands on the last row: the program draws for the size that the terminal has.
    pub(crate) fn wait_for_below(&self, text: &str) {
        let below = |output: &Output| screen(output).lines().last().is_some_and(|row| row.contains(text));
        self.wait(&format!("“{text}” to appear on the last row"), below);
    }

    /// Waits until the program is stopped, as `ps` tells.
    pub(crate) fn wait_until_stopped(&self) {
        let process = self.child.process_id().expect("the program runs").to_string();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let told = Command::new("ps").args(["-o", "state=", "-p", &process]).output().expect("there is ps");
            if told.stdout.starts_with(b"T") {
                return;
            }
            assert!(Instant::now() < deadline, "waited for the program to stop");
        }
    }

    /// Whether lines are edited and echoed by the terminal, as for a shell.
    pub(crate) fn is_cooked(&self) -> bool {
        self.stty("-a").contains(" icanon")
    }

    /// Has lines edited and echoed by the terminal.
    pub(crate) fn cook(&self) {
        self.stty("sane");
    }

    fn stty(&self, argument: &str) -> String {
        let tty = self.master.tty_name().expect("a pseudo-terminal has a name");
        let done = Command::new("stty").arg("-F").arg(tty).arg(argument).output().expect("there is stty");
        assert!(done.status.success(), "stty {argument}: {done:?}");
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// Leaves nothing on the screen but `text`, as other programs may.
    pub(crate) fn scribble(&self, text: &str) {
        self.lock().parser.process(format!("\x1b[2J{text}").as_bytes());
    }

    /// Waits until the title tells of `count` annotations.
    pub(crate) fn wait_for_annotations(&self, count: usize) {
        self.wait_for(&format!(" · {count} annotation"));
    }

    /// What stands on the screen, row by row.
    pub(crate) fn screen(&self) -> String {
        screen(&self.lock())
    }

    /// Everything that was ever written.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.lock().bytes.clone()
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.lock().parser.set_size(cells(height), cells(width));
        self.master.resize(pty_size(width, height)).expect("a pseudo-terminal can be resized");
    }

    /// Sends the signal called `name`, as in `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let process = self.child.process_id().expect("the program runs").to_string();
        let sent = Command::new("kill").args(["-s", name, &process]).status().expect("there is kill");
        assert!(sent.success(), "SIG{name} could not be sent");
    }

    /// Waits until the program ends by itself; the screen stays as it left it.
    pub(crate) fn end(&mut self) -> ExitStatus {
        self.wait("the program to end", |output| output.closed);
        self.child.wait().expect("the program's exit status")
    }

    fn wait(&self, what: &str, met: impl Fn(&Output) -> bool) {
        let waits = |output: &mut Output| !met(output) && !output.closed;
        let (output, _) =
            self.output.1.wait_timeout_while(self.lock(), PATIENCE, waits).expect("the reader does not panic");
        let (met, screen) = (met(&output), screen(&output));
        drop(output);
        assert!(met, "waited for {what}; the screen is\n{screen}");
    }

    fn lock(&self) -> MutexGuard<'_, Output> {
        self.output.0.lock().expect("the reader does not panic")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn screen(output: &Output) -> String {
    let screen = output.parser.screen();
    let (_, width) = screen.size();
    screen.rows(0, width.get()).collect::<Vec<_>>().join("\n")
}
