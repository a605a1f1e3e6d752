//! Whatever is called like something that an expansion means.

macro_rules! macros {
    ($d:tt $($name:ident)*) => {$(
        #[allow(unused_macros, reason = "it is not the one that is meant")]
        macro_rules! $name {
            ($d($d tokens:tt)*) => { ::std::compile_error! { "this macro is not the one that was meant" } };
        }
    )*};
}

macros! {
    $ allow assert automatically_derived byte_stream cfg compile_error concat env format inline matches panic stream_literal stringify
    todo unimplemented unreachable vec views write
}

/// In the place where it stands, no name means what it usually does.
macro_rules! impostors {
    () => {
        mod __private {}
        mod alloc {}
        mod byte_stream {}
        mod bytes {}
        mod compio_0_10 {}
        mod core {}
        mod futures_core {}
        mod futures_io {}
        mod http_body {}
        mod monoio_0_2 {}
        mod std {}
        mod tokio {}

        impostors!(@structs
            BoxError Box Bytes Context Either Err Error ErrorKind Frame IoSliceMut None Ok Option Pin PinGuard Poll ReadBuf Result
            SizeHint Some State Step Stream StreamLiteral String Trailers Vec bool char io str u64 u8 usize
        );
        impostors!(@traits
            AsyncBufRead AsyncRead Body ByteStream CatchAll Drop Fn From FusedStream Future Into Iterator MustNotImplementDrop
            Payload Pinned Send Shared Sized Source StreamError Sync ToString Unpin
        );

        /// Its methods are on everything.
        trait Everywhere {
            fn as_mut(&self) {}
            fn carried(&self) {}
            fn map_err(&self) {}
            fn pinned(&self) {}
            fn poll_chunk(&self) {}
            fn poll_peek(&self) {}
            fn release(&self) {}
            fn shared(&self) {}
            fn state(&self) {}
        }

        impl<T: ?::core::marker::Sized> Everywhere for T {}
    };
    (@structs $($name:ident)*) => {$(
        #[allow(non_camel_case_types, reason = "the primitive types are called so")]
        struct $name;
    )*};
    (@traits $($name:ident)*) => {$(
        trait $name {}
    )*};
}
