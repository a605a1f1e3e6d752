//! What is compared.

use std::fmt;

use rustix::time::{ClockId, clock_gettime};

/// One workload: done by the peer in all its settings, by us, and by what nobody can beat.
pub struct Row {
    /// As in the table of targets.
    pub id: &'static str,
    /// What is done.
    pub workload: String,
    /// The first is the peer as it comes.
    pub peers: Vec<Variant>,
    /// Ours.
    pub ours: Variant,
    /// A physical limit, or what is done without us, in all its settings.
    pub limits: Vec<Variant>,
    /// What is to be reached.
    pub goals: Vec<Goal>,
    /// How many instructions a chunk ours may take: the target, and the floor. Such a row is counted, not timed.
    pub instructions: Option<Instructions>,
    /// How many bytes one run moves.
    pub bytes: usize,
    /// In how many chunks.
    pub chunks: usize,
    /// How it is timed.
    pub clock: Clock,
}

/// One way to do it.
pub struct Variant {
    /// Who, and in what setting.
    pub name: String,
    run: Run,
}

enum Run {
    /// It is timed, and says how many bytes came.
    Timed(Box<dyn Fn() -> usize>),
    /// It says itself how many seconds are held against it.
    Tells(Box<dyn Fn() -> f64>),
}

impl Variant {
    fn timed(name: impl Into<String>, run: impl Fn() -> usize + 'static) -> Self {
        Variant { name: name.into(), run: Run::Timed(Box::new(run)) }
    }

    fn tells(name: impl Into<String>, run: impl Fn() -> f64 + 'static) -> Self {
        Variant { name: name.into(), run: Run::Tells(Box::new(run)) }
    }

    /// Does it once.
    pub fn run(&self) {
        match &self.run {
            Run::Timed(run) => {
                run();
            }
            Run::Tells(run) => {
                run();
            }
        }
    }

    /// Does it once, and says how many seconds that cost.
    pub fn cost(&self, row: &Row) -> f64 {
        match &self.run {
            Run::Tells(run) => run(),
            Run::Timed(run) => {
                let start = row.clock.seconds();
                let came = run();
                let seconds = row.clock.seconds() - start;
                assert_eq!(came, row.bytes, "{} {}: {}", row.id, row.workload, self.name);
                seconds
            }
        }
    }
}

/// What time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// That in which this thread ran: on a machine that does other things too, the clock on the wall counts those.
    Thread,
    /// That on the wall, where other threads work for this one.
    Wall,
    /// That in which any thread of this process ran.
    Process,
}

impl Clock {
    /// Seconds since some moment.
    pub fn seconds(self) -> f64 {
        let time = clock_gettime(match self {
            Clock::Thread => ClockId::ThreadCPUTime,
            Clock::Wall => ClockId::Monotonic,
            Clock::Process => ClockId::ProcessCPUTime,
        });
        time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
    }
}

/// Against whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The peer in the setting that was fastest.
    Best,
    /// The peer as it comes.
    Default,
    /// The limit.
    Limit,
}

/// What is to be reached: `target` is what we say, `floor` what a gate insists on.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// So many times as fast.
    Ratio(Against, f64, f64),
    /// At most so many nanoseconds a chunk more than the limit.
    Extra(f64, f64),
    /// At most so many milliseconds.
    Millis(f64, f64),
}

/// How many instructions a chunk may take.
#[derive(Clone, Copy, Debug)]
pub struct Instructions {
    /// Whether those of the limit are not counted.
    pub more_than_limit: bool,
    /// What we say.
    pub target: f64,
    /// What the gate insists on.
    pub floor: f64,
}

impl Row {
    /// A workload of `total` bytes in chunks of `size`.
    pub fn new(id: &'static str, workload: impl Into<String>, size: usize, total: usize) -> Self {
        let chunks = total / size;
        Row {
            id,
            workload: workload.into(),
            peers: Vec::new(),
            ours: Variant::timed("nobody", || unreachable!("every row says what ours is")),
            limits: Vec::new(),
            goals: Vec::new(),
            instructions: None,
            bytes: chunks * size,
            chunks,
            clock: Clock::Thread,
        }
    }

    /// A peer, or one more setting of it. It gives the number of bytes that came.
    pub fn peer(mut self, name: impl Into<String>, run: impl Fn() -> usize + 'static) -> Self {
        self.peers.push(Variant::timed(name, run));
        self
    }

    /// Ours.
    pub fn ours(mut self, run: impl Fn() -> usize + 'static) -> Self {
        self.ours = Variant::timed("ours", run);
        self
    }

    /// What nobody can beat, or one more setting of it: the fastest counts.
    pub fn limit(mut self, name: impl Into<String>, run: impl Fn() -> usize + 'static) -> Self {
        self.limits.push(Variant::timed(name, run));
        self
    }

    /// A peer that says itself how many seconds are held against it.
    pub fn peer_tells(mut self, name: impl Into<String>, run: impl Fn() -> f64 + 'static) -> Self {
        self.peers.push(Variant::tells(name, run));
        self
    }

    /// Ours, of the same kind.
    pub fn ours_tells(mut self, run: impl Fn() -> f64 + 'static) -> Self {
        self.ours = Variant::tells("ours", run);
        self
    }

    /// A limit that says itself how many seconds it took.
    pub fn limit_tells(mut self, name: impl Into<String>, run: impl Fn() -> f64 + 'static) -> Self {
        self.limits.push(Variant::tells(name, run));
        self
    }

    /// Other threads work for this one.
    pub fn on_the_wall(self) -> Self {
        self.timed_by(Clock::Wall)
    }

    /// Timed by another clock than that of this thread.
    pub fn timed_by(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Ours shall take at most so many milliseconds.
    pub fn millis(self, target: f64, floor: f64) -> Self {
        self.goal(Goal::Millis(target, floor))
    }

    /// Ours shall be so many times as fast as the peer at its best.
    pub fn best(self, target: f64, floor: f64) -> Self {
        self.goal(Goal::Ratio(Against::Best, target, floor))
    }

    /// Ours shall be so many times as fast as the peer as it comes.
    pub fn default(self, target: f64, floor: f64) -> Self {
        self.goal(Goal::Ratio(Against::Default, target, floor))
    }

    /// Ours shall be so many times as fast as the limit.
    pub fn of_limit(self, target: f64, floor: f64) -> Self {
        self.goal(Goal::Ratio(Against::Limit, target, floor))
    }

    /// Ours shall take at most so many nanoseconds a chunk more than the limit.
    pub fn extra(self, target: f64, floor: f64) -> Self {
        self.goal(Goal::Extra(target, floor))
    }

    /// Ours shall take so many instructions a chunk.
    pub fn instructions(mut self, target: f64, floor: f64) -> Self {
        self.instructions = Some(Instructions { more_than_limit: false, target, floor });
        self
    }

    /// Ours shall take so many instructions a chunk more than the limit.
    pub fn more_instructions(mut self, target: f64, floor: f64) -> Self {
        self.instructions = Some(Instructions { more_than_limit: true, target, floor });
        self
    }

    fn goal(mut self, goal: Goal) -> Self {
        self.goals.push(goal);
        self
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("id", &self.id).field("workload", &self.workload).finish_non_exhaustive()
    }
}

impl fmt::Debug for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variant").field("name", &self.name).finish_non_exhaustive()
    }
}
