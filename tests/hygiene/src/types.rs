//! Every derive, with every argument.

impostors!();

#[derive(::byte_stream::ByteStream)]
struct Unit;

#[derive(::byte_stream::ByteStream)]
struct Lone(::bytes::Bytes);

#[derive(::byte_stream::ByteStream)]
struct Sequence<S> {
    #[byte_stream(source)]
    head: ::bytes::Bytes,
    name: &'static ::core::primitive::str,
    #[byte_stream(source)]
    tail: S,
}

#[derive(::byte_stream::ByteStream)]
enum Never {}

#[derive(::byte_stream::ByteStream)]
enum Choice<S> {
    Left(S),
    Right(::bytes::Bytes),
    Nothing,
    #[byte_stream(empty)]
    Held(::core::primitive::u8, ::core::primitive::usize),
    Both {
        #[byte_stream(source)]
        head: S,
        #[byte_stream(source)]
        tail: ::bytes::Bytes,
    },
}

#[derive(::byte_stream::ByteStream)]
#[byte_stream(only(stream, tokio, futures, body), crate = ::byte_stream)]
struct Only<S>(::byte_stream::FromRead<S>);

#[derive(::byte_stream::ByteStream)]
#[byte_stream(skip(futures), bound(S: ::byte_stream::ByteStream))]
struct Skip<S>(S);

#[cfg(target_os = "linux")]
#[derive(::byte_stream::ByteStream)]
#[byte_stream(compio_0_10, monoio_0_2)]
struct Asked<S>(S);

#[derive(::byte_stream::ByteStream)]
#[byte_stream(error = Failure)]
struct Typed(::bytes::Bytes);

#[derive(::byte_stream::ByteStream)]
#[byte_stream(error = E)]
struct TypedByParameter<S, E>(#[byte_stream(source)] S, ::core::marker::PhantomData<E>);

#[derive(::byte_stream::ByteStream)]
#[byte_stream(project)]
struct Projected<S> {
    #[byte_stream(source)]
    body: S,
    seen: ::core::primitive::usize,
}

#[derive(::byte_stream::ByteStream)]
#[byte_stream(project = EnumProjection)]
enum ProjectedEnum<S> {
    Body {
        #[byte_stream(source)]
        body: S,
        seen: ::core::primitive::usize,
    },
    Pair(#[byte_stream(source)] S, ::core::primitive::bool),
    Nothing,
}

/// What is pinned was found in the middle of all that.
impl<S: ::byte_stream::ByteStream> Projected<S> {
    fn is_over(self: ::core::pin::Pin<&mut Self>) -> ::core::primitive::bool {
        let this = self.project();
        *this.seen += 1;
        ::byte_stream::ByteStream::state(&*this.body).is_over()
    }
}

impl<S: ::byte_stream::ByteStream> ProjectedEnum<S> {
    fn is_over(self: ::core::pin::Pin<&mut Self>) -> ::core::primitive::bool {
        match self.project() {
            EnumProjection::Body { body, seen: _ } => ::byte_stream::ByteStream::state(&*body).is_over(),
            EnumProjection::Pair(body, _) => ::byte_stream::ByteStream::state(&*body).is_over(),
            EnumProjection::Nothing => true,
        }
    }
}

/// A core by hand.
#[derive(::byte_stream::ByteStreamViews)]
#[byte_stream(error = Failure)]
struct ByHand<S>(S);

impl<S: ::byte_stream::ByteStream + ::core::marker::Unpin> ::byte_stream::ByteStream for ByHand<S> {
    fn poll_chunk(
        mut self: ::core::pin::Pin<&mut Self>,
        cx: &mut ::core::task::Context<'_>,
        max: ::core::primitive::usize,
    ) -> ::core::task::Poll<::core::option::Option<::std::io::Result<::bytes::Bytes>>> {
        ::byte_stream::ByteStream::poll_chunk(::core::pin::Pin::new(&mut self.0), cx, max)
    }

    fn poll_peek(
        self: ::core::pin::Pin<&mut Self>,
        cx: &mut ::core::task::Context<'_>,
    ) -> ::core::task::Poll<::std::io::Result<&[::core::primitive::u8]>> {
        ::byte_stream::ByteStream::poll_peek(::core::pin::Pin::new(&mut self.get_mut().0), cx)
    }

    fn consume_peeked(mut self: ::core::pin::Pin<&mut Self>, n: ::core::primitive::usize) {
        ::byte_stream::ByteStream::consume_peeked(::core::pin::Pin::new(&mut self.0), n);
    }

    fn state(&self) -> ::byte_stream::State {
        ::byte_stream::ByteStream::state(&self.0)
    }

    fn bytes_left(&self) -> (::core::primitive::u64, ::core::option::Option<::core::primitive::u64>) {
        ::byte_stream::ByteStream::bytes_left(&self.0)
    }
}

#[derive(::byte_stream::StreamError)]
struct Failure(::std::io::Error);

#[derive(::byte_stream::StreamError)]
struct SharedFailure {
    inner: ::std::sync::Arc<dyn ::std::error::Error + ::core::marker::Send + ::core::marker::Sync>,
}

#[derive(::byte_stream::StreamError)]
#[stream_error(crate = ::byte_stream)]
enum Failures<T>
where
    T: ::std::error::Error + ::core::marker::Send + ::core::marker::Sync + 'static,
{
    #[stream_error(kind = TimedOut)]
    Slow,
    #[stream_error(kind = ::std::io::ErrorKind::NotFound)]
    Gone(::core::primitive::u8, ::core::primitive::u8),
    #[stream_error(from)]
    Inner(T),
    #[stream_error(from)]
    Io { source: ::std::io::Error },
    #[stream_error(other)]
    Other(::std::boxed::Box<dyn ::std::error::Error + ::core::marker::Send + ::core::marker::Sync>),
}

macro_rules! error {
    ([$($generics:tt)*] $error:ty) => {
        impl $($generics)* ::core::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::write_str(f, "failure")
            }
        }

        impl $($generics)* ::core::fmt::Display for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self, f)
            }
        }

        impl $($generics)* ::std::error::Error for $error {}
    };
}

