//! However it comes to be there.
use byte_stream::ByteStream;

macro_rules! dropped {
    ($name:ident<$parameter:ident> where $($bound:tt)*) => {
        impl<$parameter> Drop for $name<$parameter> where $($bound)* {
            fn drop(&mut self) {}
        }
    };
}

#[derive(ByteStream)]
struct Dropped<S>
where
    S: Copy,
{
    body: S,
}

dropped!(Dropped<S> where S: Copy);

fn main() {}
