//! Streams as readers of compio and monoio.

use std::io;

use byte_stream::owned::OwnedRead;
use byte_stream::{ByteStream, FromStream, State, View, stream};
use byte_stream_tests::task::drive;
use bytes::{Bytes, BytesMut};
use compio::BufResult;
use compio::io::{AsyncBufRead, AsyncRead, AsyncReadExt, AsyncReadManaged};
use monoio::buf::VecBuf;
use monoio::io::{AsyncReadRent, AsyncReadRentExt};

#[derive(ByteStream)]
#[byte_stream(compio_0_10, monoio_0_2)]
enum Upload<S> {
    Plain(S),
    Nothing,
    Cached(Bytes),
}

/// Not generic, and not of every world.
#[derive(ByteStream)]
#[byte_stream(only(stream), compio_0_10, monoio_0_2)]
struct Words(Bytes);

mod compio_0_10 {
    use super::*;

    async fn read<R: AsyncRead, B: compio::buf::IoBufMut>(reader: &mut R, buf: B) -> (io::Result<usize>, B) {
        let BufResult(read, buf) = AsyncRead::read(reader, buf).await;
        (read, buf)
    }

    #[test]
    fn a_read_overwrites_from_the_start_and_never_makes_the_buffer_shorter() {
        let mut body = Upload::Plain(FromStream::new(stream!["hel", b"", pending, "lo, world"].raw_stream()));
        let (came, buf) = drive(read(&mut body, b"0123456789".to_vec()));
        assert_eq!((came.unwrap(), &buf[..]), (3, &b"hel3456789"[..]));
        // A chunk that is larger than the buffer; and room that is not filled is filled.
        let (came, buf) = drive(read(&mut body, Vec::with_capacity(4)));
        assert_eq!((came.unwrap(), &buf[..]), (4, &b"lo, "[..]));
        let (came, buf) = drive(read(&mut body, BytesMut::from("0123456789")));
        assert_eq!((came.unwrap(), &buf[..]), (5, &b"world56789"[..]));
        let (came, buf) = drive(read(&mut body, b"end".to_vec()));
        assert_eq!((came.unwrap(), &buf[..], body.state()), (0, &b"end"[..], State::Ended));
    }

    #[test]
    fn zero_capacity_is_no_end_and_polls_nothing() {
        let mut body = Upload::Plain(FromStream::new(stream!["waits"].raw_stream()));
        let (came, _) = drive(read(&mut body, Vec::new()));
        assert_eq!((came.unwrap(), body.state()), (0, State::Open));
        assert_eq!(drive(AsyncReadExt::read_to_end(&mut body, Vec::new())).1, b"waits");
    }

    #[test]
    fn an_error_in_the_middle_gives_the_buffer_back_as_it_was() {
        let mut body = Upload::Plain(stream!["hello", error(ConnectionReset)]);
        let (came, buf) = drive(read(&mut body, Vec::with_capacity(5)));
        assert_eq!(came.unwrap(), 5);
        let (came, buf) = drive(read(&mut body, buf));
        assert_eq!((came.unwrap_err().kind(), &buf[..]), (io::ErrorKind::ConnectionReset, &b"hello"[..]));
    }

    #[test]
    fn the_managed_buffer_is_the_chunk_itself() {
        let chunk = Bytes::from(b"hello, world".to_vec());
        let mut body: Upload<Bytes> = Upload::Cached(chunk.clone());
        let head = drive(body.read_managed(5)).unwrap().unwrap();
        let tail = drive(body.read_managed(0)).unwrap().unwrap();
        assert_eq!((&head[..], &tail[..]), (&b"hello"[..], &b", world"[..]));
        assert_eq!((head.as_ptr(), tail.as_ptr()), (chunk.as_ptr(), chunk[5..].as_ptr()));
        assert!(drive(body.read_managed(0)).unwrap().is_none());
    }

    #[test]
    fn what_is_lent_is_what_comes_next_in_every_view() {
        let mut body = View::new(FromStream::new(stream!["hello", pending, ", world"].raw_stream()));
        assert_eq!(drive(AsyncBufRead::fill_buf(&mut body)).unwrap(), b"hello");
        AsyncBufRead::consume(&mut body, 2);
        let mut two = [0; 1];
        drive(tokio::io::AsyncReadExt::read_exact(&mut body, &mut two)).unwrap();
        assert_eq!(&two, b"l");
        let (came, buf) = drive(body.read_owned(Vec::with_capacity(1)));
        assert_eq!((came.unwrap(), &buf[..]), (1, &b"l"[..]));
        assert_eq!(drive(body.read_managed(0)).unwrap().unwrap(), "o");
        assert_eq!(drive(AsyncReadExt::read_to_end(&mut body, Vec::new())).1, b", world");
        let mut nothing: Upload<Bytes> = Upload::Nothing;
        assert!(drive(AsyncBufRead::fill_buf(&mut nothing)).unwrap().is_empty());
    }
}

