//! What the child may take of the machine. Elsewhere than on Unix only the parent's clock does.

use std::time::Duration;

/// Bounds the memory of this process, and its files to none; a child of a program that died dies too.
#[cfg(unix)]
pub(super) fn set() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    setrlimit(Resource::Core, most(0))?;
    setrlimit(Resource::Fsize, most(0))?;
    setrlimit(Resource::Nofile, most(0))?;
    #[cfg(not(target_os = "macos"))]
    setrlimit(Resource::As, most(MEMORY))?;
    Ok(())
}

/// Allows this process the processor's time for one more file; more than that kills it.
///
/// Time on the clock would make the outcome depend on what else the machine does.
#[cfg(unix)]
pub(super) fn allow_one_file() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let most = u64::try_from(used).unwrap_or_default() + SECONDS;
    setrlimit(Resource::Cpu, Rlimit { current: Some(most), maximum: getrlimit(Resource::Cpu).maximum })?;
    Ok(())
}

/// Whether a child that died had used up its time.
#[cfg(unix)]
pub(crate) fn ran_out_of_time(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
pub(super) fn allow_one_file() -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn ran_out_of_time(_: std::process::ExitStatus) -> bool {
    false
}

#[cfg(not(unix))]
pub(super) fn set() -> std::io::Result<()> {
    Ok(())
}

/// Bytes of address space: about a third is enough for the largest picture that is read.
#[cfg(all(unix, not(target_os = "macos")))]
const MEMORY: u64 = 512 << 20;

/// What a file may take of the processor's time; the second that has begun counts.
#[cfg(unix)]
const SECONDS: u64 = 10;

/// What a file may take by the parent's clock. On Unix the processor's time ends first, unless the machine is overloaded.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(if cfg!(unix) { 60 } else { 10 });
