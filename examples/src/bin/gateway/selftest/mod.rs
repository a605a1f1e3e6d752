//! Drives the server with curl, and against it: with bombs, broken uploads, and clients that stop.

mod curl;
mod down;
mod site;
mod stalled;
mod up;

use std::time::Duration;

use tokio::time::timeout;

use crate::Result;
use site::Site;

pub(crate) async fn run() -> Result<()> {
    timeout(Duration::from_secs(120), async {
        let mut site = Site::start().await?;
        down::check(&mut site).await?;
        up::check(&mut site).await?;
        stalled::check(&mut site).await?;
        site.verdict()
    })
    .await?
}
