fn main() {
    builder::check();
    println!("cargo::rerun-if-changed=build.rs");
}
