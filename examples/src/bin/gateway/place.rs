//! Which file a request is about.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;

use crate::Gateway;
use crate::fault::Fault;

/// A path below the root, no part of which is hidden.
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    /// Beside it: where the parts of an upload are gathered until it is whole.
    pub(crate) partial: PathBuf,
}

impl Place {
    fn resolve(root: &Path, path: &str) -> Option<Self> {
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        let mut place = Place { path: root.to_owned(), partial: root.join(".partial") };
        for name in decoded.split('/').filter(|name| !name.is_empty()) {
            if is_hidden(name.as_ref()) || Path::new(name).file_name() != Some(name.as_ref()) {
                return None;
            }
            place.partial = place.path.join(format!(".{name}.partial"));
            place.path.push(name);
        }
        Some(place)
    }
}

/// So are `.`, `..`, and everything that is not yet a file of the directory.
pub(crate) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

impl FromRequestParts<Arc<Gateway>> for Place {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, gateway: &Arc<Gateway>) -> Result<Self, Fault> {
        Place::resolve(&gateway.root, parts.uri.path())
            .ok_or_else(|| Fault::new(StatusCode::NOT_FOUND, "there is no such place"))
    }
}
