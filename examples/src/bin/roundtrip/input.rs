//! The file that makes the trip.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

const BLOCK: usize = 64 * 1024;

/// Writes a file of `length` bytes, every other block of which compresses well.
pub(crate) fn make(path: &Path, length: u64) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut left = length;
    let mut block = Vec::with_capacity(BLOCK);
    for i in 0_u64.. {
        if left == 0 {
            break;
        }
        block.clear();
        while block.len() < BLOCK {
            if i % 2 == 0 {
                writeln!(block, "line {} of block {i}, which says nothing new", block.len())?;
            } else {
                // xorshift64 (Marsaglia 2003): enough to leave a codec nothing to find.
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                block.extend_from_slice(&random.to_le_bytes());
            }
        }
        let n = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
        file.write_all(&block[..n])?;
        left -= n as u64;
    }
    file.flush()
}

pub(crate) fn sha256(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut block = vec![0; BLOCK];
    loop {
        let n = file.read(&mut block)?;
        if n == 0 {
            return Ok(digest.finalize().to_vec());
        }
        digest.update(&block[..n]);
    }
}