error!([] Failure);
error!([] SharedFailure);
error!([<T: ::std::error::Error + ::core::marker::Send + ::core::marker::Sync>] Failures<T>);

#[test]
fn what_is_implemented_is_our_trait() {
    let literal = ::byte_stream::stream![
        b"bytes",
        "text" * 2,
        pending,
        { ::bytes::Bytes::from_static(b"expression") } * { 1 },
        trailers { "x-a": "written", "x-b": { "made" } },
    ];
    let sequence = Sequence { head: ::bytes::Bytes::from_static(b"head "), name: "", tail: Choice::Left(literal) };
    ::byte_stream::assert_bytes!(sequence, b"head bytestexttextexpression");
    ::byte_stream::assert_error!(::byte_stream::stream![b"a", error(TimedOut)], after b"a", TimedOut);
    ::byte_stream::assert_error!(ByHand(::byte_stream::stream![error(BrokenPipe)]), after b"", BrokenPipe);
    let failed = ::byte_stream::StreamError::into_io(Failures::<Failure>::Slow);
    ::std::assert!(::core::matches!(failed.kind(), ::std::io::ErrorKind::TimedOut));
    ::byte_stream::assert_bytes!(::byte_stream::stream![], b"");
}

#[test]
fn what_is_projected_is_pinned() {
    let mut projected = ::std::pin::pin!(Projected { body: ::byte_stream::stream![], seen: 0 });
    ::std::assert!(::core::pin::Pin::as_mut(&mut projected).is_over());
    ::std::assert_eq!(projected.seen, 1);
    let body = ::std::pin::pin!(ProjectedEnum::Body { body: ::byte_stream::stream!["a"], seen: 0 });
    ::std::assert!(!body.is_over());
}
