//! No example crosses a seam between byte streams by mapping an error: looked for in the syntax, not in the text.

use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// What is written at the seams today.
const SEAMS: [&str; 5] = ["map_err", "map_error", "other", "compat", "into_async_read"];

#[derive(Default)]
struct Seams {
    found: Vec<String>,
}

impl<'a> Visit<'a> for Seams {
    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        self.note(&call.method);
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_path(&mut self, path: &'a syn::ExprPath) {
        if let Some(last) = path.path.segments.last() {
            self.note(&last.ident);
        }
        syn::visit::visit_expr_path(self, path);
    }
}

impl Seams {
    fn note(&mut self, ident: &syn::Ident) {
        if SEAMS.iter().any(|seam| ident == seam) {
            self.found.push(ident.to_string());
        }
    }

    fn of(source: &str) -> Vec<String> {
        let mut seams = Seams::default();
        seams.visit_file(&syn::parse_file(source).unwrap());
        seams.found
    }
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn no_example_maps_an_error_at_a_seam() {
    let examples = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/src"));
    assert!(examples.len() > 5, "{examples:?}");
    for example in examples {
        let seams = Seams::of(&std::fs::read_to_string(&example).unwrap());
        assert!(seams.is_empty(), "{} has {seams:?}", example.display());
    }
}

#[test]
fn a_seam_is_found_as_a_method_and_as_a_path_and_not_in_a_comment() {
    let source =
        "fn f() { /* map_err */ stream.map_err(io::Error::other); g(TryStreamExt::map_err); let map_err = 1; }";
    assert_eq!(Seams::of(source), ["map_err", "other", "map_err"]);
}
