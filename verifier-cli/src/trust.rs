//! `verifier trust`: what a trust pack holds.

mod show;

use std::io;

/// Looks into trust packs.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Show(show::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> io::Result<u8> {
    match &arguments.command {
        Command::Show(arguments) => show::run(arguments),
    }
}
