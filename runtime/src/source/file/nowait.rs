//! A look into the page cache, for the platforms that allow one.

use std::fs::File;

/// What a read that does not wait has brought.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "without such a read nothing is hit or missed"))]
pub(super) enum Cached {
    /// So many bytes, at least one. Fewer than were asked for: the next one is a miss.
    Hit(usize),
    /// Nothing, or nothing that is certain. An end or an error is for a read that may wait to say.
    Miss,
    /// Nothing, now and later: the file system or the platform has no such read.
    Unsupported,
}

/// Reads what the page cache has at `position`, and does not wait for the disk.
#[cfg(target_os = "linux")]
pub(super) fn read(file: &File, memory: &mut [u8], position: u64) -> Cached {
    use rustix::io::{Errno, ReadWriteFlags, preadv2};

    let mut memory = [std::io::IoSliceMut::new(memory)];
    match preadv2(file, &mut memory, position, ReadWriteFlags::NOWAIT) {
        Ok(0) => Cached::Miss,
        Ok(n) => Cached::Hit(n),
        Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => Cached::Unsupported,
        Err(_) => Cached::Miss,
    }
}

/// Reads nothing: the platform has no such read.
#[cfg(not(target_os = "linux"))]
pub(super) fn read(_file: &File, _memory: &mut [u8], _position: u64) -> Cached {
    Cached::Unsupported
}
