//! A core by hand: the views alone.

#[derive(ByteStreamViews)]
#[byte_stream(skip(futures))]
struct Limited<S: Limit> {
    source: S,
    left: u64,
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::views! {
        { (impl < S : Limit, >) (Limited < S > where Self : __bs::ByteStream,) [] }
        stream tokio body
    }
};
