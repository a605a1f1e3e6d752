//! A limit of time, by tokio's clock.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// A time that runs from when it is first asked after until it is stopped. Before it is asked after, no runtime is needed.
pub(super) struct Timer {
    limit: Duration,
    // A box, so that who waits may move. It is made once, and set again for each wait.
    sleep: Option<Pin<Box<Sleep>>>,
    runs: bool,
}

impl Timer {
    pub(super) fn new(limit: Duration) -> Self {
        Timer { limit, sleep: None, runs: false }
    }

    /// Whether the time is up. It then begins anew, when it is asked after again.
    pub(super) fn poll_up(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let sleep = match &mut self.sleep {
            Some(sleep) if self.runs => sleep,
            sleep => {
                let Some(up) = Instant::now().checked_add(self.limit) else {
                    // It is never up.
                    return Poll::Pending;
                };
                self.runs = true;
                match sleep {
                    Some(sleep) => {
                        sleep.as_mut().reset(up);
                        sleep
                    }
                    None => sleep.insert(Box::pin(sleep_until(up))),
                }
            }
        };
        ready!(sleep.as_mut().poll(cx));
        self.runs = false;
        Poll::Ready(())
    }

    /// What was waited for has come.
    pub(super) fn stop(&mut self) {
        self.runs = false;
    }
}
