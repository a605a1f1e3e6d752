//! The empty stream.

#[derive(ByteStream)]
struct Nothing;

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        () (Nothing) () () [] '__pin(unsafe) { Self {} } [] (()) []
    }
    __bs::views! {
        { (impl < >) (Nothing where) [] } stream tokio futures body
    }
};
