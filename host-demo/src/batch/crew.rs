//! The threads of a batch: each takes a chunk, decides it and hands it over, and the results leave in order.
//!
//! There is no thread that only reads and none that only writes. A thread reads its own next chunk under one lock, and
//! whoever hands over the chunk that is due writes it, and those behind it that wait, under another. Only a few
//! results may wait, so memory is flat: a thread that is far ahead pauses.
//!
//! **A row that never comes back.** The engine counts its own steps and gives up with a message, so this cannot happen
//! unless the engine is at fault. Interrupting it from outside would cost a third of the speed of every row (`wasm.md`,
//! "Limits"), so the ordinary engine cannot be interrupted. Instead the main thread keeps watch: rows that are not back
//! after [`PATIENCE`] are decided again by an engine that counts fuel and is certain to stop, which sets the culprit aside.
//! The stuck thread is left behind and another takes its place.

use super::chunk::{Chunk, Origin};
use super::input::Input;
use super::output::{RejectSinks, Sink};
use super::progress::Progress;
use super::rejects;
use super::tally::Tally;
use crate::engine::Host;
use crate::engine::session::{Lines, Manner, NotLoaded, Session, Sources};
use crate::failure::{Failure, Outcome};
use crate::record::receipt;
use rules_core::ChunkOutput;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long rows may be away before they are decided again by an engine that is certain to stop. A chunk takes some
/// milliseconds; deciding it twice because the machine was busy costs time and changes nothing.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// What the threads share.
pub(crate) struct Crew {
    host: Arc<Host>,
    sources: Arc<Sources>,
    manner: Manner,
    origins: Vec<Origin>,
    /// Whether records leave as receipts.
    receipts: bool,
    /// So many results may wait for their turn.
    waiting: usize,
    patience: Duration,
    input: Mutex<Input>,
    order: Mutex<Order>,
    turn: Condvar,
    stop: AtomicBool,
    desks: Mutex<Vec<Arc<Desk>>>,
}

/// What leaves, in order.
struct Order {
    next: u64,
    waiting: BTreeMap<u64, Finished>,
    /// How many chunks there are, known when the input has ended.
    total: Option<u64>,
    failure: Option<Failure>,
    output: Output,
}

/// Where results go.
pub(crate) struct Output {
    pub(crate) records: Sink,
    /// Where the openings of receipts go; with it, records leave as receipts.
    pub(crate) openings: Option<Sink>,
    pub(crate) rejects: RejectSinks,
    pub(crate) progress: Progress,
    pub(crate) tally: Tally,
}

/// A chunk that is decided.
struct Finished {
    number: u64,
    file: usize,
    bytes: u64,
    records: Vec<u8>,
    openings: Vec<u8>,
    rejects: Vec<u8>,
    tally: Tally,
}

/// Where a thread notes what it is at, for the watch.
#[derive(Default)]
struct Desk(Mutex<Option<AtWork>>);

struct AtWork {
    since: Instant,
    chunk: Arc<Chunk>,
}

/// What a batch is made of.
pub(crate) struct Task {
    pub(crate) host: Arc<Host>,
    pub(crate) sources: Arc<Sources>,
    pub(crate) manner: Manner,
    pub(crate) input: Input,
    pub(crate) output: Output,
    pub(crate) threads: usize,
    pub(crate) patience: Duration,
}

/// A lock whose holder has panicked is still good: every change under our locks is complete at each step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Decides all rows; gives back where they went, with the counts. `first` is an engine that is ready already.
pub(crate) fn run(task: Task, first: Session) -> Outcome<Output> {
    let threads = task.threads.max(1);
    let crew = Arc::new(Crew {
        host: task.host,
        sources: task.sources,
        manner: task.manner,
        origins: task.input.origins().to_vec(),
        receipts: task.output.openings.is_some(),
        waiting: threads * 2,
        patience: task.patience,
        input: Mutex::new(task.input),
        order: Mutex::new(Order { next: 0, waiting: BTreeMap::new(), total: None, failure: None, output: task.output }),
        turn: Condvar::new(),
        stop: AtomicBool::new(false),
        desks: Mutex::new(Vec::new()),
    });
    let mut workers = vec![crew.hire(Some(first))];
    workers.extend((1..threads).map(|_| crew.hire(None)));
    let done = crew.watch(workers);
    crew.stop.store(true, Ordering::Relaxed);
    done?;
    // The other threads hold the crew until they notice the end; nothing is written after it.
    let mut order = lock(&crew.order);
    Ok(std::mem::replace(&mut order.output, Output::nowhere()))
}

