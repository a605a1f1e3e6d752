//! Every source through every view.

use std::fmt;
use std::thread;

use byte_stream::testing::Pulls;

use crate::foreign::Foreign;
use crate::script::{Promise, Script, Step};
use crate::sources::{Source, Wrapped};
use crate::task;
use crate::trace::{self, Trace};
use crate::views::Through;

/// One cell.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is played.
    pub script: Script,
    /// As what.
    pub foreign: Foreign,
    /// In what.
    pub wrapped: Wrapped,
    /// How it is read.
    pub through: Through,
    /// In pieces of this size at most, where the view has one.
    pub size: usize,
    /// How often the foreign source was polled.
    pub pulls: Pulls,
}

impl Case {
    /// The stream, unread.
    #[must_use]
    pub fn open(&self) -> Source {
        self.wrapped.open(self.foreign, &self.script, &self.pulls)
    }

    /// What has to come out of it.
    #[must_use]
    pub fn promise(&self) -> Promise {
        self.script.promise(self.foreign)
    }

    /// The whole of it, read.
    #[must_use]
    pub fn drain(&self) -> Trace {
        trace::drain(&mut self.open(), self.through, self.size)
    }
}

/// Says where it was, if the test fails while it lives.
pub struct Telling<T: fmt::Debug>(T);

impl<T: fmt::Debug> Telling<T> {
    /// Begins a case.
    #[must_use]
    pub fn of(case: T) -> Self {
        Telling(case)
    }
}

impl<T: fmt::Debug> Drop for Telling<T> {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("in {:?}", self.0);
        }
    }
}

/// Every source through every view, for each of the scripts.
pub fn for_each_case(scripts: impl IntoIterator<Item = Script>, mut test: impl FnMut(&Case)) {
    for script in scripts {
        for foreign in Foreign::for_script(&script) {
            for &wrapped in Wrapped::over(foreign) {
                for through in Through::ALL {
                    let sizes = if through.has_size() { sizes_for(&script) } else { &[usize::MAX] };
                    for &size in sizes {
                        let script = script.clone();
                        let case =
                            Telling::of(Case { script, foreign, wrapped, through, size, pulls: Pulls::default() });
                        let _clock = case.0.wrapped.waits().then(task::clock);
                        test(&case.0);
                    }
                }
            }
        }
    }
}

/// Every source for each of the scripts, opened.
pub fn for_each_source(scripts: impl IntoIterator<Item = Script>, mut test: impl FnMut(&Case, Source)) {
    for_each_case(scripts, |case| {
        if case.through == Through::Stream {
            test(case, case.open());
        }
    });
}

/// A buffer of one byte makes many calls of a long script.
fn sizes_for(script: &Script) -> &'static [usize] {
    const LONG: u64 = 1000;
    if script.len() < LONG { &[1, 3, 7, 4096] } else { &[1500, 4096] }
}

/// Chunks that straddle buffers of 1, 3 and 7 bytes.
#[must_use]
pub fn small() -> Script {
    Script::chunks(&[1, 2, 3, 4, 6, 7, 8, 22])
}

/// Chunks that straddle a buffer of 4 KiB, and what is gathered in it.
#[must_use]
pub fn large() -> Script {
    Script::chunks(&[4095, 1, 4096, 4097, 1499, 1, 9000])
}

/// Scripts that end well.
#[must_use]
pub fn good() -> Vec<Script> {
    vec![
        Script::default(),
        Script::new([Step::EMPTY, Step::Pending, Step::EMPTY]),
        small(),
        large(),
        small().then(Step::Trailer("x-sum", "1")).then(Step::Pending),
    ]
}

/// Scripts that fail, some only unless a reader plays them.
#[must_use]
pub fn bad() -> Vec<Script> {
    use std::io::ErrorKind::{ConnectionReset, Interrupted};
    let after = Script::chunks(&[5]);
    vec![
        Script::new([Step::Error(ConnectionReset, "at once")]),
        small().then(Step::Error(ConnectionReset, "reset")).and(after.clone()),
        small().then(Step::Error(Interrupted, "not an EINTR")).and(after.clone()),
        small().then(Step::Interrupted).then(Step::Interrupted).and(after),
        Script::new([Step::Interrupted]).and(small()),
    ]
}

/// All of them.
#[must_use]
pub fn all() -> Vec<Script> {
    good().into_iter().chain(bad()).collect()
}
