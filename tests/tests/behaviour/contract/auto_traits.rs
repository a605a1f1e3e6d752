//! Auto traits pass through.

use std::cell::Cell;
use std::marker::{PhantomData, PhantomPinned};
use std::sync::MutexGuard;

use byte_stream::adapter::{
    Chain, Coalesce, Deadline, Digester, FinalDigest, Holding, IdleTimeout, Instrumented, LengthGuard, Prefix,
    Progress, Rechunk, StopWhen, Typed,
};
use byte_stream::codec::{Codec, Compress, Decompress, Input};
use byte_stream::source::{MapError, Parts, WithKind};
use byte_stream::view::{AsBody, AsFutures, AsStream, AsTokio};
use byte_stream::{
    BoxByteStream, ByteStream, CollectBytes, CollectString, CollectVec, CopyTo, FromBody, FromBufRead, FromFile,
    FromFuture, FromFuturesBufRead, FromFuturesRead, FromIter, FromPollFn, FromRead, FromStream, Inspect, Inspector,
    LocalBoxByteStream, StreamLiteral, SyncByteStream, Trailers, View,
};
use bytes::Bytes;
use sha2::Sha256;
use static_assertions::{assert_impl_all, assert_not_impl_any};

/// `Send` and not `Sync`.
type NotSync = Cell<()>;
/// `Sync` and not `Send`.
type NotSend = MutexGuard<'static, ()>;

#[expect(dead_code, reason = "only its type is of interest")]
#[derive(ByteStream)]
enum Choice<A, B> {
    A(A),
    B { first: B },
}

#[derive(ByteStream)]
struct Sequence<A, B, N> {
    #[byte_stream(source)]
    a: A,
    #[byte_stream(source)]
    b: B,
    /// Not a source, so it is never pinned.
    _name: N,
}

/// An inspector that holds something.
struct Hook<T>(PhantomData<T>);

