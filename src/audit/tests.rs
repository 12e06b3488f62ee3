use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

#[test]
fn a_single_moment_takes_no_time() {
    assert_eq!(active_time([]), SignedDuration::ZERO);
    assert_eq!(active_time([at(5)]), SignedDuration::ZERO);
}

#[test]
fn a_gap_of_two_minutes_counts_and_a_longer_one_does_not() {
    assert_eq!(active_time([at(0), at(120)]), SignedDuration::from_secs(120));
    assert_eq!(active_time([at(0), at(121), at(122)]), SignedDuration::from_secs(1));
}

#[test]
fn a_clock_set_back_costs_nothing_but_the_step() {
    assert_eq!(active_time([at(1000), at(1010), at(5), at(25)]), SignedDuration::from_secs(10 + 20));
}
