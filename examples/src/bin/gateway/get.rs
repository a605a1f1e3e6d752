//! Files on their way down.

use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_RANGE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE, TE, TRAILER,
    VARY,
};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use byte_stream::adapter::Digester;
use byte_stream::codec::{Compress, Encoding};
use byte_stream::{ByteStream, FromFile, Inspect};
use sha2::Sha256;

use crate::fault::Fault;
use crate::place::Place;
use crate::range::Asked;
use crate::zip;

const OFFERS: [Encoding; 3] = [Encoding::Zstd, Encoding::Gzip, Encoding::Identity];
/// Of the file, whatever coding it is sent in.
const DIGEST: HeaderName = HeaderName::from_static("x-sha256");

/// A file that is hashed only for those who listen.
#[derive(ByteStream)]
#[expect(clippy::large_enum_variant, reason = "there is one a request, and it goes into a box with what is around it")]
enum Content {
    Plain(FromFile),
    Hashed(Inspect<FromFile, Digester<Sha256>>),
}

pub(crate) async fn get(place: Place, uri: Uri, headers: HeaderMap) -> Result<Response, Fault> {
    match uri.query() {
        Some("zip") => zip::send(place.path).await,
        Some("partial") => file(&place.partial, &headers).await,
        _ => file(&place.path, &headers).await,
    }
}

async fn file(path: &Path, headers: &HeaderMap) -> Result<Response, Fault> {
    let file = FromFile::open(path).await?;
    let (length, _) = file.bytes_left();
    let modified = file.get_ref().metadata()?.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let tag = |coding| format!("\"{length:x}-{:x}-{coding}\"", modified.as_nanos());

    let is_current = headers.get(IF_RANGE).is_none_or(|known| *known == tag(Encoding::Identity));
    let asked = Asked::of(headers.get(RANGE).filter(|_| is_current), length);
    let coding = if asked == Asked::Whole { accepted(headers)? } else { Encoding::Identity };
    let tag = tag(coding);
    let is_known = headers.get_all(IF_NONE_MATCH).iter().any(|known| *known == tag);
    let response = match asked {
        _ if is_known => StatusCode::NOT_MODIFIED.into_response(),
        Asked::Whole => whole(file, coding, takes_trailers(headers))?,
        Asked::Part(range) => {
            let named = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let body = Body::new(file.with_range(range)?);
            (StatusCode::PARTIAL_CONTENT, [(CONTENT_RANGE, named)], body).into_response()
        }
        Asked::Unsatisfiable => {
            let named = format!("bytes */{length}");
            (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, named)]).into_response()
        }
    };
    let about = [(ETAG, tag.as_str()), (ACCEPT_RANGES, "bytes"), (VARY, "accept-encoding, te")];
    Ok((about, response).into_response())
}

fn whole(file: FromFile, coding: Encoding, takes_trailers: bool) -> io::Result<Response> {
    let mut headers = HeaderMap::new();
    if coding != Encoding::Identity {
        headers.insert(CONTENT_ENCODING, coding.into());
    }
    let content = if takes_trailers {
        headers.insert(TRAILER, DIGEST.into());
        Content::Hashed(Inspect::new(file, Digester::new().as_trailer(DIGEST)))
    } else {
        Content::Plain(file)
    };
    Ok((headers, Body::new(Compress::new(content, coding)?)).into_response())
}

fn accepted(headers: &HeaderMap) -> Result<Encoding, Fault> {
    let accepted: Vec<&str> = values(headers, ACCEPT_ENCODING).collect();
    let coding =
        if accepted.is_empty() { Some(Encoding::Identity) } else { Encoding::negotiate(&accepted.join(","), &OFFERS) };
    coding.ok_or_else(|| Fault::new(StatusCode::NOT_ACCEPTABLE, "there are zstd, gzip and identity"))
}

fn takes_trailers(headers: &HeaderMap) -> bool {
    values(headers, TE).flat_map(|field| field.split(',')).any(|coding| coding.trim().eq_ignore_ascii_case("trailers"))
}

fn values(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().filter_map(|field| field.to_str().ok())
}
