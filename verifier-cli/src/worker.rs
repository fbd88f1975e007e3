//! A child process that reads codes, its time limit, and what is left of its answers when it dies.

use std::collections::BTreeMap;
use std::io::{self, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Instant;

use crate::decode::{Said, TIME_LIMIT, ran_out_of_time, read_said, send_file};
use crate::trouble::Trouble;

/// What a file gave.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// How many pages it says that it has.
    pub(crate) pages: usize,
    /// What each page that was looked at shows.
    pub(crate) found: BTreeMap<usize, Page>,
    /// Why not every page was looked at.
    pub(crate) stopped: Option<Trouble>,
}

/// What a page shows.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) codes: Result<Vec<Vec<u8>>, Trouble>,
    /// Whether the closest look was taken.
    pub(crate) final_try: bool,
    /// Whether all of it could be drawn.
    pub(crate) whole: bool,
}

/// Keeps one child running, and starts another when that one died or was killed.
#[derive(Default)]
pub(crate) struct Worker(Option<Running>);

struct Running {
    child: Child,
    input: ChildStdin,
    said: Receiver<io::Result<Said>>,
    /// Whether it has not answered anything yet.
    fresh: bool,
}

impl Worker {
    /// The codes of a file, in at most [`TIME_LIMIT`]. What kills a child that has read others before is tried once more in a new one.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Reading {
        let deadline = Instant::now() + TIME_LIMIT;
        loop {
            let (mut reading, fresh) = self.try_once(bytes, deadline);
            if matches!(reading.stopped, Some(Trouble::ReaderDied | Trouble::ReaderTimedOut)) && self.stop() {
                reading.stopped = Some(Trouble::ReaderTimedOut);
            }
            if fresh || reading.stopped != Some(Trouble::ReaderDied) {
                return reading;
            }
        }
    }

    fn try_once(&mut self, bytes: &[u8], deadline: Instant) -> (Reading, bool) {
        let mut reading = Reading::default();
        let running = match self.0.take().map_or_else(Running::start, Ok) {
            Ok(running) => self.0.insert(running),
            Err(_) => return (Reading { stopped: Some(Trouble::ReaderDied), ..reading }, true),
        };
        let fresh = std::mem::replace(&mut running.fresh, false);
        reading.stopped = running.ask(bytes, deadline, &mut reading).err();
        (reading, fresh)
    }

    /// Ends the child; true if it had used up its time.
    fn stop(&mut self) -> bool {
        let Some(mut running) = self.0.take() else { return false };
        let _ = running.child.kill(); // one that is dead already keeps its own status
        running.child.wait().is_ok_and(ran_out_of_time)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Running {
    fn start() -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("decode")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let missing = || io::Error::other("the child has no pipes");
        let input = child.stdin.take().ok_or_else(missing)?;
        let mut output = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        let (sender, said) = sync_channel(1);
        thread::spawn(move || {
            loop {
                let line = read_said(&mut output);
                let ended = line.is_err();
                if sender.send(line).is_err() || ended {
                    break;
                }
            }
        });
        Ok(Self { child, input, said, fresh: true })
    }

    fn ask(&mut self, bytes: &[u8], deadline: Instant, reading: &mut Reading) -> Result<(), Trouble> {
        send_file(&mut self.input, bytes).map_err(|_| Trouble::ReaderDied)?;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let said = self.said.recv_timeout(left).map_err(|error| match error {
                RecvTimeoutError::Timeout => Trouble::ReaderTimedOut,
                RecvTimeoutError::Disconnected => Trouble::ReaderDied,
            })?;
            match said.map_err(|_| Trouble::ReaderDied)? {
                Said::Pages(pages) => reading.pages = pages,
                Said::Page { page, found, final_try, whole } => {
                    reading.found.insert(page, Page { codes: found.map_err(Trouble::from), final_try, whole });
                }
                Said::Refused(fault) => reading.stopped = Some(fault.into()),
                Said::End => return reading.stopped.map_or(Ok(()), Err),
            }
        }
    }
}
