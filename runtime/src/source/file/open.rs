//! What can be read as a file: something that says how long it is.

use std::fs::{self, File, FileType};
use std::io;
use std::ops::{Bound, Range, RangeBounds};
use std::path::Path;
use std::sync::Arc;

use super::pool::read_at;

/// A file, and its length.
pub(super) type Measured = (Arc<File>, u64);

pub(super) fn open(path: &Path) -> io::Result<Measured> {
    // Before it is opened: to open a pipe waits for somebody who writes, and to open a device may do something.
    check(fs::metadata(path)?.file_type())?;
    measure(Arc::new(File::open(path)?))
}

pub(super) fn measure(file: Arc<File>) -> io::Result<Measured> {
    let metadata = file.metadata()?;
    check(metadata.file_type())?;
    let mut length = metadata.len();
    if length == 0 && read_at(&file, &mut [0], 0)? > 0 {
        length = file.metadata()?.len();
        if length == 0 {
            return Err(unsupported(
                "the file does not say how long it is, as those of `/proc`: wrap it in `FromRead`",
            ));
        }
    }
    Ok((file, length))
}

fn check(kind: FileType) -> io::Result<()> {
    if kind.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "a directory is not a stream of bytes"));
    }
    if !kind.is_file() {
        return Err(unsupported("a pipe or a device does not say how long it is: wrap it in `FromRead`"));
    }
    Ok(())
}

fn unsupported(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, why)
}

/// The part of a file of this length that `range` names.
pub(super) fn resolve(range: &impl RangeBounds<u64>, length: u64) -> io::Result<Range<u64>> {
    let start = match range.start_bound() {
        Bound::Included(start) => Some(*start),
        Bound::Excluded(before) => before.checked_add(1),
        Bound::Unbounded => Some(0),
    };
    let end = match range.end_bound() {
        Bound::Included(last) => last.checked_add(1),
        Bound::Excluded(end) => Some(*end),
        Bound::Unbounded => Some(length),
    };
    match (start, end) {
        (Some(start), Some(end)) if start <= end && end <= length => Ok(start..end),
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("the range is not within the {length} bytes of the file"),
        )),
    }
}