impl Crew {
    fn hire(self: &Arc<Self>, session: Option<Session>) -> JoinHandle<()> {
        let crew = Arc::clone(self);
        let desk = Arc::new(Desk::default());
        lock(&self.desks).push(Arc::clone(&desk));
        std::thread::spawn(move || {
            let worked = match session {
                Some(session) => crew.work(session, &desk),
                None => crew.session(false).and_then(|session| crew.work(session, &desk)),
            };
            if let Err(failure) = worked {
                crew.fail(failure);
            }
        })
    }

    fn session(&self, bounded: bool) -> Outcome<Session> {
        let open = if bounded { Session::open_bounded } else { Session::open };
        open(Arc::clone(&self.host), Arc::clone(&self.sources)).map_err(|not_loaded| match not_loaded {
            NotLoaded::Failure(failure) => failure,
            NotLoaded::Pack(_) | NotLoaded::Mapping(_) => Failure::new("the pack was refused by another engine"),
        })
    }

    fn fail(&self, failure: Failure) {
        self.stop.store(true, Ordering::Relaxed);
        lock(&self.order).failure.get_or_insert(failure);
        self.turn.notify_all();
    }

    /// One thread's work.
    fn work(&self, mut session: Session, desk: &Desk) -> Outcome<()> {
        let mut chunk = Arc::new(Chunk::new());
        let mut memory = Vec::new();
        while !self.stop.load(Ordering::Relaxed) {
            if Arc::get_mut(&mut chunk).is_none() {
                chunk = Arc::new(Chunk::new());
            }
            let Some(rows) = Arc::get_mut(&mut chunk) else { break };
            if !self.read(rows)? {
                break;
            }
            rows.prepare();
            *lock(&desk.0) = Some(AtWork { since: Instant::now(), chunk: Arc::clone(&chunk) });
            let finished = self.decide(&mut session, &chunk, memory);
            // The watch has taken the rows over and left the desk empty: they are not handed over twice.
            if lock(&desk.0).take().is_none() {
                break;
            }
            memory = self.hand_over(finished?, true)?;
        }
        Ok(())
    }

    fn read(&self, chunk: &mut Chunk) -> Outcome<bool> {
        let mut input = lock(&self.input);
        let more = input.fill(chunk)?;
        if !more {
            lock(&self.order).total = Some(input.chunks());
            self.turn.notify_all();
        }
        Ok(more)
    }

    /// Decides the rows; the records are put into `memory`.
    fn decide(&self, session: &mut Session, chunk: &Chunk, memory: Vec<u8>) -> Outcome<Finished> {
        let mut decided = ChunkOutput { records: memory, ..ChunkOutput::default() };
        let lines = Lines { text: &chunk.lines, first_row: chunk.first_row };
        session.decide(lines, &self.manner, &mut decided)?;
        let written = count_lines(&decided.records) + count_lines(&decided.rejects);
        if written != chunk.rows() {
            return Err(Failure::new(format!(
                "{} rows went into the engine and {written} came back; nothing more is written",
                chunk.rows()
            ))
            .help("please report this with the pack: it is a fault of the engine"));
        }
        let origin = self.origins.get(chunk.file).unwrap_or(&Origin::StandardInput);
        let (records, openings) =
            if self.receipts { receipt::of_lines(&decided.records)? } else { (decided.records, Vec::new()) };
        Ok(Finished {
            number: chunk.number,
            file: chunk.file,
            bytes: chunk.bytes,
            rejects: rejects::complete(&decided.rejects, chunk, origin)?,
            records,
            openings,
            tally: Tally::read(&decided.tallies)?,
        })
    }

    /// Writes what is due, and gives back memory that is free again. A thread far ahead waits; the watch must not, since it
    /// may be what others wait for.
    fn hand_over(&self, finished: Finished, may_wait: bool) -> Outcome<Vec<u8>> {
        let mut order = lock(&self.order);
        while may_wait
            && order.waiting.len() >= self.waiting
            && order.next != finished.number
            && !self.stop.load(Ordering::Relaxed)
        {
            order = self.turn.wait(order).unwrap_or_else(PoisonError::into_inner);
        }
        order.waiting.insert(finished.number, finished);
        let mut memory = Vec::new();
        loop {
            let due = order.next;
            let Some(finished) = order.waiting.remove(&due) else { break };
            if order.failure.is_some() {
                break;
            }
            let origin = self.origins.get(finished.file).unwrap_or(&Origin::StandardInput);
            memory = order.output.take(finished, origin)?;
            order.next += 1;
        }
        drop(order);
        self.turn.notify_all();
        memory.clear();
        Ok(memory)
    }

