//! An error on the faces: it is mapped by the macros of the runtime.

#[derive(ByteStream)]
#[byte_stream(error = MyError<E>, only(stream, body))]
struct Typed<S, E>(#[byte_stream(source)] S, PhantomData<E>);

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        (S, E,) (Typed < S, E >) () (S : __bs::ByteStream, MyError < E > :
        __bs::StreamError,) [(MyError < E >) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::from_io(__error))) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::into_io(< MyError < E > as __bs::StreamError >
        ::from_io(__error))))] '__pin(unsafe) { Self { 0 : __f0, .. } } [__f0 : [S];]
        (__f0) []
    }
    __bs::asked::stream! {}
    __bs::asked::body! {}
    __bs::views! {
        { (impl < S, E, >) (Typed < S, E > where Self : __bs::ByteStream, MyError < E > :
        __bs::StreamError) [(MyError < E >) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::from_io(__error))) (.map_err(| __error | < MyError < E > as
        __bs::StreamError > ::into_io(< MyError < E > as __bs::StreamError >
        ::from_io(__error))))] } stream body
    }
};
