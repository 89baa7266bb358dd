//! A process and all that it starts, ended together.

use std::process::{Child, Command};

#[cfg(unix)]
pub(super) use unix::{end, lead, tie_to_parent};

/// Elsewhere only the process itself is ended; it sees that its input has closed.
#[cfg(not(unix))]
pub(super) fn lead(_: &mut Command) {}
#[cfg(not(unix))]
pub(super) fn end(child: &mut Child) {
    // Ending a process that has just ended fails, which is as well.
    let _ = child.kill();
}
#[cfg(not(unix))]
pub(super) fn tie_to_parent(_: u32) -> bool {
    true
}

#[cfg(unix)]
mod unix {
    use super::{Child, Command};
    use rustix::process::{Pid, Signal, getppid, kill_process_group};
    use std::os::unix::process::CommandExt;

    /// Has the process that is about to start lead a group of its own.
    pub fn lead(command: &mut Command) {
        command.process_group(0);
    }

    /// Ends a process that leads a group, and all of the group.
    pub fn end(child: &mut Child) {
        // Ending a group that has just ended fails, which is as well.
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
        let _ = child.kill();
    }

    /// Has this process and its group end with the process that started it; whether that one still lives.
    pub fn tie_to_parent(parent: u32) -> bool {
        // The signal comes to a thread of its own, which works while the others loop.
        let _ = ctrlc::set_handler(|| {
            let _ = kill_process_group(rustix::process::getpgrp(), Signal::KILL);
        });
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_parent_process_death_signal(Some(Signal::TERM));
        // It may have died before the line above.
        getppid().is_some_and(|p| p.as_raw_nonzero().get().cast_unsigned() == parent)
    }
}
