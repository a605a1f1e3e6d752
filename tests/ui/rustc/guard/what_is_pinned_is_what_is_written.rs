//! A field whose type means something else among our names is not pinned through a `DerefMut` of the user's, which could move it.
use byte_stream::{ByteStream, FromRead};
use std::ops::{Deref, DerefMut};

mod __bs {
    pub mod core {
        pub mod option {
            pub struct Option<T>(pub std::option::Option<T>);
        }
    }
}

impl<T> Deref for __bs::core::option::Option<T> {
    type Target = Option<T>;

    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

impl<T> DerefMut for __bs::core::option::Option<T> {
    fn deref_mut(&mut self) -> &mut Option<T> {
        let moved = self.0.take();
        self.0 = moved;
        &mut self.0
    }
}

#[derive(ByteStream)]
struct Moved<R> {
    body: __bs::core::option::Option<FromRead<R>>,
}

fn main() {}
