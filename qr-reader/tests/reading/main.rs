//! Reads pictures drawn and spoilt here; every picture is the same in every run.

mod chance;
mod codes;
mod damage;
mod hard;
mod hostile;
mod pages;
mod plain;
