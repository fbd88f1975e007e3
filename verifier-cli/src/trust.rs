//! `verifier trust`: what a trust pack holds, and what a store holds of several countries.

mod add;
mod change;
mod show;

use std::io;

/// Looks into trust packs, and keeps the newest.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    #[command(visible_alias = "update")]
    Add(add::Arguments),
    Show(show::Arguments),
    Remove(change::Remove),
    AllowCountry(change::AllowCountry),
    Pair(change::Pair),
}

pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    match &arguments.command {
        Command::Show(arguments) => show::run(arguments),
        Command::Add(arguments) => add::run(arguments),
        Command::Remove(arguments) => change::remove(arguments),
        Command::AllowCountry(arguments) => change::allow_country(arguments),
        Command::Pair(arguments) => change::pair(arguments),
    }
}

/// A country as lists name it.
fn country(text: &str) -> Result<String, String> {
    let is_country = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_country { Ok(text.into()) } else { Err("a country is two capital letters, such as BJ".into()) }
}
