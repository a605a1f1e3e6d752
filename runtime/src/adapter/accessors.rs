//! The ways to the stream below, which every adapter of one stream has.

/// Writes `get_ref`, `get_mut` and `get_pin_mut` for the field that is the stream, or, with `in`, that has it. The first text, if there
/// is one, goes behind `get_ref`'s "The stream.", the second says what becomes of bytes that are taken by the other two.
macro_rules! accessors {
    ($stream:ident $(, $seen:literal)?; $taken:literal) => {
        #[doc = concat!("The stream." $(, " ", $seen)?)]
        pub fn get_ref(&self) -> &S {
            &self.$stream
        }

        #[doc = concat!("The stream. ", $taken)]
        pub fn get_mut(&mut self) -> &mut S {
            &mut self.$stream
        }

        #[doc = concat!("The stream, pinned. ", $taken)]
        pub fn get_pin_mut(self: std::pin::Pin<&mut Self>) -> std::pin::Pin<&mut S> {
            self.project().$stream
        }
    };
    (in $core:ident; $taken:literal) => {
        /// The stream.
        pub fn get_ref(&self) -> &S {
            self.$core.get_ref()
        }

        #[doc = concat!("The stream. ", $taken)]
        pub fn get_mut(&mut self) -> &mut S {
            self.$core.get_mut()
        }

        #[doc = concat!("The stream, pinned. ", $taken)]
        pub fn get_pin_mut(self: std::pin::Pin<&mut Self>) -> std::pin::Pin<&mut S> {
            self.project().$core.get_pin_mut()
        }
    };
}

pub(crate) use accessors;