impl<T> Inspector for Hook<T> {
    fn bytes(&mut self, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
}

type Inspected<S, T> = Inspect<S, Hook<T>>;

macro_rules! send_and_sync_pass_through {
    ($($adapter:ident [$($before:tt)*] [$($after:tt)*]),* $(,)?) => {$(
        assert_impl_all!($adapter<$($before)* () $($after)*>: Send, Sync, Unpin);
        assert_impl_all!($adapter<$($before)* NotSync $($after)*>: Send, Unpin);
        assert_not_impl_any!($adapter<$($before)* NotSync $($after)*>: Sync);
        assert_impl_all!($adapter<$($before)* NotSend $($after)*>: Sync, Unpin);
        assert_not_impl_any!($adapter<$($before)* NotSend $($after)*>: Send);
        assert_impl_all!($adapter<$($before)* PhantomPinned $($after)*>: Send, Sync);
    )*};
}

macro_rules! unpin_passes_through {
    ($($adapter:ty),* $(,)?) => {$(
        assert_not_impl_any!($adapter: Unpin);
    )*};
}

macro_rules! is_unpin {
    ($($adapter:ty),* $(,)?) => {$(
        assert_impl_all!($adapter: Unpin);
    )*};
}

#[test]
fn send_and_sync_are_those_of_the_source() {
    send_and_sync_pass_through![
        FromStream [] [], FromIter [] [], FromRead [] [], FromBufRead [] [], FromFuturesRead [] [],
        FromFuturesBufRead [] [], FromBody [] [], View [] [], Parts [] [], AsStream ['static, ] [], AsTokio ['static, ] [],
        AsFutures ['static, ] [], AsBody ['static, ] [], CollectBytes [] [], CollectVec [] [], CollectString [] [],
        CopyTo ['static, ] [, ()], CopyTo ['static, (), ] [], WithKind [] [, ()], WithKind [(), ] [],
        MapError [] [, ()], MapError [(), ] [], Choice [] [, ()], Choice [(), ] [], Sequence [] [, (), ()],
        Sequence [(), ] [, ()], Sequence [(), (), ] [], Prefix [] [], LengthGuard [] [], Coalesce [] [],
        IdleTimeout [] [], Deadline [] [], StopWhen [] [, ()], StopWhen [(), ] [], Holding [] [, ()], Holding [(), ] [],
        Inspected [] [, ()], Inspected [(), ] [], FromFuture [] [, ()], FromFuture [(), ] [],
        FromPollFn [] [], Rechunk [] [], Instrumented [] [], Chain [] [], Chain [(), ] [], Typed [] [, ()],
        Codec [] [], Compress [] [], Decompress [] [], Input [] [],
    ];
}

#[test]
fn unpin_is_that_of_the_source() {
    unpin_passes_through![
        FromStream<PhantomPinned>,
        FromRead<PhantomPinned>,
        FromBufRead<PhantomPinned>,
        FromFuturesRead<PhantomPinned>,
        FromFuturesBufRead<PhantomPinned>,
        FromBody<PhantomPinned>,
        View<PhantomPinned>,
        SyncByteStream<PhantomPinned>,
        CollectBytes<PhantomPinned>,
        CollectVec<PhantomPinned>,
        CollectString<PhantomPinned>,
        WithKind<PhantomPinned, ()>,
        MapError<PhantomPinned, ()>,
        Choice<PhantomPinned, ()>,
        Choice<(), PhantomPinned>,
        Sequence<PhantomPinned, (), ()>,
        Sequence<(), PhantomPinned, ()>,
        Prefix<PhantomPinned>,
        LengthGuard<PhantomPinned>,
        Coalesce<PhantomPinned>,
        IdleTimeout<PhantomPinned>,
        Deadline<PhantomPinned>,
        StopWhen<PhantomPinned, ()>,
        StopWhen<(), PhantomPinned>,
        Holding<PhantomPinned, ()>,
        Rechunk<PhantomPinned>,
        Instrumented<PhantomPinned>,
        Chain<PhantomPinned>,
        Typed<PhantomPinned, ()>,
        FromFuture<PhantomPinned, ()>,
        FromFuture<(), PhantomPinned>,
        Inspected<PhantomPinned, ()>,
        Codec<PhantomPinned>,
        Compress<PhantomPinned>,
        Decompress<PhantomPinned>,
        Input<PhantomPinned>,
    ];
}

#[test]
fn what_is_not_pinned_may_move() {
    is_unpin![
        // An iterator and a function are taken by `&mut`, a borrow and a box do not move what they point to.
        FromIter<PhantomPinned>,
        FromPollFn<PhantomPinned>,
        Chain<(), PhantomPinned>,
        Typed<(), PhantomPinned>,
        AsStream<'static, PhantomPinned>,
        AsTokio<'static, PhantomPinned>,
        AsFutures<'static, PhantomPinned>,
        AsBody<'static, PhantomPinned>,
        CopyTo<'static, PhantomPinned, PhantomPinned>,
        WithKind<(), PhantomPinned>,
        MapError<(), PhantomPinned>,
        Sequence<(), (), PhantomPinned>,
        Inspected<(), PhantomPinned>,
        Holding<(), PhantomPinned>,
        BoxByteStream<'static>,
        LocalBoxByteStream<'static>,
    ];
}

#[test]
fn a_box_says_itself_what_it_is() {
    assert_impl_all!(BoxByteStream<'static>: Send, Sync);
    assert_not_impl_any!(LocalBoxByteStream<'static>: Send, Sync);
    assert_impl_all!(StreamLiteral<2>: Send, Sync, Unpin);
    assert_impl_all!(Trailers: Send, Sync, Unpin);
    assert_impl_all!(FromFile: Send, Sync, Unpin);
    assert_impl_all!(Choice<Bytes, BoxByteStream<'static>>: Send, Sync, Unpin);
    // Of its error it has none until it fails.
    assert_impl_all!(Typed<(), (Cell<()>, MutexGuard<'static, ()>)>: Send, Sync);
}

#[test]
fn an_inspector_that_is_here_already_says_itself_what_it_is() {
    assert_impl_all!(Digester<Sha256>: Send, Sync, Unpin);
    assert_impl_all!(FinalDigest: Send, Sync, Unpin);
    assert_impl_all!(Progress: Send, Sync, Unpin);
}

#[test]
fn a_sync_stream_is_sync_whatever_its_source_is_and_send_when_that_is() {
    assert_impl_all!(SyncByteStream<NotSync>: Send, Sync, Unpin);
    assert_impl_all!(SyncByteStream<NotSend>: Sync);
    assert_not_impl_any!(SyncByteStream<NotSend>: Send);
}

/// Names no parameter, so that what it is must be known where it is declared.
#[derive(ByteStream)]
struct Fixed(FromRead<Stuck>);

/// A reader that may not move, and no other thread may see.
struct Stuck(PhantomPinned, PhantomData<*const ()>);

impl tokio::io::AsyncRead for Stuck {
    fn poll_read(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        _: &mut byte_stream::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::task::Poll::Ready(Ok(()))
    }
}

/// What holds itself is what its sources are.
#[expect(dead_code, reason = "only its type is of interest")]
#[derive(ByteStream)]
enum Nested<S> {
    Leaf(S),
    Node(std::pin::Pin<Box<Self>>),
}

/// Neither its error nor its projection has a part in what it is.
#[derive(ByteStream)]
#[byte_stream(error = E, project, bound(S: ByteStream, E: byte_stream::StreamError))]
struct Full<S, E, const N: usize>(#[byte_stream(source)] S, PhantomData<fn() -> E>, [u8; N]);

#[derive(ByteStream)]
struct Unit;

#[derive(ByteStream)]
enum Never {}

#[test]
fn a_derived_type_of_any_shape_is_what_its_sources_are() {
    assert_not_impl_any!(Fixed: Send, Sync, Unpin);
    assert_impl_all!(Unit: Send, Sync, Unpin);
    assert_impl_all!(Never: Send, Sync, Unpin);
    send_and_sync_pass_through![Nested [] [], Full [] [, NotSend, 3]];
    assert_impl_all!(Full<(), PhantomPinned, 0>: Unpin);
    assert_not_impl_any!(Full<PhantomPinned, (), 0>: Unpin);
    assert_not_impl_any!(Nested<PhantomPinned>: Unpin);
}