    /// The main thread's work: waits for the end, and sees to rows that do not come back.
    fn watch(self: &Arc<Self>, mut workers: Vec<JoinHandle<()>>) -> Outcome<()> {
        loop {
            let mut order = lock(&self.order);
            if let Some(failure) = order.failure.take() {
                return Err(failure);
            }
            if order.total == Some(order.next) {
                return Ok(());
            }
            if workers.iter().all(JoinHandle::is_finished) {
                return Err(Failure::new("the threads ended before the rows did").help("please report this"));
            }
            let pause = self.patience.min(Duration::from_secs(1));
            drop(self.turn.wait_timeout(order, pause).unwrap_or_else(PoisonError::into_inner));
            if let Some(chunk) = self.overdue() {
                let mut session = self.session(true)?;
                self.hand_over(self.decide(&mut session, &chunk, Vec::new())?, false)?;
                workers.push(self.hire(None));
            }
        }
    }

    /// Takes rows over that are away too long. The native engine is not bounded from outside, so it is left alone.
    fn overdue(&self) -> Option<Arc<Chunk>> {
        if matches!(*self.host, Host::Native) {
            return None;
        }
        lock(&self.desks).iter().find_map(|desk| {
            let mut at_work = lock(&desk.0);
            let late = at_work.as_ref().is_some_and(|work| work.since.elapsed() >= self.patience);
            if late { at_work.take().map(|work| work.chunk) } else { None }
        })
    }
}

impl Output {
    /// Writes what a chunk came to, and gives back the memory of its records.
    fn take(&mut self, finished: Finished, origin: &Origin) -> Outcome<Vec<u8>> {
        self.records.write(&finished.records)?;
        self.openings.as_mut().map_or(Ok(()), |openings| openings.write(&finished.openings))?;
        self.progress.pause_for(!finished.rejects.is_empty() && *origin == Origin::StandardInput, || {
            self.rejects.write(finished.file, origin, &finished.rejects)
        })?;
        self.progress.advance(finished.bytes, finished.tally.rows, finished.tally.rejected);
        self.tally.add(finished.tally);
        Ok(finished.records)
    }

    fn nowhere() -> Self {
        Self {
            records: Sink::standard_output(),
            openings: None,
            rejects: RejectSinks::new(None),
            progress: Progress::hidden(),
            tally: Tally::default(),
        }
    }
}

fn count_lines(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

#[cfg(test)]
mod tests {
    use super::{Output, Task, run};
    use crate::batch::input::{Input, Shape};
    use crate::batch::output::{RejectSinks, Sink};
    use crate::batch::progress::Progress;
    use crate::batch::tally::Tally;
    use crate::engine::ill_will::{host, sources};
    use crate::engine::session::{Manner, Session};
    use crate::failure::Failure;
    use std::fmt::Write;
    use std::fs;
    use std::time::Duration;

    #[test]
    fn rows_that_never_come_back_are_set_aside_and_the_rest_leaves_in_order() -> Result<(), Failure> {
        let fault = |error: std::io::Error| Failure::new(error.to_string());
        let folder = tempfile::tempdir().map_err(fault)?;
        let (cases, out) = (folder.path().join("cases.ndjson"), folder.path().join("out.ndjson"));
        let (mut text, mut expected) = (String::new(), String::new());
        for row in 1..=20_000 {
            let line = if row == 9_000 { "l".to_owned() } else { format!("row {row}") };
            let _ = writeln!(text, "{line}");
            if row != 9_000 {
                let _ = writeln!(expected, "{line}");
            }
        }
        fs::write(&cases, text).map_err(fault)?;
        let host = host()?;
        let session = Session::open(host.clone(), sources()).map_err(|_| Failure::new("the engine did not start"))?;
        let shape = Shape { schema: serde_json::Value::Null, nested: true, rows: None };
        let task = Task {
            host,
            sources: sources(),
            manner: Manner { full: true, as_of: None },
            input: Input::open(std::slice::from_ref(&cases), None, shape)?,
            output: Output {
                records: Sink::file(&out)?,
                openings: None,
                rejects: RejectSinks::new(None),
                progress: Progress::hidden(),
                tally: Tally::default(),
            },
            threads: 3,
            patience: Duration::from_millis(300),
        };
        let output = run(task, session)?;
        output.records.finish()?;
        let rejects = output.rejects.finish(&[])?;
        assert_eq!(fs::read_to_string(&out).map_err(fault)?, expected);
        assert_eq!(rejects.len(), 1);
        let reject = fs::read_to_string(folder.path().join("cases.ndjson.rejects.ndjson")).map_err(fault)?;
        assert!(reject.contains("limit-work") && reject.contains("\"line\":9000"), "{reject}");
        Ok(())
    }
}
