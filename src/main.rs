//! The program: arguments in, files and findings out.
fn main() {}
