//! Every shape of type that the derive takes, and what it makes of it.

use std::io;
use std::marker::PhantomData;
use std::pin::Pin;

use byte_stream::{
    ByteStream, ByteStreamExt, ByteStreamViews, FromIter, FromRead, FromStream, State, StreamError, StreamLiteral,
    View, stream,
};
use bytes::Bytes;
use futures::executor::block_on;
use futures::{Stream, StreamExt};
use http_body::Body;

/// What comes out, as text.
fn text(stream: impl ByteStream) -> String {
    block_on(stream.collect_string()).unwrap()
}

#[derive(ByteStream)]
struct Unit;

#[derive(ByteStream)]
struct Braces {}

#[derive(ByteStream)]
struct Parens();

#[test]
fn what_holds_nothing_is_the_empty_stream() {
    for mut empty in [Unit.into_box(), Braces {}.into_box(), Parens().into_box()] {
        assert_eq!((empty.state(), empty.bytes_left()), (State::Ended, (0, Some(0))));
        assert_eq!(text(&mut empty), "");
    }
}

#[derive(ByteStream)]
struct Lone {
    body: Bytes,
}

#[derive(ByteStream)]
struct Named {
    name: String,
    #[byte_stream(source)]
    body: Bytes,
}

#[test]
fn a_lone_field_needs_no_mark_and_other_fields_are_left_alone() {
    assert_eq!(text(Lone { body: "lone".into() }), "lone");
    let mut named = Named { name: "name".into(), body: "named".into() };
    assert_eq!(text(&mut named), "named");
    assert_eq!(named.name, "name");
}

#[derive(ByteStream)]
struct Sequence(
    #[byte_stream(source)] Bytes,
    PhantomData<String>,
    #[byte_stream(source)] Option<FromIter<std::vec::IntoIter<Bytes>>>,
    #[byte_stream(source)] &'static [u8],
);

#[test]
fn a_product_is_a_sequence_in_the_order_of_its_fields() {
    let middle = FromIter::new(vec![Bytes::from_static(b"two "), Bytes::new(), Bytes::from_static(b"three ")]);
    assert_eq!(text(Sequence("one ".into(), PhantomData, Some(middle), b"four")), "one two three four");
    let known = Sequence("one ".into(), PhantomData, None, b"four");
    assert_eq!(known.bytes_left(), (8, Some(8)), "lengths add up");
    assert_eq!(text(known), "one four");
}

