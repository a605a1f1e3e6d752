//! Each message of the macro crate is shown by a program in `ui/ours`, and each that is shown there is one of its messages: the former
//! are read from its syntax, the latter from what the compiler said.

use std::fs;
use std::path::{Path, PathBuf};

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, Lit, Meta, Token};

/// What is fixed of a message; between two pieces stands what is written into it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Message(Vec<String>);

impl Message {
    /// A literal as it is.
    fn plain(text: &str) -> Self {
        Message(vec![text.to_owned()])
    }

    /// A literal that `format!` reads.
    fn format(text: &str) -> Self {
        let mut pieces = vec![String::new()];
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '{' | '}' if chars.peek() == Some(&char) => {
                    pieces.last_mut().unwrap().push(char);
                    chars.next();
                }
                '{' => {
                    chars.by_ref().find(|char| *char == '}').expect("a placeholder ends");
                    pieces.push(String::new());
                }
                _ => pieces.last_mut().unwrap().push(char),
            }
        }
        Message(pieces)
    }

    /// What has words in it is for the user to read.
    fn is_prose(&self) -> bool {
        self.0.iter().any(|piece| piece.trim().contains(' '))
    }

    fn fixed(&self) -> usize {
        self.0.iter().map(String::len).sum()
    }

    /// Whether this is the whole of what was said.
    fn is(&self, said: &str) -> bool {
        let (first, last) = (&self.0[0], self.0.last().unwrap());
        said.starts_with(first.as_str())
            && said.ends_with(last.as_str())
            && self.end_in(said).is_some()
            && (self.0.len() > 1 || said.len() == first.len())
    }

    /// Where it ends, if it is part of what was said.
    fn end_in(&self, said: &str) -> Option<usize> {
        self.0.iter().try_fold(0, |from, piece| said[from..].find(piece.as_str()).map(|at| from + at + piece.len()))
    }
}

/// Finds the literals in the macro crate that are neither in an attribute nor among the tokens it makes, nor in its tests.
#[derive(Default)]
struct Messages(Vec<Message>);

impl Messages {
    fn note(&mut self, message: Message) {
        if message.is_prose() {
            self.0.push(message);
        }
    }
}

impl<'a> Visit<'a> for Messages {
    fn visit_attribute(&mut self, _: &'a syn::Attribute) {}

    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        let is_test = |attr: &syn::Attribute| matches!(&attr.meta, Meta::List(list) if list.path.is_ident("cfg"));
        if !module.attrs.iter().any(is_test) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_lit_str(&mut self, text: &'a syn::LitStr) {
        self.note(Message::plain(&text.value()));
    }

    fn visit_macro(&mut self, mac: &'a syn::Macro) {
        if !(mac.path.is_ident("format") || mac.path.is_ident("format_args")) {
            return;
        }
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone()).unwrap();
        for (i, argument) in arguments.iter().enumerate() {
            match argument {
                Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) if i == 0 => {
                    self.note(Message::format(&text.value()));
                }
                argument => Messages::visit_expr(self, argument),
            }
        }
    }
}

fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below with this extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let below = folders.iter().flat_map(|folder| self::files(folder, extension));
    files.into_iter().filter(|path| path.extension().is_some_and(|is| is == extension)).chain(below).collect()
}

fn messages() -> Vec<Message> {
    let mut messages = Messages::default();
    for path in files(&package("../macros/src"), "rs") {
        // The crate's own tests.
        if !path.ends_with("tests.rs") && !path.ends_with("snapshots.rs") {
            messages.visit_file(&syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap());
        }
    }
    messages.0.sort();
    messages.0.dedup();
    messages.0
}

/// What the compiler said, and in which program.
fn said() -> Vec<(PathBuf, String)> {
    let said = files(&package("ui/ours"), "stderr").into_iter().flat_map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let errors = text.lines().filter(|line| line.starts_with("error"));
        errors.map(|line| (path.clone(), line.to_owned())).collect::<Vec<_>>()
    });
    said.collect()
}

#[test]
fn every_message_is_shown_and_what_is_shown_is_a_message() {
    let (messages, said) = (messages(), said());
    assert!(messages.len() > 50 && said.len() > 50, "{} messages, {} are shown", messages.len(), said.len());
    let mut is_shown = vec![false; messages.len()];
    let mut foreign = Vec::new();
    for (path, line) in &said {
        let text = line.strip_prefix("error: ").unwrap_or(line);
        // syn says so where the input ends.
        let text = text.strip_prefix("unexpected end of input, ").unwrap_or(text);
        let whole = (0..messages.len()).filter(|i| messages[*i].is(text)).max_by_key(|i| messages[*i].fixed());
        match whole {
            Some(message) => is_shown[message] = true,
            None => foreign.push(format!("{}: {line}", path.display())),
        }
    }
    assert!(foreign.is_empty(), "these stand in `ui/ours`, and are no messages of the macro crate: {foreign:#?}");
    // A piece that is written into another message is shown with that.
    let is_part = |message: &Message| {
        let mut lines = said.iter().map(|(_, line)| line.trim_start_matches("error: "));
        !said.iter().any(|(_, line)| message.is(line.trim_start_matches("error: ")))
            && lines.any(|line| message.end_in(line).is_some())
    };
    let hidden: Vec<_> = messages
        .iter()
        .zip(is_shown)
        .filter(|(message, shown)| !shown && !is_part(message))
        .map(|(message, _)| message)
        .collect();
    assert!(hidden.is_empty(), "no program in `ui/ours` shows these: {hidden:#?}");
}

#[test]
fn each_program_shows_what_is_wrong_once() {
    for path in files(&package("ui/ours"), "stderr") {
        let text = fs::read_to_string(&path).unwrap();
        let errors = text.lines().filter(|line| line.starts_with("error")).count();
        let several = path.file_stem().is_some_and(|name| name == "several_mistakes_are_shown_at_once");
        assert!(errors == 1 || several && errors > 1, "{}: {errors} messages", path.display());
    }
}

#[test]
fn each_program_that_must_not_compile_has_been_reviewed_with_its_messages() {
    let programs: Vec<_> =
        ["ui/ours", "ui/rustc"].into_iter().flat_map(|folder| files(&package(folder), "rs")).collect();
    assert!(programs.len() >= 60, "{}", programs.len());
    for program in programs {
        assert!(program.with_extension("stderr").exists(), "{}", program.display());
    }
}
