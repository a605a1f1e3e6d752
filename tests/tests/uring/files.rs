//! Files, which are read by position.

use std::io::{Cursor, Write};
use std::os::unix::fs::FileExt;
use std::pin::pin;

use byte_stream::{ByteStreamExt, FromOwned};
use bytes::BytesMut;
use tempfile::NamedTempFile;

use crate::runtimes::Runtime;

const SIZE: usize = 1_000_003;

fn file() -> (NamedTempFile, Vec<u8>) {
    let bytes: Vec<u8> = (0..251).cycle().take(SIZE).collect();
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(&bytes).unwrap();
    (file, bytes)
}

#[test]
fn a_file_of_compios_is_a_stream_to_its_end() {
    let (file, bytes) = file();
    Runtime::Compio.run(async {
        let file = compio::fs::File::open(file.path()).await.unwrap();
        let body = pin!(FromOwned::compio_0_10(Cursor::new(file)));
        assert_eq!(body.collect_bytes().await.unwrap(), bytes);
    });
}

#[test]
fn a_file_is_read_by_position_from_a_closure() {
    let (file, bytes) = file();
    Runtime::TokioUring.run(async {
        let file = tokio_uring::fs::File::open(file.path()).await.unwrap();
        let body = FromOwned::from_fn((file, 0), |(file, position), buf: BytesMut| async move {
            let (read, buf) = file.read_at(buf, position).await;
            let came = read.as_ref().map_or(0, |n| *n as u64);
            ((file, position + came), (read, buf))
        });
        assert_eq!(pin!(body).collect_bytes().await.unwrap(), bytes);
    });
    for runtime in [Runtime::MonoioUring, Runtime::MonoioLegacy] {
        runtime.run(async {
            let file = monoio::fs::File::open(file.path()).await.unwrap();
            let body = FromOwned::from_fn((file, 0), |(file, position), buf: BytesMut| async move {
                let (read, buf) = file.read_at(buf, position).await;
                let came = read.as_ref().map_or(0, |n| *n as u64);
                ((file, position + came), (read, buf))
            });
            assert_eq!(pin!(body).collect_bytes().await.unwrap(), bytes);
        });
    }
    Runtime::Tokio.run(async {
        let file = std::fs::File::open(file.path()).unwrap();
        let body = FromOwned::from_fn((file, 0), |(file, position), mut buf: BytesMut| async move {
            let read_at = move || {
                buf.resize(buf.capacity(), 0);
                let read = file.read_at(&mut buf, position);
                let came = *read.as_ref().unwrap_or(&0);
                buf.truncate(came);
                ((file, position + came as u64), (read, buf))
            };
            tokio::task::spawn_blocking(read_at).await.unwrap()
        });
        assert_eq!(pin!(body).collect_bytes().await.unwrap(), bytes);
    });
}
