//! Reads the command line and runs one front end.
fn main() {}