mod monoio_0_2 {
    use super::*;

    #[test]
    fn a_vector_is_as_long_as_what_came() {
        let mut body = Upload::Plain(FromStream::new(stream!["hel", b"", pending, "lo, world"].raw_stream()));
        let (came, buf) = drive(AsyncReadRent::read(&mut body, b"0123456789".to_vec()));
        assert_eq!((came.unwrap(), &buf[..]), (3, &b"hel"[..]));
        let (came, buf) = drive(AsyncReadRent::read(&mut body, Vec::with_capacity(4)));
        assert_eq!((came.unwrap(), &buf[..]), (4, &b"lo, "[..]));
        let (came, buf) = drive(AsyncReadRent::read(&mut body, vec![0; 100]));
        assert_eq!((came.unwrap(), &buf[..]), (5, &b"world"[..]));
        let (came, _) = drive(AsyncReadRent::read(&mut body, vec![0; 100]));
        assert_eq!((came.unwrap(), body.state()), (0, State::Ended));
    }

    #[test]
    fn zero_capacity_is_no_end_and_polls_nothing() {
        let mut body = Upload::Plain(FromStream::new(stream!["waits"].raw_stream()));
        assert_eq!(drive(AsyncReadRent::read(&mut body, Vec::new())).0.unwrap(), 0);
        assert_eq!(drive(AsyncReadRent::readv(&mut body, VecBuf::from(vec![vec![], vec![]]))).0.unwrap(), 0);
        assert_eq!(drive(AsyncReadRent::readv(&mut body, VecBuf::from(Vec::new()))).0.unwrap(), 0);
        assert_eq!(body.state(), State::Open);
        let (read, buf) = drive(AsyncReadRentExt::read_exact(&mut body, Vec::with_capacity(5)));
        assert_eq!((read.unwrap(), &buf[..]), (5, &b"waits"[..]));
    }

    #[test]
    fn a_vectored_read_fills_one_buffer_after_another_and_skips_empty_ones() {
        let mut body = Words(Bytes::from_static(b"hello, world"));
        let bufs = VecBuf::from(vec![vec![], vec![0; 3], vec![], vec![0; 4], vec![9; 10]]);
        let (came, bufs) = drive(AsyncReadRent::readv(&mut body, bufs));
        assert_eq!(came.unwrap(), 12);
        let bufs = Vec::<Vec<u8>>::from(bufs);
        assert_eq!(bufs, [&b""[..], b"hel", b"", b"lo, ", b"world"]);
        let (came, _) = drive(AsyncReadRent::readv(&mut body, VecBuf::from(vec![vec![0; 3]])));
        assert_eq!((came.unwrap(), body.state()), (0, State::Ended));
    }

    #[test]
    fn an_error_in_the_middle_gives_the_buffer_back_as_it_was() {
        let mut body = Upload::Plain(stream!["hello", error(ConnectionReset)]);
        assert_eq!(drive(AsyncReadRent::read(&mut body, Vec::with_capacity(5))).0.unwrap(), 5);
        let (came, buf) = drive(AsyncReadRent::read(&mut body, b"mine".to_vec()));
        assert_eq!((came.unwrap_err().kind(), &buf[..]), (io::ErrorKind::ConnectionReset, &b"mine"[..]));
        let (came, _) = drive(AsyncReadRent::readv(&mut body, VecBuf::from(vec![vec![0; 3]])));
        assert_eq!((came.unwrap(), body.state()), (0, State::Failed));
    }
}

/// That both worlds' traits and ours are in scope is the test: none of ours is an E0034.
#[test]
fn our_reads_are_not_ambiguous_beside_those_of_the_runtimes() {
    let mut body = Words(Bytes::from_static(b"hello, world"));
    let (came, buf) = drive(body.read_owned(Vec::with_capacity(2)));
    assert_eq!((came.unwrap() >= 2, buf.starts_with(b"he")), (true, true));
    let mut body = Words(Bytes::from_static(b"hello, world"));
    let (read, buf) = drive(body.read_exact_owned(bytes::BufMut::limit(Vec::with_capacity(8), 5)));
    read.unwrap();
    assert_eq!(buf.get_ref(), b"hello");
    assert_eq!(drive(body.read_to_end_owned(Vec::new())).1, b", world");
}