#[derive(ByteStream)]
#[expect(clippy::large_enum_variant, reason = "a literal holds its steps")]
enum Choice<S, const N: usize> {
    Unit,
    #[byte_stream(empty)]
    Held(#[expect(dead_code, reason = "held, not streamed")] String, #[expect(dead_code, reason = "as before")] u8),
    Tuple(S),
    Literal {
        chunks: StreamLiteral<N>,
    },
    Both(#[byte_stream(source)] Bytes, #[byte_stream(source)] S),
    Marked {
        #[expect(dead_code, reason = "left alone")]
        name: String,
        #[byte_stream(source)]
        body: S,
    },
}

#[test]
fn a_sum_is_a_choice_of_whichever_it_holds() {
    type Of = Choice<StreamLiteral<2>, 1>;
    let two = || stream!["a", "b"];
    assert_eq!(text(Of::Unit), "");
    assert_eq!(text(Of::Held("held".into(), 1)), "");
    assert_eq!(text(Of::Tuple(two())), "ab");
    assert_eq!(text(Of::Literal { chunks: stream!["c"] }), "c");
    assert_eq!(text(Of::Both("d".into(), two())), "dab");
    assert_eq!(text(Of::Marked { name: "n".into(), body: two() }), "ab");
}

#[derive(ByteStream)]
struct Borrowed<'a, S: ?Sized + Unpin = View<Bytes>>
where
    S: ByteStream,
{
    source: &'a mut S,
}

#[derive(ByteStream)]
struct Object<'a>(Pin<Box<dyn ByteStream + Send + 'a>>);

#[test]
fn lifetimes_defaults_where_clauses_and_trait_objects() {
    let mut bytes = Bytes::from_static(b"borrowed");
    assert_eq!(text(Borrowed { source: &mut bytes }), "borrowed");
    let mut object: Box<dyn ByteStream + Unpin> = Box::new(Bytes::from_static(b"boxed"));
    assert_eq!(text(Borrowed { source: &mut *object }), "boxed");
    assert_eq!(text(Object(Box::pin(&b"object"[..]))), "object");
    let mut default: View<Bytes> = Bytes::from_static(b"default").into();
    let borrowed: Borrowed<'_> = Borrowed { source: &mut default };
    assert_eq!(text(borrowed), "default");
}

#[derive(ByteStream)]
enum List<S> {
    End,
    Node(#[byte_stream(source)] S, #[byte_stream(source)] Pin<Box<List<S>>>),
}

#[derive(ByteStream)]
enum Plain {
    End,
    Node(#[byte_stream(source)] Bytes, #[byte_stream(source)] Box<Plain>),
}

#[test]
fn a_type_may_contain_itself_in_a_box() {
    let list = List::Node(stream!["1"], Box::pin(List::Node(stream!["2"], Box::pin(List::End))));
    assert_eq!(text(list), "12");
    let plain = Plain::Node("1".into(), Box::new(Plain::Node("2".into(), Box::new(Plain::End))));
    assert_eq!(text(plain), "12");
}

#[derive(ByteStream)]
enum Never {}

#[test]
fn an_enum_without_variants_is_a_stream_that_nobody_has() {
    fn is_stream<S: ByteStream>(_: Option<S>) {}
    is_stream(None::<Never>);
}

#[derive(ByteStream)]
#[byte_stream(bound(S: Stream, S::Item: byte_stream::source::StreamItem))]
struct Bound<S>(FromStream<S>);

#[test]
fn a_bound_replaces_those_that_are_inferred() {
    fn of<S: Stream<Item = &'static str>>(stream: S) -> impl ByteStream {
        Bound(FromStream::new(stream))
    }
    assert_eq!(text(of(futures::stream::iter(["bound"]))), "bound");
}

#[derive(ByteStream)]
#[byte_stream(project)]
struct Projected<S> {
    #[byte_stream(source)]
    body: S,
    seen: usize,
}

impl<S: ByteStream> Projected<S> {
    fn look(self: Pin<&mut Self>) {
        let this = self.project();
        let _: Pin<&mut S> = this.body;
        *this.seen += 1;
    }
}

#[derive(ByteStream)]
#[byte_stream(project = WhichProjection)]
enum Which<S> {
    Body { body: S },
    Nothing,
}

impl<S> Which<S> {
    fn has_body(self: Pin<&mut Self>) -> bool {
        match self.project() {
            WhichProjection::Body { body } => {
                let _: Pin<&mut S> = body;
                true
            }
            WhichProjection::Nothing => false,
        }
    }
}

#[test]
fn the_projection_can_be_called_in_the_module() {
    let mut projected = std::pin::pin!(Projected { body: stream!["body"], seen: 0 });
    projected.as_mut().look();
    assert_eq!(projected.seen, 1);
    assert!(std::pin::pin!(Which::Body { body: stream![] }).has_body());
    assert!(!std::pin::pin!(Which::<Bytes>::Nothing).has_body());
}

#[derive(Debug)]
struct Typed(io::Error);

impl From<Typed> for byte_stream::BoxError {
    fn from(typed: Typed) -> Self {
        typed.0.into()
    }
}

impl StreamError for Typed {
    fn from_io(error: io::Error) -> Self {
        Typed(error)
    }

