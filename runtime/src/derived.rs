//! `ByteStream` of a derived type: each method hands over to the sources in their canonical form.

/// Takes the parameters of the type, the type, what its own `where` clause says, what is asked of its sources, how a typed error is
/// written, a lifetime that is none of its parameters, the word `unsafe` as the user's crate says it, and of each arm its pattern, its
/// sources, which the pattern binds, and its form, in which each of them stands once. The type of a source is in brackets if a bound
/// says that it is one, else the name of the function that does stands behind it.
// The word `unsafe` is matched as a repetition: of a lone `$unsafe` the compiler says that it stands in this macro, where it is denied.
#[doc(hidden)]
#[macro_export]
macro_rules! __byte_stream {
    (
        ($($params:tt)*) ($($type:tt)*) ($($own:tt)*) ($($bounds:tt)*) [$($error:tt $from_io:tt ($($map:tt)*))?]
        $pin:lifetime ($($unsafe:tt)*)
        $({ $($pattern:tt)* } [$($source:ident: $([$($bound:tt)*])? $(($($of:tt)*) $asserted:ident)?;)*] ($($form:tt)*))*
        [$($functions:tt)*]
    ) => {
        impl<$($params)*> $($type)*
        where
            $($own)*
            $($bounds)*
        {
            #[inline]
            fn __byte_stream_pinned<$pin>(
                self: $crate::__private::Pin<&$pin mut Self>,
            ) -> impl $crate::__private::Pinned<$pin> {
                // SAFETY: the sources are pinned whenever the type is. Nothing here or in a method of another trait moves one
                // out of a pinned type: they are reached through this method alone, the type is `Unpin` only if all of
                // them are (the impl below, beside which no other can stand), it does not implement `Drop` (the guard
                // below), and it is not packed (the derive refuses that).
                $($unsafe)* {
                    match $crate::__private::Pin::get_unchecked_mut(self) {$(
                        $($pattern)* => {
                            // Each is pinned before it is said what it shall be: a `&mut` in a place where another type is expected
                            // would be dereferenced by a `DerefMut` of the user's, which may move what is pinned. A field has another
                            // type than the one that is written if an attribute below the derive has replaced it, or a name among ours.
                            $(
                                let $source = $crate::__private::Pin::new_unchecked($source);
                                let $source = $crate::__private::Source::pinned(
                                    $($crate::__private::source::<$($bound)*>)? $(Self::$asserted)? (),
                                    $source,
                                );
                            )*
                            $($form)*
                        }
                    )*}
                }
            }

            #[inline]
            fn __byte_stream_shared<$pin>(&$pin self) -> impl $crate::__private::Shared {
                match self {$(
                    $($pattern)* => {
                        $(let $source = $crate::__private::Source::shared(
                            $($crate::__private::source::<$($bound)*>)? $(Self::$asserted)? (),
                            $source,
                        );)*
                        $($form)*
                    }
                )*}
            }

            $($functions)*
        }

        #[automatically_derived]
        impl<$pin, $($params)*> $crate::__private::Unpin for $($type)*
        where
            $($own)*
            $crate::__private::PinGuard<$pin, ($($($($($bound)*)? $($($of)*)?,)*)*)>: $crate::__private::Unpin,
        {
        }

        #[automatically_derived]
        impl<$($params)*> $crate::__private::MustNotImplementDrop for $($type)*
        where
            $($own)*
        {
        }

        #[automatically_derived]
        impl<$($params)*> $crate::__private::ByteStream for $($type)*
        where
            $($own)*
            $($bounds)*
        {
            #[inline]
            fn poll_chunk(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
                max: $crate::__private::usize,
            ) -> $crate::__private::Poll<
                $crate::__private::Option<
                    $crate::__private::io::Result<$crate::__private::bytes::Bytes>,
                >,
            > {
                $crate::__private::Pinned::poll_chunk(&mut Self::__byte_stream_pinned(self), cx, max)
                    $($($map)*)?
            }

            #[inline]
            fn poll_peek(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
            ) -> $crate::__private::Poll<
                $crate::__private::io::Result<&[$crate::__private::u8]>,
            > {
                $crate::__private::Pinned::poll_peek(Self::__byte_stream_pinned(self), cx)
                    $($($map)*)?
            }

            #[inline]
            fn poll_lends(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
            ) -> $crate::__private::Poll<
                $crate::__private::io::Result<$crate::__private::bool>,
            > {
                $crate::__private::Pinned::poll_lends(&mut Self::__byte_stream_pinned(self), cx)
                    $($($map)*)?
            }

            #[inline]
            fn consume_peeked(
                self: $crate::__private::Pin<&mut Self>,
                n: $crate::__private::usize,
            ) {
                $crate::__private::Pinned::consume_peeked(&mut Self::__byte_stream_pinned(self), n)
            }

            #[inline]
            fn poll_read_into(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
                buf: &mut $crate::__private::ReadBuf<'_>,
            ) -> $crate::__private::Poll<$crate::__private::io::Result<()>> {
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
                $crate::__private::u64,
                $crate::__private::Option<$crate::__private::u64>,
            ) {
                $crate::__private::Shared::bytes_left(&Self::__byte_stream_shared(self))
            }

            #[inline]
            fn poll_trailers(
                self: $crate::__private::Pin<&mut Self>,
                cx: &mut $crate::__private::Context<'_>,
            ) -> $crate::__private::Poll<
                $crate::__private::Option<
                    $crate::__private::io::Result<$crate::__private::Trailers>,
                >,
            > {
                $crate::__private::Pinned::poll_trailers(&mut Self::__byte_stream_pinned(self), cx)
                    $($($map)*)?
            }
        }
    };
}
