//! Crates that want a writer, as streams: an archive, an encoder, a table, in both worlds.

use std::collections::BTreeMap;
use std::io;

use async_compression::tokio::write::{GzipDecoder, GzipEncoder};
use byte_stream::{ByteSender, ByteStream, ByteStreamExt, FromWriter, View, channel};
use futures::{StreamExt, TryStreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tar::{Archive, Builder, Header};

/// Files that are empty, small, as large as a block, and larger.
fn files() -> BTreeMap<String, Vec<u8>> {
    let sizes = [0, 1, 511, 512, 513, 64 * 1024, 1_000_000_u64];
    sizes.into_iter().map(|size| (format!("of/{size}"), (0..size).map(|i| (i * i / 7) as u8).collect())).collect()
}

/// An archive of the files that is written while it is read.
fn archive(files: BTreeMap<String, Vec<u8>>) -> impl ByteStream + Send + 'static {
    FromWriter::new(|writer: ByteSender| async move {
        let mut archive = Builder::new(writer);
        for (name, data) in &files {
            let mut header = Header::new_gnu();
            header.set_size(data.len() as u64);
            header.set_mode(0o644);
            archive.append_data(&mut header, name, &data[..]).await?;
        }
        archive.finish().await
    })
}

async fn unpack(archive: impl ByteStream + Send + 'static) -> BTreeMap<String, Vec<u8>> {
    let mut entries = Archive::new(Box::pin(View::new(archive))).entries().unwrap();
    let mut files = BTreeMap::new();
    while let Some(entry) = entries.next().await {
        let mut entry = entry.unwrap();
        let mut data = Vec::new();
        entry.read_to_end(&mut data).await.unwrap();
        files.insert(entry.path().unwrap().to_str().unwrap().to_owned(), data);
    }
    files
}

#[tokio::test]
async fn an_archive_is_unpacked_while_it_is_packed_and_nothing_is_spawned() {
    assert_eq!(unpack(archive(files())).await, files());
}

#[tokio::test]
async fn an_archive_is_handed_out_in_blocks() {
    let chunks: Vec<_> = View::new(archive(files())).into_box().try_collect().await.unwrap();
    let all: usize = chunks.iter().map(bytes::Bytes::len).sum();
    assert!(all > 1_000_000 && chunks.len() <= all / (64 * 1024) + 1, "{} chunks of {all} bytes", chunks.len());
}

#[tokio::test]
async fn a_file_that_ends_early_fails_the_archive_after_what_was_written() {
    let archive = FromWriter::new(|writer: ByteSender| async move {
        let mut archive = Builder::new(writer);
        let mut header = Header::new_gnu();
        header.set_size(1000);
        let broken = io::Error::new(io::ErrorKind::StorageFull, "the disk is gone");
        let data = tokio_util::io::StreamReader::new(futures::stream::iter([Ok(&b"100 of 1000"[..]), Err(broken)]));
        archive.append_data(&mut header, "name", data).await?;
        archive.finish().await
    });
    let mut archive = Box::pin(archive);
    let mut came = Vec::new();
    let error = archive.read_to_end(&mut came).await.unwrap_err();
    assert_eq!((error.kind(), came.len()), (io::ErrorKind::StorageFull, 512 + 11));
}

#[tokio::test]
async fn an_encoder_that_writes_is_a_stream_and_shuts_its_writer_down() {
    let expected = files().into_values().flatten().collect::<Vec<_>>();
    let plain = expected.clone();
    let coded = FromWriter::new(|writer: ByteSender| async move {
        let mut encoder = GzipEncoder::new(writer);
        encoder.write_all(&plain).await?;
        encoder.shutdown().await
    });
    let decoded = FromWriter::new(|writer: ByteSender| async move {
        let mut decoder = GzipDecoder::new(writer);
        Box::pin(coded).copy_to(&mut decoder).await?;
        decoder.shutdown().await
    });
    assert!(Box::pin(decoded).collect_vec().await.unwrap() == expected);
}

/// A table as records of a number and its square.
async fn table(writer: ByteSender) -> Result<ByteSender, csv_async::Error> {
    let mut table = csv_async::AsyncWriter::from_writer(writer);
    for n in 0..10_000_u64 {
        table.write_record([n.to_string(), (n * n).to_string()]).await?;
    }
    table.into_inner().await.map_err(|error| csv_async::Error::from(io::Error::other(error.to_string())))
}

fn expected_table() -> String {
    (0..10_000_u64).map(|n| format!("{n},{}\n", n * n)).collect()
}

#[tokio::test]
async fn a_table_is_written_by_a_writer_of_the_futures_world() {
    let stream = FromWriter::new(|writer: ByteSender| async move { table(writer).await.map(drop) });
    assert!(Box::pin(stream).collect_string().await.unwrap() == expected_table());
}

#[tokio::test]
async fn a_table_is_sent_by_another_task_through_a_small_channel() {
    let (sender, receiver) = channel(100);
    let sending = tokio::spawn(async move { table(sender).await.map(ByteSender::finish) });
    assert!(receiver.collect_string().await.unwrap() == expected_table());
    sending.await.unwrap().unwrap();
}