    fn into_io(self) -> io::Error {
        self.0
    }
}

#[derive(ByteStream)]
#[byte_stream(error = Typed)]
struct TypedFace(FromIter<std::array::IntoIter<Result<&'static str, &'static str>, 2>>);

#[test]
fn a_typed_error_is_on_every_face() {
    let broken = || TypedFace(FromIter::new([Ok("good"), Err("bad")]));
    let items: Vec<Result<Bytes, Typed>> = block_on(broken().collect());
    assert_eq!(items[1].as_ref().unwrap_err().0.to_string(), "bad");
    fn error_of<B: Body<Error = Typed>>(_: &B) {}
    error_of(&broken());
    assert_eq!(block_on(broken().collect_bytes()).unwrap_err().to_string(), "bad");
}

/// A core by hand: one byte, again and again.
#[derive(ByteStreamViews)]
struct Repeat {
    byte: [u8; 1],
    times: u64,
}

impl ByteStream for Repeat {
    fn poll_chunk(
        mut self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        max: usize,
    ) -> std::task::Poll<Option<io::Result<Bytes>>> {
        let n = self.times.min(max as u64);
        self.times -= n;
        let n = usize::try_from(n).unwrap();
        std::task::Poll::Ready((n > 0).then(|| Ok(vec![self.byte[0]; n].into())))
    }

