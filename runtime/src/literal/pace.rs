//! When the next step is played.

use std::task::{Context, Poll, ready};

/// Sleeps where `pending` is written, and between the chunks of a stream that is paced.
#[derive(Debug)]
pub(super) struct Pace {
    nap: Nap,
    #[cfg(feature = "testing")]
    clock: Option<Clock>,
}

impl Pace {
    pub(super) const NONE: Self = Pace {
        nap: Nap::NEW,
        #[cfg(feature = "testing")]
        clock: None,
    };

    /// Waits for the next chunk's time.
    pub(super) fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        #[cfg(feature = "testing")]
        if let Some(clock) = &mut self.clock {
            return clock.poll_tick(cx);
        }
        let _ = cx;
        Poll::Ready(())
    }

    /// `Pending` once, and woken.
    pub(super) fn poll_pause(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        ready!(self.nap.poll(cx));
        self.nap = Nap::NEW;
        Poll::Ready(())
    }
}

#[cfg(feature = "testing")]
use crate::testing::task::Nap;
#[cfg(feature = "testing")]
use clock::Clock;

/// Sleeps once: it wakes its task, and goes on at the next poll.
#[cfg(not(feature = "testing"))]
#[derive(Debug)]
struct Nap {
    is_over: bool,
}

#[cfg(not(feature = "testing"))]
impl Nap {
    const NEW: Self = Nap { is_over: false };

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.is_over {
            return Poll::Ready(());
        }
        self.is_over = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(feature = "testing")]
mod clock {
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};
    use std::time::Duration;

    use tokio::time::{Instant, Sleep, sleep};

    /// Ticks once a duration, by tokio's clock.
    #[derive(Debug)]
    pub(super) struct Clock {
        period: Duration,
        // A box, so that the literal stays `Unpin`.
        tick: Option<Pin<Box<Sleep>>>,
    }

    impl Clock {
        pub(super) fn new(period: Duration) -> Self {
            Clock { period, tick: None }
        }

        pub(super) fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<()> {
            let tick = self.tick.get_or_insert_with(|| Box::pin(sleep(self.period)));
            ready!(tick.as_mut().poll(cx));
            tick.as_mut().reset(Instant::now() + self.period);
            Poll::Ready(())
        }
    }

    impl super::Pace {
        pub(in crate::literal) fn new(period: Duration) -> Self {
            Self { clock: Some(Clock::new(period)), ..Self::NONE }
        }
    }
}
