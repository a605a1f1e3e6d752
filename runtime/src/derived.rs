//! `ByteStream` of a derived type: each method hands over to the sources in their canonical form.

/// Takes `impl<..>`, the type with its `where` clause, and how a typed error is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __byte_stream {
    (($($impl:tt)*) ($($for:tt)*) [$($error:tt $from_io:tt ($($map:tt)*))?]) => {
        #[automatically_derived]
        $($impl)* $crate::__private::ByteStream for $($for)* {
            #[inline]
            fn poll_chunk(
                self: $crate::__private::core::pin::Pin<&mut Self>,
                cx: &mut $crate::__private::core::task::Context<'_>,
                max: $crate::__private::core::primitive::usize,
            ) -> $crate::__private::core::task::Poll<
                $crate::__private::core::option::Option<
                    $crate::__private::std::io::Result<$crate::__private::bytes::Bytes>,
                >,
            > {
                $crate::__private::Pinned::poll_chunk(&mut Self::__byte_stream_pinned(self), cx, max)
                    $($($map)*)?
            }

            #[inline]
            fn poll_peek(
                self: $crate::__private::core::pin::Pin<&mut Self>,
                cx: &mut $crate::__private::core::task::Context<'_>,
            ) -> $crate::__private::core::task::Poll<
                $crate::__private::std::io::Result<&[$crate::__private::core::primitive::u8]>,
            > {
                $crate::__private::Pinned::poll_peek(Self::__byte_stream_pinned(self), cx)
                    $($($map)*)?
            }

            #[inline]
            fn poll_lends(
                self: $crate::__private::core::pin::Pin<&mut Self>,
                cx: &mut $crate::__private::core::task::Context<'_>,
            ) -> $crate::__private::core::task::Poll<
                $crate::__private::std::io::Result<$crate::__private::core::primitive::bool>,
            > {
                $crate::__private::Pinned::poll_lends(&mut Self::__byte_stream_pinned(self), cx)
                    $($($map)*)?
            }

            #[inline]
            fn consume_peeked(
                self: $crate::__private::core::pin::Pin<&mut Self>,
                n: $crate::__private::core::primitive::usize,
            ) {
                $crate::__private::Pinned::consume_peeked(&mut Self::__byte_stream_pinned(self), n)
            }

            #[inline]
            fn poll_read_into(
                self: $crate::__private::core::pin::Pin<&mut Self>,
                cx: &mut $crate::__private::core::task::Context<'_>,
                buf: &mut $crate::__private::tokio::io::ReadBuf<'_>,
            ) -> $crate::__private::core::task::Poll<$crate::__private::std::io::Result<()>> {
                $crate::__private::Pinned::poll_read_into(&mut Self::__byte_stream_pinned(self), cx, buf)
                    $($($map)*)?
            }

            #[inline]
            fn state(&self) -> $crate::__private::State {
                $crate::__private::Shared::state(&Self::__byte_stream_shared(self))
            }

            #[inline]
            fn bytes_left(
                &self,
            ) -> (
                $crate::__private::core::primitive::u64,
                $crate::__private::core::option::Option<$crate::__private::core::primitive::u64>,
            ) {
                $crate::__private::Shared::bytes_left(&Self::__byte_stream_shared(self))
            }

            #[inline]
            fn poll_trailers(
                self: $crate::__private::core::pin::Pin<&mut Self>,
                cx: &mut $crate::__private::core::task::Context<'_>,
            ) -> $crate::__private::core::task::Poll<
                $crate::__private::core::option::Option<
                    $crate::__private::std::io::Result<$crate::__private::Trailers>,
                >,
            > {
                $crate::__private::Pinned::poll_trailers(&mut Self::__byte_stream_pinned(self), cx)
                    $($($map)*)?
            }
        }
    };
}