    fn poll_peek(self: Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<io::Result<&[u8]>> {
        let n = usize::from(self.times > 0);
        std::task::Poll::Ready(Ok(&self.get_mut().byte[..n]))
    }

    fn consume_peeked(mut self: Pin<&mut Self>, n: usize) {
        self.times -= n as u64;
    }

    fn state(&self) -> State {
        if self.times > 0 { State::Open } else { State::Ended }
    }

    fn bytes_left(&self) -> (u64, Option<u64>) {
        (self.times, Some(self.times))
    }
}

#[tokio::test]
async fn a_core_by_hand_gets_the_views() {
    let repeat = || Repeat { byte: *b"x", times: 3 };
    assert_eq!(Body::size_hint(&repeat()).exact(), Some(3));
    assert_eq!(repeat().next().await.unwrap().unwrap(), "xxx");
    let mut out = Vec::new();
    tokio::io::copy(&mut repeat(), &mut out).await.unwrap();
    assert_eq!(out, b"xxx");
    assert_eq!(text(Lone { body: "then ".into() }), "then ");
}

#[derive(ByteStream)]
#[byte_stream(only(stream, tokio))]
struct Only(Bytes);

/// The view that `only` leaves out is free to be written by hand.
impl Body for Only {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Ready(None)
    }
}

#[derive(ByteStream)]
#[byte_stream(skip(futures))]
struct Skip(Bytes);

impl futures::io::AsyncRead for Skip {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        _: &mut [u8],
    ) -> std::task::Poll<io::Result<usize>> {
        std::task::Poll::Ready(Ok(0))
    }
}

#[test]
fn a_view_that_is_left_out_can_be_written_by_hand() {
    assert!(!Only("x".into()).is_end_stream());
    assert_eq!(text(Skip("x".into())), "x");
}

/// `derive_more` and `bon` work on the same type.
#[derive(ByteStream, derive_more::From)]
enum Any {
    Buffer(Bytes),
    File(FromRead<tokio::fs::File>),
}

#[derive(ByteStream, bon::Builder)]
struct Built {
    #[builder(into)]
    #[byte_stream(source)]
    body: Bytes,
    #[builder(into)]
    name: String,
}

#[tokio::test]
async fn constructors_come_from_the_crates_for_them() {
    assert_eq!(text(Any::from(Bytes::from_static(b"from"))), "from");
    let path = tempfile::NamedTempFile::new().unwrap().into_temp_path();
    std::fs::write(&path, "file").unwrap();
    let file = Any::from(FromRead::new(tokio::fs::File::open(&path).await.unwrap()));
    assert_eq!(file.collect_string().await.unwrap(), "file");
    let mut built = Built::builder().body("built").name("name").build();
    assert_eq!(text(&mut built), "built");
    assert_eq!(built.name, "name");
}

#[derive(ByteStream)]
#[byte_stream(project = LinkProjection)]
struct Link<S> {
    #[byte_stream(source)]
    body: S,
    next: Option<Box<Self>>,
}

#[test]
fn the_projection_knows_what_self_is_in_a_field() {
    let next = Box::new(Link { body: stream!["next"], next: None });
    let mut link = std::pin::pin!(Link { body: stream!["body"], next: Some(next) });
    let LinkProjection { body, next } = link.as_mut().project();
    assert_eq!((text(body), text(next.take().unwrap())), ("body".to_owned(), "next".to_owned()));
}

/// Called like what it wraps.
#[derive(ByteStream)]
struct FromBufRead<R>(byte_stream::FromBufRead<R>);

#[test]
fn a_type_may_be_called_like_its_source() {
    assert_eq!(text(FromBufRead(byte_stream::FromBufRead::new(&b"same"[..]))), "same");
}

#[derive(ByteStream)]
#[byte_stream(error = E)]
struct GenericError<S, E>(#[byte_stream(source)] S, PhantomData<fn() -> E>);

#[test]
fn the_error_may_be_a_parameter() {
    let broken = GenericError::<_, Typed>(FromIter::new([Err::<Bytes, _>("bad")]), PhantomData);
    let items: Vec<Result<Bytes, Typed>> = block_on(broken.collect());
    assert_eq!(items[0].as_ref().unwrap_err().0.to_string(), "bad");
}

macro_rules! many {
    ($($variant:ident)*) => {
        #[derive(ByteStream)]
        enum Many { $($variant(Bytes),)* }

        impl Many {
            fn all() -> Vec<Self> {
                vec![$(Many::$variant(stringify!($variant).into()),)*]
            }
        }
    };
}

many!(A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
      Aa Ba Ca Da Ea Fa Ga Ha Ia Ja Ka La Ma Na Oa Pa Qa Ra Sa Ta Ua Va Wa Xa Ya Za);

#[test]
fn an_enum_may_have_many_variants() {
    let all: String = Many::all().into_iter().map(text).collect();
    assert!(all.starts_with("ABC") && all.ends_with("YaZa"), "{all}");
}

/// A type for each letter, always the same one.
macro_rules! piece {
    ($letter:literal) => {
        Bytes
    };
}

macro_rules! long {
    ($($letter:literal)*) => {
        #[derive(ByteStream)]
        struct Long($(
            #[byte_stream(source)] piece!($letter),
            #[byte_stream(source)] Bytes,
            #[byte_stream(source)] Bytes,
            #[byte_stream(source)] Bytes,
            #[byte_stream(source)] Bytes,
            #[byte_stream(source)] Bytes,
        )*);

        impl Long {
            const LETTERS: &str = concat!($($letter, "[", $letter, "]", "\n"),*);

            fn all() -> Self {
                Long($($letter.into(), "[".into(), $letter.into(), "".into(), "]".into(), "\n".into()),*)
            }
        }
    };
}

long!("A" "B" "C" "D" "E" "F" "G" "H" "I" "J" "K" "L" "M" "N" "O" "P" "Q" "R" "S" "T" "U" "V" "W" "X" "Y" "Z");

#[test]
fn a_struct_may_have_many_sources() {
    assert_eq!(text(Long::all()), Long::LETTERS);
}

macro_rules! declare {
    ($(#[$attribute:meta])* $name:ident<$lifetime:lifetime>, $source:ty) => {
        $(#[$attribute])*
        #[derive(ByteStream)]
        struct $name<$lifetime> {
            #[byte_stream(source)]
            source: $source,
            marker: PhantomData<&$lifetime ()>,
        }
    };
}

declare!(
    /// Declared by a macro.
    Declared<'a>, Option<Bytes>
);

#[test]
fn a_type_may_be_declared_by_a_macro_and_inside_a_function() {
    #[derive(ByteStream)]
    struct Inner {
        r#type: Bytes,
    }
    assert_eq!(text(Declared { source: Some("macro".into()), marker: PhantomData }), "macro");
    assert_eq!(text(Inner { r#type: "raw".into() }), "raw");
}
