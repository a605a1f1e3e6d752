//! Panics that are caught and told in other words.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
    /// Where the last quiet panic was.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// What a panic says, and where.
pub(super) type Words = String;

/// Calls `f`, and says what it panicked with. Nothing is printed: while a fault is made smaller, the same panic comes again and again.
pub(super) fn quietly<T>(f: impl FnOnce() -> T) -> Result<T, Words> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if IS_QUIET.get() {
                PLACE.set(info.location().map(ToString::to_string));
            } else {
                others(info);
            }
        }));
    });
    let before = IS_QUIET.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(f));
    IS_QUIET.set(before);
    done.map_err(|panic| match PLACE.take() {
        Some(place) => format!("{}, at {place}", words(&*panic)),
        None => words(&*panic).into(),
    })
}

fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("with something that is no text")
}
