//! A line for each request: what was sent, and how it ended.

use axum::body::Body;
use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use byte_stream::adapter::{Counter, Holding, Outcome};
use byte_stream::{FromBody, Inspect};
use tracing::{Instrument, info, info_span, warn};

/// Answers in a span of the request, and tells of the answer when its body has ended, failed, or been dropped by a client that is gone.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    let span = info_span!("request", method = %request.method(), uri = %request.uri());
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    response.map(|body| {
        let counter = Counter::new();
        let sent = counter.count();
        let end = move |outcome: &Outcome<'_>| {
            let _entered = span.enter();
            match outcome {
                Outcome::Failed(error) => warn!(status, bytes = sent.get(), %error, "failed"),
                Outcome::Dropped if !is_head => warn!(status, bytes = sent.get(), "dropped"),
                _ => info!(status, bytes = sent.get(), "sent"),
            }
        };
        Body::new(Holding::on_end(Inspect::new(FromBody::new(body), counter), end))
    })
}
