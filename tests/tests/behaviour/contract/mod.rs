//! The contract of every stream, line by line, over every source and through every view.

mod auto_traits;
mod budget;
mod chunks;
mod codec;
mod coop;
mod empty_buffer;
mod end;
mod errors;
mod filled_buffer;
mod gathering;
mod hostile_reader;
mod inspector;
mod lending;
mod length;
mod mixed;
mod peers;
mod pointers;
mod sequence;
mod state;
mod trailers;
mod wakers;
