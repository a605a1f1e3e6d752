//! Measures a stream that is read, over the size of its chunks, and prints a plot of that as SVG.
//!
//! ```text
//! plot > throughput.svg
//! ```

use byte_stream_benches::harness::Trial;
use byte_stream_benches::{rows, source};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 360.0;
const MARGIN: f64 = 64.0;
/// Chunks from 2^6 to 2^20 bytes.
const BITS: [f64; 2] = [6.0, 20.0];
/// From 10^-1 to 10^3 GB/s.
const DECADES: [f64; 2] = [-1.0, 3.0];

fn main() {
    let rows = rows::sizes(source::TOTAL);
    let mut lines =
        [("memcpy", "#999", Vec::new()), ("StreamReader", "#c33", Vec::new()), ("byte-stream", "#15c", Vec::new())];
    for row in &rows {
        let report = Trial::new(row).measure();
        let [peer, ours] = report.costs;
        let size = (row.bytes / row.chunks) as f64;
        for ((_, _, points), cost) in lines.iter_mut().zip([report.limit.unwrap_or(f64::NAN), peer, ours]) {
            points.push((size.log2(), (row.bytes as f64 / cost * 1e-9).log10()));
        }
    }
    println!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>"#
    );
    for (bits, name) in [(6, "64 B"), (10, "1 KiB"), (14, "16 KiB"), (16, "64 KiB"), (20, "1 MiB")] {
        let (x, bottom, top) = (x(f64::from(bits)), y(DECADES[0]), y(DECADES[1]));
        println!(r##"<path d="M{x:.1} {bottom:.1}V{top:.1}" stroke="#ddd"/>"##);
        println!(r#"<text x="{x:.1}" y="{:.1}" text-anchor="middle">{name}</text>"#, bottom + 18.0);
    }
    for (decade, name) in [(-1, "0.1 GB/s"), (0, "1"), (1, "10"), (2, "100"), (3, "1000")] {
        let (y, left, right) = (y(f64::from(decade)), x(BITS[0]), x(BITS[1]));
        println!(r##"<path d="M{left:.1} {y:.1}H{right:.1}" stroke="#ddd"/>"##);
        println!(r#"<text x="{:.1}" y="{:.1}" text-anchor="end">{name}</text>"#, left - 6.0, y + 4.0);
    }
    for (i, (name, colour, points)) in lines.iter().enumerate() {
        let points: Vec<String> =
            points.iter().map(|(bits, decade)| format!("{:.1},{:.1}", x(*bits), y(*decade))).collect();
        println!(r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2"/>"#, points.join(" "));
        let legend = y(DECADES[0]) - 16.0 * (lines.len() - i) as f64 + 6.0;
        println!(
            r#"<text x="{:.1}" y="{legend:.1}" text-anchor="end" fill="{colour}">{name}</text>"#,
            x(BITS[1]) - 8.0
        );
    }
    println!(
        r#"<text x="{MARGIN}" y="24">a stream of chunks, read with a buffer of 8 KiB: throughput over the size of a chunk</text>"#
    );
    println!("</svg>");
}

fn x(bits: f64) -> f64 {
    MARGIN + (bits - BITS[0]) / (BITS[1] - BITS[0]) * (WIDTH - 2.0 * MARGIN)
}

fn y(decade: f64) -> f64 {
    HEIGHT - MARGIN + 16.0 - (decade - DECADES[0]) / (DECADES[1] - DECADES[0]) * (HEIGHT - 2.0 * MARGIN)
}
