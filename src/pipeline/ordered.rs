//! Work on many things at once whose results come in the order of the things, with bounded look-ahead.

use crate::source::STACK;
use std::collections::BTreeMap;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// So many things are taken on before the first of them is handed on: enough for every thread, few enough for memory.
const AHEAD: usize = 64;
/// Things are taken on until they have so many bytes in all; one at least.
const AHEAD_BYTES: usize = 64 * 1024 * 1024;

/// Does `work` on `things` in threads of its own and hands on each result in the order of the things.
///
/// `weight` tells how many bytes a thing holds. A thing is asked for only when there is a thread for it and room in
/// the look-ahead, so that `things` may be endless, or wait for somebody.
///
/// # Errors
/// What `each` returns; then no more is taken on.
pub(crate) fn ordered<T: Send, R: Send, E>(
    things: impl Iterator<Item = T> + Send,
    threads: usize,
    weight: impl Fn(&T) -> usize + Sync,
    work: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let things = Mutex::new(things.enumerate());
    let window = Window::default();
    let (sender, results) = channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            let (sender, things, window, weight, work) = (sender.clone(), &things, &window, &weight, &work);
            let run = move || {
                let _stop = StopOnPanic(window);
                take_and_work(things, window, weight, work, &sender);
            };
            // Without a thread there is nobody to do the work, and no result would ever come.
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).expect("the system can start a thread");
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (place, bytes, result) in results {
            waiting.insert(place, (bytes, result));
            while let Some((bytes, result)) = waiting.remove(&next) {
                next += 1;
                if let Err(e) = each(result) {
                    window.stop();
                    return Err(e);
                }
                window.handed_on(bytes);
            }
        }
        Ok(())
    })
}

fn take_and_work<T, R>(
    things: &Mutex<impl Iterator<Item = (usize, T)>>,
    window: &Window,
    weight: impl Fn(&T) -> usize,
    work: impl Fn(T) -> R,
    results: &Sender<(usize, usize, R)>,
) {
    loop {
        // Whoever waits here holds up nobody: there is no room for anybody else either.
        let mut source = lock(things);
        if !window.has_room() {
            return;
        }
        let Some((place, thing)) = source.next() else { return };
        let bytes = weight(&thing);
        window.taken(bytes);
        drop(source);
        if results.send((place, bytes, work(thing))).is_err() {
            return;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was taken on and not handed on yet.
#[derive(Default)]
struct Window {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    things: usize,
    bytes: usize,
    stopped: bool,
}

impl Window {
    /// Waits until one more thing may be taken on; whether it may.
    fn has_room(&self) -> bool {
        let full = |s: &mut State| !s.stopped && s.things > 0 && (s.things >= AHEAD || s.bytes >= AHEAD_BYTES);
        let state = self.changed.wait_while(lock(&self.state), full).unwrap_or_else(PoisonError::into_inner);
        !state.stopped
    }

    fn taken(&self, bytes: usize) {
        let mut state = lock(&self.state);
        state.things += 1;
        state.bytes += bytes;
    }

    fn handed_on(&self, bytes: usize) {
        let mut state = lock(&self.state);
        state.things -= 1;
        state.bytes -= bytes;
        self.changed.notify_all();
    }

    fn stop(&self) {
        lock(&self.state).stopped = true;
        self.changed.notify_all();
    }
}

/// A thread that panics leaves a result out for ever; the others must not wait for it.
struct StopOnPanic<'a>(&'a Window);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        for threads in [1, 2, 7] {
            let mut got = Vec::new();
            let slow_first = |n: usize| {
                if n.is_multiple_of(10) {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                n * 2
            };
            let done: Result<(), ()> = ordered(
                0..500usize,
                threads,
                |_| 1,
                slow_first,
                |n| {
                    got.push(n);
                    Ok(())
                },
            );
            assert!(done.is_ok() && got == (0..500).map(|n| n * 2).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn no_more_is_taken_on_than_has_room() {
        // Bytes of each thing, most that may be taken on ahead of what was handed on.
        for (bytes, most) in [(1, AHEAD), (AHEAD_BYTES / 4, 4), (AHEAD_BYTES * 2, 1)] {
            let (taken, handed) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let things = (0..300).inspect(|_| {
                let ahead = 1 + taken.fetch_add(1, Ordering::SeqCst) - handed.load(Ordering::SeqCst);
                assert!(ahead <= most, "{ahead} of {bytes} bytes");
            });
            let done: Result<(), ()> = ordered(
                things,
                3,
                |_| bytes,
                |_| (),
                |()| {
                    handed.fetch_add(1, Ordering::SeqCst);
                    Ok(())
                },
            );
            assert_eq!((done, handed.load(Ordering::SeqCst)), (Ok(()), 300));
        }
    }

    #[test]
    fn an_error_ends_an_endless_row() {
        let done = ordered(0.., 3, |_| 1, |n| n, |n| if n == 100 { Err(n) } else { Ok(()) });
        assert_eq!(done, Err(100));
    }
}
