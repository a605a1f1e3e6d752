//! Hostile sources for the tests: scripts that are played as every foreign kind of source, read through every view.

pub mod foreign;
pub mod matrix;
pub mod property;
pub mod pushed;
pub mod script;
pub mod sources;
pub mod task;
pub mod trace;
pub mod views;

/// The README's examples.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// A socket of compio's belongs to its thread, and so does a stream over it: this does not compile.
///
/// ```compile_fail,E0277
/// use byte_stream::{ByteStreamExt, FromOwned};
///
/// fn spawn(tcp: compio::net::TcpStream) {
///     let body = Box::pin(FromOwned::compio_0_10(tcp));
///     tokio::spawn(body.collect_bytes());
/// }
/// ```
///
/// The same of a socket that may leave its thread does, and so does the same on compio:
///
/// ```no_run
/// use byte_stream::{ByteStreamExt, FromOwned};
/// use tokio::io::AsyncReadExt;
///
/// fn spawn(tcp: tokio::net::TcpStream) {
///     let body = Box::pin(FromOwned::from_fn(tcp, |mut tcp, mut buf| async move {
///         let read = tcp.read_buf(&mut buf).await;
///         (tcp, (read, buf))
///     }));
///     tokio::spawn(body.collect_bytes());
/// }
///
/// fn spawn_here(tcp: compio::net::TcpStream) {
///     let body = Box::pin(FromOwned::compio_0_10(tcp));
///     compio::runtime::spawn(body.collect_bytes()).detach();
/// }
/// ```
#[cfg(all(doctest, target_os = "linux"))]
pub struct Spawned;
