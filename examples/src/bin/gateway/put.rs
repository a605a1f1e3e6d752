//! Files on their way up.

use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_ENCODING, CONTENT_RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use byte_stream::adapter::{Deadline, IdleTimeout, LengthGuard, Prefix};
use byte_stream::codec::{Decompress, Encoding, Limits};
use byte_stream::error::{DigestError, LengthError, find};
use byte_stream::{ByteStream, ByteStreamExt, FromBody, Inspect};
use tracing::info;

use crate::Gateway;
use crate::digest::{self, CONTENT_DIGEST, REPR_DIGEST, Sum};
use crate::draft::{Draft, UPLOAD_OFFSET};
use crate::fault::{Broken, Fault};
use crate::place::Place;
use crate::range::Part;

const MIB: u64 = 1 << 20;

/// What a client sends. Whatever goes wrong with it is its fault.
#[derive(ByteStream)]
#[byte_stream(error = Broken)]
struct Upload<S>(S);

pub(crate) async fn put(
    State(gateway): State<Arc<Gateway>>,
    place: Place,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Fault> {
    let head = Head::read(&headers, gateway.largest)?;
    let mut body = FromBody::new(body);
    let limit = *head.length.end();
    if body.bytes_left().0 > limit {
        // Before the client is told to continue.
        return Err(io::Error::from(LengthError::TooLong { limit }).into());
    }
    let mut draft = match &head.part {
        Some(part) => Draft::partial(place.partial, part.range.start)?,
        None => Draft::whole(&place.partial)?,
    };
    match receive(&mut body, &head, &gateway, &mut draft).await {
        Ok(bytes) => info!(bytes, "received"),
        Err(error) => {
            tokio::spawn(drain(body));
            if find::<DigestError>(&error).is_some() {
                draft.undo().await?;
            }
            return Err(error.into());
        }
    }
    if let Some(part) = head.part {
        if part.range.end < part.total {
            return Ok((StatusCode::ACCEPTED, [(UPLOAD_OFFSET, part.range.end.to_string())]).into_response());
        }
        if let Some(sum) = head.repr_digest {
            draft.check(sum).await?;
        }
    }
    draft.publish(&place.path).await?;
    Ok(StatusCode::CREATED.into_response())
}

async fn receive(body: &mut FromBody<Body>, head: &Head, gateway: &Gateway, draft: &mut Draft) -> io::Result<u64> {
    let wire = LengthGuard::new(IdleTimeout::new(body, gateway.patience), head.length.clone());
    let wire = Inspect::new(wire, digest::checking(head.content_digest));
    let limits = Limits::none().max_bytes(gateway.largest).max_ratio(250, MIB);
    let plain = Decompress::new(wire, head.coding)?.with_limits(limits);
    Upload(Inspect::new(plain, progress())).copy_to(draft.file()).await
}

/// Tells the log of every few mebibytes.
fn progress() -> impl FnMut(&[u8]) {
    const STEP: u64 = 4 * MIB;
    let mut received = 0;
    move |bytes| {
        let before = received;
        received += bytes.len() as u64;
        if before / STEP < received / STEP {
            info!(received, "receiving");
        }
    }
}

/// Takes for a while what is not wanted any more: a client that is still sending would not see the answer.
async fn drain(body: FromBody<Body>) {
    let mut rest = Deadline::after(Prefix::new(body, 64 * MIB), Duration::from_secs(10));
    let _ = rest.copy_to(&mut tokio::io::sink()).await;
}

/// What is said of an upload before it comes.
struct Head {
    part: Option<Part>,
    coding: Encoding,
    /// Of what is sent now.
    length: RangeInclusive<u64>,
    content_digest: Option<Sum>,
    repr_digest: Option<Sum>,
}

impl Head {
    fn read(headers: &HeaderMap, largest: u64) -> Result<Self, Fault> {
        let refuse = |why| Fault::new(StatusCode::BAD_REQUEST, why);
        let coding = headers.get(CONTENT_ENCODING).map_or(Ok(Encoding::Identity), Encoding::try_from)?;
        let content_digest = digest::said(headers, &CONTENT_DIGEST)?;
        let repr_digest = digest::said(headers, &REPR_DIGEST)?;
        let Some(field) = headers.get(CONTENT_RANGE) else {
            let content_digest = content_digest.or(repr_digest);
            return Ok(Head { part: None, coding, length: 0..=largest, content_digest, repr_digest });
        };
        let part = Part::parse(field).ok_or_else(|| refuse("the part is malformed"))?;
        if part.total > largest {
            return Err(io::Error::from(LengthError::TooLong { limit: largest }).into());
        }
        if coding != Encoding::Identity {
            return Err(refuse("a part of a file is not compressed"));
        }
        Ok(Head { length: part.length()..=part.length(), part: Some(part), coding, content_digest, repr_digest })
    }
}
