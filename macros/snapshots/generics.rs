//! Every kind of parameter, as it was written, and one that is called like what would be invented.

#[derive(ByteStream)]
struct Borrowed<'__pin: 'b, 'b, S, const N: usize = 3>
where
    S: Iterator + ?Sized,
{
    #[byte_stream(source)]
    iter: FromIter<Chunks<'b, S, N>>,
    name: &'__pin str,
}

// ---- expands to ----

#[allow(..)]
const _: () = {
    use ::byte_stream::__private as __bs;
    __bs::byte_stream! {
        ('__pin : 'b, 'b, S, const N : usize,) (Borrowed < '__pin, 'b, S, N >) (S :
        Iterator + ? Sized,) (FromIter < Chunks < 'b, S, N > > : __bs::ByteStream,) []
        '__pin_(unsafe) { Self { iter : __f0, .. } } [__f0 : [FromIter < Chunks < 'b, S,
        N > >];] (__f0) []
    }
    __bs::views! {
        { (impl < '__pin : 'b, 'b, S, const N : usize, >) (Borrowed < '__pin, 'b, S, N >
        where S : Iterator + ? Sized, Self : __bs::ByteStream,) [] } stream tokio futures
        body
    }
};
