//! Files that are not whole yet: hidden, beside what they are to become.

use std::fs::{OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use axum::http::{HeaderName, StatusCode};
use byte_stream::error::{DigestError, find};
use byte_stream::{ByteStreamExt, FromFile, Inspect};
use same_file::Handle;
use tempfile::TempPath;
use tokio::fs::File;
use tokio::task::block_in_place;

use crate::digest::{self, Sum};
use crate::fault::Fault;

/// How much of a file has come.
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

pub(crate) struct Draft {
    file: File,
    path: TempPath,
    /// Where that begins which is written now.
    start: u64,
}

impl Draft {
    /// One that is gone unless it is published.
    pub(crate) fn whole(beside: &Path) -> io::Result<Self> {
        let directory = beside.parent().unwrap_or(beside);
        let create = |path: &Path| std::fs::File::create_new(path);
        let draft = block_in_place(|| tempfile::Builder::new().prefix(".upload-").make_in(directory, create))?;
        let (file, path) = draft.into_parts();
        Ok(Draft { file: File::from_std(file), path, start: 0 })
    }

    /// One that stays for the next part, and that nobody else has now. A part that begins at 0 begins it anew.
    pub(crate) fn partial(path: PathBuf, start: u64) -> Result<Self, Fault> {
        block_in_place(|| {
            let goes_on_at = |offset: u64| {
                let fault = Fault::new(StatusCode::CONFLICT, format!("the next part begins at {offset}"));
                fault.with_header(UPLOAD_OFFSET, offset.into())
            };
            let file = match OpenOptions::new().append(true).create(start == 0).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound && start > 0 => return Err(goes_on_at(0)),
                opened => opened?,
            };
            // It lasts as long as anything is written, also when nobody waits for that any more.
            let is_locked = match file.try_lock() {
                Err(TryLockError::Error(error)) => return Err(error.into()),
                locked => locked.is_ok(),
            };
            // Or it has been published meanwhile.
            if !is_locked || Handle::from_file(file.try_clone()?)? != Handle::from_path(&path)? {
                return Err(Fault::new(StatusCode::CONFLICT, "somebody else is at this file"));
            }
            match file.metadata()?.len() {
                _ if start == 0 => file.set_len(0)?,
                offset if offset != start => return Err(goes_on_at(offset)),
                _ => {}
            }
            let mut path = TempPath::try_from_path(path)?;
            path.disable_cleanup(true);
            Ok(Draft { file: File::from_std(file), path, start })
        })
    }

    /// What to write to.
    pub(crate) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Takes back what has been written now.
    pub(crate) async fn undo(&mut self) -> io::Result<()> {
        self.file.set_len(self.start).await
    }

    /// Compares the whole with its digest. If that is another, the whole is given up.
    pub(crate) async fn check(&mut self, sum: Sum) -> io::Result<()> {
        let mut whole = Inspect::new(FromFile::open(&self.path).await?, digest::checking(Some(sum)));
        let checked = whole.copy_to(&mut tokio::io::sink()).await;
        let is_another = checked.as_ref().is_err_and(|error| find::<DigestError>(error).is_some());
        self.path.disable_cleanup(!is_another);
        checked.and(Ok(()))
    }

    /// Makes it what it was to become, at once and whole.
    pub(crate) async fn publish(self, target: &Path) -> io::Result<()> {
        self.file.sync_all().await?;
        block_in_place(|| self.path.persist(target))?;
        Ok(())
    }
}
