//! The floors of `ARCHITECTURE.md`, held against the code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use rules_tests::workspace;
use syn::visit::Visit;

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 80;

struct Picture {
    floors: BTreeMap<String, usize>,
    shut: Vec<(String, String)>,
}

/// Words between back quotes.
fn quoted(line: &str) -> Vec<String> {
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn picture() -> Picture {
    let text = fs::read_to_string(workspace().join("rules-core/ARCHITECTURE.md")).unwrap();
    let section = text.split("## Floors").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut floors = BTreeMap::new();
    let mut shut = Vec::new();
    for line in section.lines() {
        if let Some((number, rooms)) = line.split_once(". ").filter(|(number, _)| number.parse::<usize>().is_ok()) {
            for room in quoted(rooms) {
                floors.insert(room, number.parse().unwrap());
            }
        } else if line.starts_with("* ") && line.contains("never imports") {
            let rooms = quoted(line);
            shut.extend(rooms.iter().skip(1).map(|room| (rooms[0].clone(), room.clone())));
        }
    }
    assert!(floors.len() > 10 && !shut.is_empty(), "the floors are no longer where this test reads them");
    Picture { floors, shut }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", "dist"].contains(&name.as_str()) {
            found.extend(files(&path, ending));
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[derive(Default)]
struct Imports {
    rooms: Vec<(String, usize)>,
    glob: bool,
}

impl Imports {
    fn tree(&mut self, tree: &syn::UseTree, after_crate: bool) {
        match tree {
            syn::UseTree::Path(path) if path.ident == "crate" => self.tree(&path.tree, true),
            syn::UseTree::Path(path) if after_crate => self.room(&path.ident),
            syn::UseTree::Name(name) if after_crate => self.room(&name.ident),
            syn::UseTree::Rename(name) if after_crate => self.room(&name.ident),
            syn::UseTree::Glob(_) if after_crate => self.glob = true,
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, after_crate)),
            _ => {}
        }
    }

    fn room(&mut self, name: &syn::Ident) {
        self.rooms.push((name.to_string(), name.span().start().line));
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, false);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|first| first.ident == "crate")
            && let Some(room) = segments.next()
        {
            self.room(&room.ident);
        }
        syn::visit::visit_path(self, path);
    }
}

#[test]
fn every_room_imports_only_rooms_on_lower_floors() {
    let picture = picture();
    let source = workspace().join("rules-core/src");
    let mut wrong = Vec::new();
    for path in files(&source, ".rs") {
        let inside = path.strip_prefix(&source).unwrap();
        let room = inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(floor) = picture.floors.get(&room) else {
            wrong.push(format!("{}: the room `{room}` is on no floor", inside.display()));
            continue;
        };
        let mut imports = Imports::default();
        imports.visit_file(&syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap());
        if imports.glob {
            wrong.push(format!("{}: use crate::*", inside.display()));
        }
        for (other, line) in imports.rooms {
            let above = picture.floors.get(&other).is_some_and(|other_floor| other != room && other_floor >= floor);
            if above || picture.shut.contains(&(room.clone(), other.clone())) {
                wrong.push(format!("{}:{line}: `{room}` imports `{other}`", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that the house does not have:\n{}", wrong.join("\n"));
}

struct Functions(Vec<(String, usize)>);

impl Functions {
    fn note(&mut self, name: &syn::Ident, start: Span, end: Span) {
        self.0.push((name.to_string(), end.end().line - start.start().line + 1));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note(&item.sig.ident, item.sig.fn_token.span, item.block.brace_token.span.close());
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note(&item.sig.ident, item.sig.fn_token.span, item.block.brace_token.span.close());
        syn::visit::visit_impl_item_fn(self, item);
    }
}

#[test]
fn every_file_and_every_function_is_of_readable_size() {
    let mut wrong = Vec::new();
    for crate_name in ["rules-core", "rules-wasm", "host-demo", "tests"] {
        let folder = workspace().join(crate_name);
        for path in files(&folder, ".rs").into_iter().chain(files(&folder, ".js")).chain(files(&folder, ".mjs")) {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count();
            if lines > LONGEST_FILE {
                wrong.push(format!("{}: {lines} lines of code", path.display()));
            }
            if path.extension().is_some_and(|ending| ending == "rs") {
                let mut functions = Functions(Vec::new());
                functions.visit_file(&syn::parse_file(&text).unwrap());
                let long = functions.0.into_iter().filter(|(_, length)| *length > LONGEST_FUNCTION);
                wrong.extend(long.map(|(name, length)| format!("{}: `{name}` has {length} lines", path.display())));
            }
        }
    }
    assert!(wrong.is_empty(), "too long to read:\n{}", wrong.join("\n"));
}

#[test]
fn the_top_level_holds_nothing_else() {
    let allowed = [
        "Cargo.toml",
        "rules-core",
        "rules-wasm",
        "rule-packs",
        "host-demo",
        "tests",
        "README.md",
        "Cargo.lock",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "rust-toolchain.toml",
        "rustfmt.toml",
        "target",
    ];
    for entry in fs::read_dir(workspace()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "`{name}` does not belong at the top level");
    }
}
