//! What a key costs does not depend on the length of the document or the number of annotations.

#[path = "../benches/speed/sample.rs"]
mod sample;

use std::time::Instant;

use sample::{Desk, FEW, KEYS, KILO};

/// How often each is measured.
const ROUNDS: usize = 15;

/// How many times as long `keys` take in `large` as in `small`: the median over rounds in which one follows the other, so
/// that both see the same machine.
fn ratio(small: &mut Desk, large: &mut Desk, keys: &str) -> f64 {
    let mut ratios = [0.0; ROUNDS];
    for ratio in &mut ratios {
        let [few, many] = [&mut *small, &mut *large].map(|desk| seconds(desk, keys));
        *ratio = many / few;
    }
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

fn seconds(desk: &mut Desk, keys: &str) -> f64 {
    let start = Instant::now();
    desk.press(keys);
    start.elapsed().as_secs_f64()
}

#[test]
fn a_key_costs_at_10_mb_with_10_000_annotations_at_most_twice_what_it_costs_at_10_kb_with_100() {
    let (mut small, mut large) = (Desk::new(KILO, FEW), Desk::new(1_000 * KILO, 100 * FEW));
    // Both ends of the text; then with lanes below every row, and below those of the cursor's paragraph.
    let places = ["g g j j j", "g e k k k", "Space L g g j j j", "g e k k k", "Space l g g j j j"];
    for place in places {
        small.press(place);
        large.press(place);
        for (name, keys) in KEYS {
            let ratio = ratio(&mut small, &mut large, keys);
            tell(&format!("{name:20} ×{ratio:.2} after {place}"));
            assert!(ratio <= 2.0, "{name} takes {ratio:.2} times as long");
        }
    }
    // Each round annotated once and took it back.
    let revision = 1 + 2 * (places.len() * ROUNDS) as u64;
    assert_eq!([small, large].map(|desk| desk.app.session.revision()), [revision; 2]);
}

#[expect(clippy::print_stdout, reason = "the test harness shows it on request")]
fn tell(words: &str) {
    println!("{words}");
}
