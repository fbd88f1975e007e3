//! `verifier trust`: what a trust pack holds, and what a store holds of several countries.

mod show;
mod update;

use std::io;

/// Looks into trust packs, and keeps the newest.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Show(show::Arguments),
    Update(update::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    match &arguments.command {
        Command::Show(arguments) => show::run(arguments),
        Command::Update(arguments) => update::run(arguments),
    }
}
