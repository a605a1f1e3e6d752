//! A directory as a zip that is made while it is sent.

use std::path::PathBuf;

use async_zip::base::write::ZipFileWriter;
use async_zip::{Compression, ZipEntryBuilder};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use byte_stream::{ByteSender, FromFile, FromWriter};
use futures_util::io::copy;
use tokio::fs::read_dir;

use crate::Result;
use crate::fault::Fault;
use crate::place::is_hidden;

pub(crate) async fn send(root: PathBuf) -> std::result::Result<Response, Fault> {
    // What is no directory is refused while there can still be a status.
    drop(read_dir(&root).await?);
    let zip = FromWriter::new(|writer| write(root, writer));
    Ok(([(CONTENT_TYPE, "application/zip")], Body::new(zip)).into_response())
}

/// Links are not followed.
async fn write(root: PathBuf, writer: ByteSender) -> Result<()> {
    let mut zip = ZipFileWriter::new(writer);
    let mut waiting = vec![root.clone()];
    while let Some(directory) = waiting.pop() {
        let mut entries = read_dir(directory).await?;
        while let Some(entry) = entries.next_entry().await? {
            let (path, kind) = (entry.path(), entry.file_type().await?);
            if is_hidden(&entry.file_name()) {
                continue;
            }
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
                let header = ZipEntryBuilder::new(name.into(), Compression::Deflate).unix_permissions(0o644);
                let mut entry = zip.write_entry_stream(header).await?;
                copy(FromFile::open(path).await?, &mut entry).await?;
                entry.close().await?;
            }
        }
    }
    zip.close().await?.finish();
    Ok(())
}
