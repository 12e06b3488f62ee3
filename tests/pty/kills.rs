//! The program killed at random moments: what it had said was recorded is there.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tribune::document::DocumentId;
use tribune::schema::Schema;
use tribune::store::{self, AnnotatorName, Corpus, Opening};

use super::terminal::Start;

/// How many words are tagged in a session, one after the other.
const STEPS: usize = 30;

const WORDS: [&str; 6] = ["право", "за\u{301}мок", "👩🏽‍🌾", "И\u{306}од", "еңбек", "«труд»"];

/// Random numbers, the same every time: a linear congruential generator with Knuth's constants for MMIX.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn corpus() -> TempDir {
    let corpus = tempfile::tempdir().expect("a temporary directory");
    let text: Vec<&str> = (0..STEPS + 5).map(|word| WORDS[word % WORDS.len()]).collect();
    fs::write(corpus.path().join("речь.txt"), text.join(" ") + "\n").expect("a transcript");
    corpus
}

/// What a next start finds, which goes on with it: how many words are tagged, the first ones and in order.
fn found(corpus: &Path) -> usize {
    let alpha = AnnotatorName::new("alpha").expect("a name");
    let corpus = Corpus::containing(corpus).expect("a corpus");
    let document = corpus.read_document(&DocumentId::new("речь.txt")).expect("the transcript");
    let opened = store::open(&corpus, &document, &alpha, &Schema::builtin(), false);
    let Opening { reading, desk, rival, .. } = opened.expect("the files open");
    assert!(desk.is_ok() && rival.is_none() && reading.strays.is_empty(), "{desk:?}");
    let count = reading.session.set().len();
    assert_eq!(reading.session.revision(), count as u64);
    for (number, own) in (1..).zip(reading.session.set().iter()) {
        assert_eq!(own.id.0, number, "the first {count} of what was done, in order");
    }
    count
}

/// The count of annotations that the title tells of.
fn told(screen: &str) -> usize {
    let title = screen.lines().next().unwrap_or_default();
    let count = title.split(" · ").find_map(|part| part.split_once(" annotation")?.0.trim().parse().ok());
    count.unwrap_or(0)
}

/// Kills the program `rounds` times; `seed` says when.
fn kill(rounds: u64, seed: u64) {
    let mut dice = Dice(seed);
    let (mut least, mut most, mut in_flight) = (usize::MAX, 0, 0);
    for round in 0..rounds {
        let corpus = corpus();
        let mut terminal = Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).run();
        // Some are killed while they start.
        let early = dice.below(8) == 0;
        if !early {
            terminal.wait_for("● saved");
            let mut keys = String::from("gg");
            for _ in 0..STEPS {
                keys += "mwarw";
                keys += ["", "", "", "<C-s>"][usize::try_from(dice.below(4)).expect("a small number")];
            }
            terminal.press(&keys);
        }
        let moment = Instant::now() + Duration::from_micros(dice.below(if early { 60_000 } else { 250_000 }));
        while Instant::now() < moment {
            thread::yield_now();
        }
        let said = told(&terminal.screen());
        terminal.signal("KILL");
        terminal.end();
        drop(terminal);
        let count = found(corpus.path());
        assert!(count >= said, "round {round}: {said} were recorded, {count} are there");
        (least, most, in_flight) = (least.min(count), most.max(count), in_flight + usize::from(count > said));

        // Killed again while it recovers; then nothing is lost of what was there.
        let mut again = Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).run();
        thread::sleep(Duration::from_micros(dice.below(50_000)));
        again.signal("KILL");
        again.end();
        drop(again);
        assert_eq!(found(corpus.path()), count, "round {round}");
    }
    tell(&format!(
        "{rounds} kills: between {least} and {most} of {STEPS} were done; {in_flight} times more than was shown"
    ));
}

#[expect(clippy::print_stdout, reason = "the test harness shows it on request")]
fn tell(words: &str) {
    println!("{words}");
}

#[test]
fn killed_at_any_moment_it_has_lost_nothing_that_it_said_was_recorded() {
    kill(12, 1);
}

/// Takes minutes: `cargo test --test pty -- --ignored --nocapture three_hundred`.
#[test]
#[ignore = "takes minutes"]
fn killed_at_three_hundred_moments_it_has_lost_nothing_that_it_said_was_recorded() {
    kill(300, 2);
}
