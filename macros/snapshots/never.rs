//! No value of it will ever be asked for its form.

#[derive(ByteStream)]
enum Never {}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        () (Never) () () [] '__pin(unsafe) { _ } [] (()) []
    }
    __bs::views! {
        { (impl < >) (Never where) [] } stream tokio futures body
    }
};
