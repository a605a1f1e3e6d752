//! Measures a stream that is read, over the size of its chunks, and prints a plot of that as SVG.
//!
//! ```text
//! plot > benches/throughput.svg
//! ```

use byte_stream_benches::harness::Trial;
use byte_stream_benches::{rows, source};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
/// Where the plot itself is: left, right, top, bottom.
const FRAME: [f64; 4] = [64.0, 696.0, 64.0, 344.0];

/// An image has no part in the page's own colours, so it has a ground of its own.
const STYLE: &str = "<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.ground { fill: #fff }
.grid { stroke: #d1d9e0; fill: none }
.line { stroke-width: 2.5; stroke-linejoin: round; fill: none }
.memcpy { stroke: #6e7781 }
.peer { stroke: #cf222e }
.ours { stroke: #0969da }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.ground { fill: #0d1117 }
.grid { stroke: #30363d }
.memcpy { stroke: #9198a1 }
.peer { stroke: #ff7b72 }
.ours { stroke: #58a6ff }
}
</style>";

/// One who reads, with the logarithms to the base of 2 of a chunk's bytes and of the bytes a second.
struct Line {
    name: &'static str,
    class: &'static str,
    points: Vec<[f64; 2]>,
}

fn main() {
    let lines = measure();
    let all = || lines.iter().flat_map(|line| &line.points);
    let axis = |of: usize| {
        all().fold([f64::INFINITY, f64::NEG_INFINITY], |[least, most], point| {
            [least.min(point[of]), most.max(point[of])]
        })
    };
    let (sizes, ticks) = (axis(0), ticks(axis(1)));
    let speeds = [ticks[0].log2(), ticks[ticks.len() - 1].log2()];
    let [left, right, top, bottom] = FRAME;
    let x = |bits: f64| left + (bits - sizes[0]) / (sizes[1] - sizes[0]) * (right - left);
    let y = |speed: f64| bottom - (speed - speeds[0]) / (speeds[1] - speeds[0]) * (bottom - top);

    println!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">"#
    );
    println!("{STYLE}");
    println!(r#"<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="6"/>"#);
    println!(r#"<text class="title" x="16" y="26">A stream of chunks, read into a buffer of 8 KiB</text>"#);
    println!(r#"<text x="16" y="48">GB/s</text>"#);
    println!(r#"<text x="{right}" y="{}" text-anchor="end">size of a chunk</text>"#, HEIGHT - 12.0);
    for tick in ticks {
        let y = y(tick.log2());
        println!(r#"<path class="grid" d="M{left} {y:.1}H{right}"/>"#);
        println!(r#"<text x="{}" y="{:.1}" text-anchor="end">{}</text>"#, left - 8.0, y + 4.5, tick / 1e9);
    }
    for &[bits, _] in &lines[0].points {
        let x = x(bits);
        println!(r#"<path class="grid" d="M{x:.1} {top}V{bottom}"/>"#);
        println!(r#"<text x="{x:.1}" y="{}" text-anchor="middle">{}</text>"#, bottom + 20.0, human(bits));
    }
    for (i, Line { name, class, points }) in lines.iter().enumerate() {
        let points: Vec<[f64; 2]> = points.iter().map(|[bits, speed]| [x(*bits), y(*speed)]).collect();
        let path: Vec<String> = points.iter().map(|[x, y]| format!("{x:.1},{y:.1}")).collect();
        println!(r#"<polyline class="line {class}" points="{}"/>"#, path.join(" "));
        for [x, y] in points {
            println!(r#"<circle class="line {class}" cx="{x:.1}" cy="{y:.1}" r="2"/>"#);
        }
        let (x, y) = (right - 212.0, bottom - 20.0 * (lines.len() - i) as f64);
        println!(r#"<rect class="ground" x="{}" y="{}" width="212" height="20"/>"#, x - 8.0, y - 4.0);
        println!(r#"<path class="line {class}" d="M{x} {}h28"/>"#, y + 6.0);
        println!(r#"<text x="{}" y="{}">{name}</text>"#, x + 36.0, y + 10.5);
    }
    println!("</svg>");
}

fn measure() -> Vec<Line> {
    let mut lines = [("memcpy", "memcpy"), ("tokio-util's StreamReader", "peer"), ("byte-stream", "ours")]
        .map(|(name, class)| Line { name, class, points: Vec::new() });
    for row in &rows::sizes(source::TOTAL) {
        let report = Trial::new(row).measure();
        let [peer, ours] = report.costs;
        let size = (row.bytes / row.chunks) as f64;
        for (line, cost) in lines.iter_mut().zip([report.limit.unwrap_or(f64::NAN), peer, ours]) {
            line.points.push([size.log2(), (row.bytes as f64 / cost).log2()]);
        }
    }
    lines.into()
}

/// Round numbers of bytes a second, from below the least to above the most.
fn ticks([least, most]: [f64; 2]) -> Vec<f64> {
    let round: Vec<f64> = (6..13).flat_map(|decade| [1.0, 2.0, 5.0].map(|n| n * 10_f64.powi(decade))).collect();
    let first = round.iter().rposition(|tick| tick.log2() <= least).unwrap_or(0);
    let last = round.iter().position(|tick| tick.log2() >= most).unwrap_or(round.len() - 1);
    round[first..=last].to_vec()
}

fn human(bits: f64) -> String {
    let [b, kib, mib] = [0.0, 10.0, 20.0].map(|unit| (bits - unit).exp2());
    match bits {
        ..10.0 => format!("{b:.0} B"),
        ..20.0 => format!("{kib:.0} KiB"),
        _ => format!("{mib:.0} MiB"),
    }
}
