//! Words and sentences (UAX #29).
