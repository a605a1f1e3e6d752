//! A read appends.

use std::future::poll_fn;
use std::mem::MaybeUninit;

use byte_stream_tests::matrix::{self, for_each_source};
use byte_stream_tests::task::drive;
use tokio::io::ReadBuf;

#[test]
fn a_partly_filled_buffer_is_appended_to() {
    for_each_source([matrix::small(), matrix::large()], |case, mut source| {
        let expected = [b"before", &case.promise().bytes[..]].concat();
        let mut memory = vec![MaybeUninit::uninit(); expected.len() + 1];
        let mut buf = ReadBuf::uninit(&mut memory);
        buf.put_slice(b"before");
        loop {
            let filled = buf.filled().len();
            drive(poll_fn(|cx| tokio::io::AsyncRead::poll_read(source.as_mut(), cx, &mut buf))).unwrap();
            assert_eq!(buf.filled(), &expected[..buf.filled().len()]);
            if buf.filled().len() == filled {
                break;
            }
        }
        assert_eq!(buf.filled(), expected);
    });
}

#[test]
fn what_is_initialised_stays_so() {
    for_each_source([matrix::small()], |_, mut source| {
        let mut memory = [MaybeUninit::uninit(); 64];
        let mut buf = ReadBuf::uninit(&mut memory);
        buf.initialize_unfilled_to(48).fill(0xA5);
        buf.put_slice(b"before");
        drive(poll_fn(|cx| tokio::io::AsyncRead::poll_read(source.as_mut(), cx, &mut buf))).unwrap();
        assert!(buf.initialized().len() >= 48);
        assert!(buf.filled().len() > 6);
    });
}
